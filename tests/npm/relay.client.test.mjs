// The package's own client through the relay, on both hosts of it, in Node and in Chromium.

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";

import { INPUT, MODEL, consumer, emulator, host, leave } from "./harness.mjs";
import { launched } from "./launched.mjs";
import { TOKEN, native, open, relayOf, served } from "./relays.mjs";

let place, service, site, browser, tab;
const hosts = {};

before(async () => {
  [place, service] = await Promise.all([consumer(), emulator("--token", TOKEN, "--queue", "1", "--run", "0")]);
  site = await host(place.folder);
  const { origin } = new URL(site.base);
  const flags = ["--service", service.base, "--origin", origin, "--model", "wan-ai/**", "--callers", "anybody"];
  hosts["kinora serve"] = await native(...flags, "--outputs", "--log", "off");
  hosts["kinora/relay"] = await served(await relayOf(place), { ...open(service.base), origins: [origin] });
  browser = await launched();
  const page = '<!doctype html><meta charset="utf-8"><title>t</title><script type="module" src="./story.js"></script>';
  await writeFile(join(place.folder, "story.html"), page);
  await writeFile(join(place.folder, "story.js"), PROGRAM("./node_modules/kinora/dist/index.js"));
  await writeFile(join(place.folder, "story.mjs"), PROGRAM("kinora"));
  tab = await browser.newPage();
  await tab.goto(`${site.base}story.html`);
  await tab.waitForFunction(() => globalThis.stories);
  await import(pathToFileURL(join(place.folder, "story.mjs")));
});

after(() => leave(browser, service, site, ...Object.values(hosts), place));

/** Three stories, told alike in a page and in Node. */
const PROGRAM = (from) => `
  import { createClient } from "${from}";
  const at = (baseUrl, fetch) => createClient({ baseUrl, host: "kinora", storage: "memory", ...(fetch && { fetch }) });
  const start = [${JSON.stringify(MODEL)}, ${JSON.stringify(INPUT)}];
  globalThis.stories = {
    async run(base) {
      const { video } = await at(base).run(...start);
      const file = await fetch(base + "/v1/outputs?url=" + encodeURIComponent(video), { headers: { range: "bytes=4-7" } });
      return [file.status, await file.text()];
    },
    async cancel(base) {
      const job = await at(base).submit(...start);
      return job.cancel();
    },
    async lost(base, intent) {
      let ids = [];
      const losing = async (...asked) => {
        const response = await fetch(...asked);
        ids.push((await response.json()).request_id);
        throw new TypeError("Failed to fetch");
      };
      const lost = await at(base, losing).submit(...start, { intent }).catch((error) => error.code);
      const job = await at(base).submit(...start, { intent });
      return [lost, ids.length, job.requestId === ids[0]];
    },
  };`;

const places = {
  Node: (story, ...told) => globalThis.stories[story](...told),
  Chromium: (story, ...told) => tab.evaluate(([story, told]) => globalThis.stories[story](...told), [story, told]),
};

for (const name of ["kinora serve", "kinora/relay"]) {
  for (const [where, tell] of Object.entries(places)) {
    test(`${where} through ${name}: a job is run, and its file can be read`, async () => {
      assert.deepEqual(await tell("run", hosts[name].base), [206, "ftyp"]);
    });

    test(`${where} through ${name}: a queued job is cancelled`, async () => {
      assert.equal(await tell("cancel", hosts[name].base), "cancelled");
    });

    test(`${where} through ${name}: a submit whose answer was lost is one job when it is repeated`, async () => {
      const before = await accepted();
      assert.deepEqual(await tell("lost", hosts[name].base, `${where}-${name.replace(/\W/g, "-")}`), ["uncertain", 1, true]);
      assert.equal((await accepted()) - before, 1);
    });
  }
}

/** How many jobs the service has accepted. */
async function accepted() {
  const response = await fetch(`${service.base}/emulator/log`);
  return (await response.json()).jobs_accepted;
}

test("a relay that is not set up says so, and leaves no job in doubt", async (context) => {
  const unset = await served(await relayOf(place), { ...open(service.base), token: "" });
  context.after(() => unset.stop());
  const told = await globalThis.stories.run(unset.base).catch((error) => error);
  assert.equal(told.code, "unavailable");
  assert.match(told.message, /not set up/);
});
