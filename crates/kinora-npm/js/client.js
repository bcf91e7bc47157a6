// The client: what people call.

import { bad, fine, words } from "./error.js";
import { Job, aborted, fitting, gone } from "./job.js";
import { live } from "./live.js";
import { moduleOf, unloaded } from "./module.js";
import { checked, send } from "./send.js";
import { open } from "./storage.js";

export { KinoraError } from "./error.js";
export { version } from "./version.js";

/** `createClient` over one way of loading the modules: of jobs, of what is known of models, and of stored jobs. */
export function entry(loadCore, loadModels, loadRecords, fetchInit = FETCH_INIT) {
  const modules = [loadCore, loadModels, loadRecords].map(moduleOf);
  return (options) => new Client(modules, options, fetchInit);
}

class Client {
  #inside;
  #options;
  #place;
  #storage;
  #ended = false;

  constructor([module, models, records], options, fetchInit) {
    this.#options = checkedOptions(options);
    this.module = module;
    this.#place = { base: options.baseUrl, host: options.host };
    this.#inside = { client: this, models, records, place: this.#place, Job, live, send, bad, fine };
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
    const open = () => this.#open({ model, input, facts, intent }, signal);
    // What was refused, or is uncertain, is sent again.
    const job = await (options?.intent === undefined ? open() : this.beside("joined", ({ key }) => key === intent, open));
    job.begin();
    const accepted = () => (job.requestId ? { result: job } : job.end?.error && job.end);
    return job.until(accepted, signal, onAbort);
  }

  async resume(requestId = null, options) {
    const { model = WAN_2_2 } = fitting(options);
    const open = () => this.#open({ requestId, model, intent: mint() });
    return this.beside("joined", (job) => job.requestId === requestId, open);
  }

  check(model, input, facts) {
    return this.beside("check", { model, input, facts });
  }

  categories(options) {
    return this.beside("categories", options);
  }

  models(query) {
    return this.beside("models", query);
  }

  model(id, options) {
    return this.beside("model", options, id);
  }

  jobs() {
    return this.beside("jobs");
  }

  dispose() {
    this.#ended = true;
    for (const [job, client] of live) if (client === this) job.detach();
    this.left?.();
  }

  [Symbol.dispose ?? Symbol.for("dispose")]() {
    this.dispose();
  }

  /** Where records are kept; opened with the first. */
  storage() {
    return (this.#storage ??= open(this.#options.storage, (code, message) => this.warn(code, message)));
  }

  /** Does what a lone new job has no need of; loaded when there is more. */
  async beside(what, ...told) {
    this.#inUse();
    const all = await import("./beside.js").catch(unloaded);
    return all[what](this.#inside, ...told);
  }

  /** Opens in the module what a wish says. */
  opened(wish) {
    const { clock } = this;
    const seed = Math.floor(Math.random() * Number.MAX_SAFE_INTEGER);
    return fine(this.module.call("open", { ...this.#place, ...wish, seed }, clock.monotonic(), clock.wall()));
  }

  /** Whether a job is this tab's from now on; else the tab that has it is followed. */
  async lead(job, wish) {
    if (!this.storage().isShared) return true;
    const name = `kinora ${this.#place.base} ${job.key}`;
    const leading = (lock, settle) =>
      lock &&
      new Promise((release) => {
        const channel = new BroadcastChannel(name);
        channel.onmessage = ({ data }) => this.beside("hear", job, name, channel, data).catch(nothing);
        job.release = () => {
          channel.close();
          release();
        };
        if (job.end) job.release();
        settle(true);
      });
    const isLed = await new Promise((settle) =>
      navigator.locks.request(name, { ifAvailable: true }, (lock) => leading(lock, settle)).then(settle, () => settle(true)),
    );
    return isLed || this.beside("follow", job, name, wish);
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

  async #open(wish, signal) {
    this.#inUse();
    await this.module.ready();
    const id = wish.model?.id;
    if (wish.facts || id) wish = { ...wish, ...(await this.beside("sendable", wish)), model: id ?? wish.model };
    this.note ??= await this.storage().notes.get();
    if (this.note) wish = await this.beside("learned", wish).catch(() => wish);
    let opened;
    try {
      opened = this.opened(wish);
    } catch (error) {
      if (error.message) throw error;
      // What is not as usual gets a second look, at which it may be fine.
      opened = this.opened({ ...wish, ...(await this.beside("sendable", wish)) });
    }
    const job = new Job(this, opened, wish.input);
    try {
      await this.lead(job, wish);
      // Nothing is sent for those who left meanwhile.
      this.#inUse();
      if (signal?.aborted) throw aborted(signal);
    } catch (error) {
      job.detach();
      throw error;
    }
    return job;
  }

  #inUse() {
    if (this.#ended) throw gone("disposed", "This client was disposed of.");
  }
}

function checkedOptions(options) {
  if (typeof options?.baseUrl !== "string") {
    throw bad("bad_options", "createClient needs { baseUrl }, an address as text.");
  }
  const { token, storage } = options;
  for (const [name, type] of OPTION_TYPES) {
    if (options[name] !== undefined && typeof options[name] !== type) throw bad("bad_options", `\`${name}\` must be a ${type}.`);
  }
  if (storage && storage !== "memory" && storage !== "indexeddb" && !(storage.put && storage.all)) {
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
const mint = () => crypto.getRandomValues(new Uint32Array(4)).join("-");

const nothing = () => {};
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
