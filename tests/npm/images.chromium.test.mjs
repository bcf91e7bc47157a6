// Images in Chromium: looked at, pixel by pixel where it takes that, and mended.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { consumer, host, leave } from "./harness.mjs";
import { launched } from "./launched.mjs";

let place, site, elsewhere, browser, tab;

before(async () => {
  place = await consumer();
  site = await host(place.folder);
  elsewhere = await other();
  browser = await launched();
  tab = await page("index");
});

after(() => leave(browser, elsewhere, site, place));

/** A page with what an entry exports, and pictures to look at. */
async function page(entry) {
  const source = `
    import * as kinora from "./node_modules/kinora/dist/${entry}.js";
    Object.assign(globalThis, kinora, { ready: true });`;
  await writeFile(join(place.folder, `${entry}.js`), source + PICTURES);
  await writeFile(join(place.folder, `${entry}.html`), `<!doctype html><title>t</title><script type="module" src="./${entry}.js"></script>`);
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${site.base}${entry}.html`);
  await page.waitForFunction(() => globalThis.ready);
  return page;
}

/** Another host: with CORS below /open/, without elsewhere. */
async function other() {
  const png = Buffer.from(DOT, "base64");
  const server = createServer((request, response) => {
    const headers = request.url.startsWith("/open/") ? { "access-control-allow-origin": "*" } : {};
    const isPage = request.url.endsWith(".html");
    response.writeHead(200, { ...headers, "content-type": isPage ? "text/html" : "image/png" });
    response.end(isPage ? "<!doctype html>Log in" : png);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { base: `http://127.0.0.1:${server.address().port}`, stop: () => server.close() };
}

/** A PNG of one pixel. */
const DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

/** What the page draws: gradients, and noise that no JPEG makes small. */
const PICTURES = `
  globalThis.picture = async (width, height, { type = "image/jpeg", clear = 0, noise = false } = {}) => {
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext("2d");
    const gradient = context.createLinearGradient(0, 0, width, height);
    gradient.addColorStop(0, "#e08020");
    gradient.addColorStop(1, "#2040a0");
    context.fillStyle = gradient;
    context.fillRect(clear, 0, width, height);
    if (noise) {
      const data = context.getImageData(0, 0, width, height);
      let state = 1;
      for (let at = 0; at < data.data.length; at++) {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        data.data[at] = at % 4 === 3 ? 255 : state >>> 24;
      }
      context.putImageData(data, 0, 0);
    }
    return canvas.convertToBlob({ type, quality: 1 });
  };
  /** The same JPEG with a note in it to turn it. */
  globalThis.turned = async (jpeg, orientation) => {
    const exif = [0x45, 0x78, 0x69, 0x66, 0, 0, 0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0];
    const bytes = new Uint8Array(await jpeg.arrayBuffer());
    return new Blob([bytes.slice(0, 2), new Uint8Array([0xff, 0xe1, 0, exif.length + 2, ...exif]), bytes.slice(2)]);
  };
  /** A pixel of a file, as shown. */
  globalThis.pixelOf = async (blob, x, y) => {
    const bitmap = await createImageBitmap(blob);
    const context = new OffscreenCanvas(1, 1).getContext("2d");
    context.drawImage(bitmap, -x, -y);
    return [...context.getImageData(0, 0, 1, 1).data];
  };
  globalThis.WAN = "wan-ai/wan-2-2/image-to-video";`;

test("transparency is what the pixels say", async () => {
  const alphas = await tab.evaluate(async () => {
    const type = "image/png";
    const some = await picture(800, 600, { type, clear: 1 });
    const none = await picture(800, 600, { type });
    const wide = await picture(1500, 600, { type });
    const photo = await picture(800, 600);
    return Promise.all([some, none, wide, photo].map(async (file) => (await probeImage(file)).alpha));
  });
  assert.deepEqual(alphas, ["transparent", "unused", "unused", "opaque"]);
  const unread = await tab.evaluate(async () => probeImage(await picture(8, 8, { type: "image/png" }), { pixels: false }));
  assert.equal(unread.alpha, undefined);
});

test("a picture with transparent parts is put on a ground", async () => {
  const { before, copy } = await tab.evaluate(async () => {
    const file = await picture(800, 600, { type: "image/png", clear: 400 });
    const before = await probeImage(file, { rules: WAN });
    const { blob, ...copy } = await fitImage(file, { ground: "#00ff00" });
    return { before, copy: { ...copy, type: blob.type, pixel: await pixelOf(blob, 100, 100) } };
  });
  assert.equal(before.ok, false);
  assert.deepEqual(copy.changes.map(({ code }) => code), ["flattened", "converted"]);
  assert.deepEqual([copy.facts.ok, copy.facts.format, copy.type], [true, "JPEG", "image/jpeg"]);
  const [red, green, blue, alpha] = copy.pixel;
  assert.ok(red < 10 && green > 245 && blue < 10 && alpha === 255, copy.pixel.join());
});

test("a photo that lies on its side is set upright", async () => {
  const { before, copy } = await tab.evaluate(async () => {
    const file = await turned(await picture(800, 600), 6);
    const before = await probeImage(file, { rules: WAN });
    return { before, copy: await fitImage(file).then(({ changes, facts }) => ({ changes, facts })) };
  });
  assert.deepEqual([before.width, before.height, before.storedWidth, before.orientation], [600, 800, 800, 6]);
  assert.ok(before.checks.some(({ rule }) => rule === "image_orientation"));
  assert.deepEqual(copy.changes.map(({ code }) => code), ["upright", "rewritten"]);
  assert.deepEqual([copy.facts.width, copy.facts.height, copy.facts.orientation], [600, 800, 1]);
  assert.ok(copy.changes.every(({ message }) => /^[A-Z].{5,}\.$/.test(message)), JSON.stringify(copy.changes));
});

