// Thousands of jobs in a loop leave nothing behind, neither in JavaScript's heap nor in WebAssembly's memory.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { copyFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";

import { consumer, host, leave } from "./harness.mjs";
import { launched } from "./launched.mjs";

/** Bytes of heap that a job may leave: a fifth of its record, as no host's heap is quite still. */
const PER_JOB = 200;
const JOBS = 2000;

let place, site, browser;

before(async () => {
  place = await consumer();
  await copyFile(new URL("flat.program.mjs", import.meta.url), join(place.folder, "program.js"));
  await writeFile(join(place.folder, "page.html"), "<!doctype html><title>t</title>");
  site = await host(place.folder);
  browser = await launched("--js-flags=--expose-gc", "--enable-precise-memory-info");
});

after(() => leave(browser, site, place));

/** What jobs leave in a process of their own. */
async function leftBy(way, keep = false) {
  const run = `
    import { leftBy } from "./program.js";
    import { createClient } from "kinora";
    const heapUsed = () => process.memoryUsage().heapUsed;
    console.log(JSON.stringify(await leftBy(${JSON.stringify(way)}, ${JOBS}, { createClient, gc, heapUsed, keep: ${keep} })));`;
  const path = join(place.folder, `run-${way.replaceAll(" ", "-")}-${keep}.mjs`);
  await writeFile(path, run);
  const { stdout } = await promisify(execFile)("node", ["--expose-gc", path]);
  return told(way, JSON.parse(stdout));
}

/** The same in a page, whose jobs are kept in IndexedDB. */
async function leftInPage(way) {
  const tab = await (await browser.newContext()).newPage();
  await tab.goto(`${site.base}page.html`);
  const left = await tab.evaluate(async ([way, jobs]) => {
    const { leftBy } = await import("./program.js");
    const { createClient } = await import("./node_modules/kinora/dist/index.js");
    return leftBy(way, jobs, { createClient, gc, heapUsed: () => performance.memory.usedJSHeapSize });
  }, [way, JOBS / 2]);
  return told(`${way}, in a page`, left);
}

function told(way, left) {
  console.log(`${way}: ${left.heapPerJob} bytes of heap a job, ${left.wasm} bytes of WebAssembly a round`);
  return left;
}

function assertFlat({ heapPerJob, wasm }) {
  assert.ok(heapPerJob < PER_JOB, `${heapPerJob} bytes of heap are left by each job`);
  assert.equal(wasm, 0, "WebAssembly's memory has grown");
}

for (const way of ["run", "submit only", "cancel", "iterate", "abort and dispose", "check"]) {
  test(`jobs leave nothing: ${way}`, async () => assertFlat(await leftBy(way)));
}

test("jobs leave nothing in a page", async () => assertFlat(await leftInPage("run")));

test("what a program keeps is seen by this measure", async () => {
  const { heapPerJob, kept } = await leftBy("iterate", true);
  assert.ok(kept >= JOBS);
  assert.ok(heapPerJob > PER_JOB, `only ${heapPerJob} bytes of heap`);
});
