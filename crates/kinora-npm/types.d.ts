/**
 * Kinora: image-to-video with RunComfy's hosted models, from any web page.
 *
 * ```ts
 * import { createClient } from "kinora";
 *
 * const kinora = createClient({ baseUrl: "https://relay.example.com" });
 * const { video } = await kinora.run("wan-ai/wan-2-2/image-to-video", {
 *   prompt: "the fog lifts",
 *   img_url: "https://example.com/lake.jpg",
 * });
 * ```
 *
 * @module kinora
 */

import type { CatalogPage, CatalogQuery, Model, ModelEntry } from "./catalog.js";

export * from "./catalog.js";
export * from "./images.js";

/** The package's version. */
export declare const version: string;

/** The model whose input and output are known precisely. */
export type Wan22 = "wan-ai/wan-2-2/image-to-video";

/** A model's name in the catalogue: parts between slashes. */
export type ModelId = Wan22 | (string & {});

/** What JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Input of `wan-ai/wan-2-2/image-to-video`. */
export interface Wan22Input {
  /** What happens in the video; at most 800 characters, may be empty. */
  prompt: string;
  /** A public `https:` address of the image: JPEG, PNG without transparency, BMP or WebP. */
  img_url: string;
  /** What must not be seen; at most 500 characters. */
  negative_prompt?: string;
  /** An effect that replaces the prompt. */
  template?: "squish" | "flying" | "carousel" | (string & {});
  /** `"480P"` when left out. */
  resolution?: "480P" | "1080P";
  /** In seconds; there is only this length. */
  duration?: 5;
  /** Whether the service may reword the prompt; `true` when left out. */
  prompt_extend?: boolean;
  /** A whole number; the same seed and input make the same video. */
  seed?: number;
}

/** Input of a model that this package does not know by name. */
export type GenericInput = { readonly [field: string]: Json | undefined };

/** The input of a model. */
export type InputOf<M extends string> = M extends Wan22 ? Wan22Input : GenericInput;

/** One file that a job made. Its address needs no token, and is kept by the service for a while only. */
export interface MediaFile {
  kind: "video" | "image" | "other";
  url: string;
}

/** What a job made. */
export interface RunResult {
  /** The service's name for the job. */
  requestId: string;
  /** The model that made it. */
  model: string;
  /** The first video's address, or `null` when there is none. */
  video: string | null;
  /** The first image's address, or `null` when there is none. */
  image: string | null;
  /** Everything the job made. */
  files: MediaFile[];
}

/** What a job of wan 2.2 made: always a video. A result without one is no result: its job has `failed`. */
export interface Wan22Result extends RunResult {
  /** The video's address. */
  video: string;
}

/** What a job of a model makes. */
export type ResultOf<M extends string> = M extends Wan22 ? Wan22Result : RunResult;

/** The part of a `Response` that is used. */
export interface FetchResponse {
  readonly status: number;
  readonly headers: {
    /** Tells each header. */
    forEach(each: (value: string, name: string) => void): void;
  };
  /** The whole body. */
  text(): Promise<string>;
}

/** What a request is sent with. */
export interface FetchInit {
  method: string;
  headers: Record<string, string>;
  body?: string;
  signal?: AbortSignal;
  redirect?: "error" | "follow" | "manual";
  cache?: "no-store";
  credentials?: "omit";
}

/** A function that sends requests; the global `fetch` is one. */
export type FetchLike = (url: string, init: FetchInit) => Promise<FetchResponse>;

/** Both clocks and the timers, for tests with a time of their own. */
export interface Clock {
  /** Milliseconds since 1970. */
  wall(): number;
  /** Milliseconds that never step back. */
  monotonic(): number;
  /** Calls back after so many milliseconds; the answer takes the call back. */
  sleep(callback: () => void, ms: number): () => void;
}

/**
 * Where the records of jobs are kept. A value is plain JSON. A storage that throws, rejects or gives no
 * answer within 5 s keeps no job from being sent: it is told as a warning, and memory stands in.
 *
 * ```ts
 * import type { Json, JobStorage } from "kinora";
 *
 * const kept = new Map<string, Json>();
 * const storage: JobStorage = {
 *   put: async (key, value) => void kept.set(key, value),
 *   all: async () => [...kept.values()],
 *   remove: async (key) => void kept.delete(key),
 * };
 * ```
 */
export interface JobStorage {
  /** Keeps a value under its key, in place of an older one. */
  put(key: string, value: Json): Promise<void>;
  /** Everything that is kept. */
  all(): Promise<Json[]>;
  /** Forgets one value: a job that is over, once there are more than 50 newer ones. */
  remove(key: string): Promise<void>;
  /** Where one note beside the jobs is kept: how long they took. Without it each client learns anew. */
  notes?: {
    /** The note that was kept last. */
    get(): Promise<unknown>;
    /** Keeps a note in place of the last one. */
    put(note: unknown): Promise<void>;
  };
}

