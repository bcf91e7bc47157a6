// kinora/relay in Node: what passes, what does not, and what happens when the service fails.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { INPUT, consumer, emulator } from "./harness.mjs";
import { PAGE, SUBMIT, TOKEN, listening, open, relayOf, send, served, submit } from "./relays.mjs";

let place, service, kit;

before(async () => {
  [place, service] = await Promise.all([consumer(), emulator("--token", TOKEN, "--queue", "0", "--run", "0")]);
  kit = await relayOf(place);
});

after(async () => {
  service.stop();
  await place.remove();
});

/** A relay for one test. */
async function relay(context, options = {}) {
  const host = await served(kit, { ...open(service.base), ...options });
  context.after(() => host.stop());
  return host.base;
}

/** A service that does this with every request, and what it heard. */
async function scripted(context, act) {
  const heard = [];
  const host = await listening(async (request, response) => {
    const pieces = [];
    for await (const piece of request) pieces.push(piece);
    heard.push({ method: request.method, url: request.url, headers: request.headers, body: Buffer.concat(pieces).toString() });
    act(response, request);
  });
  context.after(() => host.stop());
  return { ...host, heard };
}

const accept = (response) => {
  response.writeHead(200, { "content-type": "application/json", "set-cookie": "a=b" });
  response.end(`{"request_id":"r1","status_url":"https://x/","echo":9007199254740993.0}`);
};
const reason = ({ text }) => JSON.parse(text).reason;

