// A storage that breaks: a warning is told, memory stands in, and no job is lost.

import assert from "node:assert/strict";
import { after, afterEach, before, mock, test } from "node:test";

import { INPUT, MODEL, loaded } from "./harness.mjs";

let place, createClient, createTestService;

before(async () => ({ place, createClient, createTestService } = await loaded()));

after(() => place.remove());

afterEach(() => {
  delete globalThis.indexedDB;
  mock.timers.reset();
});

/** A storage that works; what is in `instead` is otherwise. */
function storage(instead = {}) {
  const kept = new Map();
  const whole = {
    put: async (key, record) => void kept.set(key, structuredClone(record)),
    all: async () => [...kept.values()],
    remove: async (key) => void kept.delete(key),
  };
  return { kept, ...whole, ...instead };
}

/** A client whose warnings are kept. */
async function setUp(wanted, scenario = "instant") {
  const service = await createTestService({ scenario });
  const warnings = [];
  const onWarning = (warning) => warnings.push(warning);
  return { service, warnings, client: createClient({ ...service, token: "test", storage: wanted, onWarning }) };
}

/** Runs a job to its end; what was told on the way. */
async function ran(client) {
  const events = [];
  const { video } = await client.run(MODEL, INPUT, { onEvent: (event) => events.push(event) });
  assert.match(video, /\.mp4$/);
  return events;
}

function assertWarned({ warnings }, code, words) {
  assert.equal(warnings.length, 1, "it is told once");
  assert.equal(warnings[0].code, code);
  assert.match(warnings[0].message, words);
  assert.match(warnings[0].message, /^[A-Z].*\.$/);
}

const full = () => new DOMException("The quota has been exceeded.", "QuotaExceededError");
const thrown = (make) => () => { throw make(); };
const rejected = (make) => async () => { throw make(); };

const BROKEN = {
  "whose put throws": [{ put: thrown(() => new Error("no disk")) }, /no disk/],
  "whose put throws what is no error": [{ put: thrown(() => undefined) }, /undefined/],
  "that is full": [{ put: rejected(full) }, /quota/],
  "without a put that can be called": [{ put: "put" }, /not a function/],
  "whose notes throw": [{ notes: { get: thrown(() => new Error("no note")), put: thrown(() => new Error("no note")) } }, /no note/],
  "whose notes reject": [{ notes: { get: rejected(full), put: rejected(full) } }, /quota/],
};

for (const [title, [instead, words]] of Object.entries(BROKEN)) {
  test(`a storage ${title} loses no job`, async () => {
    const world = await setUp(storage(instead));
    const events = await ran(world.client);
    assertWarned(world, "storage_failed", words);
    const told = events.filter(({ type }) => type === "warning");
    assert.equal(told.length > 0, "put" in instead, "the job whose record is at stake tells of it");
    for (const event of told) assert.equal(event.code, "storage_failed");
    const jobs = await world.client.jobs();
    assert.equal(jobs.length, 1);
    assert.match((await jobs[0].result()).video, /\.mp4$/);
  });
}

const UNLISTED = {
  "throws": thrown(() => new Error("no list")),
  "rejects": rejected(() => new Error("no list")),
  "gives nothing": async () => undefined,
  "gives no list": async () => 7,
};

for (const [title, all] of Object.entries(UNLISTED)) {
  test(`jobs() of a storage whose all() ${title} is empty, with a warning`, async () => {
    const world = await setUp(storage({ all }));
    await ran(world.client);
    assert.deepEqual(await world.client.jobs(), []);
    assertWarned(world, "storage_failed", /no list|iterable/);
  });
}

test("what only memory has of a job counts more than what was stored before", async () => {
  let left = 1;
  const wanted = storage();
  const { put } = wanted;
  wanted.put = async (key, record) => (left-- > 0 ? put(key, record) : Promise.reject(full()));
  const world = await setUp(wanted, { preset: "instant", run: 60 });
  const job = await world.client.submit(MODEL, INPUT);
  const [found] = await world.client.jobs();
  assert.equal(found.requestId, job.requestId);
  left = 9;
  await found.result();
  assert.deepEqual([...wanted.kept.values()].map(({ stage }) => stage), ["ended"]);
  assert.equal((await world.client.jobs()).length, 1);
});

