// What a browser loads for a program that submits, waits and cancels.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { after, before, test } from "node:test";

import { consumer } from "./harness.mjs";
import { OURS } from "./peers/programs.mjs";
import { bundled, weigh } from "./peers/weigh.mjs";

/** The most bytes that the first job may load, compressed with brotli 11. */
const LIMITS = { kinora: 28_000, "kinora/url": 27_500 };
/** What `kinora/url` is to come down to. */
const AIM = 18_400;

/** The same of all that looking at images and mending them loads, the shell in JavaScript included. */
const IMAGES = 12_000;

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

for (const [entry, also] of [
  ["kinora", []],
  ["kinora/url", ["node_modules/kinora/dist/core_bg.wasm"]],
]) {
  test(`${entry} stays within its limit`, async () => {
    const bytes = await loaded(entry, also);
    if (also.length) console.log(`${bytes} bytes; the aim is ${AIM}`);
    assert.ok(bytes <= LIMITS[entry], `${bytes} bytes are ${bytes - LIMITS[entry]} over the limit of ${LIMITS[entry]}`);
  });
}

for (const [entry, files] of [["kinora", []], ["kinora/url", ["models_bg.wasm"]]]) {
  test(`images of ${entry} stay within their limit`, async () => {
    const { first, later } = await bundled(
      `import { fitImage, probeImage } from "${entry}";
       console.log(await probeImage("/still.png"), await fitImage("/still.png"));`,
      place.folder,
    );
    const read = (name) => readFile(join(place.folder, "node_modules/kinora/dist", name));
    const file = async (name) => ({ path: name, contents: await read(name) });
    // What is known of models is theirs too who look at no image; and esbuild writes parts that nobody asks for.
    const has = ({ inputs }, name) => Object.keys(inputs).some((input) => name.test(input));
    const parts = later.filter((file) => !has(file, /\/(known|stored|storage|records\.packed)\.js$/));
    const isApart = (file) => has(file, /\/(models\.packed|unzip)\.js$/);
    const apart = [...parts.filter(isApart), ...(await Promise.all(files.map(file)))];
    const programs = first.filter((file) => !has(file, /\/storage\.js$/));
    const images = [...programs, ...parts.filter((file) => !isApart(file))];
    const row = (files, file, when) => ({ file, when, ...weigh(files) });
    console.table([
      ...images.map((file) => row([file], basename(file.path), "with images")),
      row(images, `images of ${entry}`, "with images"),
      row(apart, "what is known of models", "with rules"),
    ]);
    const bytes = weigh(images).brotli;
    assert.ok(bytes <= IMAGES, `${bytes} bytes are ${bytes - IMAGES} over the limit of ${IMAGES}`);
  });
}
