// Next with Turbopack, its own bundler: a client component, a Node route and an edge route.

import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";

import { chromium } from "@playwright/test";

import { emulator, named } from "../harness.mjs";
import { doneIn, isWhole, work } from "../matrix.mjs";
import { inWorkspace, serving, tool } from "./tools.mjs";

let place, service, browser;

const ROUTE = 'import { work } from "../work.js";\nexport const GET = async () => Response.json(await work());\n';
const FILES = {
  "app/layout.js": "export default ({ children }) => <html><body>{children}</body></html>;\n",
  "app/page.js": `"use client";
    import { useEffect } from "react";
    import { work } from "./work.js";
    export default function Page() {
      useEffect(() => void (globalThis.done ??= work()).catch(() => {}), []);
      return <p>Kinora</p>;
    }`,
  "app/node/route.js": `export const dynamic = "force-dynamic";\n${ROUTE}`,
  "app/edge/route.js": `export const runtime = "edge";\nexport const dynamic = "force-dynamic";\n${ROUTE}`,
};

before(async () => {
  [place, service] = await Promise.all([inWorkspace(), emulator("--queue", "1", "--run", "0")]);
  browser = await chromium.launch({ executablePath: named("KINORA_CHROMIUM"), args: ["--no-sandbox"] });
  const root = JSON.stringify(dirname(place.folder));
  const files = { ...FILES, "app/work.js": work(service.base), "next.config.mjs": `export default { turbopack: { root: ${root} } };` };
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(place.folder, path)), { recursive: true });
    await writeFile(join(place.folder, path), text);
  }
});

after(async () => {
  await browser?.close();
  service?.stop();
  await place?.remove();
});

test("Next: client, Node route, edge route", async (context) => {
  await tool("next", ["build", "--turbopack"], place.folder);
  const server = await serving("next", ["start", "--port", "0"], place.folder);
  context.after(() => server.stop());
  const route = async (name) => {
    const response = await fetch(server.base + name);
    const text = await response.text();
    assert.equal(response.status, 200, `${name}: ${text.slice(0, 300)}`);
    return JSON.parse(text);
  };
  await context.test("client", async () => assert.ok(isWhole(await doneIn(browser, server.base))));
  for (const name of ["node", "edge"]) {
    await context.test(name, async () => assert.ok(isWhole(await route(name))));
  }
});
