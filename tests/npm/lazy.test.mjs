// WebAssembly is compiled with its first use, once for all who use it, and anew where that failed.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";

import { INPUT, MODEL, consumer } from "./harness.mjs";

let place;
before(async () => (place = await consumer()));
after(() => place.remove());

/** A copy of the package that nobody has used yet, and how often it compiled something. */
async function fresh(context, compile = WebAssembly.compile) {
  // Node's own `fetch` compiles something, too, when it is first touched.
  await fetch();
  const { mock } = context.mock.method(WebAssembly, "compile", compile);
  const entry = pathToFileURL(`${place.folder}/node_modules/kinora/dist/index.js`);
  const kinora = await import(`${entry}?${Math.random()}`);
  const client = () => kinora.createClient({ baseUrl: "https://service.example", storage: "memory", fetch });
  return { client, compiled: () => mock.callCount() };
}

const fetch = async () => Response.json({ request_id: "abc" });

test("an import and a client compile nothing; clients share what the first use compiles", async (context) => {
  const { client, compiled } = await fresh(context);
  const [one, other] = [client(), client()];
  assert.equal(compiled(), 0);
  await Promise.all([one.submit(MODEL, INPUT), other.submit(MODEL, INPUT)]);
  await one.submit(MODEL, INPUT);
  assert.equal(compiled(), 2, "of the jobs, and of whose turn it is");
  await Promise.all([one.check(MODEL, INPUT), other.check(MODEL, INPUT)]);
  assert.equal(compiled(), 3, "and of what is known of models");
});

test("what could not be compiled is tried again", async (context) => {
  const { compile } = WebAssembly;
  let fails = true;
  const { client } = await fresh(context, async (...given) => {
    if (fails) throw new Error("out of memory");
    return compile(...given);
  });
  const kinora = client();
  await assert.rejects(kinora.submit(MODEL, INPUT), { code: "wasm_unavailable", message: /out of memory/ });
  fails = false;
  assert.equal((await kinora.submit(MODEL, INPUT)).requestId, "abc");
});
