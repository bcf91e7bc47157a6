// The package in Node, against `kinora emulate`.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";

import { INPUT, MODEL, consumer, emulator, moduleOf } from "./harness.mjs";

let place, service, kinora;

before(async () => {
  [place, service] = await Promise.all([consumer(), emulator("--token", "test", "--queue", "1", "--run", "1")]);
  kinora = await moduleOf(place);
});

after(async () => {
  service.stop();
  await place.remove();
});

const client = (options) => kinora.createClient({ baseUrl: service.base, token: "test", host: "kinora", ...options });

test("a job is run, and tells what happens", async () => {
  const events = [];
  const result = await client().run(MODEL, INPUT, { onEvent: (event) => events.push(event.type) });
  assert.match(result.video, /\.mp4$/);
  assert.equal(result.files.length, 1);
  assert.deepEqual(events.slice(0, 2), ["submitting", "accepted"]);
  assert.equal(events.at(-1), "succeeded");
});

test("a queued job is cancelled, and its result says so", async () => {
  const job = await client().submit(MODEL, INPUT);
  assert.equal(await job.cancel(), "cancelled");
  await assert.rejects(job.result(), { code: "cancelled", name: "KinoraError" });
});

test("a running job is too late to cancel, and goes on", async () => {
  const job = await client().submit(MODEL, INPUT);
  await new Promise((resolve) => job.onEvent((event) => event.state === "running" && resolve()));
  assert.equal(await job.cancel(), "too-late");
  assert.match((await job.result()).video, /\.mp4$/);
});

test("a job is an async iterable of its events", async () => {
  const types = [];
  for await (const event of await client().submit(MODEL, INPUT)) types.push(event.type);
  assert.equal(types.at(-1), "succeeded");
});

test("a job is taken up by its id, elsewhere", async () => {
  const { requestId } = await client().submit(MODEL, INPUT);
  const job = await client().resume(requestId);
  assert.equal((await job.result()).requestId, requestId);
});

test("a client's stored jobs come back", async () => {
  const kept = new Map();
  const storage = {
    put: async (key, value) => void kept.set(key, structuredClone(value)),
    all: async () => [...kept.values()],
    remove: async (key) => void kept.delete(key),
  };
  const first = client({ storage });
  const { requestId } = await first.submit(MODEL, INPUT);
  first.dispose();
  const [job] = await client({ storage }).jobs();
  assert.equal(job.requestId, requestId);
  assert.match((await job.result()).video, /\.mp4$/);
});

test("an abort settles at once, and cancels the job if that is wished", async () => {
  const controller = new AbortController();
  const cancelled = new Promise((resolve) => {
    const fetch = async (url, init) => {
      if (url.endsWith("/cancel")) resolve();
      return globalThis.fetch(url, init);
    };
    controller.running = client({ fetch }).run(MODEL, INPUT, { signal: controller.signal, onAbort: "cancel" });
  });
  const settled = controller.running.catch((error) => error);
  await new Promise((resolve) => setTimeout(resolve, 300));
  // Before any other task has its turn; `cargo xtask bench wire` has the time it takes.
  const nextTask = new Promise((resolve) => setTimeout(resolve, 0, { code: "a task later" }));
  controller.abort();
  const first = await Promise.race([settled, nextTask]);
  assert.equal(first.code, "aborted");
  await cancelled;
});

test("a check sends nothing", async () => {
  const fetch = () => assert.fail("nothing is sent");
  const { ok, issues } = await client({ fetch }).check(MODEL, { ...INPUT, prompt: "x".repeat(801) });
  assert.equal(ok, false);
  assert.deepEqual(issues.filter((issue) => issue.severity === "error").map((issue) => issue.code), ["too_long"]);
});

test("what nobody waits for is not asked about", async () => {
  let calls = 0;
  const fetch = (...args) => (calls++, globalThis.fetch(...args));
  await client({ fetch }).submit(MODEL, INPUT);
  await new Promise((resolve) => setTimeout(resolve, 1500));
  assert.equal(calls, 1);
});

test("an explanation names no token, input or host", async () => {
  const job = await client().submit(MODEL, INPUT);
  await job.cancel();
  const text = JSON.stringify(job.explain());
  assert.match(text, /POST \/v1\/models/);
  for (const secret of ['"test"', "Bearer", "fog", "127.0.0.1"]) assert.ok(!text.includes(secret), secret);
});

test("importing does nothing, and needs no browser", async () => {
  const { createClient } = await import(`${place.folder}/node_modules/kinora/dist/index.js?again`);
  assert.equal(typeof createClient, "function");
  const { version } = JSON.parse(await readFile(`${place.folder}/node_modules/kinora/package.json`, "utf8"));
  assert.equal(kinora.version, version);
});