test("records that nobody can read are told, and are no obstacle for the others", async () => {
  const wanted = storage();
  const world = await setUp(wanted);
  await ran(world.client);
  const [good] = wanted.kept.values();
  const odd = [null, 7, "text", [], {}, { ...good, stage: 7 }, { ...good, version: 99 }, { ...good, intent: "a b" }, { big: 1n }];
  odd.forEach((record, at) => wanted.kept.set(`odd-${at}`, record));
  const jobs = await world.client.jobs();
  assert.equal(jobs.length, 1);
  assert.equal(world.warnings.length, odd.length);
  for (const { code, message } of world.warnings) {
    assert.match(code, /^bad_(record|input)$/);
    assert.match(message, /^[A-Z].*\.$/);
  }
});

/** IndexedDB of a browser that does so with `open`. */
function stubIndexedDB(open) {
  globalThis.indexedDB = { open };
}

const request = (event, error = null) => {
  const made = { error };
  queueMicrotask(() => made[event]?.());
  return made;
};

const DENIED = {
  "throws, as in a frame of its own origin": [() => { throw new DOMException("The operation is insecure.", "SecurityError"); }, /insecure/],
  "fails, as in private windows": [() => request("onerror", new DOMException("Not allowed here.", "InvalidStateError")), /Not allowed/],
  "is blocked": [() => request("onblocked"), /blocked/],
};

for (const [title, [open, words]] of Object.entries(DENIED)) {
  test(`a database whose opening ${title} is replaced by memory`, async () => {
    stubIndexedDB(open);
    const world = await setUp();
    await ran(world.client);
    await ran(world.client);
    assertWarned(world, "storage_unavailable", words);
    assert.equal((await world.client.jobs()).length, 2);
  });
}

test("a database that is wanted where there is none is told of", async () => {
  const world = await setUp("indexeddb");
  await ran(world.client);
  assertWarned(world, "storage_unavailable", /indexedDB/);
});

test("where there is no database memory needs no warning", async () => {
  const world = await setUp();
  await ran(world.client);
  assert.deepEqual(world.warnings, []);
});

for (const [title, hang] of [
  ["a database that never opens", () => stubIndexedDB(() => ({}))],
  ["a storage that never answers", () => storage({ put: () => new Promise(() => {}), notes: { get: () => new Promise(() => {}) } })],
]) {
  test(`${title} is waited for once, five seconds`, async () => {
    const wanted = hang();
    const world = await setUp(wanted);
    mock.timers.enable({ apis: ["setTimeout"] });
    let ended = false;
    const running = ran(world.client).finally(() => (ended = true));
    const turns = async (count) => { while (count-- && !ended) await new Promise(setImmediate); };
    await turns(20);
    mock.timers.tick(4999);
    await turns(20);
    assert.equal(world.service.asked().accepted, 0, "nothing is sent that could not be stored");
    mock.timers.tick(1);
    // The service's own time jumps by timers, too.
    while (!ended) {
      await turns(5);
      mock.timers.tick(0);
    }
    await running;
    assertWarned(world, world.warnings[0].code, /no answer for 5 s/);
  });
}

test("memory keeps the newest jobs that are over, and all that are not", async () => {
  const world = await setUp("memory");
  const waiting = await world.client.submit(MODEL, INPUT);
  for (let job = 0; job < 130; job++) await ran(world.client);
  const jobs = await world.client.jobs();
  assert.ok(jobs.length <= 50 + 21 + 1, `${jobs.length} jobs`);
  assert.ok(jobs.some(({ requestId }) => requestId === waiting.requestId), "the oldest, which goes on");
  assert.equal((await world.client.jobs()).length, 51, "what is read is tidied");
});

test("a storage of the program's own is asked to remove what is too old", async () => {
  const wanted = storage();
  const world = await setUp(wanted);
  for (let job = 0; job < 80; job++) await ran(world.client);
  const newest = [...wanted.kept.keys()].at(-1);
  await world.client.jobs();
  assert.equal(wanted.kept.size, 50);
  assert.ok(wanted.kept.has(newest));
});

test("a storage whose remove throws keeps everything, and loses nothing", async () => {
  const world = await setUp(storage({ remove: thrown(() => new Error("read only")) }));
  for (let job = 0; job < 60; job++) await ran(world.client);
  assert.equal((await world.client.jobs()).length, 60);
  assertWarned(world, "storage_failed", /read only/);
});

test("memory is bounded even where no job ends", async () => {
  const world = await setUp("memory");
  for (let job = 0; job < 1010; job++) await world.client.submit(MODEL, INPUT);
  assert.equal((await world.client.jobs()).length, 1000);
});
