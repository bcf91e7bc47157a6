// What a browser loads for a program that submits, waits and cancels.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { after, before, test } from "node:test";

import { consumer } from "./harness.mjs";
import { OURS } from "./peers/programs.mjs";
import { bundled, weigh } from "./peers/weigh.mjs";

/** The most bytes that the default entry may load, compressed with brotli 11: what it loads now. */
const LIMIT = 28_400;
/** What it is to come down to. */
const GOAL = 28_000;

let place;
before(async () => (place = await consumer()));
after(() => place.remove());

/** The bytes of what the program's first job loads; what waits for a wish is told apart. */
async function loaded(entry, also = []) {
  const { first, later } = await bundled(OURS[entry], place.folder);
  for (const path of also) first.push({ path, contents: await readFile(join(place.folder, path)) });
  const row = (files, file, when) => ({ file, when, ...weigh(files) });
  console.table([
    ...first.map((file) => row([file], basename(file.path), "first job")),
    ...later.map((file) => row([file], basename(file.path), "on demand")),
    row(first, `${entry}, all`, "first job"),
  ]);
  return weigh(first).brotli;
}

test("the default entry stays within its limit", async () => {
  const bytes = await loaded("kinora");
  console.log(`${bytes} bytes; the goal is ${GOAL}`);
  assert.ok(bytes <= LIMIT, `${bytes} bytes are ${bytes - LIMIT} over the limit of ${LIMIT}`);
});

test("kinora/url loads less than the default entry", async () => {
  const whole = await loaded("kinora");
  assert.ok((await loaded("kinora/url", ["node_modules/kinora/dist/core_bg.wasm"])) < whole);
});
