// Older Vites and Parcel, in real Chromium: a page and a Web Worker each.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { chromium } from "@playwright/test";

import { emulator, host, named } from "../harness.mjs";
import { buildWith, doneIn, isWhole, serveWith, writeProgram } from "../matrix.mjs";
import { inWorkspace, tool } from "./tools.mjs";

let place, service, site, browser;

before(async () => {
  [place, service] = await Promise.all([inWorkspace(), emulator("--queue", "1", "--run", "0")]);
  site = await host(place.folder);
  browser = await chromium.launch({ executablePath: named("KINORA_CHROMIUM"), args: ["--no-sandbox"] });
  await writeProgram(join(place.folder, "app"), service.base);
  await writeProgram(join(place.folder, "light"), service.base, "kinora/url");
});

after(async () => {
  await browser?.close();
  site?.stop();
  service?.stop();
  await place?.remove();
});

async function both(base) {
  const pages = ["main.html", "threaded.html"].map((page) => doneIn(browser, base + page));
  for (const done of await Promise.all(pages)) assert.ok(isWhole(done), JSON.stringify(done));
}

for (const name of ["vite5", "vite6", "vite7"]) {
  for (const source of ["app", "light"]) {
    test(`${name} build, ${entryOf(source)}`, async () => {
      await buildWith(await import(name), join(place.folder, source), join(place.folder, `${source}-${name}`));
      await both(`${site.base}${source}-${name}/`);
    });
  }

  test(`${name} dev, kinora`, async () => {
    const server = await serveWith(await import(name), join(place.folder, "app"));
    await both(server.base).finally(server.stop);
  });
}

test("Parcel build, kinora", async () => {
  const pages = ["app/main.html", "app/threaded.html"];
  await tool("parcel", ["build", ...pages, "--dist-dir", "parcel", "--public-url", "./", "--no-cache"], place.folder);
  await both(`${site.base}parcel/`);
});

function entryOf(source) {
  return source === "app" ? "kinora" : "kinora/url";
}
