// kinora/relay in runtimes: Cloudflare's workerd with a Durable Object, Deno, Bun, Next's routes.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";

import { build } from "esbuild";
import { Miniflare } from "miniflare";

import { emulator } from "../harness.mjs";
import { filesOf } from "../matrix.mjs";
import { PAGE, SUBMIT, TOKEN, cases, fits, listening, open, send, submit } from "../relays.mjs";
import { inWorkspace, program, serving, tool } from "./tools.mjs";

let place, service;

before(async () => {
  [place, service] = await Promise.all([inWorkspace(), emulator("--token", TOKEN, "--queue", "0", "--run", "0")]);
});

after(async () => {
  service?.stop();
  await place?.remove();
});

/** The cases that every host answers alike, save those that a runtime's own reading of URLs changes. */
async function contract(base, target = "") {
  for (const given of await cases()) {
    if (given.isRaw) continue;
    fits(given, await send(base, { ...given, target: target + given.target }));
  }
}

/** A job, and its file by parts. */
async function job(base, target = "") {
  const ask = (path, headers) => send(base, { target: target + path, headers });
  const headers = { "content-type": "application/json", origin: PAGE };
  const body = '{"prompt":"fog","img_url":"https://example.com/a.jpg"}';
  const submitted = await send(base, { method: "POST", target: target + SUBMIT, headers, body });
  const { request_id } = JSON.parse(submitted.text);
  const result = JSON.parse((await ask(`/v1/requests/${request_id}/result`)).text);
  const part = await ask(`/v1/outputs?url=${encodeURIComponent(result.output.video)}`, { range: "bytes=4-7" });
  assert.deepEqual([part.status, part.text], [206, "ftyp"]);
}

/** A service that takes its time, and how often it was asked. */
async function slow(context) {
  const heard = [];
  const host = await listening((request, response) => {
    heard.push(request.headers);
    const body = JSON.stringify({ request_id: `r${heard.length}` });
    setTimeout(() => response.writeHead(200, { "content-type": "application/json" }).end(body), 300);
  });
  context.after(() => host.stop());
  return { ...host, heard };
}

/** The same intent twice at once, and once more: one job. */
async function once(base, heard) {
  const intent = { "kinora-intent": "at-once" };
  const answers = await Promise.all([submit(base, intent), submit(base, intent)]);
  answers.push(await submit(base, intent));
  assert.deepEqual(answers.map(({ text }) => JSON.parse(text).request_id), ["r1", "r1", "r1"]);
  assert.equal(heard.length, 1);
}

async function worker(context, upstream, persist) {
  const name = await mkdtemp(join(place.folder, "worker-"));
  await writeFile(
    join(name, "main.js"),
    `import { relayObject } from "kinora/relay";
     export const KinoraRelay = relayObject((env) => ({ ...${JSON.stringify({ ...open(upstream), token: undefined })}, token: env.RUNCOMFY_TOKEN }));
     export default {
       fetch: (request, env) => env.KINORA_RELAY.get(env.KINORA_RELAY.idFromName("relay")).fetch(request),
     };`,
  );
  const outdir = join(name, "out");
  await build({
    entryPoints: [join(name, "main.js")],
    bundle: true,
    format: "esm",
    outdir,
    conditions: ["workerd", "worker", "browser"],
    loader: { ".wasm": "copy" },
    logLevel: "error",
  });
  const modules = [
    { type: "ESModule", path: join(outdir, "main.js") },
    ...(await filesOf(outdir, ".wasm")).map((path) => ({ type: "CompiledWasm", path })),
  ];
  const workers = new Miniflare({
    modules,
    modulesRoot: outdir,
    compatibilityDate: "2026-01-01",
    bindings: { RUNCOMFY_TOKEN: TOKEN },
    durableObjects: { KINORA_RELAY: { className: "KinoraRelay", useSQLite: true } },
    durableObjectsPersist: persist,
  });
  let ended;
  const stop = () => (ended ??= workers.dispose());
  context.after(stop);
  return { base: (await workers.ready).origin, stop };
}

async function folder(context) {
  const path = await mkdtemp(join(tmpdir(), "kinora-durable-"));
  context.after(() => rm(path, { recursive: true, force: true }));
  return path;
}

test("workerd: the contract, and a whole job", async (context) => {
  const { base } = await worker(context, service.base, await folder(context));
  await contract(base);
  await job(base);
});

