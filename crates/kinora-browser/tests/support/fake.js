// Stand-ins that record what the crate asks of the browser, and pictures to look at.

const real = {
  fetch: globalThis.fetch,
  CompressionStream: globalThis.CompressionStream,
  clearTimeout: globalThis.clearTimeout,
  // A window's own property; workers inherit theirs, and it is never replaced there.
  indexedDB: Object.getOwnPropertyDescriptor(globalThis, "indexedDB"),
  put: IDBObjectStore.prototype.put,
  removeEventListener: EventTarget.prototype.removeEventListener,
};

/** What was asked of `fetch` since it was replaced. */
let asked = [];

function record(input, init) {
  const request = new Request(input, init);
  const entry = {
    url: request.url,
    method: request.method,
    headers: Object.fromEntries(request.headers),
    redirect: request.redirect,
    cache: request.cache,
    credentials: request.credentials,
    referrerPolicy: request.referrerPolicy,
    mode: request.mode,
    aborted: false,
  };
  request.signal.addEventListener("abort", () => {
    entry.aborted = true;
  });
  asked.push(entry);
  return request;
}

/** Replaces `fetch` by one that records, and answers every request alike. */
export function answer(status, headers, body) {
  asked = [];
  globalThis.fetch = async (input, init) => {
    const request = record(input, init);
    const entry = asked.at(-1);
    entry.body = await request.text();
    return new Response(body, { status, headers });
  };
}

/** Replaces `fetch` by one that answers only when it is aborted. */
export function neverAnswer() {
  asked = [];
  globalThis.fetch = (input, init) => {
    const { signal } = record(input, init);
    return new Promise((_, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason));
    });
  };
}

/** Replaces `fetch` by one that fails as a network or a host without CORS does. */
export function refuse() {
  asked = [];
  globalThis.fetch = async (input, init) => {
    record(input, init);
    throw new TypeError("Failed to fetch");
  };
}

/** Replaces `fetch` by that of a host which keeps its answers from pages. */
export function keepFromPages() {
  asked = [];
  globalThis.fetch = async (input, init) => {
    const { mode } = record(input, init);
    if (mode !== "no-cors") throw new TypeError("Failed to fetch");
    return Response.error();
  };
}

/** Replaces `fetch` by one that answers each path as said: status and body, else 404 with a page. */
export function answerBy(answers) {
  asked = [];
  globalThis.fetch = async (input, init) => {
    const { pathname } = new URL(record(input, init).url);
    const [status, body] = answers[pathname] ?? [404, "<!doctype html>"];
    return new Response(body, { status });
  };
}

/** Lets the browser say that it has no network. */
export function goOffline() {
  Object.defineProperty(navigator, "onLine", { value: false, configurable: true });
}

/** Tries to read the keys and values that are kept, as any script of this origin can. */
export async function pryOpen() {
  const settled = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const database = await settled(indexedDB.open("kinora"));
  const area = () => database.transaction("app").objectStore("app");
  const [names, values] = await Promise.all([settled(area().getAllKeys()), settled(area().getAll())]);
  database.close();
  const keys = values.filter((value) => value instanceof CryptoKey);
  const exported = await Promise.allSettled(keys.map((key) => crypto.subtle.exportKey("raw", key)));
  return JSON.stringify({
    names,
    values: values.map((value) => (value instanceof CryptoKey ? "key" : value)),
    exported: exported.map(({ status }) => status),
    tab: { ...sessionStorage },
  });
}

/** Replaces `fetch` by one that sends `start` and then megabytes without end. */
export function answerForever(start, headers) {
  asked = [];
  globalThis.fetch = async (input, init) => {
    record(input, init);
    const body = new ReadableStream({
      start: (controller) => controller.enqueue(start),
      pull(controller) {
        asked[0].megabytes = (asked[0].megabytes ?? 0) + 1;
        controller.enqueue(new Uint8Array(1e6));
      },
    });
    return new Response(body, { headers });
  };
}

/** Makes the browser one that does not compress for scripts. */
export function forgetCompression() {
  delete globalThis.CompressionStream;
}

