// Tabs of one browser: each job is asked for by one of them, and survives it.

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { INPUT, MODEL, consumer, emulator, host, leave } from "./harness.mjs";
import { launched } from "./launched.mjs";

let place, service, slow, site, browser;

before(async () => {
  const wish = (...told) => emulator("--queue", "1", "--run", ...told);
  [place, service, slow] = await Promise.all([consumer(), wish("5"), wish("20")]);
  site = await host(place.folder);
  browser = await launched();
  await writeFile(join(place.folder, "tab.html"), `<!doctype html><title>t</title><script type="module" src="./tab.js"></script>`);
  await writeFile(join(place.folder, "tab.js"), PROGRAM());
});

after(() => leave(browser, site, service, slow, place));

const PROGRAM = () => `
  import { createClient } from "./node_modules/kinora/dist/index.js";
  const client = (options) => createClient({ baseUrl: "${service.base}", token: "any", ...options });
  const plain = ({ code, message }) => ({ code, message });
  globalThis.client = client;
  globalThis.kinora = client();
  globalThis.errors = [];
  addEventListener("unhandledrejection", ({ reason }) => errors.push(String(reason)));
  addEventListener("error", ({ message }) => errors.push(message));
  globalThis.submit = async (options) => {
    globalThis.job = await kinora.submit("${MODEL}", ${JSON.stringify(INPUT)}, options);
    return job.requestId;
  };
  globalThis.find = async () => {
    const jobs = await kinora.jobs();
    globalThis.job = jobs[0];
    globalThis.events = [];
    return jobs.map(({ requestId }) => requestId);
  };
  globalThis.wait = () => {
    globalThis.job.onEvent((event) => globalThis.events?.push(event.type));
    globalThis.done = globalThis.job.result().then(({ video }) => video, plain);
  };`;

/** Tabs of one browser, and what they ask. */
async function tabs(count) {
  const context = await browser.newContext();
  const pages = [];
  for (let number = 0; number < count; number++) {
    const page = await context.newPage();
    page.asked = [];
    page.on("request", (request) => request.url().includes("/v1/") && page.asked.push(request));
    await page.goto(`${site.base}tab.html`);
    await page.waitForFunction(() => globalThis.kinora);
    pages.push(page);
  }
  return pages;
}

const asked = (page, what) => page.asked.filter((request) => request.method() !== "OPTIONS" && request.url().endsWith(what)).length;
const done = (page) => page.evaluate(() => globalThis.done);

async function quiet(...pages) {
  for (const page of pages) assert.deepEqual(await page.evaluate(() => globalThis.errors), []);
}

