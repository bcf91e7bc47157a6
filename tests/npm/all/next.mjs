// Next with both of its bundlers: a client component, a Node route and an edge route.

import assert from "node:assert/strict";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";

import { FILMING, isFilm } from "../filming.mjs";
import { emulator, leave } from "../harness.mjs";
import { launched } from "../launched.mjs";
import { QUEUE, doneIn, isWhole, work } from "../matrix.mjs";
import { inWorkspace, serving, tool } from "./tools.mjs";

let place, service, browser;

const ROUTE = 'import { work } from "../work.js";\nexport const GET = async () => Response.json(await work());\n';
const page = (imports, done) => `"use client";
  import { useEffect } from "react";
  ${imports}
  export default function Page() {
    useEffect(() => void (globalThis.done ??= ${done}).catch(() => {}), []);
    return <p>Kinora</p>;
  }`;
const FILES = {
  "app/layout.js": "export default ({ children }) => <html><body>{children}</body></html>;\n",
  "app/page.js": page('import { work } from "./work.js";', "work()"),
  "app/demo/page.js": page(
    'import { film } from "./film.js";\nimport { play } from "./play.js";',
    "film().then(({ told }) => play(told))",
  ),
  "app/demo/film.js": FILMING["film.js"],
  "app/demo/play.js": FILMING["play.js"],
  "app/node/route.js": `export const dynamic = "force-dynamic";\n${ROUTE}`,
  "app/edge/route.js": `export const runtime = "edge";\nexport const dynamic = "force-dynamic";\n${ROUTE}`,
};

/** With `"type": "module"`, Next 16.4.6 builds no edge route with webpack, whatever is in it. */
const NOT_A_MODULE = { type: undefined };

before(async () => {
  [place, service] = await Promise.all([inWorkspace(NOT_A_MODULE), emulator("--queue", QUEUE, "--run", "0")]);
  browser = await launched();
  const root = JSON.stringify(dirname(place.folder));
  const files = { ...FILES, "app/work.js": work(service.base), "next.config.mjs": `export default { turbopack: { root: ${root} } };` };
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(place.folder, path)), { recursive: true });
    await writeFile(join(place.folder, path), text);
  }
});

after(() => leave(browser, service, place));

for (const bundler of ["--turbopack", "--webpack"]) {
  test(`Next ${bundler}: client, Node route, edge route`, async (context) => {
    await rm(join(place.folder, ".next"), { recursive: true, force: true });
    await tool("next", ["build", bundler], place.folder);
    const server = await serving("next", ["start", "--port", "0"], place.folder);
    context.after(() => server.stop());
    const route = async (name) => {
      const response = await fetch(server.base + name);
      const text = await response.text();
      assert.equal(response.status, 200, `${name}: ${text.slice(0, 300)}`);
      return JSON.parse(text);
    };
    const whole = (done) => assert.ok(isWhole(done), JSON.stringify(done));
    await context.test("client", async () => whole(await doneIn(browser, server.base)));
    await context.test("client, the demo", async () => isFilm(await doneIn(browser, `${server.base}demo`)));
    for (const name of ["node", "edge"]) {
      await context.test(name, async () => whole(await route(name)));
    }
  });
}
