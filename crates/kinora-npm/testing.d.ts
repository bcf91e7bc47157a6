/**
 * A service that exists only in a test: the whole Model API with its queue, states, cancels and
 * faults, behind a `fetch` for the ordinary client, in a time in which waits take none.
 *
 * @example
 * ```ts
 * import { createClient } from "kinora";
 * import { createTestService } from "kinora/testing";
 *
 * const service = await createTestService({ scenario: { run: 60, faults: ["status=503*2"] } });
 * const client = createClient({ ...service, token: "test", storage: "memory" });
 * const { video } = await client.run("wan-ai/wan-2-2/image-to-video", {
 *   prompt: "the fog lifts",
 *   img_url: "https://example.com/lake.jpg",
 * });
 * console.log(video, service.asked().calls);
 * ```
 *
 * @module kinora/testing
 */

import type { Clock, FetchLike } from "./index.js";

export { KinoraError } from "./index.js";

/**
 * Begins a service.
 *
 * @throws {@link KinoraError} with the code `bad_scenario`, which names what is wrong, or
 * `bad_options` for a base URL that is none.
 *
 * @example
 * ```ts
 * const service = await createTestService({ scenario: "accepted-silence" });
 * ```
 */
export function createTestService(options?: TestServiceOptions): Promise<TestService>;

/**
 * The scenarios that have a name.
 *
 * @example
 * ```ts
 * for (const { name, meaning } of await scenarios()) console.log(name, meaning);
 * ```
 */
export function scenarios(): Promise<NamedScenario[]>;

/** How a service for tests behaves. */
export interface TestServiceOptions {
  /** A scenario's name, of {@link scenarios}, or what is to be otherwise than in one. `usual` when left out. */
  scenario?: string | Scenario;
  /** Where it pretends to be: `https://service.test` when left out. */
  baseUrl?: string;
  /** A time of your own. When left out, the next timer is due whenever no request is under way. */
  clock?: Clock;
  /** The bytes of every job's video, for whoever fetches them. */
  output?: Blob;
}

/**
 * A service for tests. Spread it into the options of `createClient`: it brings `baseUrl`, `host`,
 * `fetch` and `clock`.
 */
export interface TestService {
  /** Where it pretends to be. */
  readonly baseUrl: string;
  /** It keeps the promises of Kinora's own hosts. */
  readonly host: "kinora";
  /** Answers requests to `baseUrl`, as the service would. */
  readonly fetch: FetchLike;
  /** Its time. */
  readonly clock: Clock;
  /**
   * What was asked so far.
   *
   * @example
   * ```ts
   * assert.equal(service.asked().accepted, 1);
   * ```
   */
  asked(): Asked;
  /** Lets go of the service and its jobs; further use rejects with the code `disposed`. */
  dispose(): void;
  /** What `using` calls at the end of its block: the same as `dispose`. */
  [Symbol.dispose](): void;
}

/**
 * What is to be otherwise than in the scenario that `preset` names. Spans are in seconds.
 *
 * @example
 * ```ts
 * const scenario: Scenario = { preset: "slow", ahead: 2, faults: ["submit=429:2*1", "status=503*2"] };
 * ```
 */
export interface Scenario {
  /** The scenario that everything else changes. */
  preset?: string;
  /** Chooses request ids. */
  seed?: number;
  /** The tokens that are known, some with the number of jobs that they pay for; any is when this is left out. */
  tokens?: (string | { token: string; balance: number | null })[];
  /** How many jobs any other token pays for. */
  balance?: number | null;
  /** Jobs before ours in the queue. */
  ahead?: number;
  /** Seconds between two steps of the queue. */
  tick?: number;
  /** Seconds that a job runs. */
  run?: number;
  /** Seconds for which a finished job is known. */
  retention?: number;
  /**
   * What goes wrong, as `submit=429:2*1`: the call (`submit`, `status`, `result`, `cancel`), what is
   * answered, how long to wait, how often. `lost`, `unheard` and `silent` are no answers;
   * `kinora emulate --help` lists all.
   */
  faults?: string[];
  /** Further members, as `kinora emulate --scenario` reads them. */
  [member: string]: unknown;
}

/** A scenario with a name. */
export interface NamedScenario {
  name: string;
  /** What it promises, in a sentence. */
  meaning: string;
}

/** How often the service was asked for what. */
export interface Asked {
  /** Jobs that were accepted: what a real service would charge for. */
  accepted: number;
  /** How often each call came. */
  calls: Calls;
  /** The same for each token, in the order in which they first came. */
  accounts: Calls[];
  /** By intent: how often it was submitted, and how many jobs it made. */
  intents: Record<string, { submitted: number; accepted: number }>;
}

/** How often each call came. */
export type Calls = Record<string, number>;
