// kinora/demo: real videos inside a page, for the ordinary client.

import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";

import { chromium } from "@playwright/test";
import { build } from "esbuild";

import { INPUT, MODEL, consumer, host, named } from "./harness.mjs";
import { bundlers, doneIn, writePage } from "./matrix.mjs";

let place, site, browser;

before(async () => {
  place = await consumer();
  site = await host(place.folder);
  browser = await chromium.launch({ executablePath: named("KINORA_CHROMIUM"), args: ["--no-sandbox"] });
});

after(async () => {
  await browser?.close();
  site?.stop();
  await place?.remove();
});

/** Draws a picture, makes a video of it, and tells of the video what a player finds in it. */
const PROGRAM = `
  import { createClient } from "kinora";
  import { createDemo } from "kinora/demo";

  async function picture() {
    const canvas = new OffscreenCanvas(832, 480);
    const pen = canvas.getContext("2d");
    pen.fillStyle = "teal";
    pen.fillRect(0, 0, 832, 480);
    pen.fillStyle = "gold";
    pen.fillRect(300, 150, 200, 200);
    return URL.createObjectURL(await canvas.convertToBlob({ type: "image/png" }));
  }

  async function played(url) {
    const video = document.createElement("video");
    await new Promise((resolve, reject) => {
      video.onloadedmetadata = resolve;
      video.onerror = () => reject(new Error("the player: " + video.error?.message));
      video.src = url;
    });
    return { seconds: video.duration, width: video.videoWidth };
  }

  async function work() {
    let frames = 0;
    const demo = createDemo({ onProgress: ({ done }) => (frames = done) });
    const kinora = createClient({ ...demo, storage: "memory" });
    const input = { prompt: "the fog lifts", img_url: await picture() };
    const job = await kinora.submit("${MODEL}", input);
    const cancelled = await job.cancel();
    const { video } = await kinora.run("${MODEL}", input);
    const told = { cancelled, frames, scheme: new URL(video).protocol, ...(await played(video)) };
    demo.dispose();
    const after = await demo.fetch(demo.baseUrl + "/v1/models").catch(({ code }) => code);
    return { ...told, after };
  }

  globalThis.done = work();
  globalThis.done.catch(() => {});`;

for (const name of ["esbuild", "vite", "webpack", "rollup"]) {
  test(`${name}: a job of the demo's is a video that plays`, async () => {
    const folder = join(place.folder, `source-${name}`);
    await writeProgramOf(folder);
    await bundlers[name](folder, join(place.folder, `out-${name}`));
    const done = await doneIn(browser, `${site.base}out-${name}/main.html`);
    assert.equal(done.cancelled, "cancelled");
    assert.equal(done.scheme, "blob:");
    assert.ok(done.frames > 100, JSON.stringify(done));
    assert.ok(Math.abs(done.seconds - 5) < 0.2, JSON.stringify(done));
    assert.ok(done.width >= 480, JSON.stringify(done));
    assert.equal(done.after, "disposed");
  });
}

test("on a server it says that it needs a browser, and importing it does nothing", async () => {
  const { createDemo, KinoraError } = await import(pathToFileURL(join(place.folder, "node_modules/kinora/dist/demo.js")));
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

async function writeProgramOf(folder) {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "main.js"), PROGRAM);
  for (const name of ["threaded", "worker"]) await writeFile(join(folder, `${name}.js`), "globalThis.idle = true;");
  for (const name of ["main", "threaded"]) await writePage(folder, name);
}
