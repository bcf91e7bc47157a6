// A service that exists only in a test: its `fetch`, and a time in which waits take none.

import { KinoraError, bad, fine } from "./error.js";
import { moduleOf } from "./module.js";
import { virtualClock } from "./time.js";

/** What kinora/testing exports, over one way of loading its module. */
export function entry(load) {
  let loading;
  const compiled = () => (loading ??= load());
  // Each service is an instance of its own.
  const instance = async () => {
    const module = moduleOf(compiled);
    await module.ready();
    return module;
  };
  return {
    createTestService: async (options = {}) => new TestService(await instance(), options),
    scenarios: async () => (await instance()).call("presets", {}).presets,
  };
}

class TestService {
  #module;
  #outputs;

  constructor(module, { scenario, baseUrl = "https://service.test", clock = virtualClock(), output }) {
    this.#module = module;
    this.#outputs = output;
    this.baseUrl = baseUrl;
    this.host = "kinora";
    this.clock = clock;
    this.fetch = (input, init) => this.#fetch(input, init);
    const begin = () => fine(module.call("start", { base: baseUrl, scenario }));
    begin();
    // A service that broke is another one, which knows no job.
    module.users.add(begin);
  }

  /** What was asked so far. */
  asked() {
    return this.#call("counts", {});
  }

  dispose() {
    this.#module = this.#outputs = undefined;
  }

  [Symbol.dispose ?? Symbol.for("dispose")]() {
    this.dispose();
  }

  #call(...call) {
    if (this.#module) return fine(this.#module.call(...call));
    const nextStep = "Make another with createTestService().";
    throw new KinoraError({ code: "disposed", message: "This service for tests was disposed of.", nextStep });
  }

  async #fetch(input, init) {
    const done = this.clock.busy?.();
    try {
      const request = new Request(input, init);
      const path = this.#path(request.url);
      if (request.signal.aborted) throw request.signal.reason;
      if (path.startsWith(OUTPUTS)) return this.#output(request);
      const asked = { method: request.method, path, headers: Object.fromEntries(request.headers) };
      const told = this.#call("answer", { ...asked, ...(await body(request)) }, this.clock.wall());
      if (request.signal.aborted) throw request.signal.reason;
      if (told.is === "reset") throw new TypeError("fetch failed: the connection was reset");
      if (told.is === "silence") return await silence(request.signal, done);
      return responseOf(told);
    } finally {
      done?.();
    }
  }

  #path(url) {
    const base = this.baseUrl.replace(/\/+$/, "");
    if (url.startsWith(`${base}/`)) return url.slice(base.length);
    throw bad("bad_input", `This service answers at ${this.baseUrl} only, and was asked for ${url}.`);
  }

  #output(request) {
    if (this.#outputs === undefined) {
      throw bad("bad_input", "Outputs have no bytes here: give `output`, a Blob, to createTestService.");
    }
    return new Response(request.method === "HEAD" ? null : this.#outputs);
  }
}

async function body(request) {
  const text = await request.text();
  if (!text) return {};
  try {
    return { json: JSON.parse(text) };
  } catch {
    return { text };
  }
}

function responseOf({ status, headers, json, text }) {
  const type = json === undefined ? "text/plain; charset=utf-8" : "application/json";
  const body = json === undefined ? (text ?? null) : JSON.stringify(json);
  return new Response(body, { status, headers: { ...(body === null ? {} : { "content-type": type }), ...headers } });
}

/** Until the caller gives up; meanwhile time goes on. */
function silence(signal, done) {
  done?.();
  return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason), { once: true }));
}

const OUTPUTS = "/outputs/";
