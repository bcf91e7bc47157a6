// `cargo xtask bench sdk`: bytes of the same program with Kinora and with its peers, in one run.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

import { consumer } from "../harness.mjs";
import { OURS, PEERS } from "./programs.mjs";
import { bundled, print, weigh } from "./weigh.mjs";

/** How many checks are timed. */
const CHECKS = 10_000;

const place = await consumer();
const here = fileURLToPath(new URL(".", import.meta.url));
const dist = join(place.folder, "node_modules/kinora/dist");

const wasm = await readFile(join(dist, "core_bg.wasm"));
const also = { "kinora/url": [wasm] };
const rows = [];
let parts;
for (const [name, source] of Object.entries(OURS)) {
  const { files, outputs } = await bundled(source, place.folder);
  const all = [...files, ...(also[name] ?? [])];
  rows.push([name, ...sizes(all), all.length]);
  if (name === "kinora") parts = outputs;
}
for (const [name, source] of Object.entries(PEERS)) {
  const { files } = await bundled(source, here);
  rows.push([name, ...sizes(files), files.length]);
}
print(["submit, wait, cancel: bytes loaded", "raw", "gzip -9", "brotli 11", "files"], rows);

console.log("\nWhere the bytes of `kinora` go, minified:");
const inputs = parts.flatMap(({ inputs }) => Object.entries(inputs));
inputs.sort((one, other) => other[1].bytesInOutput - one[1].bytesInOutput);
print(["script", "raw"], inputs.map(([path, { bytesInOutput }]) => [path.split("/dist/").at(-1), bytesInOutput]));
print(["core_bg.wasm as a file", "raw", "gzip -9", "brotli 11"], [["", ...sizes([wasm])]]);

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
