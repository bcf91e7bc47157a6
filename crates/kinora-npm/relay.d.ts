/**
 * A relay of your own, which adds the token and passes on the calls of the Model API.
 *
 * @module kinora/relay
 */

/**
 * A relay between web pages and RunComfy that keeps the token off the page.
 *
 * Nothing passes until it is configured. It runs wherever there are `Request` and `Response`:
 * Cloudflare Workers, Next.js, Deno, Bun, and Node by {@link nodeHandler}.
 *
 * @example Next.js, in `app/api/kinora/[...path]/route.js`
 * ```js
 * import { createRelay } from "kinora/relay";
 *
 * export const { GET, POST, OPTIONS } = createRelay({
 *   token: () => process.env.RUNCOMFY_TOKEN,
 *   public: "https://app.example.com/api/kinora",
 *   origins: ["https://app.example.com"],
 *   models: ["wan-ai/**"],
 *   callers: "anybody",
 * });
 * ```
 */
export function createRelay(options: RelayOptions): Relay;

/**
 * A Durable Object class for Cloudflare Workers: one relay whose intents and budgets outlive the
 * isolate. Export it, bind it, and hand requests to it.
 *
 * @example
 * ```js
 * import { relayObject } from "kinora/relay";
 *
 * export const KinoraRelay = relayObject((env) => ({
 *   token: env.RUNCOMFY_TOKEN,
 *   public: "https://relay.example.com",
 *   origins: ["https://app.example.com"],
 *   models: ["wan-ai/**"],
 *   callers: "anybody",
 * }));
 *
 * export default {
 *   fetch: (request, env) => env.KINORA_RELAY.get(env.KINORA_RELAY.idFromName("relay")).fetch(request),
 * };
 * ```
 */
export function relayObject<Env>(configure: (env: Env) => RelayOptions): RelayObjectClass<Env>;

/**
 * The relay as a listener of Node's HTTP server, or a handler of Express. Callers are told apart by
 * the address of their connection.
 *
 * @example
 * ```js
 * createServer(nodeHandler(createRelay({ … }))).listen(8080);
 * ```
 */
export function nodeHandler(relay: Relay): (request: NodeRequest, response: NodeResponse) => Promise<void>;

/** What a relay's owner decides. The names are those of `kinora serve`'s file. */
export interface RelayOptions {
  /**
   * RunComfy's token, or a function that gives it. Take it from the environment. It is sent to
   * `service` and nowhere else, and is in no answer, log line or stored record.
   */
  token: string | (() => string | undefined | Promise<string | undefined>) | undefined;
  /**
   * The relay's address as callers see it; requests below its path are judged. URLs in answers are
   * rewritten to it.
   */
  public: string;
  /** The service. Default: RunComfy's. `http:` only on this machine, for `kinora emulate`. */
  service?: string | undefined;
  /**
   * Pages that may ask: `https://app.example.com`, or `https://*.example.com` for all sub-domains.
   * Default: none. Browsers name the origin with a `POST` to the same origin, too.
   */
  origins?: readonly string[] | undefined;
  /** Models that may be used: an id, or a pattern such as `wan-ai/**`. Default: none. */
  models?: readonly string[] | undefined;
  /** Who may call. Default: `"nobody"`. */
  callers?: "anybody" | "nobody" | undefined;
  /** Instead of `callers`: whoever sends one of these as bearer token may call. */
  secrets?: readonly string[] | undefined;
  /** IP addresses of proxies whose `X-Forwarded-For` is believed. */
  proxies?: readonly string[] | undefined;
  /** Lets callers learn what a job cost. Default: `false`. */
  includeCost?: boolean | undefined;
  /** Passes result files on, at `/v1/outputs?url=…`. Default: `false`. */
  outputs?: boolean | undefined;
  /** How much each caller may. */
  budgets?: RelayBudgets | undefined;
  /** How large things may be. */
  limits?: RelayLimits | undefined;
  /**
   * How callers are told apart, where the host does not say: by a header that your platform writes.
   * Callers that cannot be told apart share one budget.
   */
  caller?: ((request: Request) => string | null | undefined) | undefined;
  /** Is told of each request. */
  log?: ((line: RelayLine) => void) | undefined;
  /** Where intents and budgets outlive the process. Default: nowhere. */
  memory?: RelayMemory | undefined;
  /** Sends requests. Default: the runtime's `fetch`. */
  fetch?: typeof fetch | undefined;
}

/** What each caller may. */
export interface RelayBudgets {
  /** Requests in any minute. Default: 240. */
  requestsPerMinute?: number | undefined;
  /** Submits in any hour. Default: 30. */
  submitsPerHour?: number | undefined;
  /** Jobs under way at once. Default: 4. */
  jobsAtOnce?: number | undefined;
}

