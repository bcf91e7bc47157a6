// What a browser loads for a program that submits, waits and cancels.

import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { after, before, test } from "node:test";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

import { build } from "esbuild";

import { INPUT, MODEL, consumer } from "./harness.mjs";

/** The most bytes that the default entry may load, compressed with brotli 11: what it loads now. */
const LIMIT = 58_000;
/** What it is to come down to. */
const GOAL = 28_000;

let place;
before(async () => (place = await consumer()));
after(() => place.remove());

const PROGRAM = (entry) => `
  import { createClient } from "${entry}";
  const kinora = createClient({ baseUrl: "/relay" });
  const job = await kinora.submit("${MODEL}", ${JSON.stringify(INPUT)});
  addEventListener("keydown", () => job.cancel());
  console.log(await job.result());`;

async function loaded(entry, also = []) {
  const source = join(place.folder, `${entry.replace("/", "-")}-program.js`);
  await writeFile(source, PROGRAM(entry));
  const { outputFiles } = await build({
    entryPoints: [source],
    bundle: true,
    minify: true,
    splitting: true,
    format: "esm",
    outdir: join(place.folder, "out"),
    write: false,
  });
  const files = outputFiles.map(({ path, contents }) => weigh(basename(path), contents));
  for (const path of also) files.push(weigh(basename(path), await readFile(join(place.folder, path))));
  const total = { file: `${entry}, all`, raw: 0, gzip: 0, brotli: 0 };
  for (const file of files) for (const size of ["raw", "gzip", "brotli"]) total[size] += file[size];
  console.table([...files, total]);
  return total.brotli;
}

function weigh(file, contents) {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: contents.length };
  return {
    file,
    raw: contents.length,
    gzip: gzipSync(contents, { level: 9 }).length,
    brotli: brotliCompressSync(contents, { params }).length,
  };
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
