// Bad input, one row each: always a KinoraError with a code and a sentence.

import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";

import { INPUT, MODEL, consumer, moduleOf } from "./harness.mjs";

let place, kinora;

before(async () => {
  place = await consumer();
  kinora = await moduleOf(place);
});

after(() => place.remove());

const BASE = { baseUrl: "http://127.0.0.1:9", storage: "memory" };
const client = (options) => kinora.createClient({ ...BASE, ...options });
const answering = (answer) => client({ fetch: async () => answer });
const response = (status, text) => ({ status, headers: new Headers(), text: async () => text });
const DEEP = "[".repeat(3000) + "]".repeat(3000);

const ROWS = [
  ["no options", "bad_options", () => kinora.createClient()],
  ["a base that is no text", "bad_options", () => client({ baseUrl: 7 })],
  ["a fetch that is no function", "bad_options", () => client({ fetch: "fetch" })],
  ["an onWarning that is no function", "bad_options", () => client({ onWarning: {} })],
  ["a clock that is none", "bad_options", () => client({ clock: Date.now })],
  ["a storage by another name", "bad_options", () => client({ storage: "localStorage" })],
  ["a storage that can keep nothing", "bad_options", () => client({ storage: { all() {} } })],
  ["a storage that gives nothing back", "bad_options", () => client({ storage: { put() {} } })],
  ["a token with a line break", "bad_token", () => client({ token: "abc\n" })],
  ["an empty token", "bad_token", () => client({ token: "" })],
  ["a token that is no text", "bad_token", () => client({ token: 7 })],
  ["a token beyond ASCII", "bad_token", () => client({ token: "schlüssel" })],
  ["a base without scheme", "bad_base_url", () => client({ baseUrl: "relay.example.com" }).check(MODEL, INPUT)],
  ["a base of another scheme", "bad_base_url", () => client({ baseUrl: "ftp://example.com" }).submit(MODEL, INPUT)],
  ["an empty base", "bad_base_url", () => client({ baseUrl: "" }).submit(MODEL, INPUT)],
  ["a base in plain http", "bad_base_url", () => client({ baseUrl: "http://example.com" }).submit(MODEL, INPUT)],
  ["a model without a slash", "bad_model", () => client().submit("wan", INPUT)],
  ["a model that is no text", "bad_input", () => client().submit(7, INPUT)],
  ["no model", "bad_input", () => client().submit(undefined, INPUT)],
  ["no input", "bad_input", () => client().submit(MODEL)],
  ["an input that is a list", "bad_input", () => client().submit(MODEL, [])],
  ["an input with a function", "bad_input", () => client().submit(MODEL, { ...INPUT, seed: () => 1 })],
  ["an input with no number", "bad_input", () => client().submit(MODEL, { ...INPUT, seed: NaN })],
  ["an input that holds itself", "bad_input", () => client().submit(MODEL, circular())],
  ["an input that is nested too deep", "bad_input", () => client().submit(MODEL, { ...INPUT, extra: JSON.parse(DEEP) })],
  ["a missing field", "invalid_input", () => client().submit(MODEL, { prompt: "a" })],
  ["a wrong type", "invalid_input", () => client().submit(MODEL, { ...INPUT, prompt: 7 })],
  ["an intent with a space", "bad_intent", () => client().submit(MODEL, INPUT, { intent: "a b" })],
  ["a request id with a slash", "bad_request_id", () => client().resume("a/b")],
  ["a request id that is no text", "bad_request_id", () => client().resume(7)],
  ["a request id that is missing", "bad_request_id", () => client().resume()],
  ["a request id that is missing while a job has none yet", "bad_request_id", async () => {
    let one;
    await new Promise((sent) => {
      one = client({ fetch: () => new Promise(() => sent()) });
      one.submit(MODEL, INPUT).catch(() => {});
    });
    return one.resume().finally(() => one.dispose());
  }],
  ["a model to resume that is none", "bad_model", () => client().resume("abc", { model: "wan" })],
  ["an intent that is no text", "bad_input", () => client().submit(MODEL, INPUT, { intent: 7 })],
  ["an input with a big integer", "bad_input", () => client().submit(MODEL, { ...INPUT, seed: 1n })],
  ["facts that are none", "bad_input", () => client().check(MODEL, INPUT, { img_url: () => 1 })],
  ["a check of no input", "bad_input", () => client().check(MODEL)],
  ["a signal that is none", "bad_options", () => client().submit(MODEL, INPUT, { signal: {} })],
  ["a signal of text, for a result", "bad_options", async () => (await accepted()).result({ signal: "stop" })],
  ["a listener that is no function", "bad_options", () => client().run(MODEL, INPUT, { onEvent: "tell" })],
  ["a listener that is missing", "bad_options", async () => (await accepted()).onEvent()],
  ["an onAbort that does not exist", "bad_options", () => client().run(MODEL, INPUT, { onAbort: "cancle" })],
  ["a signal that is aborted", "aborted", () => client().run(MODEL, INPUT, { signal: AbortSignal.abort() })],
  ["a signal that is aborted, for a result", "aborted", async () => (await accepted()).result({ signal: AbortSignal.abort() })],
  ["a signal that is aborted for a reason of its own", "aborted", () => client().run(MODEL, INPUT, { signal: AbortSignal.abort(7) })],
  ["a fetch that answers nothing", "uncertain", () => answering(undefined).run(MODEL, INPUT)],
  ["a fetch that answers another thing", "uncertain", () => answering({}).run(MODEL, INPUT)],
  ["a fetch that throws", "uncertain", () => client({ fetch: () => { throw new Error("mocked"); } }).run(MODEL, INPUT)],
  ["a submit answered by a page", "uncertain", () => answering(response(200, "<!doctype html>")).run(MODEL, INPUT)],
  ["a submit answered by nested lists", "uncertain", () => answering(response(200, DEEP)).run(MODEL, INPUT)],
  ["a refusal", "bad_token", () => answering(response(401, "{}")).run(MODEL, INPUT)],
  ["a client that was disposed of", "disposed", () => disposed().run(MODEL, INPUT)],
  ["a client that was disposed of, asked for a check", "disposed", () => disposed().check(MODEL, INPUT)],
  ["a client that was disposed of, asked for its jobs", "disposed", () => disposed().jobs()],
  ["a client that was disposed of, asked to resume", "disposed", () => disposed().resume("abc")],
  ["a job that was let go of, asked for its result", "detached", async () => (await detached()).result()],
  ["a job that was let go of, asked to cancel", "detached", async () => (await detached()).cancel()],
  ["a job of a client that was disposed of", "detached", async () => {
    const one = answering(response(200, '{"request_id":"abc"}'));
    const job = await one.submit(MODEL, INPUT);
    one[Symbol.dispose]();
    return job.result();
  }],
];

