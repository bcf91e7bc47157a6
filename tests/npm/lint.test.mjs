// What outsiders say of the tarball: publint, attw, the TypeScript compiler.

import assert from "node:assert/strict";
import { cp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

import { consumer, run, tarball } from "./harness.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const tool = (name, ...args) =>
  run(join(here, "node_modules/.bin", name), args).catch((error) => assert.fail(`${error.stdout}${error.stderr}`));

let place;
before(async () => (place = await consumer()));
after(() => place.remove());

test("publint is content", () => tool("publint", "run", tarball, "--strict"));

test("attw is content", () => tool("attw", tarball, "--profile", "esm-only"));

for (const [module, moduleResolution] of [["esnext", "bundler"], ["nodenext", "nodenext"]]) {
  test(`consumers compile under ${moduleResolution}, and wrong ones do not`, async () => {
    await cp(join(here, "types"), join(place.folder, "types"), { recursive: true });
    const compilerOptions = {
      module,
      moduleResolution,
      target: "es2022",
      lib: ["es2022", "esnext.disposable", "dom", "dom.iterable"],
      strict: true,
      exactOptionalPropertyTypes: true,
      noEmit: true,
      types: [],
    };
    const config = join(place.folder, `tsconfig.${moduleResolution}.json`);
    await writeFile(config, JSON.stringify({ compilerOptions, include: ["types"] }));
    await tool("tsc", "--project", config);
  });
}

test("it needs nothing else", async () => {
  const { stdout } = await run("npm", ["ls", "--all", "--parseable"], { cwd: place.folder });
  assert.equal(stdout.trim().split("\n").length, 2);
});
