// `cargo xtask bench sdk`: the same program with Kinora and with its peers, in one run: its bytes,
// how soon it asks, what its types cost.

import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

import { consumer } from "../harness.mjs";
import { OURS, PEERS } from "./programs.mjs";
import { checksInChromium, checksInNode, compiled, inChromium, inNode, launched, listening, wasm } from "./speed.mjs";
import { alone, bundled, print, weigh } from "./weigh.mjs";

// In this folder, where the peers are installed.
const place = await consumer({}, fileURLToPath(new URL(".", import.meta.url)));
const dist = join(place.folder, "node_modules/kinora/dist");
const modules = await Promise.all(["core", "models", "records"].map((name) => wasm(dist, `${name}_bg.wasm`)));
const [core, ...lazy] = modules;
const PROGRAMS = { ...OURS, ...PEERS };

function sizes(files) {
  const { raw, gzip, brotli } = weigh(files);
  return [raw, gzip, brotli];
}

const built = {};
const bytes = [];
for (const [name, source] of Object.entries(PROGRAMS)) {
  built[name] = await bundled(source, place.folder);
  if (name === "kinora/url") built[name].first.push(core);
  bytes.push([name, ...sizes(built[name].first), built[name].first.length]);
}
print(["submit, wait, cancel: bytes loaded", "raw", "gzip -9", "brotli 11", "files"], bytes);

console.log("\nWhere the bytes go: each part, minified and compressed by itself");
const parts = [];
for (const name of Object.keys(OURS)) {
  const { first, later } = built[name];
  parts.push([`${name}: all that the first job loads`, ...sizes(first)]);
  const inputs = first.flatMap(({ inputs }) => Object.keys(inputs ?? {})).filter((path) => path.includes("/dist/"));
  const pieces = await Promise.all(inputs.map(async (path) => alone(`/${path}`, basename(path))));
  if (name === "kinora/url") pieces.push(core);
  pieces.sort((one, other) => other.contents.length - one.contents.length);
  for (const piece of pieces) parts.push([`  ${piece.path}`, ...sizes([piece])]);
  for (const file of [...later, ...(name === "kinora/url" ? lazy : [])]) {
    parts.push([`${name}, on first use: ${basename(file.path)}`, ...sizes([file])]);
  }
}
for (const [name, made] of [["demo", "createDemo"], ["testing", "createTestService"]]) {
  const program = `import { ${made} } from "kinora/${name}"; globalThis.made = ${made};`;
  const { first, later } = await bundled(program, place.folder, "[name]-[hash]");
  parts.push([`kinora/${name}`, ...sizes(first)]);
  if (later.length) parts.push([`kinora/${name}, on first use`, ...sizes(later)]);
}
const relay = await bundled('export { createRelay, nodeHandler } from "kinora/relay";', place.folder);
const rules = await wasm(dist, "relay_bg.wasm");
parts.push(["kinora/relay, on a server", ...sizes([...relay.first, ...relay.later, rules])]);
parts.push(["  of which its rules, relay_bg.wasm", ...sizes([rules])]);
print(["part", "raw", "gzip -9", "brotli 11"], parts);

const browser = await launched();
const host = await listening();
const ms = (value) => `${value.toFixed(0)} ms`;
const speeds = [];
for (const [name, source] of Object.entries(PROGRAMS)) {
  const page = name.includes("throws") ? "–" : ms(await inChromium(browser, host, source, place.folder, modules));
  // In Node `fetch` reads no files.
  const node = name === "kinora/url" ? "–" : ms(await inNode(host, name, source, place.folder));
  const { seconds, lines } = await compiled(name, source, place.folder);
  speeds.push([name, page, node, `${seconds.toFixed(2)} s`, lines]);
}
console.log("\nFrom import until the first request arrives on loopback, and what the program costs the compiler:");
print(["medians", "Chromium", "Node", "tsc, of a core", "lines of types"], speeds);

console.log("\nChecks of an input:");
const checks = [["Chromium", await checksInChromium(browser, host, place.folder)], ["Node", await checksInNode(place.folder)]];
const row = ([where, { first, each }]) => [where, ms(first), `${(each * 1000).toFixed(0)} µs`];
print(["medians", "from import until the first is answered", "each of 10000"], checks.map(row));
host.stop();
await browser.close();
await place.remove();
