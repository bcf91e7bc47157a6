// What the catalogue tells of models.

import type { Json, SignalOption } from "./index.js";

/**
 * Which models are wanted.
 *
 * @example
 * ```ts
 * const query: CatalogQuery = { search: "wan", category: "image-to-video", limit: 20 };
 * ```
 */
export interface CatalogQuery extends SignalOption {
  /** Words to look for. */
  search?: string;
  /** Models of this category only; `client.categories()` has them. */
  category?: string;
  /** Entries of this kind only. */
  kind?: ModelKind;
  /** The most models on a page, 1 to 500; the service's own number when left out. */
  limit?: number;
  /** How many models to skip. */
  offset?: number;
  /** Whether each model comes with its schema. */
  includeSchema?: boolean;
}

/**
 * What sort of thing a model is; a word that is not among these is the service's own.
 *
 * @example
 * ```ts
 * const kind: ModelKind = "model";
 * ```
 */
export type ModelKind = "model" | "workflow" | "inference" | (string & {});

/**
 * What the catalogue says of one model. Only its id is certain.
 *
 * @example
 * ```ts
 * function price({ basePriceUsd, priceUnit }: ModelEntry): string {
 *   return basePriceUsd === undefined ? "?" : `$${basePriceUsd} a ${priceUnit ?? "job"}`;
 * }
 * ```
 */
export interface ModelEntry<M extends string = string> {
  /** Under which name to submit. */
  id: M;
  /** Its name for people. */
  displayName?: string;
  /** What it does. */
  description?: string;
  /** The categories it belongs to. */
  categories: string[];
  /** What sort of thing it is. */
  kind?: ModelKind;
  /** What one unit costs, in US dollars. */
  basePriceUsd?: number;
  /** What the price is for: `output`, `second`, `image`, … */
  priceUnit?: string;
  /** More about the price. */
  pricingNote?: string;
  /** Its page, for people to read. */
  modelUrl?: string;
  /** The names of its inputs. */
  inputs: string[];
  /** The names of the inputs that it insists on. */
  requiredInputs: string[];
  /** Its inputs as a JSON Schema, when it was asked for. */
  schema?: { readonly [keyword: string]: Json };
}

/**
 * A part of the catalogue. Walking over it goes on to the parts that follow.
 *
 * @example
 * ```ts
 * const page: CatalogPage = await kinora.models({ search: "wan", limit: 20 });
 * console.log(`${page.models.length} of ${page.total}`);
 * for await (const { id } of page) console.log(id);
 * ```
 */
export interface CatalogPage extends AsyncIterable<ModelEntry> {
  /** The models, in the service's order. */
  models: ModelEntry[];
  /** How many models match on all pages, where the service tells. */
  total?: number;
  /** How many models were skipped. */
  offset: number;
  /** The offset of the next page; missing on the last. */
  next?: number;
}

/**
 * One model with its fields, read from the schema that the service publishes.
 *
 * @example
 * ```ts
 * const model: Model = await kinora.model("maker/model/image-to-video");
 * const required = model.fields.filter(({ required }) => required);
 * ```
 */
export interface Model<M extends string = string> extends ModelEntry<M> {
  /** What it takes, in published order. */
  fields: Field[];
}

/**
 * One input of a model, enough to make a form of it.
 *
 * @example
 * ```ts
 * function control(field: Field): string {
 *   if (field.kind === "choice") return `<select name="${field.name}">`;
 *   return `<input name="${field.name}">`;
 * }
 * ```
 */
export type Field =
  | TextField
  | ChoiceField
  | NumberField
  | BooleanField
  | MediaField
  | MediaListField
  | JsonField;

/**
 * What every field has.
 *
 * @example
 * ```ts
 * const label = ({ title, required }: FieldBase): string => (required ? `${title} *` : title);
 * ```
 */
export interface FieldBase {
  /** Its key in the input. */
  name: string;
  /** Its label. */
  title: string;
  /** What the model's page says about it. */
  description?: string;
  /** Whether the service insists on it. */
  required: boolean;
  /** Whether `null` may be sent. */
  nullable: boolean;
  /** What the service assumes when it is left out, or a sample where it is free text or a file. */
  default?: Json;
}

