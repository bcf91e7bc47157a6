// The demo inside a page: what kinora/demo hands out. Its modules are loaded with the first call.

import { KinoraError, words } from "./error.js";

export { KinoraError } from "./error.js";

/** See demo.d.ts. */
export function createDemo(options = {}) {
  const lacking = NEEDED.filter((name) => globalThis[name] === undefined);
  if (lacking.length) {
    throw new KinoraError({
      code: "unsupported",
      message: `The demo makes videos in a browser, and here is no ${lacking.join(", no ")}.`,
      nextStep: "Open it in a current browser, after the page has loaded; on a server use kinora/testing.",
    });
  }
  return new Demo(options);
}

class Demo {
  baseUrl = BASE;
  host = "kinora";
  #options;
  #opening;
  #ended = false;
  /** The page's own address of each file that was made. */
  #addresses = new Map();
  /** The demo's storage: its module wants a map of the browser's own. */
  #kept = new Map();

  constructor(options) {
    this.#options = options;
    this.fetch = (url, init) => this.#fetch(url, init);
  }

  dispose() {
    this.#ended = true;
    this.#opening?.then(({ module, number }) => module.close(number)).catch(() => {});
    for (const address of this.#addresses.values()) URL.revokeObjectURL(address);
    this.#addresses.clear();
  }

  [Symbol.dispose ?? Symbol.for("dispose")]() {
    this.dispose();
  }

  async #fetch(url, init = {}) {
    const { signal } = init;
    signal?.throwIfAborted();
    const answer = this.#answer(String(url), init);
    if (!signal) return answer;
    const aborted = new Promise((_, reject) =>
      signal.addEventListener("abort", () => reject(signal.reason), { once: true }),
    );
    return Promise.race([answer, aborted]);
  }

  async #answer(url, { method = "GET", headers, body }) {
    const { module, number } = await this.#opened();
    const asked = { method, url, headers: [...new Headers(headers)], body: readable(body) };
    const told = await module.send(number, asked);
    const json = Array.isArray(told.body);
    const text = json ? JSON.stringify(told.body[0], (_, value) => this.#address(value)) : (told.body ?? null);
    const response = new Response(text, { status: told.status, headers: told.headers });
    if (json) response.headers.set("content-type", "application/json");
    return response;
  }

  /** A file of the demo's, as an address that the page can show; anything else as it is. */
  #address(value) {
    if (typeof value !== "string" || !value.startsWith(OUTPUTS)) return value;
    const name = value.slice(OUTPUTS.length);
    const [, file] = [...this.#kept].find(([key, kept]) => key.endsWith(name) && kept instanceof Blob) ?? [];
    if (!file) return value;
    if (!this.#addresses.has(name)) this.#addresses.set(name, URL.createObjectURL(file));
    return this.#addresses.get(name);
  }

  #opened() {
    if (this.#ended) {
      const nextStep = "Make another with createDemo().";
      throw new KinoraError({ code: "disposed", message: "This demo was disposed of.", nextStep });
    }
    return (this.#opening ??= this.#open().catch((cause) => {
      this.#opening = undefined;
      throw new KinoraError({
        code: "wasm_unavailable",
        message: `The demo's WebAssembly module could not be loaded (${words(cause)}).`,
        nextStep: "Allow 'wasm-unsafe-eval' in script-src of the page's Content-Security-Policy.",
        cause,
      });
    }));
  }

  async #open() {
    const { module } = await import("./demo.module.js");
    const demo = await module();
    // Where the demo's module looks for the one that makes the films.
    const modules = (globalThis.kinoraModule ??= {});
    modules.film ??= () => import("./film.module.js").then(({ module }) => module());
    const { queueMs, codec, onProgress } = this.#options;
    const watcher = (requestId, done, all) => onProgress?.({ requestId, done, all });
    const number = await demo.open(this.#kept, { queue: queueMs, codec, worker: false }, watcher);
    return { module: demo, number };
  }
}

/** JSON in a list, as the module reads it. */
function readable(body) {
  if (body === undefined || body === null) return undefined;
  try {
    return [JSON.parse(body)];
  } catch {
    return String(body);
  }
}

const BASE = "https://demo.kinora.invalid";
const OUTPUTS = `${BASE}/outputs/`;
const NEEDED = ["OffscreenCanvas", "createImageBitmap", "MessageChannel", "DecompressionStream"];