for (const [title, code, act] of ROWS) {
  test(`${title}: ${code}`, async () => {
    const error = await (async () => act())().then(
      (value) => assert.fail(`it resolved with ${value}`),
      (error) => error,
    );
    assert.ok(error instanceof kinora.KinoraError, String(error));
    assert.equal(error.code, code);
    assert.match(error.message, /^\S.{10,}[.!)]$/s);
    assert.ok(error.nextStep.length > 10, error.nextStep);
  });
}

for (const part of ["models.packed.js", "known.js"]) {
  test(`without ${part} what needs a second look is not sent, and it is said what is missing`, async () => {
    const elsewhere = await consumer();
    const dist = join(elsewhere.folder, "node_modules/kinora/dist");
    await rm(join(dist, part));
    const { createClient } = await import(pathToFileURL(join(dist, "index.js")));
    const alone = createClient({ baseUrl: "https://relay.example.com", storage: "memory" });
    await assert.rejects(alone.submit(MODEL, { ...INPUT, prompt: 7 }), { code: "wasm_unavailable", name: "KinoraError" });
    await assert.rejects(alone.check(MODEL, INPUT), { code: "wasm_unavailable", name: "KinoraError" });
    await elsewhere.remove();
  });
}

test("what is wrong is found before anything is sent", async () => {
  const fetch = () => assert.fail("nothing is sent");
  for (const options of [{ signal: {} }, { onEvent: 7 }, { onAbort: "stop" }, { intent: "a b" }]) {
    await assert.rejects(client({ fetch }).run(MODEL, INPUT, options), { name: "KinoraError" });
  }
});

test("options may be left out in any way", async () => {
  const job = await answering(response(200, '{"request_id":"abc"}')).submit(MODEL, INPUT, null);
  assert.equal((await client().resume(job.requestId, null)).requestId, "abc");
  client({ storage: undefined, token: undefined, onWarning: undefined, clock: undefined });
});

test("a Response of another realm is read", async () => {
  const { runInNewContext } = await import("node:vm");
  const answer = runInNewContext(
    `({ status: 200, headers: { forEach() {} }, text: async () => '{"request_id":"abc"}' })`,
  );
  assert.equal((await answering(answer).submit(MODEL, INPUT)).requestId, "abc");
});

function circular() {
  const input = { ...INPUT };
  input.extra = input;
  return input;
}

const accepted = () => answering(response(200, '{"request_id":"abc"}')).submit(MODEL, INPUT);

async function detached() {
  const job = await accepted();
  job[Symbol.dispose]();
  return job;
}

function disposed() {
  const one = client();
  one.dispose();
  return one;
}
