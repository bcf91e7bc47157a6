// What went wrong in other SDKs for such services, each as a test of ours. Faults of the network
// are in wire.test.mjs, aborts in node.test.mjs.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { inspect } from "node:util";

import { INPUT, MODEL } from "./harness.mjs";
import { TOKEN, answer, inWorlds, lost } from "./world.mjs";

let place, kinora, world;

before(async () => ({ place, kinora, world } = await inWorlds()));

after(() => place.remove());

const gaps = (times) => times.slice(1).map((time, at) => time - times[at]);

// replicate 1.4.0: the pause between repeats was a fraction, which its timer took for none.
test("repeats have pauses between them, which grow", async () => {
  const pauses = [];
  // Each is drawn by lot up to a bound that grows: many jobs tell what a single one may not.
  for (let job = 0; job < 20; job++) {
    const { client, times } = world({ meddle: ({ what, count }) => what === "result" && count < 5 && answer(503, {}) });
    await client.run(MODEL, INPUT);
    pauses.push(gaps(times("result")));
  }
  const mean = (at) => pauses.reduce((sum, job) => sum + job[at], 0) / pauses.length;
  assert.ok(mean(0) > 100, `${mean(0)} ms before the first repeat`);
  assert.ok(mean(4) > 2 * mean(0), `${mean(4)} ms before the fifth, ${mean(0)} ms before the first`);
});

// replicate 1.4.0, fal 1.10.1, runway 4.20.1, lumaai 1.19.1: the submit was sent again.
for (const [title, fail] of [["lost", () => lost()], ["a 500", () => answer(500, {})], ["a 504", () => answer(504, {})]]) {
  test(`a submit whose answer is always ${title} is sent once`, async () => {
    const { client, count } = world({ meddle: ({ what }) => what === "submit" && fail() });
    await assert.rejects(client.run(MODEL, INPUT), { code: "uncertain" });
    assert.equal(count("submit"), 1);
  });
}

// replicate 1.4.0: with data URIs the body was the client, its token included, and the image was gone.
test("the body is the input, whatever is in it, and the token is in the header alone", async () => {
  const { client, sent } = world();
  const input = { image: `data:image/png;base64,${"A".repeat(2_000_000)}`, odd: [0, false, null, "", 1.5, -0] };
  await client.run("maker/model", input);
  const [{ body, headers }] = sent;
  assert.deepEqual(JSON.parse(body), JSON.parse(JSON.stringify(input)));
  assert.equal(headers.authorization, `Bearer ${TOKEN}`);
  const elsewhere = sent.map(({ url, body, headers }) => JSON.stringify([url, body, { ...headers, authorization: "" }]));
  assert.ok(elsewhere.every((text) => !text.includes(TOKEN)));
});

// replicate 1.4.0: a job that still ran when its hold ended counted as done, with `null` for output.
test("a result that is not there yet is no end", async () => {
  const early = answer(200, { request_id: "abc", status: "in_progress" });
  const { client, count } = world({ meddle: ({ what, count }) => what === "result" && count < 3 && early });
  assert.match((await client.run(MODEL, INPUT)).video, /\.mp4$/);
  assert.equal(count("result"), 4);
});

test("a success without a file is told, and no `undefined`", async () => {
  const empty = answer(200, { request_id: "abc", status: "succeeded", output: {} });
  const { client } = world({ meddle: ({ what }) => what === "result" && empty });
  const ended = await client.run("maker/model", {}).catch((error) => error);
  if (ended instanceof kinora.KinoraError) assert.ok(ended.code);
  else assert.deepEqual([ended.video, ended.image, ended.files], [null, null, []]);
});

// replicate 1.4.0, fal 1.10.1: a job in a state that nobody knows was asked about for ever, unheard.
test("a state that nobody knows is told, whatever comes of it", async () => {
  const states = [];
  const { client } = world({ meddle: ({ what, now }) => what === "status" && now < 30_000 && answer(200, { request_id: "abc", status: "aborted" }) });
  await client.run(MODEL, INPUT, { onEvent: (event) => event.type === "status" && states.push(event.state) });
  assert.ok(states.includes("aborted"), states.join());
});

// fal 1.10.1, streaming: a time-out threw where nobody could catch it, and the wait went on for ever.
test("an answer that never comes is given up, and asked for again", async () => {
  const silent = ({ what, count }) => what === "status" && count === 0 && new Promise(() => {});
  const { client, count } = world({ meddle: silent });
  const troubles = [];
  const run = client.run(MODEL, INPUT, { onEvent: (event) => event.type === "trouble" && troubles.push(event.error.code) });
  assert.match((await run).video, /\.mp4$/);
  assert.deepEqual(troubles, ["timed_out"]);
  assert.ok(count("status") > 1);
});

// Hugging Face 4.13.30: a 503 was repeated at once, without an end: 43 712 requests in 20 s.
test("a service that is down for good is asked seldom, and left", async () => {
  const { client, times, clock } = world({ meddle: ({ what }) => what !== "submit" && answer(503, {}) });
  await assert.rejects(client.run(MODEL, INPUT), { code: "lost_touch" });
  const asked = times("status");
  assert.ok(asked.length / (clock.monotonic() / 60_000) < 30, `${asked.length} times in ${clock.monotonic()} ms`);
});

test("a submit that is refused for good is repeated a few times only", async () => {
  const { client, count } = world({ meddle: ({ what }) => what === "submit" && answer(429, {}) });
  await assert.rejects(client.run(MODEL, INPUT), { code: "busy", retryable: true });
  assert.ok(count("submit") <= 8, `${count("submit")} submits`);
});

// Hugging Face 4.13.30: the program's own `fetch` was left aside while polling.
// AI SDK 7.0.173: the video was always downloaded, into memory.
test("every request goes through the program's own fetch, and none is for the video", async (context) => {
  context.mock.method(globalThis, "fetch", () => assert.fail("the global fetch was called"));
  const { client, sent } = world();
  await (await client.submit(MODEL, INPUT)).result();
  const hosts = new Set(sent.map(({ url }) => new URL(url).host));
  assert.deepEqual([...hosts], ["service.example"]);
});

// AI SDK 7.0.173: a seed of nought was taken for none.
test("what is falsy is sent", async () => {
  const { client, sent } = world();
  await client.run(MODEL, { ...INPUT, prompt: "", seed: 0, prompt_extend: false });
  const { prompt, seed, prompt_extend: extend } = JSON.parse(sent[0].body);
  assert.deepEqual([prompt, seed, extend], ["", 0, false]);
});

// The crate fal 0.3.6: a stored handle held the key.
test("nothing that is stored, told or printed holds the token", async () => {
  const stored = [];
  const storage = { put: async (...entry) => void stored.push(entry), all: async () => [], remove: async () => {} };
  const { client } = world({ storage, meddle: ({ what, count }) => what === "status" && count === 0 && answer(503, {}) });
  const events = [];
  const job = await client.submit(MODEL, INPUT);
  job.onEvent((event) => events.push(event, event.error?.stack));
  await job.result();
  assert.ok(stored.length > 1);
  for (const thing of [stored, events, job, job.explain(), client]) {
    for (const text of [JSON.stringify(thing), inspect(thing, { depth: 9 })]) assert.ok(!text.includes(TOKEN), text);
  }
});