test("a picture that is too large in pixels and bytes is made smaller", async () => {
  const copy = await tab.evaluate(async () => {
    const file = await picture(2600, 2000, { noise: true });
    const rules = { width: { below: 1500 }, megabytesBelow: 0.4 };
    const before = await probeImage(file, { rules });
    const { blob, ...copy } = await fitImage(file, { rules });
    return { ...copy, before: before.checks.map(({ verdict }) => verdict), size: blob.size };
  });
  assert.deepEqual(copy.before, ["fail", "fail"]);
  assert.deepEqual(copy.changes.map(({ code }) => code), ["reduced", "rewritten"]);
  assert.deepEqual([copy.facts.width, copy.facts.ok], [1499, true]);
  assert.ok(copy.size < 400_000 && copy.size > 300_000, `${copy.size} bytes`);
  assert.ok(copy.quality >= 30 && copy.quality < 92, `quality ${copy.quality}`);
});

test("a wish for another shape is heard", async () => {
  const shapes = await tab.evaluate(async () => {
    const file = await picture(800, 600);
    const made = async (wish) => {
      const { facts, changes } = await fitImage(file, wish);
      return [facts.width, facts.height, facts.format, changes[0].code];
    };
    const cropped = await made({ ratio: 1, framing: "crop" });
    const padded = await made({ ratio: 1, framing: "pad" });
    return [cropped, padded, await made({ format: "PNG" })];
  });
  assert.deepEqual(shapes, [[600, 600, "JPEG", "cropped"], [800, 800, "JPEG", "padded"], [800, 600, "PNG", "converted"]]);
});

test("what cannot be mended says so", async () => {
  const codes = await tab.evaluate(async (elsewhere) => {
    const codeOf = (promise) => promise.then(() => "fine", ({ code, message, nextStep }) => (message && nextStep ? code : "wordless"));
    const noise = await picture(1200, 1200, { noise: true });
    const whole = await picture(800, 600);
    const half = whole.slice(0, 600);
    const controller = new AbortController();
    const aborted = codeOf(fitImage(noise, { signal: controller.signal }));
    controller.abort();
    return {
      large: await codeOf(fitImage(noise, { rules: { megabytesBelow: 0.01 } })),
      contradiction: await codeOf(fitImage(whole, { rules: { width: { above: 900, below: 800 } } })),
      damaged: await codeOf(fitImage(new Blob([await half.arrayBuffer(), "no pixels"]))),
      hidden: await codeOf(fitImage(`${elsewhere}/dot.png`)),
      ratio: await codeOf(fitImage(whole, { ratio: -1 })),
      framing: await codeOf(fitImage(whole, { framing: "stretch" })),
      ground: await codeOf(fitImage(whole, { ground: "white" })),
      nothing: await codeOf(fitImage()),
      aborted: await aborted,
    };
  }, elsewhere.base);
  assert.deepEqual(codes, {
    large: "unfit",
    contradiction: "unfit",
    damaged: "image_damaged",
    hidden: "image_unreachable",
    ratio: "bad_input",
    framing: "bad_input",
    ground: "bad_input",
    nothing: "bad_input",
    aborted: "aborted",
  });
});

test("of a host without CORS only the size is known, and a page there is no image", async () => {
  const told = await tab.evaluate(async (elsewhere) => {
    const open = await probeImage(`${elsewhere}/open/dot.png`, { pixels: true });
    const hidden = await probeImage(`${elsewhere}/dot.png`, { rules: WAN });
    const codeOf = (path) => probeImage(elsewhere + path).then(() => "fine", ({ code }) => code);
    return { open, hidden, codes: [await codeOf("/open/page.html"), await codeOf("/page.html")] };
  }, elsewhere.base);
  assert.deepEqual([told.open.format, told.open.alpha, told.open.mediaType], ["PNG", "transparent", "image/png"]);
  assert.deepEqual([told.hidden.format, told.hidden.width, told.hidden.height], [undefined, 1, 1]);
  assert.ok(told.hidden.checks.some(({ verdict }) => verdict === "unknown"));
  assert.deepEqual(told.codes, ["not_an_image", "not_an_image"]);
});

test("a module in a file does the same, and so does a Web Worker", async () => {
  const light = await page("url");
  assert.equal(await light.evaluate(async () => (await fitImage(await picture(300, 300))).facts.width), 361);
  const worker = `
    import { fitImage, probeImage } from "./node_modules/kinora/dist/index.js";
    ${PICTURES}
    const file = await picture(300, 300, { type: "image/png", clear: 10 });
    const { alpha } = await probeImage(file);
    postMessage([alpha, (await fitImage(file)).facts.ok]);`;
  await writeFile(join(place.folder, "worker.js"), worker);
  const told = await light.evaluate(
    () => new Promise((resolve, reject) => {
      const worker = new Worker("./worker.js", { type: "module" });
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = ({ message }) => reject(new Error(message));
    }),
  );
  assert.deepEqual(told, ["transparent", true]);
});
