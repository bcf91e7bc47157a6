// A program that makes a video with kinora/demo, in a page and in a Web Worker, and plays it.

import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { INPUT, MODEL } from "./harness.mjs";
import { writePage } from "./matrix.mjs";

/** Two jobs of a drawn picture: one cancelled in the queue, one run to its end. */
const film = ({ client, demo }) => `
  import { createClient } from "${client}";
  import { createDemo } from "${demo}";

  async function picture() {
    const canvas = new OffscreenCanvas(832, 480);
    const pen = canvas.getContext("2d");
    pen.fillStyle = "teal";
    pen.fillRect(0, 0, 832, 480);
    pen.fillStyle = "gold";
    pen.fillRect(300, 150, 200, 200);
    return URL.createObjectURL(await canvas.convertToBlob({ type: "image/png" }));
  }

  export async function film() {
    let frames = 0;
    const demo = createDemo({ onProgress: ({ done }) => (frames = done) });
    const kinora = createClient({ ...demo, storage: "memory" });
    const input = { prompt: "${INPUT.prompt}", img_url: await picture() };
    const job = await kinora.submit("${MODEL}", input);
    const cancelled = await job.cancel();
    const { video } = await kinora.run("${MODEL}", input);
    return { told: { cancelled, frames, video }, demo };
  }`;

const PAGES = {
  "play.js": `
    export async function play({ video: url, ...told }) {
      const video = document.createElement("video");
      await new Promise((resolve, reject) => {
        video.onloadedmetadata = resolve;
        video.onerror = () => reject(new Error("the player: " + video.error?.message));
        video.src = url;
      });
      return { ...told, scheme: new URL(url).protocol, seconds: video.duration, width: video.videoWidth };
    }`,
  "main.js": `
    import { film } from "./film.js";
    import { play } from "./play.js";
    globalThis.done = film().then(async ({ told, demo }) => {
      const played = await play(told);
      demo.dispose();
      const after = await demo.fetch(demo.baseUrl + "/v1/models").catch(({ code }) => code);
      return { ...played, after };
    });
    globalThis.done.catch(() => {});`,
  "threaded.js": `
    import { play } from "./play.js";
    globalThis.done = new Promise((resolve, reject) => {
      const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
      worker.onmessage = ({ data }) => (data.error ? reject(new Error(data.error)) : resolve(data));
      worker.onerror = (event) => reject(new Error(event.message ?? "the worker did not start"));
    }).then(play);
    globalThis.done.catch(() => {});`,
  "worker.js": `
    import { film } from "./film.js";
    film().then(({ told }) => postMessage(told), (error) => postMessage({ error: String(error?.stack ?? error) }));`,
};

const BARE = { client: "kinora", demo: "kinora/demo" };

/** The program's scripts. */
export const FILMING = { ...PAGES, "film.js": film(BARE) };

/** Writes the program with its pages; the entries are the package's own unless others are named. */
export async function writeFilming(folder, entries = BARE) {
  await mkdir(folder, { recursive: true });
  const files = { ...PAGES, "film.js": film(entries) };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  for (const name of ["main", "threaded"]) await writePage(folder, name);
}

/** A page, and one with a Web Worker, came to a video that plays. */
export function areFilms([page, worker]) {
  isFilm(page);
  isFilm(worker);
  assert.equal(page.after, "disposed");
}

/** What a page came to is a video that plays. */
export function isFilm(done) {
  const told = JSON.stringify(done);
  assert.equal(done.cancelled, "cancelled", told);
  assert.equal(done.scheme, "blob:", told);
  assert.ok(done.frames > 100, told);
  assert.ok(Math.abs(done.seconds - 5) < 0.2, told);
  assert.ok(done.width >= 480, told);
}
