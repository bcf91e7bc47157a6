// The package through the newest bundlers, in real Chromium: a page and a Web Worker each.

import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { consumer } from "./harness.mjs";
import { bundlers, copiesOf, filesOf, serveWith, stage, writePage, writeProgram } from "./matrix.mjs";

let place, service, site, both, clear;

before(async () => ({ place, service, site, both, clear } = await stage(consumer)));

after(() => clear?.());

describe("whole jobs", { concurrency: 8 }, () => {
  for (const [name, bundle] of Object.entries(bundlers)) {
    test(`${name}: the default entry, and no file beside it`, async () => {
      const out = join(place.folder, `app-${name}`);
      await bundle(join(place.folder, "app"), out);
      await both(`${site.base}app-${name}/`);
      assert.deepEqual(await filesOf(out, ".wasm"), []);
    });
  }

  for (const name of ["vite", "webpack"]) {
    test(`${name}: kinora/url, and its three modules in files, inlined nowhere`, async () => {
      const out = join(place.folder, `light-${name}`);
      await bundlers[name](join(place.folder, "light"), out);
      await both(`${site.base}light-${name}/`);
      assert.equal((await filesOf(out, ".wasm")).length, 3);
      assert.deepEqual(await copiesOf(place.folder, out), {});
    });
  }

  test("Vite's dev server", async () => {
    const server = await serveWith(await import("vite"), join(place.folder, "app"));
    await both(server.base).finally(server.stop);
  });
});

/** Programs by what they import, and the inlined modules that a build of each holds, once. */
const PROGRAMS = [
  [['{ createClient } from "kinora"'], ["core", "models", "records"]],
  [['{ probeImage } from "kinora"'], ["image", "models"]],
  [['{ createClient } from "kinora/url"', '{ fitImage } from "kinora/url"'], ["image"]],
  [['{ createTestService } from "kinora/testing"'], ["testing"]],
  [['{ createDemo } from "kinora/demo"'], ["demo", "film"]],
  [
    ['{ createClient } from "kinora"', '{ createTestService } from "kinora/testing"', '{ createDemo } from "kinora/demo"'],
    ["core", "demo", "film", "models", "records", "testing"],
  ],
];

for (const name of Object.keys(bundlers)) {
  test(`${name}: a build holds exactly the modules that it imports, each once`, async () => {
    for (const [at, [imports, modules]] of PROGRAMS.entries()) {
      const folder = join(place.folder, `exact-${name}-${at}`);
      const names = imports.map((text) => text.split(" ")[1]);
      await mkdir(folder);
      await writeFile(join(folder, "main.js"), `import ${imports.join(";\nimport ")};\nglobalThis.made = [${names}];\n`);
      await writePage(folder, "main");
      await bundlers[name](folder, join(folder, "out"), ["main"]);
      const once = Object.fromEntries(modules.map((module) => [module, 1]));
      assert.deepEqual(await copiesOf(place.folder, join(folder, "out")), once, imports.join());
    }
  });
}

test("a Web Worker without a bundler", async () => {
  await writeProgram(join(place.folder, "plain"), service.base, "../node_modules/kinora/dist/index.js");
  await both(`${site.base}plain/`);
});
