// The package through the newest bundlers, in real Chromium: a page and a Web Worker each.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { consumer } from "./harness.mjs";
import { bundlers, copiesOf, filesOf, serveWith, stage, writeProgram } from "./matrix.mjs";

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
      assert.equal(await copiesOf(place.folder, out), 0);
    });
  }

  test("Vite's dev server", async () => {
    const server = await serveWith(await import("vite"), join(place.folder, "app"));
    await both(server.base).finally(server.stop);
  });
});

test("a page's bundle holds the module once", async () => {
  const out = join(place.folder, "once");
  const { build } = await import("esbuild");
  await build({ entryPoints: [join(place.folder, "app/main.js")], bundle: true, format: "esm", minify: true, outdir: out });
  assert.equal(await copiesOf(place.folder, out), 1);
});

test("a Web Worker without a bundler", async () => {
  await writeProgram(join(place.folder, "plain"), service.base, "../node_modules/kinora/dist/index.js");
  await both(`${site.base}plain/`);
});
