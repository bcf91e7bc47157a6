// The package in Chromium: as a plain module from a static host's sub-path, and bundled.

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { build } from "esbuild";

import { INPUT, MODEL, consumer, emulator, host, leave } from "./harness.mjs";
import { launched } from "./launched.mjs";

let place, service, instant, site, browser;

before(async () => {
  const wishes = [consumer(), emulator("--queue", "1", "--run", "1"), emulator("--scenario", "instant")];
  [place, service, instant] = await Promise.all(wishes);
  site = await host(place.folder);
  browser = await launched();
});

after(() => leave(browser, site, service, instant, place));

const PROGRAM = (from, base = service.base) => `
  import { createClient } from "${from}";
  const kinora = createClient({ baseUrl: "${base}", token: "any" });
  globalThis.kinora = kinora;
  globalThis.done = kinora.run("${MODEL}", ${JSON.stringify(INPUT)});
  globalThis.done.catch(() => {});`;

async function page(name, from, policy = "", base = undefined) {
  const meta = policy && `<meta http-equiv="Content-Security-Policy" content="${policy}">`;
  const html = `<!doctype html><title>t</title>${meta}<script type="module" src="./${name}.js"></script>`;
  await writeFile(join(place.folder, `${name}.html`), html);
  if (from) await writeFile(join(place.folder, `${name}.js`), PROGRAM(from, base));
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${site.base}${name}.html`);
  return page;
}

for (const entry of ["index", "url"]) {
  test(`a plain module runs a job through ${entry}.js`, async () => {
    const tab = await page(`plain-${entry}`, `./node_modules/kinora/dist/${entry}.js`);
    assert.match((await tab.evaluate(() => globalThis.done)).video, /\.mp4$/);
  });
}

test("a bundle runs a job, and its jobs are there after a reload", async () => {
  const source = join(place.folder, "source.js");
  await writeFile(source, PROGRAM("kinora"));
  await build({ entryPoints: [source], bundle: true, format: "esm", minify: true, outfile: join(place.folder, "bundled.js") });
  const tab = await page("bundled");
  const { requestId } = await tab.evaluate(() => globalThis.done);
  await tab.reload();
  const kept = await tab.evaluate(async () => (await globalThis.kinora.jobs()).map((job) => job.requestId));
  assert.ok(kept.includes(requestId), `${requestId} is not among ${kept}`);
});

test("how long a job took is noted beside the jobs, and is none of them", async () => {
  // Over at the first look, however late that is: of any other end a busy machine may not know when it was.
  const tab = await page("noted", "./node_modules/kinora/dist/index.js", "", instant.base);
  const kept = () =>
    tab.evaluate(async () => {
      await globalThis.done;
      const finished = (request) => new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
      const database = await finished(indexedDB.open("kinora-jobs"));
      let note;
      // It is kept after the result is told.
      for (let look = 0; look < 100 && !note; look++) {
        note = await finished(database.transaction("jobs").objectStore("jobs").get(""));
        if (!note) await new Promise((resolve) => setTimeout(resolve, 50));
      }
      return { note, jobs: (await globalThis.kinora.jobs()).length };
    });
  const { note, jobs } = await kept();
  assert.equal(note?.fresh.length, 1, JSON.stringify(note));
  assert.equal(jobs, 1);
  await tab.reload();
  assert.ok((await kept()).note.known, "the next job learned from it");
});

test("a page that forbids WebAssembly is told how to allow it", async () => {
  const from = "./node_modules/kinora/dist/index.js";
  const tab = await page("strict", from, `script-src ${new URL(site.base).origin}`);
  const told = await tab.evaluate(() => globalThis.done.catch((error) => ({ code: error.code, next: error.nextStep })));
  assert.equal(told.code, "wasm_unavailable");
  assert.match(told.next, /wasm-unsafe-eval/);
  const allowed = await page("allowed", from, `script-src ${new URL(site.base).origin} 'wasm-unsafe-eval'`);
  assert.match((await allowed.evaluate(() => globalThis.done)).video, /\.mp4$/);
});

// In replicate 1.4.0's browser build a text input threw, and 1 MB of one was more than the stack holds.
test("a page sends large texts as they are", async () => {
  const tab = await page("large", "./node_modules/kinora/dist/index.js");
  await tab.evaluate(() => globalThis.done);
  const body = await tab.evaluate(async () => {
    let sent;
    globalThis.fetch = async (_, init) => ((sent = init.body), Response.json({ request_id: "abc" }));
    await globalThis.kinora.submit("maker/model", { image: `data:image/png;base64,${"A".repeat(4_000_000)}` });
    return sent;
  });
  assert.equal(JSON.parse(body).image.length, 4_000_022);
});
