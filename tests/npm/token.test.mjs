// A function that gives tokens: where it gives none, nothing is sent, and that is said.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { INPUT, MODEL, loaded } from "./harness.mjs";

let place, kinora, createTestService;

before(async () => ({ place, createTestService, ...kinora } = await loaded()));

after(() => place.remove());

/** A client and what it sends. */
async function setUp(token, scenario = "instant") {
  const service = await createTestService({ scenario });
  const sent = [];
  const fetch = (url, init) => {
    sent.push(`${init.method} ${init.headers.authorization}`);
    return service.fetch(url, init);
  };
  const client = kinora.createClient({ ...service, fetch, token, storage: "memory" });
  return { service, sent, client };
}

const NONE = {
  "gives nothing": () => undefined,
  "gives null": async () => null,
  "gives an empty text": () => "",
  "gives a number": async () => 7,
  "gives a header of its own": () => "Bearer abc",
  "gives a token with a line break": () => "abc\r\nx-evil: 1",
  "throws": () => { throw new Error("not signed in"); },
  "throws nothing": () => { throw undefined; },
  "rejects": async () => { throw new TypeError("Failed to fetch"); },
  "never settles": () => new Promise(() => {}),
};

for (const [title, token] of Object.entries(NONE)) {
  test(`a token function that ${title} sends nothing`, async () => {
    const { client, sent } = await setUp(token);
    const error = await client.submit(MODEL, INPUT).then(assert.fail, (error) => error);
    assert.ok(error instanceof kinora.KinoraError, String(error));
    assert.equal(error.code, "bad_token");
    assert.match(error.message, /^There is no token to send \(.+\)\.$/);
    assert.match(error.nextStep, /nothing was sent/);
    assert.deepEqual(sent, []);
    const [job] = await client.jobs();
    await assert.rejects(job.result(), /no token/, "its record says so, too");
  });
}

test("an abort does not wait for a token, and none that comes later is sent", async () => {
  let give;
  const { client, sent } = await setUp(() => new Promise((resolve) => (give = resolve)));
  const controller = new AbortController();
  const running = client.run(MODEL, INPUT, { signal: controller.signal });
  while (!give) await new Promise(setImmediate);
  client.dispose();
  controller.abort();
  await assert.rejects(running, { name: "KinoraError" });
  give("late");
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.deepEqual(sent, []);
});

test("a token that comes too late is not sent", async () => {
  let give;
  const { client, sent } = await setUp(() => new Promise((resolve) => (give = resolve)));
  await assert.rejects(client.submit(MODEL, INPUT), { code: "bad_token" });
  give("late");
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.deepEqual(sent, []);
});

test("a job that is watched waits for the token to come back", async () => {
  let calls = 0;
  const token = () => {
    calls++;
    if (calls === 2) throw new Error("offline");
    return calls === 3 ? undefined : "test";
  };
  const { client, sent } = await setUp(token);
  const trouble = [];
  const onEvent = (event) => event.type === "trouble" && trouble.push(event.error);
  assert.match((await client.run(MODEL, INPUT, { onEvent })).video, /\.mp4$/);
  assert.deepEqual(trouble.map(({ code }) => code), ["bad_token", "bad_token"]);
  assert.ok(trouble.every((error) => error instanceof kinora.KinoraError));
  assert.deepEqual(new Set(sent), new Set(["POST Bearer test", "GET Bearer test"]));
});

test("each request asks for its token, and a client without one sends none", async () => {
  let calls = 0;
  const first = await setUp(async () => `token-${calls++}`);
  await first.client.run(MODEL, INPUT);
  assert.deepEqual(first.sent.map((line) => line.split(" ").at(-1)), first.sent.map((_, at) => `token-${at}`));
  const { client, sent } = await setUp(undefined);
  await client.submit(MODEL, INPUT).catch(() => {});
  assert.deepEqual(sent, ["POST undefined"]);
});

test("a service that repeats the token in its answers puts it into no message", async () => {
  const secret = "canary-0123456789";
  for (const status of [400, 401, 422, 503]) {
    const fetch = async (url, { headers }) =>
      Response.json({ message: `not for ${headers.authorization}`, detail: [headers] }, { status });
    const client = kinora.createClient({ baseUrl: "https://relay.example.com", token: secret, fetch, storage: "memory" });
    const stop = AbortSignal.timeout(300);
    const error = await client.run(MODEL, INPUT, { signal: stop }).then(assert.fail, (error) => error);
    assert.ok(error instanceof kinora.KinoraError, String(error));
    const told = [error.message, error.nextStep, error.stack, JSON.stringify(error)].join("\n");
    assert.ok(!told.includes(secret), told);
    if (status === 422) assert.match(told, /not for Bearer …/);
    client.dispose();
  }
});
