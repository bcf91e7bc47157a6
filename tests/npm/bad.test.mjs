// Bad input, one row each: always a KinoraError with a code and a sentence.

import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";

import { INPUT, MODEL, consumer } from "./harness.mjs";

let place, kinora;

before(async () => {
  place = await consumer();
  kinora = await import(pathToFileURL(`${place.folder}/node_modules/kinora/dist/index.js`));
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
  ["a token with a line break", "bad_token", () => client({ token: "abc\n" })],
  ["an empty token", "bad_token", () => client({ token: "" })],
  ["a base without scheme", "bad_base_url", () => client({ baseUrl: "relay.example.com" }).check(MODEL, INPUT)],
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
  ["a signal that is aborted", "aborted", () => client().run(MODEL, INPUT, { signal: AbortSignal.abort() })],
  ["a fetch that answers nothing", "uncertain", () => answering(undefined).run(MODEL, INPUT)],
  ["a fetch that answers another thing", "uncertain", () => answering({}).run(MODEL, INPUT)],
  ["a fetch that throws", "uncertain", () => client({ fetch: () => { throw new Error("mocked"); } }).run(MODEL, INPUT)],
  ["a submit answered by a page", "uncertain", () => answering(response(200, "<!doctype html>")).run(MODEL, INPUT)],
  ["a submit answered by nested lists", "uncertain", () => answering(response(200, DEEP)).run(MODEL, INPUT)],
  ["a refusal", "bad_token", () => answering(response(401, "{}")).run(MODEL, INPUT)],
  ["a client that was disposed of", "disposed", () => disposed().run(MODEL, INPUT)],
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

function disposed() {
  const one = client();
  one.dispose();
  return one;
}