describe("tabs", { concurrency: 3 }, () => {
  test("of two tabs one asks, and both are told", async () => {
    const [one, other] = await tabs(2);
    const id = await one.evaluate(() => submit());
    assert.deepEqual(await other.evaluate(() => find()), [id]);
    await one.evaluate(() => wait());
    await other.evaluate(() => wait());
    const videos = [await done(one), await done(other)];
    assert.match(videos[0], /\.mp4$/);
    assert.equal(videos[0], videos[1]);
    assert.ok(asked(one, "/status") > 1);
    assert.equal(asked(one, "/result"), 1);
    assert.equal(asked(other, "/status") + asked(other, "/result"), 0);
    const events = await other.evaluate(() => globalThis.events);
    assert.deepEqual(events.slice(0, 2), ["submitting", "accepted"]);
    assert.ok(events.includes("status") && events.at(-1) === "succeeded", events.join());
    await quiet(one, other);
  });

  test("a job that only the other tab waits for is asked for by the one that has it", async () => {
    const [one, other] = await tabs(2);
    await one.evaluate(() => submit());
    await other.evaluate(() => find());
    await other.evaluate(() => wait());
    assert.match(await done(other), /\.mp4$/);
    assert.equal(asked(other, "/status"), 0);
    await quiet(one, other);
  });

  test("the jobs of a tab that is closed go on in another within seconds", async () => {
    const [one, other] = await tabs(2);
    await one.evaluate(() => submit());
    await one.evaluate(() => wait());
    await other.evaluate(() => find());
    await other.evaluate(() => wait());
    await other.waitForFunction(() => globalThis.events.includes("status"));
    assert.equal(asked(other, "/status"), 0);
    const begun = Date.now();
    const next = other.waitForRequest((request) => request.url().endsWith("/status"));
    await one.close();
    await next;
    assert.ok(Date.now() - begun < 5000, `${Date.now() - begun} ms`);
    assert.match(await done(other), /\.mp4$/);
    await quiet(other);
  });

  test("the tab that follows cancels", async () => {
    const [one, other] = await tabs(2);
    await one.evaluate(() => submit());
    await one.evaluate(() => wait());
    await other.evaluate(() => find());
    await other.evaluate(() => wait());
    const outcome = await other.evaluate(() => globalThis.job.cancel());
    assert.equal(asked(other, "/cancel"), 0);
    assert.equal(asked(one, "/cancel"), 1);
    if (outcome === "cancelled") {
      assert.equal((await done(one)).code, "cancelled");
      assert.equal((await done(other)).code, "cancelled");
    } else {
      // It ran already.
      assert.equal(outcome, "too-late");
      assert.equal(await done(one), await done(other));
    }
    await quiet(one, other);
  });

  test("one intent in two tabs at once is one submit", async () => {
    const [one, other] = await tabs(2);
    const ids = await Promise.all([one, other].map((page) => page.evaluate(() => submit({ intent: "both" }))));
    assert.equal(ids[0], ids[1]);
    assert.equal([one, other].reduce((sum, page) => sum + page.asked.filter((request) => request.method() === "POST").length, 0), 1);
    await other.evaluate(() => wait());
    assert.match(await done(other), /\.mp4$/);
    await quiet(one, other);
  });

  test("a submit under way in another tab is not called uncertain, and one whose tab is gone is", async () => {
    const [one, other] = await tabs(2);
    // Its answer never comes.
    await one.evaluate(() => {
      globalThis.kinora = client({ fetch: (url, init) => new Promise(() => {}) });
      globalThis.submit({ intent: "slow" }).catch(() => {});
    });
    await one.evaluate(async () => {
      while (!(await indexedDB.databases()).length) await new Promise((resolve) => setTimeout(resolve, 20));
      const finished = (request) => new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
      const database = await finished(indexedDB.open("kinora-jobs"));
      while (!(await finished(database.transaction("jobs").objectStore("jobs").get("slow")))) continue;
    });
    assert.deepEqual(await other.evaluate(() => find()), [undefined]);
    await other.evaluate(() => wait());
    await new Promise((resolve) => setTimeout(resolve, 500));
    assert.equal(await other.evaluate(() => globalThis.job.end), undefined);
    await one.close();
    assert.equal((await done(other)).code, "uncertain");
    await quiet(other);
  });

  test("a leader that says nothing is replaced", async () => {
    const [one, other] = await tabs(2);
    for (const page of [one, other]) await page.evaluate((baseUrl) => (kinora = client({ baseUrl })), slow.base);
    await one.evaluate(() => submit());
    await other.evaluate(() => find());
    // From now on nothing of it is heard.
    await one.evaluate(() => (BroadcastChannel.prototype.postMessage = () => {}));
    await other.evaluate(() => wait());
    assert.match(await done(other), /\.mp4$/);
    assert.ok(asked(other, "/status") > 0);
    await quiet(one, other);
  });

  test("a tab that is shown takes over from a hidden one, which follows it", async () => {
    const [one, other] = await tabs(2);
    await one.evaluate(() => submit());
    await one.evaluate(() => wait());
    await one.evaluate(() => Object.defineProperty(document, "hidden", { value: true }));
    await other.evaluate(() => find());
    const next = other.waitForRequest((request) => request.url().endsWith("/status"));
    await other.evaluate(() => wait());
    await next;
    const before = asked(one, "/status");
    assert.equal(await done(one), await done(other));
    assert.equal(asked(one, "/status"), before);
    assert.equal(asked(one, "/result") + asked(other, "/result"), 1);
    await quiet(one, other);
  });

  test("without locks each tab asks by itself, as before", async () => {
    const context = await browser.newContext();
    await context.addInitScript(() => Object.defineProperty(navigator, "locks", { value: undefined }));
    const pages = [];
    for (let number = 0; number < 2; number++) {
      const page = await context.newPage();
      await page.goto(`${site.base}tab.html`);
      await page.waitForFunction(() => globalThis.kinora);
      pages.push(page);
    }
    const [one, other] = pages;
    const id = await one.evaluate(() => submit());
    assert.deepEqual(await other.evaluate(() => find()), [id]);
    for (const page of pages) await page.evaluate(() => wait());
    assert.equal(await done(one), await done(other));
    await quiet(one, other);
  });

  test("a hidden page is told to its jobs, and one that is shown again asks at once", async () => {
    const [page] = await tabs(1);
    await page.evaluate(() => submit());
    await page.evaluate(() => {
      globalThis.events = [];
      globalThis.show = (state) => {
        Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
        document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
      };
      wait();
      show("hidden");
    });
    await page.waitForRequest((request) => request.url().endsWith("/status"));
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const before = asked(page, "/status");
    const next = page.waitForRequest((request) => request.url().endsWith("/status"), { timeout: 1000 });
    await page.evaluate(() => show("visible"));
    await next;
    assert.equal(asked(page, "/status"), before + 1);
    assert.match(await done(page), /\.mp4$/);
    await quiet(page);
  });
});
