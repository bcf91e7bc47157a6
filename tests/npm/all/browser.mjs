// Older Vites and Parcel, in real Chromium: a page and a Web Worker each.

import { join } from "node:path";
import { after, before, test } from "node:test";

import { buildWith, serveWith, stage } from "../matrix.mjs";
import { inWorkspace, tool } from "./tools.mjs";

let place, site, both, clear;

before(async () => ({ place, site, both, clear } = await stage(inWorkspace)));

after(() => clear?.());

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
