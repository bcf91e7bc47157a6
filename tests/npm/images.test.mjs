// Images, looked at on a server: by bytes and over a network that counts.

import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";

import { INPUT, MODEL, consumer, moduleOf } from "./harness.mjs";

let place, kinora, server, base;
const sent = {};

before(async () => {
  place = await consumer();
  kinora = await moduleOf(place);
  server = createServer(answer);
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${server.address().port}`;
});

after(async () => {
  server?.closeAllConnections();
  server?.close();
  await place?.remove();
});

/** A bitmap's header; the pixels behind it are zeros. */
function bitmap(width, height, length = 54) {
  const file = Buffer.alloc(length);
  file.write("BM");
  file.writeUInt32LE(length, 2);
  for (const [place, value] of [[10, 54], [14, 40], [18, width], [22, height]]) file.writeUInt32LE(value, place);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(24, 28);
  return file;
}

/** Writes without end, or as much as there is, and counts. */
function answer(request, response) {
  const { pathname, searchParams } = new URL(request.url, base);
  sent[pathname] = 0;
  if (pathname === "/missing.png") return response.writeHead(404).end();
  if (pathname === "/busy.png") return response.writeHead(503).end();
  if (pathname === "/login.png") return response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><title>Log in</title>");
  if (pathname === "/cut.bmp") return response.writeHead(200).end(bitmap(1248, 832).subarray(0, 20));
  if (pathname === "/broken.bmp") {
    response.writeHead(200, { "content-length": 54 }).write(bitmap(1248, 832).subarray(0, 20), () => response.destroy());
    return;
  }
  const file = bitmap(1248, 832, Number(searchParams.get("length") ?? 54));
  const stated = searchParams.has("stated") ? { "content-length": file.length } : {};
  response.writeHead(200, stated);
  let at = 0;
  const write = () => {
    if (response.destroyed) return;
    if (at >= file.length) return response.end();
    const piece = file.subarray(at, (at += 16_384));
    sent[pathname] += piece.length;
    response.write(piece, () => setImmediate(write));
  };
  if (pathname !== "/silent.bmp") write();
}

/** Puts what only browsers have in its place, for one test. */
function pretend(t, names) {
  for (const [name, value] of Object.entries(names)) {
    const before = Object.getOwnPropertyDescriptor(globalThis, name);
    Object.defineProperty(globalThis, name, { value, configurable: true });
    t.after(() => (before ? Object.defineProperty(globalThis, name, before) : delete globalThis[name]));
  }
}

/** A host that never answers. */
const silent = () => new Promise(() => {});

const codeOf = (promise) => promise.then(() => assert.fail("it resolved"), ({ code }) => code);

const WAN = MODEL;

test("bytes, a view of them and a Blob say the same", async () => {
  const bytes = bitmap(1248, 832);
  const wanted = {
    format: "BMP", width: 1248, height: 832, storedWidth: 1248, storedHeight: 832,
    orientation: 1, animated: false, cmyk: false, hasAlpha: false, alpha: "opaque", bytes: 54,
  };
  for (const source of [bytes, new Uint8Array(bytes).buffer, new DataView(new Uint8Array(bytes).buffer), new Blob([bytes])]) {
    assert.deepEqual(await kinora.probeImage(source), wanted);
  }
  const named = await kinora.probeImage(new File([bytes], "lake.bmp"));
  assert.deepEqual(named, { ...wanted, name: "lake.bmp" });
});

test("bytes of another realm are bytes", async () => {
  const { runInNewContext } = await import("node:vm");
  const bytes = runInNewContext(`new Uint8Array([${[...bitmap(800, 600)]}])`);
  assert.equal((await kinora.probeImage(bytes)).width, 800);
  assert.equal((await kinora.probeImage(bytes.buffer)).height, 600);
});

test("a view of a part of a buffer is that part", async () => {
  const whole = new Uint8Array(100);
  whole.set(bitmap(800, 600), 40);
  assert.equal((await kinora.probeImage(whole.subarray(40, 94))).width, 800);
});

test("one request, which stops once header and size are known", async () => {
  const image = await kinora.probeImage(`${base}/large.bmp?length=9000000&stated&token=secret`);
  assert.deepEqual([image.bytes, image.name], [9_000_000, "large.bmp"]);
  assert.ok(sent["/large.bmp"] < 4_000_000, `${sent["/large.bmp"]} bytes were sent`);
});

test("without a stated size it stops with the header, too", async () => {
  const image = await kinora.probeImage(new URL(`${base}/unstated.bmp?length=9000000`));
  assert.deepEqual([image.width, image.bytes], [1248, undefined]);
  assert.ok(sent["/unstated.bmp"] < 4_000_000, `${sent["/unstated.bmp"]} bytes were sent`);
});

test("where rules limit its size it is counted, up to that limit", async () => {
  const small = await kinora.probeImage(`${base}/counted.bmp?length=100000`, { rules: WAN });
  assert.deepEqual([small.bytes, small.ok], [100_000, true]);
  const rules = { megabytesBelow: 0.5 };
  const large = await kinora.probeImage(`${base}/endless.bmp?length=30000000`, { rules });
  assert.ok(large.bytes > 0.5 * 2 ** 20 && large.bytes < 8_000_000, `${large.bytes}`);
  assert.deepEqual(large.checks.map(({ rule, verdict }) => [rule, verdict]), [["image_bytes", "fail"]]);
});

test("a rule that failed says what to do", async () => {
  const { ok, checks } = await kinora.probeImage(bitmap(100, 832), { rules: WAN });
  assert.equal(ok, false);
  assert.deepEqual(checks.map(({ verdict }) => verdict), ["pass", "fail", "pass", "pass", "pass"]);
  const { advice } = checks.find(({ rule }) => rule === "image_width");
  assert.match(advice, /^The image is 100 px wide; both sides must be at least 360 px\. /);
});

test("a field of the catalogue has the rules that its images are held against", async () => {
  const answer = Response.json({ model_id: WAN });
  const client = kinora.createClient({ baseUrl: base, storage: "memory", fetch: async () => answer });
  const { fields } = await client.model(WAN);
  const { rules } = fields.find(({ name }) => name === "img_url");
  const checked = async (rules) => (await kinora.probeImage(bitmap(100, 832), { rules })).checks;
  assert.deepEqual(await checked(rules), await checked(WAN));
});

test("what was found passes as facts of a check", async () => {
  const image = await kinora.probeImage(bitmap(100, 832));
  const client = kinora.createClient({ baseUrl: base, storage: "memory" });
  const { ok, issues } = await client.check(MODEL, INPUT, { img_url: image });
  assert.equal(ok, false);
  assert.deepEqual(issues.map(({ field, code }) => [field, code]), [["img_url", "image_width"]]);
});

test("a name and a declared type that are another format's are told", async () => {
  const fetch = async () => new Response(bitmap(800, 600), { headers: { "content-type": "image/png" } });
  const image = await kinora.probeImage("https://example.com/lake.jpg?size=2", { fetch, rules: WAN });
  assert.deepEqual([image.name, image.mediaType], ["lake.jpg", "image/png"]);
  const odd = image.checks.filter(({ verdict }) => verdict === "borderline").map(({ rule }) => rule);
  assert.deepEqual(odd, ["image_name", "image_type"]);
});

test("a thousand looks leave no memory behind", async () => {
  const bytes = bitmap(800, 600, 60_000);
  const look = () => Promise.all(Array.from({ length: 50 }, () => kinora.probeImage(bytes)));
  await look();
  const before = process.memoryUsage().arrayBuffers;
  for (let round = 0; round < 20; round++) await look();
  assert.ok(process.memoryUsage().arrayBuffers - before < 100e6, "WebAssembly's memory grew");
});

test("an abort ends it at once", async () => {
  const controller = new AbortController();
  const waiting = codeOf(kinora.probeImage(`${base}/silent.bmp`, { signal: controller.signal }));
  setTimeout(() => controller.abort(), 50);
  assert.equal(await waiting, "aborted");
  assert.equal(await codeOf(kinora.probeImage(bitmap(1, 1), { signal: controller.signal })), "aborted");
});

test("an abort ends it where a page shows the image, too", async (t) => {
  pretend(t, { document: {}, Image: class { decode = () => new Promise(() => {}) }, fetch: silent });
  const controller = new AbortController();
  const fetch = () => Promise.reject(new TypeError("Failed to fetch"));
  const waiting = codeOf(kinora.probeImage("https://example.com/lake.bmp", { signal: controller.signal, fetch }));
  setTimeout(() => controller.abort(), 50);
  const late = new Promise((resolve) => setTimeout(resolve, 5_000, "a while later").unref());
  assert.equal(await Promise.race([waiting, late]), "aborted");
});

const refusing = () => Promise.reject(new DOMException("out of memory", "EncodingError"));
for (const [what, canvas] of [
  ["draw", { getContext: () => null }],
  ["write", { getContext: () => ({ fillRect() {}, drawImage() {} }), convertToBlob: refusing }],
]) {
  test(`a copy that a browser cannot ${what} is told as one`, async (t) => {
    pretend(t, {
      createImageBitmap: async () => ({ width: 800, height: 600, close() {} }),
      OffscreenCanvas: class { constructor() { Object.assign(this, canvas); } },
    });
    assert.equal(await codeOf(kinora.fitImage(bitmap(800, 600))), "image_damaged");
  });
}

test("a fetch of one's own is used", async () => {
  const asked = [];
  const fetch = async (url) => (asked.push(url), new Response(bitmap(800, 600)));
  const { width } = await kinora.probeImage("https://example.com/lake.bmp", { fetch });
  assert.deepEqual([width, asked], [800, ["https://example.com/lake.bmp"]]);
});

for (const [title, wanted, source, options] of [
  ["an answer that is an error", "image_unreachable", () => `${base}/missing.png`],
  ["a host that is busy", "image_unreachable", () => `${base}/busy.png`],
  ["a host that does not answer", "image_unreachable", () => "http://127.0.0.1:9/lake.png"],
  ["an answer that breaks off", "image_unreachable", () => `${base}/broken.bmp`],
  ["an address that is none", "image_unreachable", () => "lake"],
  ["a fetch that gives nothing", "image_unreachable", () => "https://example.com/", { fetch: async () => undefined }],
  ["a fetch that throws", "image_unreachable", () => "https://example.com/", { fetch: () => { throw 7; } }],
  ["a page that asks to log in", "not_an_image", () => `${base}/login.png`],
  ["a text", "not_an_image", () => new Blob(["only words, and a few more of them"])],
  ["nothing", "not_an_image", () => new Blob([])],
  ["a PDF", "not_an_image", () => new Blob(["%PDF-1.7 and a few more bytes"])],
  ["half a header", "image_damaged", () => bitmap(800, 600).subarray(0, 20)],
  ["half a header from elsewhere", "image_damaged", () => `${base}/cut.bmp`],
  ["a number", "bad_input", () => 7],
  ["null", "bad_input", () => null],
  ["an object", "bad_input", () => ({ byteLength: 3 })],
  ["a detached buffer", "bad_input", () => detached()],
  ["a view of a detached buffer", "bad_input", () => detached(true)],
  ["options that are text", "bad_input", () => bitmap(1, 1), "fast"],
  ["options that are null", "bad_input", () => bitmap(1, 1), null],
  ["a signal that is none", "bad_input", () => bitmap(1, 1), { signal: 7 }],
  ["a fetch that is none", "bad_input", () => bitmap(1, 1), { fetch: "fetch" }],
  ["rules that are a number", "bad_input", () => bitmap(1, 1), { rules: 7 }],
  ["rules of a model that is not known here", "bad_input", () => bitmap(1, 1), { rules: "maker/model" }],
  ["rules that are no JSON", "bad_input", () => bitmap(1, 1), { rules: { width: () => 1 } }],
]) {
  test(`${title}: ${wanted}`, async () => {
    const looking = Promise.resolve().then(() => kinora.probeImage(source(), options));
    const error = await looking.then(() => assert.fail("it resolved"), (error) => error);
    assert.ok(error instanceof kinora.KinoraError, String(error?.stack));
    assert.equal(error.code, wanted);
    assert.match(error.message, /^\S.{10,}\.$/s);
    assert.ok(error.nextStep.length > 10, error.nextStep);
  });
}

test("what may pass by itself is said so", async () => {
  const retryable = (path) => kinora.probeImage(`${base}${path}`).catch(({ status, retryable }) => [status, retryable]);
  assert.deepEqual(await retryable("/busy.png"), [503, true]);
  assert.deepEqual(await retryable("/missing.png"), [404, false]);
});

for (const part of ["image.packed.js", "probe.js"]) {
  test(`without ${part} a look says what is missing`, async () => {
    const elsewhere = await consumer();
    const dist = join(elsewhere.folder, "node_modules/kinora/dist");
    await rm(join(dist, part));
    const { probeImage } = await import(pathToFileURL(join(dist, "index.js")));
    await assert.rejects(probeImage(bitmap(1, 1)), { code: "wasm_unavailable", name: "KinoraError" });
    await elsewhere.remove();
  });
}

test("a server has no canvas to mend an image on, and says so", async () => {
  assert.equal(await codeOf(kinora.fitImage(bitmap(800, 600))), "unsupported");
  assert.equal(await codeOf(kinora.fitImage(bitmap(800, 600), 7)), "bad_input");
});

/** A buffer whose bytes were handed on, or a view of one. */
function detached(isView) {
  const bytes = new Uint8Array(bitmap(1, 1));
  structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
  return isView ? bytes : bytes.buffer;
}