/** How a client is set up. */
export interface ClientOptions {
  /** Where the service is: a relay of yours, `kinora emulate`, or RunComfy itself. */
  baseUrl: string;
  /**
   * The token, or a function that gets one for each request. Best left to a relay. When the function gives
   * none, throws or takes longer than the request may, nothing is sent: a submit rejects with the code
   * `bad_token`, and a job that is watched waits until there is one again.
   */
  token?: string | (() => string | Promise<string>);
  /** Sends the requests; the global `fetch` when left out. */
  fetch?: FetchLike;
  /**
   * `"kinora"` for a relay, emulator or demo of Kinora's, which then makes one job of one intent
   * even when a browser repeats a request by itself. Other hosts refuse the header that takes.
   */
  host?: "kinora" | "runcomfy";
  /** Where jobs are kept: IndexedDB where there is one, else memory. */
  storage?: "indexeddb" | "memory" | JobStorage;
  /** Told of what goes wrong beside a job, such as storage that is full. */
  onWarning?: (warning: Warning) => void;
  /** For tests with a time of their own. */
  clock?: Clock;
}

/** Something that went wrong without keeping a job from going on. */
export interface Warning {
  code: string;
  message: string;
}

/** Ends a wait. */
export interface SignalOption {
  /** Aborting it rejects with the code `aborted`. */
  signal?: AbortSignal;
}

/** How a job is submitted. */
export interface SubmitOptions extends SignalOption {
  /** What an abort does to the job at the service: nothing (`"detach"`, the default), or it is cancelled. */
  onAbort?: "detach" | "cancel";
  /**
   * A name for the wish; 1 to 64 of `A-Za-z0-9_-`. The same intent is one job of all clients that share a
   * storage, however often it is submitted: at once or later, in this tab or another; and at a host of Kinora's
   * from anywhere. Only what was refused, or is uncertain, is sent again.
   */
  intent?: string;
  /** What is known of images, by field. */
  facts?: Facts;
}

/** How a job is run. */
export interface RunOptions extends SubmitOptions {
  /** Told of everything that happens. */
  onEvent?: (event: JobEvent) => void;
}

/** What is known of an image before it is sent. */
export interface ImageFacts {
  /** By its first bytes: `"JPEG"`, `"PNG"`, `"WebP"`, `"BMP"`, or another. */
  format?: string;
  /** In pixels, as displayed. */
  width?: number;
  /** In pixels, as displayed. */
  height?: number;
  /** The file's size. */
  bytes?: number;
  /** What its pixels say: opaque, opaque with an alpha channel, or see-through somewhere. */
  alpha?: "opaque" | "unused" | "transparent";
  /** Width in pixels as stored, where a note in the file may turn it. */
  storedWidth?: number;
  /** Height in pixels as stored. */
  storedHeight?: number;
  /** Exif's number of how it is turned to be displayed, 1 to 8; 1 is upright. */
  orientation?: number;
  /** Whether it moves; a model films only one of its pictures. */
  animated?: boolean;
  /** Whether its colours are those of print. */
  cmyk?: boolean;
  /** How a JPEG is written, where that is not the plain way. */
  coding?: "progressive" | "arithmetic" | "rare";
  /** Its file's name, whose ending may be wrong. */
  name?: string;
  /** What its host declares it as, which may be wrong. */
  mediaType?: string;
}

/** What is known of images, by field. */
export type Facts = { readonly [field: string]: ImageFacts };

/** One finding on an input. */
export interface Issue {
  /** The field it is about. */
  field: string;
  /** A stable name: `too_long`, `url_insecure`, … */
  code: string;
  /** Only an `error` keeps it from being sent. */
  severity: "advice" | "unknown" | "borderline" | "error";
  /** What, why and what next. */
  message: string;
  /** Text that would do instead, when there is an obvious one. */
  offer?: string;
}

/** Everything that was found in an input. */
export interface CheckReport {
  /** Whether it may be sent. */
  ok: boolean;
  /** In the order of the model's fields. */
  issues: Issue[];
}

/** News of a job. */
export type JobEvent =
  | { type: "submitting" }
  | { type: "accepted"; requestId: string }
  | { type: "status"; state: JobState; queuePosition?: number }
  | { type: "trouble"; error: KinoraError; retryInMs: number }
  | { type: "cancel"; outcome: "asked" | CancelOutcome; error?: KinoraError }
  | ({ type: "warning" } & Warning)
  | { type: "succeeded"; result: RunResult }
  | { type: "ended"; error: KinoraError };

