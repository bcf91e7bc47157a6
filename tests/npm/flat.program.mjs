// Runs jobs in a loop and tells what they leave behind; started by flat.test.mjs with --expose-gc, and in
// Chromium with what `gc` and `heapUsed` are there.

/** Every WebAssembly memory that is made from now on, as long as it is reachable elsewhere. */
const memories = [];
const { Instance } = WebAssembly;
WebAssembly.Instance = function (...args) {
  const instance = new Instance(...args);
  memories.push(instance.exports.memory);
  return instance;
};

const MODEL = "wan-ai/wan-2-2/image-to-video";
const input = (job) => ({ prompt: `the fog lifts, ${job}`, img_url: "https://example.com/lake.jpg", seed: job });

/** A service whose jobs are queued once, run once, and are over; every tenth fails. */
function service() {
  let jobs = 0;
  let asked = 0;
  let isCancelled = false;
  const answer = (body) => ({ status: 200, headers: new Headers(), text: async () => JSON.stringify(body) });
  return async (url, { method }) => {
    if (url.endsWith("/cancel")) isCancelled = true;
    else if (method === "POST") isCancelled = false;
    if (url.endsWith("/cancel")) return answer({ request_id: `job-${jobs}`, outcome: "cancelled" });
    if (method === "POST") return answer({ request_id: `job-${++jobs}` });
    if (url.endsWith("/status")) {
      const status = isCancelled ? "cancelled" : ["in_queue", "in_progress", "completed"][asked++ % 3];
      return answer({ request_id: `job-${jobs}`, status });
    }
    if (jobs % 10 === 0) return answer({ request_id: `job-${jobs}`, status: "failed", error: "no" });
    return answer({ request_id: `job-${jobs}`, status: "succeeded", output: { video: "https://example.com/v.mp4" } });
  };
}

/** A time that jumps. */
function clock() {
  let now = 0;
  return {
    wall: () => 1_750_000_000_000 + now,
    monotonic: () => now,
    sleep(callback, ms) {
      let isWanted = true;
      // The longest are time-outs, which must not come due.
      if (ms < 10_000) soon(() => isWanted && ((now += ms), callback()));
      return () => (isWanted = false);
    },
  };
}

const soon = globalThis.setImmediate ?? ((callback) => scheduler.postTask(callback));

const WAYS = {
  run: (client, job) => client.run(MODEL, input(job), { onEvent: () => {} }).catch(() => {}),
  "submit only": (client, job) => client.submit(MODEL, input(job)),
  cancel: async (client, job) => (await client.submit(MODEL, input(job))).cancel(),
  iterate: async (client, job) => {
    const one = await client.submit(MODEL, input(job));
    for await (const { type } of one) void type;
    return one;
  },
  "abort and dispose": async (client, job) => {
    const controller = new AbortController();
    const one = await client.submit(MODEL, input(job), { signal: controller.signal });
    const end = one.result({ signal: controller.signal }).catch(() => {});
    controller.abort();
    one[Symbol.dispose ?? "detach"]();
    await end;
    return one;
  },
  check: (client, job) => client.check(MODEL, { ...input(job), prompt: "x".repeat(900) }),
};

/**
 * The bytes that so many jobs leave, each done that way: of JavaScript's heap, and of WebAssembly's memories.
 * Of several rounds the one that leaves least counts: what leaks does so in each, and a host's own heap
 * grows only now and then; so does WebAssembly's, by jobs that wait for a collection.
 */
export async function leftBy(way, jobs, { createClient, gc, heapUsed, keep = false }) {
  const client = createClient({ baseUrl: "https://service.example", token: "t", fetch: service(), clock: clock() });
  const kept = [];
  const round = async () => {
    for (let job = 0; job < jobs / ROUNDS; job++) {
      const one = await WAYS[way](client, job);
      if (keep) kept.push(one);
    }
    // Finalizers have their turn between two collections.
    for (let time = 0; time < 4; time++) {
      await gc();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return { heap: await heapUsed(), wasm: memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0) };
  };
  let before = await round();
  let [heap, wasm] = [Infinity, Infinity];
  for (let time = 0; time < ROUNDS; time++) {
    const after = await round();
    heap = Math.min(heap, after.heap - before.heap);
    wasm = Math.min(wasm, after.wasm - before.wasm);
    before = after;
  }
  return { heapPerJob: Math.round((heap * ROUNDS) / jobs), wasm, kept: kept.length };
}

const ROUNDS = 4;
export const ways = Object.keys(WAYS);
