// One job: does what the machine in the module wants, and tells everyone what happens.

import { KinoraError, bad } from "./error.js";
import { send } from "./send.js";
import { version } from "./version.js";

export class Job {
  #client;
  #number;
  #input;
  #trace = [];
  #events = [];
  #listeners = new Set();
  #waiting = new Map();
  #sending = new AbortController();
  #asleep;
  #parked;
  #begun = false;
  #watched = false;
  end;
  #died = (error) => this.#finish({ error }, true);

  /** `opened` is what `open` or `recall` answered; the first step has not been taken yet. */
  constructor(client, opened, input) {
    this.#client = client;
    this.#input = input;
    this.#number = opened.job;
    this.key = opened.key;
    this.model = opened.model;
    this.requestId = opened.requestId;
    client.module.users.add(this.#died);
    client.live.add(this);
    if (opened.done) this.#do(opened.done);
  }

  async result(options) {
    const { signal, onAbort } = fitting(options);
    if (!signal?.aborted) this.watch();
    return this.until(() => this.end, signal, onAbort);
  }

  /** Resolves with what `ready` finds, as soon as it finds something. */
  until(ready, signal, onAbort) {
    return new Promise((resolve, reject) => {
      const settle = () => {
        const found = ready();
        if (!found) return;
        leave();
        found.error ? reject(found.error) : resolve(found.result);
      };
      const abort = () => {
        leave();
        reject(aborted(signal));
        // Later, so that whoever waits is told first.
        if (onAbort === "cancel") queueMicrotask(() => this.cancel().catch(() => {}));
      };
      const leave = () => {
        this.#waiting.delete(settle);
        signal?.removeEventListener("abort", abort);
      };
      if (signal?.aborted) return abort();
      signal?.addEventListener("abort", abort);
      this.#waiting.set(settle);
      settle();
    });
  }

  async cancel() {
    const from = this.#events.length;
    this.step({ is: "cancel" });
    const outcome = () => {
      const news = this.#events.slice(from).find((event) => event.type === "cancel" && event.outcome !== "asked");
      if (news) return { result: news.outcome };
      if (!this.end) return;
      const { code } = this.end.error ?? {};
      // Nobody is left who could ask.
      if (code === "detached" || code === "internal") return this.end;
      if (code === "cancelled") return { result: code };
      return { result: !code || code === "failed" ? "too-late" : "unknown" };
    };
    return this.until(outcome);
  }

  onEvent(listener) {
    fitting({ onEvent: listener ?? null });
    for (const event of this.#events) this.#client.guard(() => listener(event));
    this.#listeners.add(listener);
    this.watch();
    return () => this.#listeners.delete(listener);
  }

  async *[Symbol.asyncIterator]() {
    this.watch();
    for (let next = 0; ; next++) {
      await this.until(() => (this.#events.length > next || this.end) && { result: true });
      if (next >= this.#events.length) return;
      yield this.#events[next];
    }
  }

  explain() {
    return { key: this.key, requestId: this.requestId, version, entries: [...this.#trace] };
  }

  detach() {
    this.#finish({ error: gone("detached", "The job is not watched any more.") });
  }

  [Symbol.dispose ?? Symbol.for("dispose")]() {
    this.detach();
  }

  /** From now on the service is asked how it goes. */
  watch() {
    this.#watched = true;
    this.#parked?.();
    if (!this.#begun) this.step(null);
  }

  /** Tells the machine what happened, and does what it wants. */
  step(happened) {
    if (this.end) return;
    this.#begun = true;
    this.#asleep?.();
    this.#asleep = this.#parked = undefined;
    const { module, clock } = this.#client;
    let wanted;
    try {
      wanted = module.call("step", happened, this.#number, clock.monotonic(), clock.wall());
    } catch (error) {
      // After a trap there is nothing left to tell, and everybody knows.
      if (this.end) return;
      throw error;
    }
    const events = [];
    for (const want of wanted) this.#do(want, events);
    for (const event of events) this.#tell(event);
  }

  #do(want, events) {
    switch (want.do) {
      case "event":
        return events.push(want.event);
      case "store":
        return this.#store(want.record);
      case "send":
        return this.#send(want);
      case "sleep":
        return this.#sleep(want.ms);
      case "learn":
        return this.#client.learn({ model: this.model, input: this.#input, ms: want.ms });
      case "done":
        return this.#finish({
          result: want.result,
          error: want.error && new KinoraError(want.error),
        });
    }
  }

  async #store(record) {
    this.#note("store", record.stage);
    const warning = await this.#client.storage().put(this.key, record);
    if (warning && !this.end) this.#publish({ type: "warning", ...warning });
    this.step({ is: "stored" });
  }

  async #send(request) {
    const path = request.url.replace(/^\w+:\/\/[^/]*/, "");
    this.#note("send", `${request.method} ${path}`);
    const came = await send(request, this.#client, this.#sending.signal);
    this.#note("answer", came.status ? `HTTP ${came.status}` : `${came.kind}: ${came.words}`);
    try {
      this.step(came);
    } catch (error) {
      this.step({ is: "failed", kind: "no_answer", words: error.message });
    }
  }

  #sleep(ms) {
    const wake = () => this.step({ is: "woke" });
    const sleep = () => {
      this.#note("wait", `${ms} ms`);
      this.#asleep = this.#client.clock.sleep(wake, ms);
    };
    if (this.#watched || !this.requestId) return sleep();
    // Nobody waits for it: no timer keeps the program alive, nobody is asked.
    this.#parked = () => {
      this.#parked = undefined;
      sleep();
    };
  }

  #tell(event) {
    if (event.error) event.error = new KinoraError(event.error);
    if (event.requestId) this.requestId = event.requestId;
    this.#publish(event);
  }

  #publish(event) {
    this.#note(event.type, event.state ?? event.outcome ?? event.error?.code ?? event.code ?? "");
    this.#events.push(event);
    for (const listener of [...this.#listeners]) this.#client.guard(() => listener(event));
    this.#settle();
  }

  #finish(end, dead) {
    if (this.end) return;
    this.end = end;
    this.#asleep?.();
    this.#sending.abort();
    this.#client.live.delete(this);
    this.#client.module.users.delete(this.#died);
    if (!dead && this.#number >= 0) this.#client.module.close(this.#number);
    this.#publish(end.error ? { type: "ended", error: end.error } : { type: "succeeded", result: end.result });
    this.#listeners.clear();
  }

  #settle() {
    for (const settle of [...this.#waiting.keys()]) settle();
  }

  #note(what, detail) {
    if (this.#trace.length < TRACE_LENGTH) {
      this.#trace.push({ atMs: Math.round(this.#client.clock.wall()), what, detail });
    }
  }
}

/** The options of a call, or what is wrong with them. */
export function fitting(options) {
  const { signal, onEvent, onAbort } = options ?? {};
  if ((signal && !signal.addEventListener) || (onEvent !== undefined && !onEvent?.call) || (onAbort && onAbort !== "cancel" && onAbort !== "detach")) {
    throw bad("bad_options", '`signal` must be an AbortSignal, `onEvent` a function, `onAbort` "cancel" or "detach".');
  }
  return options ?? {};
}

export function aborted(signal) {
  return gone("aborted", "The wait was aborted.", signal?.reason);
}

export function gone(code, message, cause) {
  return new KinoraError({ code, message, cause, nextStep: "A job that was accepted goes on; resume it if you want it." });
}

const TRACE_LENGTH = 500;