/** Replaces `fetch` by one whose answer breaks off after `start`. */
export function breakOff(start) {
  asked = [];
  globalThis.fetch = async (input, init) => {
    record(input, init);
    const steps = [(stream) => stream.enqueue(start), (stream) => stream.error(new TypeError("network error"))];
    return new Response(new ReadableStream({ pull: (stream) => steps.shift()(stream) }));
  };
}

/** A file of this name with what another holds. */
export const named = (file, name) => new File([file], name);

/** Makes the page one whose modules cannot be had, or do not work. */
export function breakModules(how) {
  const module = {
    missing: undefined,
    refused: () => Promise.reject(new TypeError("Failed to fetch dynamically imported module")),
    hollow: async () => ({}),
    throwing: async () => ({ retouch: fail, connect: fail }),
    // An order that this version of a module does not know is answered so.
    strange: async () => ({ retouch: (_, report) => report(), connect: (_, report) => report() }),
  }[how];
  globalThis.kinoraModule = module && { retouch: module, connect: module };
}

/** Lets the page say that there is a worker where none is. */
export function refuseWorkers() {
  globalThis.kinoraModule.worker = "/no/such/worker.js";
}

function fail() {
  throw new WebAssembly.RuntimeError("unreachable");
}

export function restore() {
  globalThis.fetch = real.fetch;
  globalThis.CompressionStream = real.CompressionStream;
  globalThis.clearTimeout = real.clearTimeout;
  delete navigator.onLine;
  if (real.indexedDB) {
    Object.defineProperty(globalThis, "indexedDB", real.indexedDB);
  }
  IDBObjectStore.prototype.put = real.put;
  EventTarget.prototype.removeEventListener = real.removeEventListener;
}

export const requests = () => asked;

/** Counts the timers that are cleared. */
export function countCleared() {
  const cleared = { count: 0 };
  globalThis.clearTimeout = (id) => {
    cleared.count += 1;
    real.clearTimeout.call(globalThis, id);
  };
  return cleared;
}

/** Counts the listeners that are taken off. */
export function countRemoved() {
  const removed = { count: 0 };
  EventTarget.prototype.removeEventListener = function (...all) {
    removed.count += 1;
    real.removeEventListener.apply(this, all);
  };
  return removed;
}

/** Makes the database one that may not be opened, or is not there at all. */
export function denyStorage(missing) {
  const open = () => {
    throw new DOMException("denied", "SecurityError");
  };
  const value = missing ? undefined : { open };
  Object.defineProperty(globalThis, "indexedDB", { value, configurable: true });
}

/** Makes the database one that has no space left. */
export function fillStorage() {
  IDBObjectStore.prototype.put = () => {
    throw new DOMException("", "QuotaExceededError");
  };
}

/** A picture with a horizontal fade; `hole` is a pixel of half transparency, where one is wanted. */
export function picture(width, height, type, alpha, hole) {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d", { alpha });
  const fade = context.createLinearGradient(0, 0, width, 0);
  fade.addColorStop(0, "teal");
  fade.addColorStop(1, "orange");
  context.fillStyle = fade;
  context.fillRect(0, 0, width, height);
  if (hole) {
    context.clearRect(hole[0], hole[1], 1, 1);
    context.fillStyle = "rgb(0 0 0 / 50%)";
    context.fillRect(hole[0], hole[1], 1, 1);
  }
  return canvas.convertToBlob({ type });
}

/** What a picture shows, as RGBA. */
export async function pixels(picture) {
  const bitmap = await createImageBitmap(picture);
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  context.drawImage(bitmap, 0, 0);
  return context.getImageData(0, 0, width, height).data;
}

/** Values that no JSON text makes. */
export function odd(name) {
  const cycle = {};
  cycle.self = cycle;
  const wide = {};
  wide.all = Array.from({ length: 50 }, () => wide);
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();
  return {
    cycle,
    wide,
    revoked: revoked.proxy,
    throwing: {
      get trap() {
        throw new Error("no");
      },
    },
    endless: new Proxy([], { get: (_, key) => (key === "length" ? 2 ** 32 : 0) }),
    function: () => 1,
    symbol: Symbol("s"),
    nan: NaN,
    bigint: 1n,
    holes: { gone: undefined, list: [undefined] },
  }[name];
}
