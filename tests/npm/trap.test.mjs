// What becomes of jobs when a module breaks: each call tells it, and the next one works.
//
// The modules of the installed package are replaced by ones that trap over a text with WORDS in it.

import assert from "node:assert/strict";
import { cp, readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";

import { INPUT, MODEL, consumer, named } from "./harness.mjs";
import { SUBMIT, open, relayOf } from "./relays.mjs";

const WORDS = "spring the trap";
const TRAPPED = { ...INPUT, prompt: WORDS };
const FILES = ["core_bg.wasm", "models_bg.wasm", "records_bg.wasm", "relay_bg.wasm"];

let published, trapped;

before(async () => {
  [published, trapped] = await Promise.all([consumer(), consumer()]);
  await cp(named("KINORA_TRAP"), dist(trapped), { recursive: true });
});

after(() => Promise.all([published.remove(), trapped.remove()]));

const dist = (place) => join(place.folder, "node_modules/kinora/dist");
const load = (place, name) => import(pathToFileURL(join(dist(place), `${name}.js`)));

/** A client of a service of its own; whatever `meddle` gives is an answer's text in place of the service's. */
async function setUp(place, { meddle = () => undefined, ...options } = {}) {
  const [kinora, testing] = await Promise.all([load(place, "index"), load(published, "testing")]);
  const service = await testing.createTestService({ scenario: "instant" });
  const warnings = [];
  const fetch = async (url, init) => {
    const response = await service.fetch(url, init);
    const text = meddle(url, init);
    return text === undefined ? response : new Response(text, { status: response.status });
  };
  const onWarning = (warning) => warnings.push(warning);
  const client = kinora.createClient({ ...service, fetch, token: "test", storage: "memory", onWarning, ...options });
  return { kinora, service, client, warnings };
}

/** A trap is told as an error like any other. */
async function assertBroke({ KinoraError }, promise) {
  const error = await promise.then((value) => assert.fail(`it resolved with ${value}`), (error) => error);
  assert.ok(error instanceof KinoraError, String(error));
  assert.equal(error.code, "internal");
  assert.match(error.message, /broke.*\.$/);
  assert.match(error.nextStep, /jobs\(\)|resume/);
  assert.ok(error.cause instanceof WebAssembly.RuntimeError, String(error.cause));
}

const assertWorks = async (client) => assert.match((await client.run(MODEL, INPUT)).video, /\.mp4$/);

test("what is published has no trap, and what is tested here has", async () => {
  const hasTrap = async (place, file) => (await readFile(join(dist(place), file))).includes(WORDS);
  for (const file of FILES) {
    assert.equal(await hasTrap(published, file), false, file);
    assert.equal(await hasTrap(trapped, file), true, file);
  }
  const { client } = await setUp(published);
  assert.match((await client.run(MODEL, TRAPPED)).video, /\.mp4$/);
  assert.equal((await client.check(MODEL, TRAPPED)).ok, true);
  assert.equal((await client.jobs()).length, 1);
});

test("a submit that breaks the module is told, and the next one works", async () => {
  const { kinora, client } = await setUp(trapped);
  for (let time = 0; time < 3; time++) {
    await assertBroke(kinora, client.submit(MODEL, TRAPPED));
    await assertWorks(client);
  }
});

test("an answer that breaks the module ends every job with a code; their records go on", async () => {
  let isSprung = false;
  const meddle = (url) => {
    if (isSprung || !url.endsWith("/status")) return undefined;
    isSprung = true;
    return JSON.stringify({ status: WORDS });
  };
  const { kinora, client, service } = await setUp(trapped, { meddle });
  const [one, other, idle] = [];
  const jobs = [one, other, idle];
  for (const at of jobs.keys()) jobs[at] = await client.submit(MODEL, INPUT);
  const events = [];
  jobs[2].onEvent((event) => events.push(event.type));
  await Promise.all(jobs.map((job) => assertBroke(kinora, job.result())));
  await assertBroke(kinora, jobs[0].cancel());
  assert.equal(events.at(-1), "ended");
  const again = await client.jobs();
  assert.deepEqual(again.map(({ requestId }) => requestId).sort(), jobs.map(({ requestId }) => requestId).sort());
  for (const job of again) assert.match((await job.result()).video, /\.mp4$/);
  assert.equal(service.asked().accepted, 3);
});

test("a job of another client that lives in the same module is told, too", async () => {
  const { kinora, client } = await setUp(trapped);
  const other = await setUp(trapped);
  const job = await client.submit(MODEL, INPUT);
  await assertBroke(kinora, other.client.submit(MODEL, TRAPPED));
  await assertBroke(kinora, job.result());
  const resumed = await client.resume(job.requestId);
  assert.match((await resumed.result()).video, /\.mp4$/);
});

test("a submit whose answer breaks the module is uncertain afterwards, and is not sent again", async () => {
  const meddle = (_, { method }) => (method === "POST" ? JSON.stringify({ request_id: WORDS }) : undefined);
  const { kinora, client, service } = await setUp(trapped, { meddle });
  await assertBroke(kinora, client.submit(MODEL, INPUT));
  const [job] = await client.jobs();
  await assert.rejects(job.result(), { code: "uncertain", name: "KinoraError" });
  assert.equal(service.asked().accepted, 1);
});

test("a check that breaks its module is told, the jobs go on, and the next check works", async () => {
  const { kinora, client } = await setUp(trapped);
  const job = await client.submit(MODEL, INPUT);
  await assertBroke(kinora, client.check(MODEL, TRAPPED));
  assert.equal((await client.check(MODEL, INPUT)).ok, true);
  await assertBroke(kinora, client.submit(MODEL, TRAPPED, { facts: { img_url: { format: "JPEG" } } }));
  assert.match((await job.result()).video, /\.mp4$/);
});

test("a record that breaks its module is told, and the others come back", async () => {
  const kept = new Map();
  const storage = {
    put: async (key, record) => void kept.set(key, record),
    all: async () => [...kept.values()],
    remove: async (key) => void kept.delete(key),
  };
  const { client, warnings } = await setUp(trapped, { storage });
  const { requestId } = await client.submit(MODEL, INPUT);
  const [record] = kept.values();
  kept.clear();
  kept.set("bad", { ...record, intent: "bad", input: TRAPPED });
  kept.set("good", record);
  const jobs = await client.jobs();
  assert.deepEqual(jobs.map((job) => job.requestId), [requestId]);
  assert.deepEqual(warnings.map(({ code }) => code), ["internal"]);
  assert.match((await jobs[0].result()).video, /\.mp4$/);
});

test("a note that breaks its module is forgotten, and keeps no job from being sent", async () => {
  let note = { known: WORDS, fresh: [] };
  const notes = { get: async () => note, put: async (other) => void (note = structuredClone(other)) };
  const storage = { put: async () => {}, all: async () => [], remove: async () => {}, notes };
  const { client } = await setUp(trapped, { storage });
  await assertWorks(client);
  await assertWorks(client);
  assert.ok(!JSON.stringify(note).includes(WORDS));
});

test("a relay that breaks answers so, and judges the next request", async (context) => {
  context.mock.method(console, "error", () => {});
  const { createRelay } = await relayOf(trapped);
  const fetch = async () => Response.json({ request_id: "abc" });
  const relay = createRelay({ ...open("https://service.example"), fetch });
  const submit = (input) =>
    relay.fetch(
      new Request(`https://relay.example.com${SUBMIT}`, {
        method: "POST",
        headers: { "content-type": "application/json", origin: "https://app.example.com" },
        body: JSON.stringify(input),
      }),
      { address: "203.0.113.7" },
    );
  for (let time = 0; time < 2; time++) {
    const broken = await submit(TRAPPED);
    assert.ok(broken.status >= 500, String(broken.status));
    assert.equal(typeof (await broken.json()).message, "string");
    assert.equal((await (await submit(INPUT)).json()).request_id, "abc");
  }
});

test("a service for tests that breaks tells it, and begins anew", async () => {
  const { createTestService, KinoraError } = await load(trapped, "testing");
  const service = await createTestService({ scenario: "instant" });
  const ask = (path) => service.fetch(`${service.baseUrl}${path}`, { headers: { authorization: "Bearer test" } });
  await assertBroke({ KinoraError }, service.fetch(`${service.baseUrl}/v1/models`, { method: "POST", body: JSON.stringify([WORDS]) }));
  assert.equal((await ask("/v1/requests/none/status")).status, 404);
  assert.equal(service.asked().accepted, 0);
});