/** Where a job stands; a word that is not among these is the service's own. */
export type JobState = "queued" | "running" | "completed" | "cancelled" | (string & {});

/** What became of a cancel. */
export type CancelOutcome = "cancelled" | "too-late" | "unknown";

/** One job. Reading it costs nothing; it is asked for only while somebody waits, iterates or listens. */
export interface Job<M extends string = string> extends AsyncIterable<JobEvent> {
  /** The intent, which is also the key of its record. */
  readonly key: string;
  /** The model that makes it. */
  readonly model: string;
  /** The service's name for it; `undefined` until it is accepted. */
  readonly requestId: string | undefined;
  /** Waits for the end. */
  result(options?: SignalOption & { onAbort?: "detach" | "cancel" }): Promise<ResultOf<M>>;
  /** Asks the service to stop it, which it does only while the job is queued. */
  cancel(): Promise<CancelOutcome>;
  /** Tells of everything from the beginning; the answer ends that. */
  onEvent(listener: (event: JobEvent) => void): () => void;
  /** What was done, in order, without tokens, inputs or hosts; for a bug report. */
  explain(): Explanation;
  /** Stops watching. The service goes on, and the record resumes. */
  detach(): void;
  /** What `using` calls at the end of its block: the same as `detach`. */
  [Symbol.dispose](): void;
}

/** What was done for a job. */
export interface Explanation {
  key: string;
  requestId: string | undefined;
  version: string;
  entries: { atMs: number; what: string; detail: string }[];
}

/** A client of one service. */
export interface Client {
  /** Checks, submits, watches, and gives back what was made. */
  run<const M extends ModelId>(model: M | ModelEntry<M>, input: InputOf<M>, options?: RunOptions): Promise<ResultOf<M>>;
  /** Checks and submits; resolves when the service has accepted the job. */
  submit<const M extends ModelId>(model: M | ModelEntry<M>, input: InputOf<M>, options?: SubmitOptions): Promise<Job<M>>;
  /** Takes up a job by the service's name for it. */
  resume<const M extends ModelId = Wan22>(requestId: string, options?: { model?: M }): Promise<Job<M>>;
  /**
   * Holds an input against the model's rules. Sends nothing. Of another model than wan 2.2 the rules are
   * known when what `model(id)` answered is passed in place of its name.
   */
  check<const M extends ModelId>(model: M | ModelEntry<M>, input: Partial<InputOf<M>>, facts?: Facts): Promise<CheckReport>;
  /**
   * The service's models, page by page; a page that is walked over goes on to the next.
   *
   * @example
   * ```ts
   * const { models, total } = await kinora.models({ category: "image-to-video", limit: 20 });
   * for await (const { id } of await kinora.models({ search: "wan" })) console.log(id);
   * ```
   */
  models(query?: CatalogQuery): Promise<CatalogPage>;
  /**
   * One model and what it takes, as the service publishes it.
   *
   * @example
   * ```ts
   * const model = await kinora.model("maker/model/image-to-video");
   * for (const { name, title, required } of model.fields) console.log(name, title, required);
   * const { ok } = await kinora.check(model, { prompt: "fog" });
   * ```
   */
  model<const M extends ModelId>(id: M, options?: SignalOption): Promise<Model<M>>;
  /**
   * What the service sorts its models by.
   *
   * @example
   * ```ts
   * const [category = ""] = await kinora.categories();
   * const { models } = await kinora.models({ category });
   * ```
   */
  categories(options?: SignalOption): Promise<string[]>;
  /** The jobs that were begun before at this client's base, here or in another tab. */
  jobs(): Promise<Job[]>;
  /** Stops watching all jobs; further use rejects with the code `disposed`. */
  dispose(): void;
  /** What `using` calls at the end of its block: the same as `dispose`. */
  [Symbol.dispose](): void;
}

/** Makes a client. Nothing is loaded or sent until it is used. */
export declare function createClient(options: ClientOptions): Client;

/** Every way in which something did not work. */
export declare class KinoraError extends Error {
  /** A stable name: `invalid_input`, `aborted`, `failed`, `uncertain`, `busy`, … */
  readonly code: string;
  /** Whether the same may work a little later, without a second job. */
  readonly retryable: boolean;
  /** What to do about it. */
  readonly nextStep: string;
  /** The HTTP status, where one came. */
  readonly status: number | undefined;
  /** Everything that was found in the input, with the code `invalid_input`. */
  readonly issues: Issue[] | undefined;
  /** What the service sent about a failed job. */
  readonly detail: Json | undefined;
}
