// The package in runtimes that are no browser: Node's `require`, Deno, Bun, Cloudflare's workerd.

import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { build } from "esbuild";
import { Miniflare } from "miniflare";

import { emulator, run } from "../harness.mjs";
import { QUEUE, filesOf, isWhole, work, writeProgram } from "../matrix.mjs";
import { inWorkspace, tool } from "./tools.mjs";

let place, service;

before(async () => {
  [place, service] = await Promise.all([inWorkspace(), emulator("--queue", QUEUE, "--run", "0")]);
  await writeProgram(place.folder, service.base);
  const program = 'import { work } from "./work.js";\nconsole.log(JSON.stringify(await work()));\n';
  await writeFile(join(place.folder, "run.js"), program);
});

after(async () => {
  service?.stop();
  await place?.remove();
});

const whole = (text) => assert.ok(isWhole(JSON.parse(text.trim().split("\n").at(-1))), text);

test("Deno", async () => whole(await tool("deno", ["run", "--allow-net", "--allow-read", "--allow-env", "run.js"], place.folder)));

test("Bun", async () => whole(await tool("bun", ["run", "run.js"], place.folder)));

test("Node's require", async () => {
  const program = `const { createClient, version } = require("kinora");
    for (const path of ["demo", "testing", "relay", "url"]) require("kinora/" + path);
    ${work(service.base).replace(/import .+/, "").replace("export ", "")}
    work().then((done) => console.log(JSON.stringify(done)));`;
  const { stdout } = await run("node", ["--input-type=commonjs", "--eval", program], { cwd: place.folder });
  whole(stdout);
});

/** Bundles a worker as wrangler does, and answers with what it says to one request. */
async function worker(context, name, files) {
  const [folder, out] = ["source", "out"].map((kind) => join(place.folder, `${kind}-${name}`));
  await mkdir(folder);
  for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), text);
  await build({
    entryPoints: [join(folder, "main.js")],
    bundle: true,
    format: "esm",
    outdir: out,
    conditions: ["workerd", "worker", "browser"],
    loader: { ".wasm": "copy" },
    logLevel: "error",
  });
  const modules = [
    { type: "ESModule", path: join(out, "main.js") },
    ...(await filesOf(out, ".wasm")).map((path) => ({ type: "CompiledWasm", path })),
  ];
  const workers = new Miniflare({ modules, modulesRoot: out, compatibilityDate: "2026-01-01" });
  context.after(() => workers.dispose());
  const response = await workers.dispatchFetch("http://worker.example/");
  const text = await response.text();
  assert.equal(response.status, 200, text.slice(0, 500));
  return text;
}

for (const entry of ["kinora", "kinora/url"]) {
  test(`workerd, ${entry}`, async (context) => {
    const main = 'import { work } from "./work.js";\nexport default { fetch: async () => Response.json(await work()) };\n';
    whole(await worker(context, entry.replace("/", "-"), { "main.js": main, "work.js": work(service.base, entry) }));
  });
}

test("workerd, kinora/testing: it compiles no WebAssembly at run time, and an error says so", async (context) => {
  const main = `import { createTestService } from "kinora/testing";
    const code = () => createTestService().then(() => "made", (error) => error.code);
    export default { fetch: async () => new Response(await code()) };`;
  assert.equal(await worker(context, "testing", { "main.js": main }), "wasm_unavailable");
});
