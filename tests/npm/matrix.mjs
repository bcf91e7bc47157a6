// A program that uses the package as people do, and the tools that bundle it, each with the fewest settings.

import assert from "node:assert/strict";
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";

import { INPUT, MODEL, emulator, host, leave } from "./harness.mjs";
import { launched } from "./launched.mjs";

/** How long a job waits, in seconds: long enough that a busy machine cancels it in time. */
export const QUEUE = "3";

/** What every program here must come to. */
export function isWhole(done) {
  return done?.cancelled === "cancelled" && /\.mp4$/.test(done.video);
}

/** Two jobs at a service: one cancelled in the queue, one run to its end. */
export const work = (base, entry = "kinora") => `
import { createClient, version } from "${entry}";

export async function work() {
  const kinora = createClient({ baseUrl: ${JSON.stringify(base)}, token: "any" });
  const job = await kinora.submit("${MODEL}", ${JSON.stringify(INPUT)});
  const cancelled = await job.cancel();
  const { video } = await kinora.run("${MODEL}", ${JSON.stringify(INPUT)});
  kinora.dispose();
  return { cancelled, video, version };
}
`;

const PAGES = {
  main: 'import { work } from "./work.js"; globalThis.done = work(); globalThis.done.catch(() => {});',
  threaded: `
    globalThis.done = new Promise((resolve, reject) => {
      const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
      worker.onmessage = ({ data }) => (data.error ? reject(new Error(data.error)) : resolve(data));
      worker.onerror = (event) => reject(new Error(event.message ?? "the worker did not start"));
    });
    globalThis.done.catch(() => {});`,
  worker: `
    import { work } from "./work.js";
    work().then(postMessage, (error) => postMessage({ error: String(error?.stack ?? error) }));`,
};

/** Writes the program, a page that runs it, and a page that runs it in a Web Worker. */
export async function writeProgram(folder, base, entry) {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "work.js"), work(base, entry));
  for (const [name, text] of Object.entries(PAGES)) await writeFile(join(folder, `${name}.js`), text);
  for (const name of BOTH) await writePage(folder, name);
}

export function writePage(folder, name, kind = 'type="module"') {
  const html = `<!doctype html><meta charset="utf-8"><title>${name}</title><script ${kind} src="./${name}.js"></script>`;
  return writeFile(join(folder, `${name}.html`), html);
}

/** The page that runs a program, and the one that runs it in a Web Worker. */
const BOTH = ["main", "threaded"];

/** Bundlers that make nothing of a worker's address are told of its script. */
const withWorker = (folder, pages) =>
  [...pages, ...(pages.includes("threaded") ? ["worker"] : [])].map((name) => join(folder, `${name}.js`));

/** Bundles the program in `folder` into `out`, with pages beside it. */
export const bundlers = {
  async esbuild(folder, out, pages = BOTH) {
    const { build } = await import("esbuild");
    const entryPoints = withWorker(folder, pages);
    await build({ entryPoints, bundle: true, format: "esm", minify: true, outdir: out, logLevel: "error" });
    for (const name of pages) await writePage(out, name);
  },
  async rollup(folder, out, pages = BOTH) {
    const [{ rollup }, { nodeResolve }] = await Promise.all([import("rollup"), import("@rollup/plugin-node-resolve")]);
    const bundle = await rollup({ input: withWorker(folder, pages), plugins: [nodeResolve()], onwarn: fail });
    await bundle.write({ dir: out, format: "es" });
    for (const name of pages) await writePage(out, name);
  },
  async webpack(folder, out, pages = BOTH) {
    const { default: webpack } = await import("webpack");
    const entry = Object.fromEntries(pages.map((name) => [name, join(folder, `${name}.js`)]));
    const config = { mode: "production", context: folder, entry, output: { path: out }, performance: false };
    const stats = await new Promise((resolve, reject) =>
      webpack(config, (error, stats) => (error ? reject(error) : resolve(stats))),
    );
    if (stats.hasErrors() || stats.hasWarnings()) throw new Error(stats.toString("errors-warnings"));
    for (const name of pages) await writePage(out, name, "defer");
  },
  async vite(folder, out, pages) {
    await buildWith(await import("vite"), folder, out, pages);
  },
};

