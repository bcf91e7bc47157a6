// kinora/relay in Node when the service or a caller fails: nothing hangs, nothing is sent twice.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { INPUT } from "./harness.mjs";
import { SUBMIT, TOKEN, accept, listening, open, reason, scripted, send, stand, submit } from "./relays.mjs";

let kit, relay, service, stop;

before(async () => {
  ({ kit, relay, service, stop } = await stand());
});

after(() => stop());

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

test("a body that may be large may take longer", async (context) => {
  const fetch = async () => new Response('{"request_id":"abc"}', { status: 200 });
  const body = () => {
    const pieces = ['{"prompt":', '"fog"}'];
    return new ReadableStream({
      async pull(to) {
        await new Promise((resolve) => setTimeout(resolve, 15_000));
        pieces.length ? to.enqueue(new TextEncoder().encode(pieces.shift())) : to.close();
      },
    }, { highWaterMark: 0 });
  };
  const status = async (limits) => {
    const relay = kit.createRelay({ ...open("https://service.example"), fetch, limits });
    await relay.ready();
    context.mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1_750_000_000_000 });
    const init = { method: "POST", headers: { "content-type": "application/json" }, body: body(), duplex: "half" };
    const answered = relay.fetch(new Request(`https://relay.example.com${SUBMIT}`, init));
    for (let second = 0; second < 60; second++) {
      for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
      context.mock.timers.tick(1000);
    }
    context.mock.timers.reset();
    return (await answered).status;
  };
  assert.deepEqual([await status({}), await status({ bodyBytes: 9_000_000 })], [408, 200]);
});