/**
 * Text.
 *
 * @example
 * ```ts
 * const count = ({ maxLength }: TextField): string => (maxLength ? `at most ${maxLength} characters` : "");
 * ```
 */
export interface TextField extends FieldBase {
  /** What may stand in it. */
  kind: "text";
  /** The most characters (Unicode code points). */
  maxLength?: number;
  /** Values that are known without being the only ones. */
  suggestions?: string[];
}

/**
 * One of several values.
 *
 * @example
 * ```ts
 * const options = ({ choices }: ChoiceField): string[] => choices.map(String);
 * ```
 */
export interface ChoiceField extends FieldBase {
  /** What may stand in it. */
  kind: "choice";
  /** The values. */
  choices: Json[];
}

/**
 * A number, whole or not.
 *
 * @example
 * ```ts
 * const step = ({ kind }: NumberField): string => (kind === "integer" ? "1" : "any");
 * ```
 */
export interface NumberField extends FieldBase {
  /** What may stand in it. */
  kind: "integer" | "number";
  /** The least, included. */
  minimum?: number;
  /** The greatest, included. */
  maximum?: number;
}

/**
 * `true` or `false`.
 *
 * @example
 * ```ts
 * const checked = (field: BooleanField): boolean => field.default === true;
 * ```
 */
export interface BooleanField extends FieldBase {
  /** What may stand in it. */
  kind: "boolean";
}

/**
 * The address of a file.
 *
 * @example
 * ```ts
 * const isSmallEnough = ({ rules }: MediaField, file: File): boolean =>
 *   file.size < (rules.megabytesBelow ?? Infinity) * 1e6;
 * ```
 */
export interface MediaField extends FieldBase {
  /** What may stand in it. */
  kind: "media";
  /** What the file must be. */
  rules: MediaRules;
}

/**
 * Addresses of files.
 *
 * @example
 * ```ts
 * const room = ({ maxItems }: MediaListField): number => maxItems ?? Infinity;
 * ```
 */
export interface MediaListField extends FieldBase {
  /** What may stand in it. */
  kind: "mediaList";
  /** What each file must be. */
  rules: MediaRules;
  /** The fewest files. */
  minItems?: number;
  /** The most files. */
  maxItems?: number;
}

/**
 * JSON that is sent as it is.
 *
 * @example
 * ```ts
 * const empty = ({ shape }: JsonField): Json => (shape === "list" ? [] : {});
 * ```
 */
export interface JsonField extends FieldBase {
  /** What may stand in it. */
  kind: "json";
  /** What is known of it; any value when missing. */
  shape?: "list" | "object";
  /** The fewest items of a list. */
  minItems?: number;
  /** The most items of a list. */
  maxItems?: number;
}

/**
 * A number that lies between two others; whether these are included is not published.
 *
 * @example
 * ```ts
 * const side: Between = { above: 360, below: 2000 };
 * ```
 */
export interface Between {
  /** It is greater than this. */
  above?: number;
  /** It is less than this. */
  below?: number;
}

/**
 * What a file must be, as a field of `client.model(id)` says; each part may be missing.
 *
 * @example
 * ```ts
 * const rules: MediaRules = { width: { above: 360, below: 2000 }, megabytesBelow: 10 };
 * const isWideEnough = (width: number): boolean => width > (rules.width?.above ?? 0);
 * ```
 */
export interface MediaRules {
  /** What kind of file; an image when left out. */
  kind?: "image" | "video" | "audio" | "any";
  /** By their names, as `"JPEG"`, `"PNG"`; any, where none are named. */
  formats?: readonly string[];
  /** In pixels. */
  width?: Between;
  /** In pixels. */
  height?: Between;
  /** Width divided by height. */
  ratio?: Between;
  /** In megabytes of 10^6 or 2^20 bytes, which is not published. */
  megabytesBelow?: number;
  /** Whether transparency is ruled out, for PNG at least. */
  opaque?: boolean;
}
