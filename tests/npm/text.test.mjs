// The text between JavaScript and WebAssembly: what is cut off is an error, and never without end.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { consumer, moduleOf } from "./harness.mjs";

let place, encode, decode;

before(async () => {
  place = await consumer();
  ({ encode, decode } = await moduleOf(place, "text"));
});

after(() => place.remove());

const VALUE = { a: [1, -2.5, null, true, false, "é🎬:;]}"], "": { b: {} }, c: [] };
const bytes = (text) => new TextEncoder().encode(text);

test("a value comes back as it went", () => assert.deepEqual(decode(bytes(encode(VALUE))), VALUE));

test("a text that is cut off anywhere is an error", () => {
  const whole = bytes(encode(VALUE));
  for (let length = 0; length < whole.length; length++) {
    assert.throws(() => decode(whole.subarray(0, length)), `${length} of ${whole.length} bytes`);
  }
});
