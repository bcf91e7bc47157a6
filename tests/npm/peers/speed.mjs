// How soon a program with each SDK asks its service, what a check costs, and what types cost.

import { spawn } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { basename, extname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { chromium } from "@playwright/test";

import { named, run } from "../harness.mjs";
import { bundled } from "./weigh.mjs";

/** How often each time is taken; the median counts. */
const ROUNDS = 9;
/** How many checks are timed. */
const CHECKS = 10_000;

const median = (values) => values.sort((one, other) => one - other)[Math.floor(values.length / 2)];
const now = () => performance.timeOrigin + performance.now();

/** A host of files in memory that notes when it is asked for anything below `/relay`, and leaves that open. */
export async function listening() {
  const files = new Map();
  let arrived = () => {};
  const server = createServer((request, response) => {
    if (request.url.startsWith("/relay")) return arrived(now());
    const file = files.get(request.url);
    if (file === undefined) return response.writeHead(404).end();
    response.writeHead(200, { "content-type": TYPES[extname(request.url)] ?? "text/html" }).end(file);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    base: `http://127.0.0.1:${server.address().port}`,
    files,
    asked: () => new Promise((resolve) => (arrived = resolve)),
    stop: () => (server.closeAllConnections(), server.close()),
  };
}

const TYPES = { ".js": "text/javascript", ".wasm": "application/wasm" };

/** What a program says in place of `/relay`, which stands for a relay at the page's own host. */
const at = (source, { base }) => source.replaceAll('"/relay', `"${base}/relay`);

/** From a page's `import()` of the bundled program until its first request arrives, in ms. */
export async function inChromium(browser, host, source, folder, modules = []) {
  const { first, later } = await bundled(at(source, host), folder);
  host.files.clear();
  host.files.set("/", "<!doctype html>");
  for (const { path, contents } of [...first, ...later, ...modules]) host.files.set(`/${basename(path)}`, contents);
  const program = `/${basename(first.find(({ entryPoint }) => entryPoint).path)}`;
  const times = [];
  for (let round = 0; round < ROUNDS; round++) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(host.base);
    const asked = host.asked();
    const began = await page.evaluate((program) => {
      const began = performance.timeOrigin + performance.now();
      void import(program);
      return began;
    }, program);
    times.push((await asked) - began);
    await context.close();
  }
  return median(times);
}

/** The same in a fresh Node, with the packages as they are installed. */
export async function inNode(host, name, source, folder) {
  const file = `${name.replace(/\W/g, "-")}.mjs`;
  await writeFile(join(folder, file), OF_NODE(at(source, host), host));
  const begin = `globalThis.addEventListener = () => {};
    console.log(performance.timeOrigin + performance.now());
    await import("./${file}");`;
  const times = [];
  for (let round = 0; round < ROUNDS; round++) {
    const asked = host.asked();
    const child = spawn("node", ["--input-type=module", "--eval", begin], { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
    const began = new Promise((resolve) => child.stdout.once("data", (data) => resolve(Number(data))));
    times.push((await asked) - (await began));
    child.kill();
  }
  return median(times);
}

/** Outside browsers, fal's client takes no relay. */
const OF_NODE = (source, { base }) =>
  source.replace(
    /createFalClient\(\{.*?\}\)/,
    `createFalClient({ credentials: "any", fetch: (url, init) => fetch(String(url).replace("https://queue.fal.run", "${base}/relay"), init) })`,
  );

/** From import until the first check is answered, and one check, in ms: `{ first, each }`. */
const CHECKED = `
  const began = performance.now();
  const { createClient } = await import("kinora");
  const client = createClient({ baseUrl: "http://127.0.0.1:9", storage: "memory" });
  const input = { prompt: "the fog lifts", img_url: "https://example.com/lake.jpg" };
  const check = () => client.check("wan-ai/wan-2-2/image-to-video", input);
  await check();
  const first = performance.now() - began;
  const from = performance.now();
  for (let at = 0; at < ${CHECKS}; at++) await check();
  const checked = { first, each: (performance.now() - from) / ${CHECKS} };`;

export async function checksInNode(folder) {
  await writeFile(join(folder, "checks.mjs"), `${CHECKED}\nconsole.log(JSON.stringify(checked));`);
  const told = [];
  for (let round = 0; round < ROUNDS; round++) told.push(JSON.parse((await run("node", ["checks.mjs"], { cwd: folder })).stdout));
  return medians(told);
}

export async function checksInChromium(browser, host, folder) {
  const { first, later } = await bundled(`${CHECKED}\nglobalThis.checked = checked;`, folder);
  host.files.clear();
  host.files.set("/", `<!doctype html><script type="module" src="/stdin.js"></script>`);
  for (const { path, contents } of [...first, ...later]) host.files.set(`/${basename(path)}`, contents);
  const told = [];
  for (let round = 0; round < ROUNDS; round++) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(host.base);
    told.push(await (await page.waitForFunction(() => globalThis.checked)).jsonValue());
    await context.close();
  }
  return medians(told);
}

const medians = (told) => ({ first: median(told.map(({ first }) => first)), each: median(told.map(({ each }) => each)) });

/** What the TypeScript compiler needs for the program: a core's seconds, and lines of types that it reads beside its own. */
export async function compiled(name, source, folder) {
  const file = `${name.replace(/\W/g, "-")}.ts`;
  await writeFile(join(folder, file), `${source}\nexport {};\n`);
  const settings = join(folder, `${file}.json`);
  await writeFile(settings, JSON.stringify({ compilerOptions: STRICT, files: [file] }));
  const tsc = fileURLToPath(new URL("../node_modules/typescript/lib/tsc.js", import.meta.url));
  const times = [];
  let lines;
  for (let round = 0; round < 3; round++) {
    // What it thinks of other SDKs' types is not the question here.
    const flags = ["--import", TIMED, tsc, "--project", settings, "--extendedDiagnostics"];
    const { stdout } = await run("node", flags).catch((error) => error);
    times.push(Number(/^CPU ([\d.]+)/m.exec(stdout)?.[1]));
    lines = Number(/^Lines of Definitions:\s+(\d+)/m.exec(stdout)?.[1]);
  }
  return { seconds: median(times), lines };
}

/** Tells at the end how long the process had a core: other work on the machine does not count. */
const TIMED = `data:text/javascript,${encodeURIComponent(`
  import { writeSync } from "node:fs";
  process.on("exit", () => {
    const { user, system } = process.cpuUsage();
    writeSync(1, "CPU " + (user + system) / 1e6 + "\\n");
  });`)}`;

const STRICT = {
  module: "esnext",
  moduleResolution: "bundler",
  target: "es2022",
  lib: ["es2022", "esnext.disposable", "dom", "dom.iterable"],
  strict: true,
  noEmit: true,
  types: [],
};

export const launched = () => chromium.launch({ executablePath: named("KINORA_CHROMIUM"), args: ["--no-sandbox"] });

/** A WebAssembly module of the package's, as a file. */
export const wasm = async (dist, name) => ({ path: name, contents: await readFile(join(dist, name)) });
