// Pages that have less than others: no database, no room on the disk, another realm's `fetch`.

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { INPUT, MODEL, consumer, emulator, host, leave } from "./harness.mjs";
import { launched } from "./launched.mjs";

let place, service, site, browser;

before(async () => {
  [place, service] = await Promise.all([consumer(), emulator("--queue", "0", "--run", "0")]);
  await writeFile(join(place.folder, "page.html"), "<!doctype html><title>t</title>");
  site = await host(place.folder);
  browser = await launched();
});

after(() => leave(browser, site, service, place));

async function page() {
  const context = await browser.newContext();
  const tab = await context.newPage();
  await tab.goto(`${site.base}page.html`);
  return { context, tab };
}

/** Runs a job in a page or frame: its film, what was warned of, and how many jobs are known afterwards. */
function job(frame, options = "{}", path = "./node_modules/kinora/dist/index.js") {
  const run = async ([path, base, model, input, options]) => {
    const { createClient } = await import(path);
    const warnings = [];
    const kinora = createClient({ baseUrl: base, token: "any", onWarning: (told) => warnings.push(told), ...eval(`(${options})`) });
    const events = [];
    const { video } = await kinora.run(model, input, { onEvent: ({ type }) => events.push(type) });
    return { video, warnings, events, jobs: (await kinora.jobs()).length };
  };
  return frame.evaluate(run, [path, service.base, MODEL, INPUT, options]);
}

test("a page whose disk is full makes its film, and says what will not be kept", async () => {
  const { context, tab } = await page();
  const session = await context.newCDPSession(tab);
  await session.send("Storage.overrideQuotaForOrigin", { origin: new URL(site.base).origin, quotaSize: 1 });
  const { video, warnings, events, jobs } = await job(tab);
  assert.match(video, /\.mp4$/);
  assert.equal(warnings.length, 1, JSON.stringify(warnings));
  assert.equal(warnings[0].code, "storage_failed");
  assert.match(warnings[0].message, /may not survive a reload\.$/);
  assert.ok(events.includes("warning"), events.join());
  assert.equal(jobs, 1);
});

test("a database that another page deletes meanwhile is no obstacle", async () => {
  const { tab } = await page();
  assert.deepEqual((await job(tab)).warnings, []);
  const deleted = tab.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const request = indexedDB.deleteDatabase("kinora-jobs");
        request.onsuccess = () => resolve("deleted");
        request.onerror = request.onblocked = () => reject(new Error("blocked"));
      }),
  );
  assert.equal(await deleted, "deleted");
  const { video, jobs } = await job(tab);
  assert.match(video, /\.mp4$/);
  assert.equal(jobs, 1);
});

test("the Responses, signals and buffers of a frame are as good as the page's own", async () => {
  const { tab } = await page();
  await tab.evaluate(() => {
    const frame = document.createElement("iframe");
    document.body.append(frame);
    globalThis.other = frame.contentWindow;
    globalThis.answers = [];
  });
  const fetch = `async (url, init) => {
    const response = await other.fetch(url, { ...init, signal: undefined });
    answers.push(response instanceof Response);
    return response;
  }`;
  const { video } = await job(tab, `{ fetch: ${fetch} }`);
  assert.match(video, /\.mp4$/);
  assert.ok((await tab.evaluate(() => answers)).every((isOwn) => !isOwn), "they are of another realm");
  const aborted = await tab.evaluate(
    async ([base, model, input]) => {
      const { createClient } = await import("./node_modules/kinora/dist/index.js");
      const kinora = createClient({ baseUrl: base, token: "any" });
      const controller = new other.AbortController();
      const job = await kinora.submit(model, input, { signal: controller.signal });
      const end = job.result({ signal: controller.signal });
      controller.abort();
      return end.catch(({ code }) => code);
    },
    [service.base, MODEL, INPUT],
  );
  assert.equal(aborted, "aborted");
});

test("a frame of its own origin, which may store nothing, makes its film", async () => {
  const { tab } = await page();
  // A frame without an origin may load what any page may: the emulator and the package allow it all.
  const bundle = `${site.base}node_modules/kinora/dist/index.js`;
  await tab.route("**/*.js", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), "access-control-allow-origin": "*" } });
  });
  await tab.setContent(`<iframe sandbox="allow-scripts" srcdoc="<!doctype html><title>f</title>"></iframe>`);
  const frame = tab.frames()[1];
  await frame.waitForLoadState();
  assert.equal(await frame.evaluate(() => origin), "null");
  const { video, warnings, jobs } = await job(frame, "{}", bundle);
  assert.match(video, /\.mp4$/);
  assert.deepEqual(warnings.map(({ code }) => code), ["storage_unavailable"]);
  assert.equal(jobs, 1);
});
