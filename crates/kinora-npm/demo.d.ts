/**
 * The demo: a service inside the page that makes real videos of a person's own image, without an
 * account and without a network. No AI model is involved: say so beside its videos.
 *
 * ```ts
 * import { createClient } from "kinora";
 * import { createDemo } from "kinora/demo";
 *
 * const demo = createDemo();
 * const kinora = createClient(demo);
 * const { video } = await kinora.run("wan-ai/wan-2-2/image-to-video", {
 *   prompt: "the fog lifts",
 *   img_url: URL.createObjectURL(file),
 * });
 * ```
 *
 * @module kinora/demo
 */

import type { FetchLike } from "./index.js";

export { KinoraError } from "./index.js";

/** How a demo works. */
export interface DemoOptions {
  /** How long a job waits in the queue, in milliseconds; 400 when left out. */
  queueMs?: number;
  /** The only codec to try; the best that the browser encodes when left out. */
  codec?: "h264" | "vp9" | "vp8" | "webp";
  /** Told after every frame of every job. */
  onProgress?: (progress: DemoProgress) => void;
}

/** How far a running job is. */
export interface DemoProgress {
  /** The service's name for the job. */
  requestId: string;
  /** Frames that are done. */
  done: number;
  /** Frames that the video will have. */
  all: number;
}

/** A service inside the page, for `createClient`. */
export interface Demo {
  /** The address that stands for it. */
  readonly baseUrl: string;
  /** What kind of service it is. */
  readonly host: "kinora";
  /** Answers what the client asks. Results name files by `blob:` addresses of this page. */
  readonly fetch: FetchLike;
  /** Ends its work and lets go of its files: their addresses are no longer shown. */
  dispose(): void;
  /** What `using` calls at the end of its block: the same as `dispose`. */
  [Symbol.dispose](): void;
}

/**
 * Makes a demo. Nothing is loaded until it is asked something; then it works on the page's own
 * thread, in slices of 8 ms, and keeps its jobs and files in memory until the page is left.
 *
 * @throws KinoraError `unsupported` where nothing can draw, such as on a server.
 */
export declare function createDemo(options?: DemoOptions): Demo;
