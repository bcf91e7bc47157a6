// The package learns how long jobs take, and asks when their like used to end.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { INPUT, MODEL, loaded } from "./harness.mjs";

let place, createClient, createTestService;

before(async () => ({ place, createClient, createTestService } = await loaded()));

after(() => place.remove());

/** A storage that keeps `note`. */
function storageWith(note) {
  const kept = { note };
  const notes = { get: async () => kept.note, put: async (other) => void (kept.note = structuredClone(other)) };
  return { kept, put: async () => {}, all: async () => [], remove: async () => {}, notes };
}

/** How often a job of so many seconds is asked for by a new client. */
async function questions(storage, run, input = INPUT) {
  const service = await createTestService({ scenario: { preset: "instant", run } });
  const client = createClient({ ...service, token: "test", storage });
  await client.run(MODEL, input);
  return service.asked().calls.status;
}

test("a job whose like is known is asked for less often", async () => {
  const storage = storageWith();
  const first = await questions(storage, 60);
  for (let job = 0; job < 9; job++) await questions(storage, 60 + (job % 3));
  const known = await questions(storage, 60);
  assert.ok(known < first, `${known} questions, and ${first} of the first job`);
  const other = await questions(storage, 60, { ...INPUT, resolution: "1080P" });
  assert.ok(other > known, `${other} questions for another resolution`);
});

test("within one client it is learned without a storage for notes", async () => {
  const { notes, ...storage } = storageWith();
  const service = await createTestService({ scenario: { preset: "instant", run: 60 } });
  const client = createClient({ ...service, token: "test", storage });
  const counts = [];
  for (let job = 0; job < 8; job++) {
    const before = service.asked().calls.status;
    await client.run(MODEL, INPUT);
    counts.push(service.asked().calls.status - before);
  }
  assert.ok(counts.at(-1) < counts[0], counts.join());
});

test("a note that nobody can read is no obstacle, and is replaced", async () => {
  for (const note of ["nonsense", 7, { known: [], fresh: {} }, { fresh: [null, { ms: "x" }] }]) {
    const storage = storageWith(note);
    await questions(storage, 1);
    await questions(storage, 1);
    assert.ok(storage.kept.note.known, JSON.stringify(storage.kept.note));
  }
});

test("notes that cannot be kept lose no job", async () => {
  const fails = async () => assert.fail("the disk is full");
  const storage = { ...storageWith(), notes: { get: async () => undefined, put: fails } };
  const service = await createTestService({ scenario: "instant" });
  const warnings = [];
  const client = createClient({ ...service, token: "test", storage, onWarning: ({ code }) => warnings.push(code) });
  await client.run(MODEL, INPUT);
  await client.run(MODEL, INPUT);
  const unreadable = { ...storageWith(), notes: { get: fails, put: fails } };
  await createClient({ ...service, token: "test", storage: unreadable }).run(MODEL, INPUT);
  assert.equal(service.asked().accepted, 3);
});
