// One job: does what the machine in the module wants, and tells everyone what happens.

import { KinoraError, bad } from "./error.js";
import { enter, live } from "./live.js";
import { send } from "./send.js";
import { version } from "./version.js";

export class Job {
  #client;
  #machine = {};
  #input;
  #trace = [];
  #events = [];
  #listeners = new Set();
  #waiting = new Map();
  #sending = new AbortController();
  #asleep;
  #parked;
  #begun = false;
  watched = false;
  end;
  #leave;

  /** `opened` is what `open` or `recall` answered; the first step has not been taken yet. */
  constructor(client, opened, input) {
    this.#client = client;
    this.#input = input;
    this.key = opened.key;
    this.model = opened.model;
    this.#leave = enter(this, client, this.#machine, Job.#died);
    listen();
    this.take(opened);
  }

  /** Has a machine from now on, or the end that one came to. */
  take({ job, requestId, done }) {
    this.#machine.number = job;
    this.#begun = false;
    this.requestId ??= requestId;
    if (done) this.#do(done);
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
    this.callOff?.();
    const outcome = () => {
      const news = this.since(from).find((event) => event.type === "cancel" && event.outcome !== "asked");
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
    const leave = this.listen(listener);
    this.watch();
    return leave;
  }

  /** Tells of everything from now on. */
  listen(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** What happened, but for the first so many events. */
  since(from) {
    return this.#events.slice(from);
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

  /** Takes the first step, unless it was taken. */
  begin() {
    if (!this.#begun) this.step(null);
  }

  /** From now on the service is asked how it goes. */
  watch() {
    this.watched = true;
    this.#parked?.();
    this.begin();
    if (globalThis.document?.hidden) this.step({ is: "hidden" });
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
      wanted = module.call("step", happened, this.#machine.number, clock.monotonic(), clock.wall());
    } catch (error) {
      // After a trap there is nothing left to tell, and everybody knows.
      return this.step({ is: "failed", kind: "no_answer", words: error.message });
    }
    for (const want of wanted) this.#do(want);
    for (const { event } of wanted) if (event) this.tell(event);
  }

  #do(want) {
    switch (want.do) {
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
    const { signal } = this.#sending;
    const warning = await this.#client.storage().put(this.key, record);
    if (signal.aborted) return;
    if (warning) this.#publish({ type: "warning", ...warning });
    this.step({ is: "stored" });
  }

  async #send(request) {
    const { signal } = this.#sending;
    const sent = () => {
      this.#note("send", `${request.method} ${request.url.replace(/^\w+:\/\/[^/]*/, "")}`);
      return send(request, this.#client, signal);
    };
    // A lone job need not wait for its turn.
    const came = await (live.size > 1 ? this.#client.beside("turn", this, request, signal, sent).catch(sent) : sent());
    if (signal.aborted) return;
    this.#note("answer", came.status ? `HTTP ${came.status}` : `${came.kind}: ${came.words}`);
    this.step(came);
  }

  #sleep(ms) {
    const wake = () => this.step({ is: "woke" });
    const sleep = () => {
      this.#note("wait", `${ms} ms`);
      this.#asleep = this.#client.clock.sleep(wake, ms);
    };
    if (this.watched || this.#waiting.size || !this.requestId) return sleep();
    // Nobody waits for it: no timer keeps the program alive, nobody is asked.
    this.#parked = () => {
      this.#parked = undefined;
      sleep();
    };
  }

  /** Tells everyone an event as the machine tells it. */
  tell(event) {
    if (event.error) event.error = new KinoraError(event.error);
    if (event.requestId) this.requestId = event.requestId;
    this.#publish(event);
  }

  #publish(event) {
    this.#note(event.type, event.state ?? event.outcome ?? event.error?.code ?? event.code ?? "");
    this.#events.push(event);
    for (const listener of [...this.#listeners]) this.#client.guard(() => listener(event));
    for (const settle of [...this.#waiting.keys()]) settle();
  }

  static #died(job, error) {
    job.#finish({ error });
  }

  #finish(end) {
    if (this.end) return;
    this.end = end;
    this.rest();
    this.#leave();
    this.#publish(end.error ? { type: "ended", error: end.error } : { type: "succeeded", result: end.result });
    this.#listeners.clear();
    this.release?.();
  }

  /** Stops what is under way, and lets go of the machine. */
  rest() {
    this.#asleep?.();
    this.#asleep = this.#parked = undefined;
    this.renew();
    const { number } = this.#machine;
    this.#machine.number = undefined;
    if (number >= 0) this.#client.module.close(number);
  }

  /** Gives up on the request that is under way. */
  renew() {
    this.#sending.abort();
    this.#sending = new AbortController();
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

/** What changes around a page is told to the jobs that somebody waits for; elsewhere nothing is heard. */
function listen() {
  const hint = ({ type }) => {
    const is = type === SHOWN ? document.visibilityState : type;
    for (const [job] of live) if (job.watched) job.step({ is });
  };
  listening ??= globalThis.document && [SHOWN, "online", "offline"].map((change) => addEventListener(change, hint));
}

let listening;
const SHOWN = "visibilitychange";
const TRACE_LENGTH = 500;
