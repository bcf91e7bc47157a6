// kinora/demo: real videos inside a page, for the ordinary client.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { build } from "esbuild";

import { areFilms, writeFilming } from "./filming.mjs";
import { INPUT, MODEL, consumer, host, leave, moduleOf } from "./harness.mjs";
import { launched } from "./launched.mjs";
import { bundlers, doneIn } from "./matrix.mjs";

let place, site, browser;

before(async () => {
  place = await consumer();
  site = await host(place.folder);
  browser = await launched();
});

after(() => leave(browser, site, place));

/** What the program comes to in a page and in a Web Worker. */
const both = (base) => Promise.all(["main", "threaded"].map((page) => doneIn(browser, `${base}${page}.html`)));

for (const name of Object.keys(bundlers)) {
  test(`${name}: jobs of the demo's are videos that play, made in a page and in a Web Worker`, async () => {
    const folder = join(place.folder, `source-${name}`);
    await writeFilming(folder);
    await bundlers[name](folder, join(place.folder, `out-${name}`));
    areFilms(await both(`${site.base}out-${name}/`));
  });
}

test("the same without a bundler", async () => {
  const dist = "../node_modules/kinora/dist";
  await writeFilming(join(place.folder, "plain"), { client: `${dist}/index.js`, demo: `${dist}/demo.js` });
  areFilms(await both(`${site.base}plain/`));
});

test("on a server it says that it needs a browser, and importing it does nothing", async () => {
  const { createDemo, KinoraError } = await moduleOf(place, "demo");
  assert.throws(createDemo, (error) => error instanceof KinoraError && error.code === "unsupported");
});

test("whoever does not import it carries nothing of it", async () => {
  const inputs = async (program) => {
    const { metafile } = await build({
      stdin: { contents: program, resolveDir: place.folder },
      bundle: true,
      splitting: true,
      format: "esm",
      outdir: "out",
      metafile: true,
      write: false,
    });
    return Object.keys(metafile.inputs).filter((path) => /dist\/(demo|film)\./.test(path));
  };
  const client = `import { createClient } from "kinora"; createClient({ baseUrl: "" }).run("${MODEL}", ${JSON.stringify(INPUT)});`;
  assert.deepEqual(await inputs(client), []);
  assert.equal((await inputs(`${client} import { createDemo } from "kinora/demo"; createDemo();`)).length, 7);
});
