// kinora/relay in Node as its owner sets it up: budgets, callers, token, log, memory, mistakes.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { TOKEN, accept, open, reason, scripted, send, stand, submit } from "./relays.mjs";

let kit, relay, service, stop;

before(async () => {
  ({ kit, relay, service, stop } = await stand());
});

after(() => stop());

test("each caller has a budget of requests, submits and jobs", async (context) => {
  const { base: upstream } = await scripted(context, accept);
  const some = async (budgets, ask) => {
    const base = await relay(context, { service: upstream, budgets });
    await ask(base);
    const refused = await ask(base);
    assert.equal(refused.status, 429);
    assert.ok(Number(refused.headers["retry-after"]) >= 1);
    return reason(refused);
  };
  assert.equal(await some({ requestsPerMinute: 1 }, (base) => send(base, { target: "/v1/models" })), "too_many_requests");
  assert.equal(await some({ submitsPerHour: 1 }, submit), "too_many_submits");
  assert.equal(await some({ jobsAtOnce: 1 }, submit), "too_many_jobs");
});

test("callers are told apart by their connection, or as the owner says", async (context) => {
  const told = [];
  const log = (line) => told.push(line.caller);
  const base = await relay(context, { log, budgets: { requestsPerMinute: 1 } });
  const asked = (address) => send(base, { target: "/v1/models", headers: { "x-forwarded-for": address } });
  await asked("1.1.1.1");
  assert.equal((await asked("2.2.2.2")).status, 429);
  const believed = await relay(context, { log, proxies: ["127.0.0.1"], budgets: { requestsPerMinute: 1 } });
  for (const address of ["1.1.1.1", "2.2.2.2"]) {
    const answer = await send(believed, { target: "/v1/models", headers: { "x-forwarded-for": address } });
    assert.equal(answer.status, 200);
  }
  const own = kit.createRelay({ ...open(service.base), log, caller: (request) => request.headers.get("x-real-ip") });
  await own.fetch(new Request("https://relay.example.com/v1/models", { headers: { "x-real-ip": "3.3.3.3" } }));
  await own.fetch(new Request("https://relay.example.com/v1/models"));
  assert.deepEqual(told, ["127.0.0.1", "127.0.0.1", "1.1.1.1", "2.2.2.2", "3.3.3.3", "everybody"]);
});

test("a token that comes by a function is renewed, waited for, and missed truthfully", async (context) => {
  const { base: upstream, heard } = await scripted(context, accept);
  const tokens = ["first-token-1", "first-token-1", "second-token-2"];
  const base = await relay(context, { service: upstream, token: async () => tokens.shift() });
  await submit(base);
  await submit(base);
  assert.deepEqual(heard.map(({ headers }) => headers.authorization), ["Bearer first-token-1", "Bearer second-token-2"]);
  context.mock.method(console, "error", () => {});
  const missed = await submit(base);
  assert.deepEqual([missed.status, missed.headers["kinora-accepted"]], [503, "no"]);
  assert.equal(heard.length, 2);
});

test("the log tells what became of each request and nothing that was written", async (context) => {
  const lines = [];
  const log = (line) => {
    lines.push(line);
    throw new Error("a log that fails");
  };
  context.mock.method(console, "error", () => {});
  const base = await relay(context, { log });
  await submit(base, { authorization: "Bearer the-callers-own", "kinora-intent": "wish-9" });
  await send(base, { target: "/v1/outputs?url=https://evil.example/private.mp4" });
  await send(base, { target: "/v1/models/kling/private/x?search=garden" });
  assert.deepEqual(lines.map(({ call, reason }) => [call, reason]), [
    ["submit", "passed"],
    ["output", "output_not_allowed"],
    ["model", "model_not_allowed"],
  ]);
  const told = JSON.stringify(lines);
  for (const word of ["the-callers-own", "wish-9", "garden", "private", "evil.example", TOKEN]) assert.ok(!told.includes(word), word);
});

test("a mistake in the options is named to the owner and not to callers", async (context) => {
  const said = context.mock.method(console, "error", () => {});
  const wrong = kit.createRelay({ ...open(service.base), origins: ["*"] });
  await assert.rejects(wrong.ready(), { name: "KinoraError", code: "bad_options", message: /`origins\[0\]`.*https:\/\/app\.example\.com/ });
  const answer = await wrong.fetch(new Request("https://relay.example.com/v1/models"));
  assert.deepEqual([answer.status, answer.headers.get("kinora-accepted")], [503, "no"]);
  assert.ok(!(await answer.text()).includes("origins"));
  assert.match(said.mock.calls[0].arguments[0], /origins/);
  await assert.rejects(kit.createRelay({ ...open(service.base), token: undefined }).ready(), { code: "bad_token", message: /RUNCOMFY_TOKEN/ });
  assert.throws(() => kit.createRelay(), { code: "bad_options" });
  assert.throws(() => kit.createRelay({ log: "yes" }), { code: "bad_options", message: /`log`/ });
});

test("where the owner's function fails that tells callers apart, nothing is sent, and that is said", async (context) => {
  const said = context.mock.method(console, "error", () => {});
  const { base: upstream, heard } = await scripted(context, accept);
  const caller = () => {
    throw new Error("no such table");
  };
  const answer = await submit(await relay(context, { service: upstream, caller }));
  assert.deepEqual([answer.status, answer.headers["kinora-accepted"], heard.length], [503, "no", 0]);
  assert.match(said.mock.calls[0].arguments[0], /no such table/);
});

test("a memory makes the next host answer alike, and a full one sends nothing", async (context) => {
  const { base: upstream, heard } = await scripted(context, accept);
  const kept = new Map();
  const memory = {
    load: async () => [...kept],
    save: async (changes) => changes.forEach((text, key) => (text === undefined ? kept.delete(key) : kept.set(key, text))),
  };
  const first = await submit(await relay(context, { service: upstream, memory }), { "kinora-intent": "kept" });
  const again = await submit(await relay(context, { service: upstream, memory }), { "kinora-intent": "kept" });
  assert.equal(again.text, first.text);
  assert.equal(heard.length, 1);
  assert.ok(!JSON.stringify([...kept]).includes(TOKEN));
  assert.ok(!JSON.stringify([...kept]).includes("garden"));
  context.mock.method(console, "error", () => {});
  const full = { load: async () => [], save: () => Promise.reject(new Error("no room")) };
  const refused = await submit(await relay(context, { service: upstream, memory: full }), { "kinora-intent": "new" });
  assert.deepEqual([refused.status, refused.headers["kinora-accepted"]], [503, "no"]);
  assert.equal(heard.length, 1);
});
