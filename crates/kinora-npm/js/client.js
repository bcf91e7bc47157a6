// The client: what people call.

import { bad, fine, words } from "./error.js";
import { Job, aborted, fitting, gone } from "./job.js";
import { moduleOf, unloaded } from "./module.js";
import { checked, send } from "./send.js";
import { open } from "./storage.js";

export { KinoraError } from "./error.js";
export { version } from "./version.js";

/** `createClient` over one way of loading the modules: of jobs, of what is known of models, and of stored jobs. */
export function entry(loadCore, loadModels, loadRecords, fetchInit = FETCH_INIT) {
  const loadKnown = async () => (await Promise.all([loadModels(), known()]))[0];
  const modules = [loadCore, loadKnown, loadRecords].map(moduleOf);
  return (options) => new Client(modules, options, fetchInit);
}

class Client {
  #models;
  #records;
  #options;
  #storage;
  #ended = false;

  constructor(modules, options, fetchInit) {
    this.#options = checkedOptions(options);
    [this.module, this.#models, this.#records] = modules;
    this.live = new Set();
    this.fetchInit = fetchInit;
    this.clock = options.clock ?? CLOCK;
    const { token } = options;
    // As a function it is in no log or JSON of a client.
    this.token = typeof token === "string" ? () => token : token;
    // A mock may be put in place later; `fetch` must not be called as a method.
    this.fetch = options.fetch ?? ((url, init) => globalThis.fetch(url, init));
  }

  async run(model, input, options) {
    const job = await this.submit(model, input, options);
    if (options?.onEvent) job.onEvent(options.onEvent);
    return job.result(options);
  }

  async submit(model, input, options) {
    const { signal, onAbort, facts, intent = mint() } = fitting(options);
    if (signal?.aborted) throw aborted(signal);
    const job = await this.#open({ model, input, facts, intent });
    job.step(null);
    const accepted = () => (job.requestId ? { result: job } : job.end?.error && job.end);
    return job.until(accepted, signal, onAbort);
  }

  async resume(requestId, options) {
    const { model = WAN_2_2 } = fitting(options);
    return this.#open({ requestId: requestId ?? null, model, intent: mint() });
  }

  check(model, input, facts) {
    return this.#known("check", { model, input, facts });
  }

  categories(options) {
    return this.#known("categories", options);
  }

  models(query) {
    return this.#known("models", query);
  }

  model(id, options) {
    return this.#known("model", options, id);
  }

  async jobs() {
    await this.#ready();
    return (await stored()).jobs(this, this.#records, this.#place(), (told) =>
      told.open ? this.#job(told.open) : new Job(this, fine(told)),
    );
  }

  dispose() {
    this.#ended = true;
    for (const job of [...this.live]) job.detach();
  }

  [Symbol.dispose ?? Symbol.for("dispose")]() {
    this.dispose();
  }

  /** Where records are kept; opened with the first. */
  storage() {
    return (this.#storage ??= open(this.#options.storage, (code, message) => this.warn(code, message)));
  }

  /** Notes down how long a job took. */
  learn(took) {
    const { fresh } = (this.note ??= { fresh: [] });
    if (fresh.length < LEARNED) fresh.push(took);
    this.storage().notes.put(this.note);
  }

  warn(code, message) {
    this.guard(() => this.#options.onWarning?.({ code, message }));
  }

  /** Calls code of the program's own, whose errors are the program's own. */
  guard(call) {
    try {
      call();
    } catch (error) {
      queueMicrotask(() => {
        throw error;
      });
    }
  }

  async #open(wish) {
    await this.#ready();
    const id = wish.model?.id;
    if (wish.facts || id) wish = { ...wish, input: await this.#known("sendable", wish), model: id ?? wish.model };
    const storage = this.storage();
    this.note ??= await storage.notes.get();
    if (this.note) {
      const isLearned = ({ learned }) => learned(this, this.#records, storage, wish);
      wish = await stored().then(isLearned, () => wish);
    }
    try {
      return this.#job(wish);
    } catch (error) {
      if (error.message) throw error;
      const why = await this.#known("sendable", wish).catch((why) => why);
      throw why?.code === "wasm_unavailable" ? bad(error.code, "Refused; why could not be loaded.", why) : why;
    }
  }

  /** What the other module knows, which most programs never load. */
  async #known(what, ...asked) {
    this.#inUse();
    const module = this.#models;
    await module.ready();
    return (await known())[what]({ client: this, module, place: this.#place(), send, bad, fine }, ...asked);
  }

  #job(wish) {
    const { clock } = this;
    const seed = Math.floor(Math.random() * Number.MAX_SAFE_INTEGER);
    const opened = this.module.call("open", { ...this.#place(), ...wish, seed }, clock.monotonic(), clock.wall());
    return new Job(this, fine(opened), wish.input);
  }

  #place() {
    return { base: this.#options.baseUrl, host: this.#options.host };
  }

  async #ready() {
    this.#inUse();
    await this.module.ready();
  }

  #inUse() {
    if (this.#ended) throw gone("disposed", "This client was disposed of.");
  }
}

/** What is done with the module of models; loaded together with it. */
const known = () => import("./known.js");

/** What is done with stored things; loaded when there are any. */
const stored = () => import("./stored.js").catch(unloaded);

function checkedOptions(options) {
  if (typeof options?.baseUrl !== "string") {
    throw bad("bad_options", "createClient needs { baseUrl }, an address as text.");
  }
  const { token, storage } = options;
  for (const [name, type] of OPTION_TYPES) {
    if (options[name] !== undefined && typeof options[name] !== type) throw bad("bad_options", `\`${name}\` must be a ${type}.`);
  }
  if (storage && storage !== "memory" && storage !== "indexeddb" && !storage.put) {
    throw bad("bad_options", '`storage` must be "indexeddb", "memory", or an object with `put` and `all`.');
  }
  if (token !== undefined && typeof token !== "function") {
    try {
      checked(token);
    } catch (cause) {
      throw bad("bad_token", `The token cannot be sent: ${words(cause)}.`);
    }
  }
  return { ...options };
}

/** 128 random bits. */
function mint() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** How many durations wait to be learned. */
const LEARNED = 50;
const OPTION_TYPES = Object.entries({ fetch: "function", onWarning: "function", clock: "object" });
const WAN_2_2 = "wan-ai/wan-2-2/image-to-video";
const FETCH_INIT = { redirect: "error", cache: "no-store", credentials: "omit" };
/** Browsers take a longer timer for none. */
const LONGEST_TIMER = 2 ** 31 - 1;
const CLOCK = {
  wall: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: (callback, ms) => {
    const timer = setTimeout(callback, Math.min(ms, LONGEST_TIMER));
    return () => clearTimeout(timer);
  },
};