/** How large things may be, and how long a file may take. */
export interface RelayLimits {
  /** Most bytes of a job's input. Default: 1 MiB. */
  bodyBytes?: number | undefined;
  /** Deepest nesting of a job's input. Default: 32. */
  bodyDepth?: number | undefined;
  /** Most bytes of an answer of the service. Default: 16 MiB. */
  answerBytes?: number | undefined;
  /** Most bytes of a result file. Default: 2 GiB. */
  outputBytes?: number | undefined;
  /** How long a result file may take, in seconds. Default: 900. */
  outputSeconds?: number | undefined;
}

/** A running relay. Its functions can be taken out of it. */
export interface Relay {
  /** Answers a request. It never rejects. */
  readonly fetch: RelayHandler;
  /** The same, for route handlers. */
  readonly GET: RelayHandler;
  /** The same, for route handlers. */
  readonly POST: RelayHandler;
  /** The same, for route handlers: what browsers ask before they ask. */
  readonly OPTIONS: RelayHandler;
  /**
   * Loads the rules and reads the options; otherwise the first request does. `closed` says in words
   * what will not pass yet.
   *
   * @throws `KinoraError` that names the option that is wrong, and what to write.
   */
  ready(): Promise<{ closed: readonly string[] }>;
}

/** Answers one request. */
export type RelayHandler = (request: Request, context?: RelayContext) => Promise<Response>;

/** What a host knows beside the request. */
export interface RelayContext {
  /** The IP address that the connection comes from. */
  address?: string | undefined;
  /** Next's parameters of the route, which its edge routes also put into the query. */
  params?: unknown;
  /** Keeps the process alive until a promise settles. */
  waitUntil?: ((promise: Promise<unknown>) => void) | undefined;
}

/** One request, for a log: no prompt, no secret, no address of an image. */
export interface RelayLine {
  /** Which call: `submit`, `status`, `result`, `cancel`, `models`, `model`, `categories`, `output`, or `-`. */
  call: string;
  /** The model, when it is on the list. */
  model?: string;
  /** The answer's status. */
  status: number;
  /** Why: `passed`, or what was in the way, such as `too_many_submits`. */
  reason: string;
  /** Who called: an address, or what `caller` says. */
  caller: string;
  /** How long it took, in milliseconds. */
  ms: number;
}

/** Texts by key, which outlive the process. One relay at a time uses a memory. */
export interface RelayMemory {
  /** Everything that is stored. */
  load(): Promise<Iterable<readonly [key: string, text: string]>>;
  /** Stores texts, and forgets keys that have none. A submit waits for it. */
  save(changes: ReadonlyMap<string, string | undefined>): Promise<void>;
}

/** A class that Cloudflare Workers can bind as a Durable Object. */
export interface RelayObjectClass<Env> {
  new (
    state: RelayObjectState,
    env: Env,
  ): {
    /** Answers a request. */
    fetch(request: Request): Promise<Response>;
  };
}

/** As much of a Durable Object's state as the relay uses. */
export interface RelayObjectState {
  /** Its storage. */
  readonly storage: {
    /** Texts by key. */
    list(options: { prefix: string; limit: number; startAfter?: string }): Promise<Map<string, unknown>>;
    /** Stores all or none. */
    put(entries: Record<string, unknown>): Promise<void>;
    /** Forgets keys. */
    delete(keys: string[]): Promise<number>;
  };
  /** Keeps it alive. */
  waitUntil(promise: Promise<unknown>): void;
}

/** As much of Node's `IncomingMessage` as the relay uses. */
export interface NodeRequest extends AsyncIterable<unknown> {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly rawHeaders: string[];
  readonly headers: object;
  readonly complete: boolean;
  readonly socket: { readonly remoteAddress?: string | undefined };
}

/** As much of Node's `ServerResponse` as the relay uses. */
export interface NodeResponse {
  readonly destroyed: boolean;
  /** Begins the answer. */
  writeHead(status: number, headers: Record<string, string>): unknown;
  /** Sends bytes; `false` asks to wait for `drain`. */
  write(piece: Uint8Array): boolean;
  /** Ends the answer. */
  end(): unknown;
  /** Ends the connection. */
  destroy(): unknown;
  /** Tells of the connection's end. */
  on(event: "close", listener: () => void): unknown;
  /** Tells of it, and of room for more bytes. */
  once(event: "drain" | "close", listener: () => void): unknown;
}

export { KinoraError } from "./index.js";
