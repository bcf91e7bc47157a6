// kinora/relay in Node: what passes and what does not.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { PAGE, SUBMIT, TOKEN, accept, open, reason, scripted, send, served, stand, submit } from "./relays.mjs";

let kit, place, relay, service, stop;

before(async () => {
  ({ kit, place, relay, service, stop } = await stand());
});

after(() => stop());

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

test("the relay stands where `public` says, and nowhere else", async () => {
  const { GET } = kit.createRelay({ ...open(service.base), public: "https://app.example.com/api/kinora" });
  const status = async (path) => (await GET(new Request(`https://app.example.com${path}`), { params: {} })).status;
  assert.equal(await status("/api/kinora/v1/models"), 200);
  assert.equal(await status("/api/kinora/v1/nothing"), 404);
  assert.equal(await status("/v1/models"), 404);
  assert.equal(await status("/api/kinorav1/models"), 404);
});

test("importing does nothing", async () => {
  const again = await import(`${place.folder}/node_modules/kinora/dist/relay.js?again`);
  assert.equal(typeof again.createRelay, "function");
});
