// The package on bad networks, in virtual time: what was seen to go wrong in other SDKs goes well here.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { INPUT, MODEL } from "./harness.mjs";
import { WALL, answer, inWorlds, lost } from "./world.mjs";

let place, kinora, world;

before(async () => ({ place, kinora, world } = await inWorlds()));

after(() => place.remove());

test("a submit whose answer is lost is sent once, and told as uncertain", async () => {
  const { client, count } = world({ meddle: ({ what }) => what === "submit" && lost() });
  await assert.rejects(client.run(MODEL, INPUT), { code: "uncertain", retryable: false });
  assert.equal(count("submit"), 1);
});

const TROUBLE = {
  "a 503": () => answer(503, {}),
  "a 500": () => answer(500, {}),
  "a reset": () => lost(),
  "Chrome's words": () => lost("Failed to fetch"),
  "Firefox's words": () => lost("NetworkError when attempting to fetch resource."),
  "Safari's words": () => lost("Load failed"),
};

for (const [title, fail] of Object.entries(TROUBLE)) {
  for (const where of ["status", "result"]) {
    test(`${title} for a ${where} is survived, and told`, async () => {
      const events = [];
      const { client } = world({ meddle: ({ what, count }) => what === where && count === 0 && fail() });
      const { video } = await client.run(MODEL, INPUT, { onEvent: (event) => events.push(event) });
      assert.match(video, /\.mp4$/);
      const trouble = events.filter(({ type }) => type === "trouble");
      assert.equal(trouble.length, 1);
      assert.ok(trouble[0].error instanceof kinora.KinoraError);
    });
  }
}

test("ten minutes offline are survived", async () => {
  const offline = ({ what, now }) => what !== "submit" && now > 5_000 && now < 605_000 && lost("Failed to fetch");
  const { client, count } = world({ meddle: offline });
  assert.match((await client.run(MODEL, INPUT)).video, /\.mp4$/);
  assert.equal(count("submit"), 1);
});

const WAITS = { "in seconds": { "retry-after": "7" }, "in milliseconds": { "retry-after-ms": "7000" } };

for (const [title, headers] of Object.entries(WAITS)) {
  for (const where of ["submit", "status"]) {
    test(`Retry-After ${title} is obeyed by a ${where}`, async () => {
      const { client, times } = world({ meddle: ({ what, count }) => what === where && count === 0 && answer(429, {}, headers) });
      await client.run(MODEL, INPUT);
      const [first, second] = times(where);
      assert.ok(second - first >= 7_000 && second - first < 12_000, `${second - first} ms`);
    });
  }
}

for (const where of ["submit", "status"]) {
  test(`Retry-After as a date is obeyed by a ${where}`, async () => {
    // Seconds are all that a date has: this one is 6 to 7 s ahead.
    const date = (now) => new Date(Math.floor((WALL + now) / 1000) * 1000 + 7_000).toUTCString();
    const busy = ({ what, count, now }) => what === where && count === 0 && answer(429, {}, { "retry-after": date(now) });
    const { client, times } = world({ meddle: busy });
    await client.run(MODEL, INPUT);
    const [first, second] = times(where);
    assert.ok(second - first >= 6_000 && second - first < 12_000, `${second - first} ms`);
  });
}

test("a state that nobody knows is told, and is no end", async () => {
  const states = [];
  const odd = ({ what, count }) => what === "status" && count === 0 && answer(200, { request_id: "abc", status: "dreaming" });
  const { client } = world({ meddle: odd });
  const result = await client.run(MODEL, INPUT, { onEvent: (event) => event.state && states.push(event.state) });
  assert.ok(states.includes("dreaming"), states.join());
  assert.match(result.video, /\.mp4$/);
});

test("a seed of nought is sent", async () => {
  let sent;
  const fetch = async (url, { body }) => ((sent = JSON.parse(body)), answer(200, { request_id: "abc" }));
  const client = kinora.createClient({ baseUrl: "https://service.example", storage: "memory", fetch });
  await client.submit(MODEL, { ...INPUT, seed: 0 });
  assert.equal(sent.seed, 0);
});

for (const status of [401, 403, 404]) {
  test(`a ${status} ends the wait at once`, async () => {
    const { client, count } = world({ meddle: ({ what }) => what === "status" && answer(status, {}) });
    await assert.rejects(client.run(MODEL, INPUT), { name: "KinoraError" });
    assert.ok(count("status") <= 3, `asked ${count("status")} times`);
  });
}

test("a cancel that fails at first is tried again, though nobody else waits for the job", async () => {
  const meddle = ({ what, count }) =>
    what === "cancel" && (count === 0 ? answer(503, {}) : answer(200, { request_id: "abc", outcome: "cancelled" }));
  const { client, count } = world({ meddle });
  const job = await client.submit(MODEL, INPUT);
  assert.equal(await job.cancel(), "cancelled");
  assert.equal(count("cancel"), 2);
});
