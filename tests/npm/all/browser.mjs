// Older Vites and Parcel, in real Chromium: a page and a Web Worker each.

import { join } from "node:path";
import { after, before, test } from "node:test";

import { areFilms, writeFilming } from "../filming.mjs";
import { buildWith, serveWith, stage } from "../matrix.mjs";
import { inWorkspace, tool } from "./tools.mjs";

let place, site, both, each, clear;

before(async () => {
  ({ place, site, both, each, clear } = await stage(inWorkspace));
  await writeFilming(join(place.folder, "film"));
});

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

  test(`${name} build, kinora/demo`, async () => {
    await buildWith(await import(name), join(place.folder, "film"), join(place.folder, `film-${name}`));
    areFilms(await each(`${site.base}film-${name}/`));
  });

  test(`${name} dev, kinora/demo`, async () => {
    const server = await serveWith(await import(name), join(place.folder, "film"));
    areFilms(await each(server.base).finally(server.stop));
  });
}

const parcel = (source, out) => {
  const pages = ["main", "threaded"].map((name) => `${source}/${name}.html`);
  return tool("parcel", ["build", ...pages, "--dist-dir", out, "--public-url", "./", "--no-cache"], place.folder);
};

for (const source of ["app", "light"]) {
  test(`Parcel build, ${entryOf(source)}`, async () => {
    await parcel(source, `${source}-parcel`);
    await both(`${site.base}${source}-parcel/`);
  });
}

test("Parcel build, kinora/demo", async () => {
  await parcel("film", "film-parcel");
  areFilms(await each(`${site.base}film-parcel/`));
});

function entryOf(source) {
  return source === "app" ? "kinora" : "kinora/url";
}