/** Any Vite's production build. */
export async function buildWith({ build }, folder, out, pages = BOTH) {
  const input = pages.map((name) => join(folder, `${name}.html`));
  await build({
    ...VITE,
    root: folder,
    build: { outDir: out, rollupOptions: { input, onwarn: fail } },
  });
}

/** Any Vite's dev server on a port of the system's choice. */
export async function serveWith({ createServer }, folder) {
  const server = await createServer({ ...VITE, root: folder, server: { port: 0, host: "127.0.0.1", hmr: false } });
  await server.listen();
  return { base: `http://127.0.0.1:${server.httpServer.address().port}/`, stop: () => server.close() };
}

// Workers as modules are what `{ type: "module" }` asks for; Vite's default is older than that.
const VITE = { configFile: false, logLevel: "error", base: "./", worker: { format: "es" } };

function fail(warning) {
  // Rolldown's word on a busy machine, which is not about the package.
  if (warning.code === "PLUGIN_TIMINGS") return;
  throw new Error(`a warning of the bundler's: ${warning.message}`);
}

/** All files below a folder that end in `ending`. */
export async function filesOf(folder, ending) {
  const names = await readdir(folder, { recursive: true });
  return names.filter((name) => name.endsWith(ending)).map((name) => join(folder, name));
}

/** How often each inlined module of the package stands in the scripts of a build; those that do not are left out. */
export async function copiesOf(consumer, out) {
  const dist = join(consumer, "node_modules/kinora/dist");
  const scripts = await Promise.all((await filesOf(out, "js")).map((path) => readFile(path, "utf8")));
  const counts = {};
  for (const path of await filesOf(dist, ".packed.js")) {
    const [, packed] = /'(.{3000,})'/.exec(await readFile(path, "utf8"));
    // A stretch that no minifier writes in another way.
    const [sample] = packed.slice(2000).match(/[a-zA-Z0-9#%&()*+,\-./:;<=>?@[\]^_{|}~]{60}/);
    const count = scripts.reduce((sum, script) => sum + script.split(sample).length - 1, 0);
    if (count) counts[basename(path, ".packed.js")] = count;
  }
  return counts;
}

/** Opens a page and waits for what its program comes to. */
export async function doneIn(browser, address) {
  const context = await browser.newContext();
  const tab = await context.newPage();
  const told = [];
  tab.on("pageerror", (error) => told.push(String(error)));
  tab.on("console", (message) => message.type() === "error" && told.push(message.text()));
  tab.on("requestfailed", (request) => told.push(`${request.url()}: ${request.failure()?.errorText}`));
  try {
    await tab.goto(address);
    await tab.waitForFunction(() => globalThis.done, undefined, { timeout: 30_000 });
    return await tab.evaluate(() => globalThis.done);
  } catch (error) {
    throw new Error(`${address}: ${error.message}\n${told.join("\n")}`);
  } finally {
    await context.close();
  }
}

/** A service, a host of the consumer's folder, a browser, and in the folder a program for each entry. */
export async function stage(consuming) {
  const [place, service] = await Promise.all([consuming(), emulator("--queue", QUEUE, "--run", "0")]);
  const site = await host(place.folder);
  const browser = await launched();
  await writeProgram(join(place.folder, "app"), service.base);
  await writeProgram(join(place.folder, "light"), service.base, "kinora/url");
  /** What a program comes to in a page, and in a Web Worker. */
  const each = (base) => Promise.all(BOTH.map((page) => doneIn(browser, `${base}${page}.html`)));
  /** A whole job in each. */
  const both = async (base) => {
    for (const done of await each(base)) assert.ok(isWhole(done), JSON.stringify(done));
  };
  const clear = () => leave(browser, site, service, place);
  return { place, service, site, browser, each, both, clear };
}
