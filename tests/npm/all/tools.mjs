// The tools of the matrix that are older, slower or larger than those of every test run.

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { consumer, run } from "../harness.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));

/** A consumer that finds the tools of this folder above itself, as in a workspace. */
export const inWorkspace = (manifest = {}) => consumer(manifest, here);

/** Runs a program of this folder's packages in a consumer; its output is the error's when it fails. */
export async function tool(name, args, folder) {
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1", PARCEL_WORKERS: "0" };
  try {
    return (await run(await program(name), args, { cwd: folder, env })).stdout;
  } catch (error) {
    throw new Error(`${name} ${args.join(" ")}: ${error.stdout}${error.stderr}`);
  }
}

/** Starts a server of this folder's packages on a port of the system's choice. */
export async function serving(name, args, folder) {
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1" };
  const child = spawn(await program(name), args, { cwd: folder, env, stdio: ["ignore", "pipe", "inherit"] });
  const base = await new Promise((resolve, reject) => {
    let told = "";
    child.once("exit", (code) => reject(new Error(`${name} ended with ${code}: ${told}`)));
    child.stdout.on("data", (data) => {
      told += data;
      const found = /http:\/\/(localhost|127\.0\.0\.1):(\d+)/.exec(told);
      if (found) resolve(`http://127.0.0.1:${found[2]}/`);
    });
  });
  return { base, stop: () => child.kill() };
}

/** Bun's npm package moves its program to its place by a script, which npm may not run. */
export async function program(name) {
  const usual = join(here, "node_modules/.bin", name);
  if (name !== "bun") return usual;
  const [platform] = await readdir(join(here, "node_modules/@oven"));
  const unmoved = join(here, "node_modules/@oven", platform, "bin/bun");
  return existsSync(unmoved) ? unmoved : usual;
}
