// The README's table of errors and the sources name the same codes.

import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

import { consumer } from "./harness.mjs";
import { tableOf } from "./snippets.mjs";

const crates = fileURLToPath(new URL("../../crates/", import.meta.url));

let place;
before(async () => (place = await consumer()));
after(() => place.remove());

/** Where errors of the machine and of the service get their codes. */
const MACHINE = ["kinora/src/error.rs", "kinora/src/job/message.rs"];
/** Codes of the machine's that no error of the package has. */
const NEVER = {
  succeeded: "is no error",
  deadline: "the package gives no job a deadline",
  overdue: "the package gives no job a deadline",
  not_stored: "memory stands in for a storage that fails",
};

async function texts(folder, ending) {
  const names = await readdir(folder, { recursive: true });
  const files = names.filter((name) => name.endsWith(ending)).sort();
  return (await Promise.all(files.map((name) => readFile(join(folder, name), "utf8")))).join("\n");
}

/** What stands in the first group of a pattern, wherever it is found. */
const all = (text, pattern) => [...text.matchAll(pattern)].map(([, found]) => found);

/** The code without its tests, which stand last. */
const untested = (rust) => rust.replace(/#\[cfg\(test\)\][\s\S]*/, "");

/** Words in quotes within the functions that give codes. */
function given(rust) {
  const functions = all(rust, /const fn (?:code|row)\([\s\S]*?(\{\n[\s\S]*?\n {4}\})/g);
  return functions.flatMap((body) => all(body, /(?:=> |\(\s*)"([a-z_]+)"/g));
}

async function codes() {
  const js = await texts(join(place.folder, "node_modules/kinora/dist"), ".js");
  const shell = (await texts(join(crates, "kinora-npm/src"), ".rs")).split("\n//!").map(untested).join("\n");
  const machine = await Promise.all(MACHINE.map((path) => readFile(join(crates, path), "utf8")));
  return new Set([
    ...all(js, /\b(?:bad|gone|warn)\(\s*"([a-z_]+)"/g),
    ...all(js, /\bcode(?::| =) "([a-z_]+)"/g),
    ...all(shell, /\b(?:bad|Problem::Id)\(\s*"([a-z_]+)"/g),
    ...all(shell, /\btext\("code", "([a-z_]+)"\)/g),
    ...given(shell),
    ...machine.map(untested).flatMap(given),
  ]);
}

test("each error that the package can give is in the README's table, and no other is", async () => {
  const rows = await tableOf(place.folder, "Errors");
  const written = rows.flatMap(([code]) => all(code, /`([a-z_]+)`/g));
  assert.equal(new Set(written).size, written.length, "a code stands twice");
  const found = [...(await codes())].filter((code) => !(code in NEVER));
  assert.deepEqual(written.sort(), found.sort());
});

test("every error of the shell has a code that this test can read", async () => {
  const js = await texts(join(crates, "kinora-npm/js"), ".js");
  const made = all(js, /new KinoraError\(\s*([\s\S]{0,40})/g);
  assert.ok(made.length > 5, "the sources are not where they were");
  for (const begin of made) assert.match(begin, /^(\{\s*code\b|answer\.error|want\.error|event\.error|cause\))/);
});

test("the package gives no job a deadline", async () => {
  assert.doesNotMatch(await texts(join(crates, "kinora-npm/src"), ".rs"), /with_deadline/);
});
