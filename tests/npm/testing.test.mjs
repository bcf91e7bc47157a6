// kinora/testing: a service without a network, in a time without waits.

import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { build } from "esbuild";

import { INPUT, MODEL, loaded, run } from "./harness.mjs";

let place, createClient, createTestService, scenarios, KinoraError;

before(async () => ({ place, createClient, createTestService, scenarios, KinoraError } = await loaded()));

after(() => place.remove());

const client = (service, options) => createClient({ ...service, token: "test", storage: "memory", ...options });

test("a service that was disposed of says so", async () => {
  const service = await createTestService({ scenario: "instant" });
  service[Symbol.dispose]();
  assert.throws(() => service.asked(), { code: "disposed", name: "KinoraError" });
  await assert.rejects(service.fetch(`${service.baseUrl}/v1/requests/a/status`), { code: "disposed", name: "KinoraError" });
});

test("a job of a minute is over at once, and was a minute long", async () => {
  const service = await createTestService({ scenario: { ahead: 2, tick: 5, run: 60 } });
  const seen = [];
  const result = await client(service).run(MODEL, INPUT, { onEvent: ({ type }) => seen.push(type) });
  assert.match(result.video, /^https:\/\/service\.test\/outputs\/[\w-]+\.mp4$/);
  assert.ok(service.clock.monotonic() >= 60_000, `${service.clock.monotonic()} ms`);
  assert.ok(seen.includes("status"), seen.join());
  const { accepted, calls } = service.asked();
  assert.equal(accepted, 1);
  assert.equal(calls.submit, 1);
  assert.equal(calls.result, 1);
});

test("faults and presets happen as they say", async () => {
  const silent = await createTestService({ scenario: "accepted-silence" });
  await assert.rejects(client(silent).run(MODEL, INPUT), { code: "uncertain" });
  assert.equal(silent.asked().accepted, 1);
  const stormy = await createTestService({ scenario: { preset: "stormy", faults: ["status=503*3", "result=lost*1"] } });
  await client(stormy).run(MODEL, INPUT);
  assert.ok(stormy.asked().calls.status > 3);
  const poor = await createTestService({ scenario: { tokens: [{ token: "test", balance: 1 }, "rich"] } });
  await client(poor).run(MODEL, INPUT);
  await assert.rejects(client(poor).run(MODEL, INPUT), (error) => error instanceof KinoraError && error.status === 400);
  await client(poor, { token: "rich" }).run(MODEL, INPUT);
  await assert.rejects(client(poor, { token: "stranger" }).run(MODEL, INPUT), KinoraError);
  assert.equal(poor.asked().accepted, 2);
  assert.equal(poor.asked().accounts.length, 2);
});

test("services know nothing of each other", async () => {
  const [one, other] = [await createTestService(), await createTestService({ baseUrl: "https://other.test" })];
  await client(one).run(MODEL, INPUT);
  assert.equal(one.asked().accepted, 1);
  assert.equal(other.asked().accepted, 0);
  await assert.rejects(other.fetch(`${one.baseUrl}/v1/models`), { code: "bad_input" });
});

test("a signal ends a call that is never answered", async () => {
  const service = await createTestService({ scenario: { faults: ["status=silent"] } });
  const controller = new AbortController();
  const asked = service.fetch(`${service.baseUrl}/v1/requests/a/status`, { signal: controller.signal });
  controller.abort(new Error("enough"));
  await assert.rejects(asked, /enough/);
  await assert.rejects(service.fetch(service.baseUrl + "/v1/models", { signal: AbortSignal.abort() }), { name: "AbortError" });
});

test("an output has the bytes that are given", async () => {
  const output = new Blob(["a film"], { type: "video/mp4" });
  const service = await createTestService({ scenario: "instant", output });
  const { video } = await client(service).run(MODEL, INPUT);
  assert.equal(await (await service.fetch(video)).text(), "a film");
  const without = await createTestService({ scenario: "instant" });
  await assert.rejects(without.fetch((await client(without).run(MODEL, INPUT)).video), { code: "bad_input" });
});

test("what is no scenario is said so", async () => {
  for (const scenario of ["no-such", 7, { rum: 1 }, { run: -1 }, { faults: ["status=soon"] }]) {
    await assert.rejects(createTestService({ scenario }), (error) => {
      assert.ok(error instanceof KinoraError, String(error));
      assert.equal(error.code, "bad_scenario");
      assert.ok(error.message.length > 20, error.message);
      return true;
    });
  }
  await assert.rejects(createTestService({ baseUrl: "nowhere" }), { code: "bad_options" });
  assert.ok((await scenarios()).some(({ name, meaning }) => name === "stormy" && meaning.length > 20));
});

test("the README's test runs", async () => {
  const text = await readFile(join(place.folder, "node_modules/kinora/README.md"), "utf8");
  const [, example] = /```js\n([^`]*kinora\/testing[^`]*)```/.exec(text);
  await writeFile(join(place.folder, "example.test.mjs"), example);
  // Otherwise the runner takes it for a part of this very test.
  const { NODE_TEST_CONTEXT, ...env } = process.env;
  const { stdout } = await run("node", ["--test", "example.test.mjs"], { cwd: place.folder, env });
  assert.match(stdout, /# pass 1\n/);
});

test("who does not import it does not carry it", async () => {
  const program = (from) => `import { ${from === "kinora" ? "createClient" : "createTestService"} as made } from "${from}"; console.log(made);`;
  const inputs = async (from) => {
    const stdin = { contents: program(from), resolveDir: place.folder };
    const options = { bundle: true, format: "esm", splitting: true, outdir: "out", write: false, metafile: true };
    return Object.keys((await build({ stdin, ...options })).metafile.inputs).join("\n");
  };
  assert.match(await inputs("kinora/testing"), /testing\.packed\.js/);
  assert.doesNotMatch(await inputs("kinora"), /testing|pretence|time\.js/);
  assert.doesNotMatch(await inputs("kinora/testing"), /core\.packed|models\.packed/);
});