test("a whole job passes, and its file comes back by parts", async (context) => {
  const base = await relay(context);
  const { request_id, status_url } = JSON.parse((await submit(base)).text);
  assert.equal(status_url, `https://relay.example.com/v1/requests/${request_id}/status`);
  assert.equal((await send(base, { target: `/v1/requests/${request_id}/status` })).status, 200);
  const result = JSON.parse((await send(base, { target: `/v1/requests/${request_id}/result` })).text);
  const target = `/v1/outputs?url=${encodeURIComponent(result.output.video)}`;
  const part = await send(base, { target, headers: { range: "bytes=4-7" } });
  assert.equal(part.status, 206);
  assert.equal(part.text, "ftyp");
  assert.match(part.headers["content-range"], /^bytes 4-7\//);
  const whole = await send(base, { target });
  assert.equal(whole.headers["content-type"], "video/mp4");
  const late = await send(base, { method: "POST", target: `/v1/requests/${request_id}/cancel` });
  assert.equal(late.status, 202);
});

test("a submit reaches the service with the token and without the caller", async (context) => {
  const { base: upstream, heard } = await scripted(context, accept);
  const base = await relay(context, { service: upstream });
  const headers = { cookie: "a=b", authorization: "Bearer the-callers", "kinora-intent": "wish", origin: PAGE, referer: "https://a/b", "x-forwarded-for": "1.2.3.4" };
  const answer = await submit(base, headers);
  assert.match(answer.text, /"echo":9007199254740993\.0/, "numbers stay as they are");
  assert.equal(answer.headers["set-cookie"], undefined);
  const [{ headers: sent, body }] = heard;
  assert.equal(sent.authorization, `Bearer ${TOKEN}`);
  assert.match(body, /private\.jpg"}$/);
  for (const word of ["the-callers", "wish", "app.example.com", "1.2.3.4", "https://a/b", "a=b"]) {
    assert.ok(!JSON.stringify(sent).includes(word), word);
  }
});

test("an error of the service stays an error", async (context) => {
  for (const code of [400, 401, 402, 403, 404, 409, 422, 429, 500, 502, 503, 504]) {
    const { base: upstream } = await scripted(context, (response) => response.writeHead(code).end('{"message":"no"}'));
    const answer = await send(await relay(context, { service: upstream }), { target: "/v1/requests/r1/result" });
    assert.equal(answer.status, code);
    assert.equal(answer.text, '{"message":"no"}');
  }
});

test("whoever has no secret does not pass, and the token is not spent on them", async (context) => {
  const { base: upstream, heard } = await scripted(context, accept);
  const { callers, ...options } = open(upstream);
  const host = await served(kit, { ...options, secrets: ["first-secret", "second-secret"] });
  context.after(() => host.stop());
  for (const authorization of [undefined, "", "Bearer", "Bearer null", "Bearer undefined", "Basic first-secret", "Bearer first-secre"]) {
    const answer = await submit(host.base, authorization === undefined ? {} : { authorization });
    assert.equal(answer.status, 401, `${authorization}`);
    assert.equal(answer.headers["kinora-accepted"], "no");
  }
  assert.equal(heard.length, 0);
  assert.equal((await submit(host.base, { authorization: "Bearer second-secret" })).status, 200);
  assert.equal(callers, "anybody");
});

test("a cancel without a body, and whatever an input holds, pass as they are", async (context) => {
  const { base: upstream, heard } = await scripted(context, accept);
  const base = await relay(context, { service: upstream });
  assert.equal((await send(base, { method: "POST", target: "/v1/requests/r1/cancel" })).status, 200);
  const body = '{ "unknown": {"a":[1.0e2, "\\u00e9"]} ,"seed":18446744073709551615}';
  await send(base, { method: "POST", target: SUBMIT, headers: { "content-type": "application/json" }, body });
  assert.equal(heard[1].body, body);
});

test("a relay that nobody configured passes nothing", async (context) => {
  const { base: upstream, heard } = await scripted(context, accept);
  const { token, service: at, public: address } = open(upstream);
  const closed = { token, service: at, public: address };
  const host = await served(kit, closed);
  context.after(() => host.stop());
  assert.equal((await submit(host.base)).status, 401);
  assert.equal((await submit(host.base, { origin: PAGE })).status, 403);
  const anybody = await served(kit, { ...closed, callers: "anybody" });
  context.after(() => anybody.stop());
  assert.equal(reason(await submit(anybody.base)), "model_not_allowed");
  assert.equal(reason(await send(anybody.base, { target: "/v1/outputs?url=https://a.runcomfy.net/b.mp4" })), "outputs_off");
  assert.equal(heard.length, 0);
  assert.equal((await kit.createRelay(closed).ready()).closed.length, 3);
});

test("an intent repeated while it is under way, and later, is one job", async (context) => {
  const { base: upstream, heard } = await scripted(context, (response) => setTimeout(accept, 200, response));
  const base = await relay(context, { service: upstream });
  const repeated = Array.from({ length: 20 }, () => submit(base, { "kinora-intent": "wish-1" }));
  const answers = [...(await Promise.all(repeated)), await submit(base, { "kinora-intent": "wish-1" })];
  assert.equal(heard.length, 1);
  assert.deepEqual([...new Set(answers.map(({ text }) => text))].length, 1);
  await submit(base, { "kinora-intent": "wish-2" });
  assert.equal(heard.length, 2);
});

test("the caller who goes away leaves its answer to the one who asks again", async (context) => {
  const { base: upstream, heard } = await scripted(context, (response) => setTimeout(accept, 300, response));
  const base = await relay(context, { service: upstream });
  const headers = { "content-type": "application/json", "kinora-intent": "left" };
  const leaving = fetch(base + SUBMIT, { method: "POST", headers, body: JSON.stringify(INPUT), signal: AbortSignal.timeout(100) });
  await assert.rejects(leaving);
  assert.equal((await submit(base, { "kinora-intent": "left" })).status, 200);
  assert.equal(heard.length, 1);
});

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

test("nothing hangs and nothing is sent twice when the service fails", async (context) => {
  const cut = (response) => response.socket.destroy();
  const half = (response) => {
    response.writeHead(200, { "content-length": 999 }).write("{");
    setTimeout(cut, 20, response);
  };
  const moved = (response) => response.writeHead(302, { location: "https://evil.example/" }).end();
  const page = (response) => response.writeHead(200).end("<!doctype html>");
  const leak = (response) => response.writeHead(200).end(JSON.stringify({ request_id: "r1", echo: `Bearer ${TOKEN}` }));
  const escaped = (response) => response.writeHead(500).end(`{"a":"\\u0063${TOKEN.slice(1)}"}`);
  for (const [act, status, why, accepted] of [
    [cut, 502, "answer_lost", undefined],
    [half, 502, "answer_lost", undefined],
    [moved, 502, "redirected", undefined],
    [page, 502, "answer_not_json", undefined],
    [leak, 502, "answer_withheld", undefined],
    [escaped, 502, "answer_withheld", undefined],
  ]) {
    const { base: upstream, heard } = await scripted(context, act);
    const answer = await submit(await relay(context, { service: upstream }));
    assert.deepEqual([answer.status, reason(answer), answer.headers["kinora-accepted"]], [status, why, accepted]);
    assert.equal(heard.length, 1, why);
    assert.ok(!answer.text.includes(TOKEN.slice(1)), why);
  }
  const { base: gone, stop } = await listening(accept);
  stop();
  const down = await submit(await relay(context, { service: gone }));
  assert.deepEqual([down.status, reason(down), down.headers["kinora-accepted"]], [503, "service_down", "no"]);
});

test("a service that says nothing is given up on, and an endless one is not read on", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  let asked;
  const heard = new Promise((resolve) => (asked = resolve));
  const fetch = (url, { signal }) =>
    new Promise((_, reject) => (signal.addEventListener("abort", () => reject(signal.reason)), asked()));
  const silent = kit.createRelay({ ...open(service.base), fetch });
  const answer = silent.fetch(new Request("https://relay.example.com/v1/models"));
  await heard;
  context.mock.timers.tick(600_000);
  assert.equal((await answer).status, 504);
  context.mock.timers.reset();
  const { base: upstream } = await scripted(context, (response) => {
    const more = () => response.write("x".repeat(100_000), (error) => error || setImmediate(more));
    more();
  });
  const endless = await relay(context, { service: upstream, limits: { answerBytes: 500_000 } });
  assert.equal(reason(await send(endless, { target: "/v1/models" })), "answer_too_large");
});

test("a body that does not come, or does not end, is refused", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const ask = (body) =>
    kit.createRelay(open(service.base)).fetch(
      new Request(`https://relay.example.com${SUBMIT}`, { method: "POST", headers: { "content-type": "application/json" }, body, duplex: "half" }),
    );
  let pulled;
  const waits = new Promise((resolve) => (pulled = resolve));
  const slow = ask(new ReadableStream({ pull: () => (pulled(), new Promise(() => {})) }, { highWaterMark: 0 }));
  await waits;
  context.mock.timers.tick(30_000);
  assert.equal((await slow).status, 408);
  context.mock.timers.reset();
  const endless = await ask(new ReadableStream({ pull: (to) => to.enqueue(new Uint8Array(100_000)) }));
  assert.equal(endless.status, 413);
  const broken = await ask(new ReadableStream({ pull: (to) => to.error(new Error("gone")) }));
  assert.equal((await broken.json()).reason, "body_cut");
});

