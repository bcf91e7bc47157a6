// `cargo xtask bench sdk`: bytes of the same program with Kinora and with its peers, in one run.

import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

import { consumer } from "../harness.mjs";
import { OURS, PEERS } from "./programs.mjs";
import { bundled, print, weigh } from "./weigh.mjs";

/** How many checks are timed. */
const CHECKS = 10_000;

const place = await consumer();
const here = fileURLToPath(new URL(".", import.meta.url));
const dist = join(place.folder, "node_modules/kinora/dist");

const wasm = async (name) => ({ path: name, contents: await readFile(join(dist, name)) });
const core = await wasm("core_bg.wasm");
const rows = [];
let ours;
for (const [name, source] of Object.entries(OURS)) {
  const found = await bundled(source, place.folder);
  if (name === "kinora") ours = found;
  const first = name === "kinora/url" ? [...found.first, core] : found.first;
  rows.push([name, ...sizes(first), first.length]);
}
for (const [name, source] of Object.entries(PEERS)) {
  const { first } = await bundled(source, here);
  rows.push([name, ...sizes(first), first.length]);
}
print(["submit, wait, cancel: bytes loaded", "raw", "gzip -9", "brotli 11", "files"], rows);

console.log("\nWhere the bytes of `kinora` go, minified:");
const inputs = ours.first.flatMap(({ inputs }) => Object.entries(inputs));
inputs.sort((one, other) => other[1].bytesInOutput - one[1].bytesInOutput);
print(["script", "raw"], inputs.map(([path, { bytesInOutput }]) => [path.split("/dist/").at(-1), bytesInOutput]));

console.log("\nApart, and on first use only:");
const later = ours.later.map((file) => [`${basename(file.path).split("-")[0]} (kinora)`, ...sizes([file])]);
const lazy = [await wasm("models_bg.wasm"), await wasm("records_bg.wasm")];
const alone = [core, ...lazy].map((file) => [`${file.path} as a file`, ...sizes([file])]);
print(["file", "raw", "gzip -9", "brotli 11"], [...later, ...alone]);

console.log("\nIn Node:");
const started = performance.now();
const { createClient } = await import(pathToFileURL(join(dist, "index.js")));
const imported = performance.now();
const client = createClient({ baseUrl: "http://127.0.0.1:9", storage: "memory" });
const input = { prompt: "the fog lifts", img_url: "https://example.com/lake.jpg" };
const check = () => client.check("wan-ai/wan-2-2/image-to-video", input);
await check();
const usable = performance.now();
for (let at = 0; at < CHECKS; at++) await check();
const each = ((performance.now() - usable) / CHECKS) * 1000;
console.log(`import ${(imported - started).toFixed(1)} ms, until the first check is answered ${(usable - started).toFixed(1)} ms`);
console.log(`one check ${each.toFixed(0)} µs, mean of ${CHECKS}`);
await place.remove();

function sizes(files) {
  const { raw, gzip, brotli } = weigh(files);
  return [raw, gzip, brotli];
}
