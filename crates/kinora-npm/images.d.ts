// Images: what is known of them, and copies that fit.

import type { MediaRules } from "./catalog.js";
import type { ImageFacts, SignalOption, Wan22 } from "./index.js";

/**
 * One rule, held against one image.
 *
 * @example
 * ```ts
 * const { checks } = await probeImage(file, { rules: "wan-ai/wan-2-2/image-to-video" });
 * const failed = checks.filter(({ verdict }: RuleCheck) => verdict === "fail");
 * for (const { advice } of failed) console.log(advice);
 * ```
 */
export interface RuleCheck {
  /** A stable name: `image_format`, `image_width`, … */
  rule: string;
  /** `borderline` where the service's own texts disagree; `unknown` where it could not be read. */
  verdict: "pass" | "borderline" | "unknown" | "fail";
  /** What was found, in a few words: `1248 px`. */
  found: string;
  /** For every verdict but a pass: what, why and what next. */
  advice?: string;
}

/**
 * What was found out about an image. It passes as facts for `check` and `submit`.
 *
 * @example
 * ```ts
 * const image: ImageProbe = await probeImage("https://example.com/lake.jpg");
 * const { issues } = await kinora.check("wan-ai/wan-2-2/image-to-video", { prompt: "" }, { img_url: image });
 * ```
 */
export interface ImageProbe extends ImageFacts {
  /** Whether it has an alpha channel or a transparent colour, where its header tells. */
  hasAlpha?: boolean;
}

/**
 * The same with every rule that it was held against.
 *
 * @example
 * ```ts
 * const { ok, checks }: JudgedImage = await probeImage(file, { rules: "wan-ai/wan-2-2/image-to-video" });
 * if (!ok) console.log(checks.find(({ verdict }) => verdict === "fail")?.advice);
 * ```
 */
export interface JudgedImage extends ImageProbe {
  /** Every rule, in the order in which they are shown. */
  checks: RuleCheck[];
  /** Whether no rule failed. */
  ok: boolean;
}

/**
 * What an image can be: its address, its file, or its bytes.
 *
 * @example
 * ```ts
 * const bytes: ImageSource = new Uint8Array([0xff, 0xd8, 0xff]);
 * ```
 */
export type ImageSource = string | URL | Blob | ArrayBuffer | ArrayBufferView<ArrayBuffer>;

/** The part of a `Response` that an image is read from. */
export interface ImageResponse {
  /** Whether it is no error. */
  readonly ok: boolean;
  /** The HTTP status. */
  readonly status: number;
  /** Its headers. */
  readonly headers: {
    /** The value of a header, or null. */
    get(name: string): string | null;
  };
  /** Its body. */
  readonly body: ReadableStream<Uint8Array<ArrayBuffer>> | null;
}

/**
 * How an image is looked at.
 *
 * @example
 * ```ts
 * const options: ProbeOptions = { signal: AbortSignal.timeout(5_000) };
 * ```
 */
export interface ProbeOptions extends SignalOption {
  /**
   * Whether to look at its pixels, which alone tell whether it is transparent, and the size of a GIF, AVIF or HEIC. It
   * takes the whole file, and an `OffscreenCanvas`. Files that are here are looked at when this is left out.
   */
  pixels?: boolean;
  /** Fetches it; the global `fetch` when left out. */
  fetch?: (url: string, init: { signal: AbortSignal }) => Promise<ImageResponse>;
}

/**
 * The rules that an image is held against.
 *
 * @example
 * ```ts
 * const model = await kinora.model("maker/model/image-to-video");
 * const field = model.fields.find(({ kind }) => kind === "media");
 * const option: RulesOption = { rules: field?.kind === "media" ? field.rules : "wan-ai/wan-2-2/image-to-video" };
 * ```
 */
export interface RulesOption {
  /** Those of a field that the catalogue tells of, or the name of the model that is known here. */
  rules: MediaRules | Wan22;
}

/**
 * Looks at an image before anything is paid for: format, size, how it is turned, whether it moves or is transparent. Of
 * an address only as many bytes are fetched as it takes. Where a host keeps its images from scripts, a page shows it to
 * learn its size, and the rest stays unknown. Rejects where there is no image.
 *
 * With `rules` each of them comes with a verdict and advice, from a module that is loaded for it.
 *
 * @example
 * ```ts
 * import { probeImage } from "kinora";
 *
 * const { format, width, height } = await probeImage("https://example.com/lake.jpg");
 * const { checks } = await probeImage(file, { rules: "wan-ai/wan-2-2/image-to-video" });
 * ```
 */
export declare function probeImage(source: ImageSource, options: ProbeOptions & RulesOption): Promise<JudgedImage>;
/**
 * The same without rules.
 *
 * @example
 * ```ts
 * const { width = 0, height = 0 } = await probeImage(new Uint8Array([0xff, 0xd8, 0xff]));
 * ```
 */
export declare function probeImage(source: ImageSource, options?: ProbeOptions): Promise<ImageProbe>;

/**
 * What is wished of a copy beyond that it fits.
 *
 * @example
 * ```ts
 * const wish: FitWish = { ratio: 16 / 9, framing: "crop" };
 * ```
 */
export interface FitWish extends SignalOption, Partial<RulesOption>, Pick<ProbeOptions, "fetch"> {
  /** Width divided by height; the picture's own when left out. */
  ratio?: number;
  /** What becomes of a picture whose shape has to change: nothing is lost (`"pad"`), or nothing is added. */
  framing?: "pad" | "crop";
  /** What lies behind transparent parts and beside a padded picture, as `#rrggbb`; white when left out. */
  ground?: string;
  /** What the copy is written as; what is sure to pass when left out. */
  format?: "JPEG" | "PNG";
}

/**
 * One difference between an image and its copy.
 *
 * @example
 * ```ts
 * const { changes } = await fitImage(file);
 * for (const { message } of changes satisfies ImageChange[]) console.log(message);
 * ```
 */
export interface ImageChange {
  /** A stable name. */
  code:
    | "reduced"
    | "enlarged"
    | "cropped"
    | "padded"
    | "flattened"
    | "upright"
    | "still"
    | "recoloured"
    | "converted"
    | "rewritten";
  /** What was done, as a sentence. */
  message: string;
}

/**
 * A copy that fits.
 *
 * @example
 * ```ts
 * const { blob, changes }: FitResult = await fitImage(file);
 * console.log(blob.size, changes.map(({ message }) => message).join(" "));
 * ```
 */
export interface FitResult {
  /** The file. */
  blob: Blob;
  /** What was found when the copy was looked at again. No rule of it fails. */
  facts: JudgedImage;
  /** Everything that differs from the original. */
  changes: ImageChange[];
  /** JPEG's quality in percent, where it had to be lowered for the file to be small enough. */
  quality?: number;
}

/**
 * Makes a copy that keeps every rule (those of wan 2.2 when none are given): upright, scaled, on a plain ground, small
 * enough. The copy is looked at again before it is handed out. In a browser or its worker only; elsewhere it rejects
 * with the code `unsupported`, and with `unfit` where no copy can keep the rules.
 *
 * @example
 * ```ts
 * import { fitImage } from "kinora";
 *
 * const { blob, changes } = await fitImage(file, { ratio: 16 / 9, framing: "crop" });
 * ```
 */
export declare function fitImage(source: ImageSource, wish?: FitWish): Promise<FitResult>;
