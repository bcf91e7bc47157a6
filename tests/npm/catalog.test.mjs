// The catalogue: pages, a walk over all of them, one model and its rules, and bad days.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { INPUT, MODEL, consumer, emulator, moduleOf } from "./harness.mjs";

let place, kinora, service, client;

before(async () => {
  [place, service] = await Promise.all([consumer(), emulator()]);
  kinora = await moduleOf(place);
  client = kinora.createClient({ baseUrl: service.base, token: "any", storage: "memory" });
});

after(async () => {
  service?.stop();
  await place?.remove();
});

const ALBUM = "example/album/reference-to-video";
const codeOf = (promise) => promise.then(() => assert.fail("it resolved"), ({ code }) => code);
const answering = (...answers) =>
  kinora.createClient({
    baseUrl: "https://example.com",
    storage: "memory",
    fetch: async () => answers.shift() ?? assert.fail("asked too often"),
    clock: { wall: () => Date.now(), monotonic: () => performance.now(), sleep: (call, ms) => hurry(call, ms) },
  });

/** A second passes in a millisecond. */
function hurry(call, ms) {
  const timer = setTimeout(call, ms / 1000);
  return () => clearTimeout(timer);
}

test("a page of models, and where the next begins", async () => {
  const page = await client.models({ limit: 2 });
  assert.deepEqual(Object.keys(page).sort(), ["models", "next", "offset", "total"]);
  assert.deepEqual([page.models.length, page.offset, page.next], [2, 0, 2]);
  const [wan] = page.models;
  assert.equal(wan.id, MODEL);
  assert.ok(wan.inputs.includes("img_url") && wan.categories.includes("image-to-video"));
});

test("a walk over all pages meets every model once", async () => {
  const { total } = await client.models();
  const ids = [];
  for await (const { id } of await client.models({ limit: 2 })) ids.push(id);
  assert.equal(ids.length, total);
  assert.equal(new Set(ids).size, total);
});

test("search and category narrow it down", async () => {
  const found = await client.models({ search: "album" });
  assert.deepEqual(found.models.map(({ id }) => id), [ALBUM]);
  const categories = await client.categories();
  const { models } = await client.models({ category: categories[0] });
  assert.ok(models.length > 0 && models.every(({ categories: own }) => own.includes(categories[0])));
});

test("a model comes with its fields, and inputs are checked by them", async () => {
  const before = await client.check(ALBUM, {});
  assert.equal(before.ok, true, "nothing is known of it yet");
  const model = await client.model(ALBUM);
  const list = model.fields.find(({ kind }) => kind === "mediaList");
  assert.equal(list?.rules.kind, "image");
  const { ok, issues } = await client.check(model, {});
  assert.equal(ok, false);
  assert.ok(issues.some(({ field }) => field === list.name), JSON.stringify(issues));
  assert.equal(await codeOf(client.submit(model, {})), "invalid_input");
});

test("a model of the catalogue is run like a name", async () => {
  const job = await client.submit(await client.model(MODEL), INPUT);
  assert.equal(job.model, MODEL);
  job.detach();
});

test("a service that is busy is asked again, and after as long as it says", async () => {
  const busy = () => new Response("{}", { status: 429, headers: { "retry-after": "1" } });
  const names = new Response('{"categories":["image-to-video"]}');
  assert.deepEqual(await answering(busy(), busy(), names).categories(), ["image-to-video"]);
});

test("a service that stays down is not asked for ever", async () => {
  const down = () => new Response("{}", { status: 503 });
  assert.equal(await codeOf(answering(down(), down(), down(), down(), down()).categories()), "unavailable");
});

for (const [title, wanted, act] of [
  ["a model that is not there", "not_found", () => client.model("maker/none")],
  ["a model without a slash", "bad_model", () => client.model("wan")],
  ["a model that is a number", "bad_input", () => client.model(7)],
  ["a limit of nothing", "bad_input", () => client.models({ limit: 0 })],
  ["a search for a number", "bad_input", () => client.models({ search: 7 })],
  ["a page instead of models", "unreadable", () => answering(...Array.from({ length: 5 }, () => new Response("<html>"))).models()],
  ["a refusal", "bad_token", () => answering(new Response("{}", { status: 401 })).models()],
  ["a signal that is aborted", "aborted", () => client.models({ signal: AbortSignal.abort() })],
  ["a walk that is refused", "bad_token", async () => {
    const page = Response.json({ models: [{ model_id: "maker/model" }], total: 2, offset: 0 });
    for await (const { id } of await answering(page, new Response("{}", { status: 401 })).models()) assert.equal(id, "maker/model");
  }],
  ["a query that is text", "bad_input", () => client.models("wan")],
  ["a query that is null", "bad_input", () => client.models(null)],
  ["a signal that is none", "bad_input", () => client.categories({ signal: 7 })],
  ["a query that is no JSON", "bad_input", () => client.models({ search: () => "wan" })],
  ["whether to include schemas, as text", "bad_input", () => client.models({ includeSchema: "yes" })],
  ["a model that is null", "bad_input", () => client.check(null, {})],
  ["a model that is submitted as nothing", "bad_input", () => client.submit(undefined, {})],
  ["a model without an id", "bad_input", () => client.check({}, {})],
  ["a model whose schema is none", "bad_schema", () => client.check({ id: "maker/model", schema: 7 }, {})],
]) {
  test(`${title}: ${wanted}`, async () => {
    const error = await act().then(() => assert.fail("it resolved"), (error) => error);
    assert.ok(error instanceof kinora.KinoraError, String(error));
    assert.equal(error.code, wanted);
    assert.ok(error.nextStep.length > 10, error.nextStep);
  });
}

test("an abort ends a wait between two requests", async () => {
  const controller = new AbortController();
  const late = kinora.createClient({
    baseUrl: "https://example.com",
    storage: "memory",
    fetch: async () => new Response("{}", { status: 503, headers: { "retry-after": "20" } }),
  });
  const waiting = codeOf(late.categories({ signal: controller.signal }));
  setTimeout(() => controller.abort(), 50);
  assert.equal(await waiting, "aborted");
});

test("a client that was disposed of asks nothing", async () => {
  const done = answering();
  done.dispose();
  assert.equal(await codeOf(done.models()), "disposed");
});