test("workerd: an intent is one job, at once and in the next isolate", async (context) => {
  const { base: upstream, heard } = await slow(context);
  const persist = await folder(context);
  const first = await worker(context, upstream, persist);
  await once(first.base, heard);
  assert.equal(heard[0].authorization, `Bearer ${TOKEN}`);
  await first.stop();
  const next = await worker(context, upstream, persist);
  const again = await submit(next.base, { "kinora-intent": "at-once" });
  assert.equal(JSON.parse(again.text).request_id, "r1");
  assert.equal(heard.length, 1);
});

test("workerd: a service that is down, moves or is cut off", async (context) => {
  const { base: gone, stop } = await listening(() => {});
  stop();
  const down = await submit((await worker(context, gone, await folder(context))).base);
  assert.ok([502, 503].includes(down.status), down.text);
  const moved = await listening((_, response) => response.writeHead(302, { location: "https://evil.example/" }).end());
  context.after(() => moved.stop());
  const told = await submit((await worker(context, moved.base, await folder(context))).base);
  assert.equal(JSON.parse(told.text).reason, "redirected");
});

/** Starts a program of the folder's in a runtime; it prints its address. */
async function started(context, name, args) {
  const child = spawn(await program(name), args, { cwd: place.folder, stdio: ["ignore", "pipe", "inherit"] });
  context.after(() => child.kill());
  return new Promise((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`${name} ended with ${code}`)));
    child.stdout.on("data", (data) => {
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(data);
      if (found) resolve(found[0]);
    });
  });
}

const RUNTIMES = {
  deno: {
    args: ["run", "--allow-net", "--allow-read", "--allow-env"],
    serve: `Deno.serve(
      { port: 0, hostname: "127.0.0.1", onListen: ({ port }) => console.log("http://127.0.0.1:" + port) },
      (request, info) => relay.fetch(request, { address: info.remoteAddr.hostname }),
    );`,
  },
  bun: {
    args: ["run"],
    serve: `const server = Bun.serve({
      port: 0,
      hostname: "127.0.0.1",
      fetch: (request, server) => relay.fetch(request, { address: server.requestIP(request)?.address }),
    });
    console.log("http://127.0.0.1:" + server.port);`,
  },
};

for (const [name, { args, serve }] of Object.entries(RUNTIMES)) {
  const start = async (context, upstream) => {
    const file = `${name}-${Date.now()}.mjs`;
    const program = `import { createRelay } from "kinora/relay";\nconst relay = createRelay(${JSON.stringify(open(upstream))});\n${serve}`;
    await writeFile(join(place.folder, file), program);
    return started(context, name, [...args, file]);
  };

  test(`${name}: the contract, and a whole job`, async (context) => {
    const base = await start(context, service.base);
    await contract(base);
    await job(base);
  });

  test(`${name}: an intent is one job, and a service that is down was sent nothing`, async (context) => {
    const { base: upstream, heard } = await slow(context);
    await once(await start(context, upstream), heard);
    const { base: gone, stop } = await listening(() => {});
    stop();
    const down = await submit(await start(context, gone));
    assert.deepEqual([down.status, down.headers["kinora-accepted"]], [503, "no"], down.text);
  });
}

test("Next: the contract by a Node route and an edge route", async (context) => {
  const root = JSON.stringify(dirname(place.folder));
  const route = (name, head) => `${head}
    import { createRelay } from "kinora/relay";
    const relay = createRelay({ ...${JSON.stringify(open(service.base))}, public: "https://relay.example.com/${name}" });
    export const { GET, POST, OPTIONS, fetch: PUT, fetch: PATCH, fetch: DELETE } = relay;`;
  const files = {
    "app/layout.js": "export default ({ children }) => <html><body>{children}</body></html>;\n",
    "app/page.js": "export default () => <p>Kinora</p>;\n",
    "app/node/[...path]/route.js": route("node", 'export const dynamic = "force-dynamic";'),
    "app/edge/[...path]/route.js": route("edge", 'export const runtime = "edge";\nexport const dynamic = "force-dynamic";'),
    "next.config.mjs": `export default { turbopack: { root: ${root} } };`,
  };
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(place.folder, path)), { recursive: true });
    await writeFile(join(place.folder, path), text);
  }
  await tool("next", ["build", "--turbopack"], place.folder);
  const server = await serving("next", ["start", "--port", "0"], place.folder);
  context.after(() => server.stop());
  for (const name of ["node", "edge"]) {
    await context.test(name, async () => {
      await contract(server.base, `/${name}`);
      await job(server.base, `/${name}`);
    });
  }
});
