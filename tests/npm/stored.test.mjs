// Stored jobs belong to the service that has them, and so does the token.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { INPUT, MODEL, loaded } from "./harness.mjs";

let place, createClient, createTestService;

before(async () => ({ place, createClient, createTestService } = await loaded()));

after(() => place.remove());

/** A storage of several clients. */
function shared() {
  const kept = new Map();
  return { put: async (key, value) => void kept.set(key, value), all: async () => [...kept.values()], remove: async () => {} };
}

test("a job of another service is no job of this client, which sends its token nowhere else", async () => {
  const storage = shared();
  const service = await createTestService({ scenario: { run: 60 } });
  const first = createClient({ ...service, token: "first", storage });
  const job = await first.submit(MODEL, INPUT);
  const sent = [];
  const fetch = async (url, { headers }) => {
    sent.push([url, headers.authorization]);
    return new Response("{}", { status: 500 });
  };
  const other = createClient({ baseUrl: "https://other.test", token: "other", fetch, storage, clock: service.clock });
  assert.deepEqual(await other.jobs(), []);
  const again = createClient({ ...service, token: "first", storage });
  const [found] = await again.jobs();
  assert.equal(found.requestId, job.requestId);
  assert.match((await found.result()).video, /\.mp4$/);
  assert.deepEqual(await other.jobs(), []);
  assert.deepEqual(sent, []);
});

test("a base that is written in another way is the same", async () => {
  const storage = shared();
  const service = await createTestService({ scenario: "instant" });
  await createClient({ ...service, token: "test", storage }).run(MODEL, INPUT);
  const slash = createClient({ ...service, baseUrl: `${service.baseUrl}/`, token: "test", storage });
  assert.equal((await slash.jobs()).length, 1);
});