test("a result file is cut off where it is too long, and never asked for with the token", async (context) => {
  const { base: upstream, heard } = await scripted(context, (response, request) => {
    if (request.url.includes("moved")) return response.writeHead(302, { location: "https://evil.example/" }).end();
    if (request.url.includes("page")) return response.writeHead(200, { "content-type": "text/html" }).end("<p>");
    response.writeHead(200, { "content-type": "video/mp4" });
    for (let piece = 0; piece < 20; piece++) response.write(Buffer.alloc(50_000));
    response.end();
  });
  const base = await relay(context, { service: upstream, limits: { outputBytes: 300_000 } });
  const file = (path) => ({ target: `/v1/outputs?url=${upstream}/${path}` });
  await assert.rejects(send(base, file("long.mp4")), /aborted|hang up|ECONNRESET/);
  assert.equal(reason(await send(base, file("moved.mp4"))), "redirected");
  assert.equal(reason(await send(base, file("page.mp4"))), "not_a_medium");
  assert.equal(heard.length, 3);
  assert.ok(!JSON.stringify(heard).includes(TOKEN));
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
  assert.equal(answer.status, 500);
  assert.ok(!(await answer.text()).includes("origins"));
  assert.match(said.mock.calls[0].arguments[0], /origins/);
  await assert.rejects(kit.createRelay({ ...open(service.base), token: undefined }).ready(), { code: "bad_token", message: /RUNCOMFY_TOKEN/ });
  assert.throws(() => kit.createRelay(), { code: "bad_options" });
  assert.throws(() => kit.createRelay({ log: "yes" }), { code: "bad_options", message: /`log`/ });
});

test("the relay stands where `public` says, and nowhere else", async () => {
  const { GET } = kit.createRelay({ ...open(service.base), public: "https://app.example.com/api/kinora" });
  const status = async (path) => (await GET(new Request(`https://app.example.com${path}`), { params: {} })).status;
  assert.equal(await status("/api/kinora/v1/models"), 200);
  assert.equal(await status("/api/kinora/v1/nothing"), 404);
  assert.equal(await status("/v1/models"), 404);
  assert.equal(await status("/api/kinorav1/models"), 404);
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

test("importing does nothing", async () => {
  const again = await import(`${place.folder}/node_modules/kinora/dist/relay.js?again`);
  assert.equal(typeof again.createRelay, "function");
});
