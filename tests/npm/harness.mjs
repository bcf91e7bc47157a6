// What every test here needs: the tarball installed as people install it, and an emulator.

import { execFile, spawn } from "node:child_process";
import { createReadStream } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";

export const run = promisify(execFile);

export const tarball = named("KINORA_TARBALL");

/** A throw-away folder below `parent` with the package in its `node_modules`; told where that is. */
export async function consumer(manifest = {}, parent = tmpdir()) {
  const folder = await mkdtemp(join(parent, "kinora-consumer-"));
  await writeFile(join(folder, "package.json"), JSON.stringify({ private: true, type: "module", ...manifest }));
  await run("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", "--offline", tarball], { cwd: folder });
  return { folder, remove: () => rm(folder, { recursive: true }) };
}

/** A module of the package that a consumer has installed. */
export const moduleOf = ({ folder }, name = "index") => import(pathToFileURL(join(folder, `node_modules/kinora/dist/${name}.js`)));

/** A consumer, and all that the client and the service for tests of its package export. */
export async function loaded() {
  const place = await consumer();
  return { place, ...(await moduleOf(place)), ...(await moduleOf(place, "testing")) };
}

/** Ends whatever of these was begun, one after the other. */
export async function leave(...begun) {
  for (const one of begun) await (one?.close ?? one?.stop ?? one?.remove)?.call(one);
}

/** `kinora emulate` with these flags, on a port of the system's choice. */
export async function emulator(...flags) {
  const program = spawn(named("KINORA_BIN"), ["emulate", "--port", "0", ...flags], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const base = await new Promise((resolve, reject) => {
    program.once("exit", (code) => reject(new Error(`the emulator ended with ${code}`)));
    program.stdout.on("data", (data) => {
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(data);
      if (found) resolve(found[0]);
    });
  });
  return { base, stop: () => program.kill() };
}

/** A static host that serves a folder below a sub-path. */
export async function host(folder, below = "/some/where/") {
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, "http://host").pathname));
    const stream = createReadStream(join(folder, path.startsWith(below) ? path.slice(below.length) : "none"));
    stream.on("error", () => response.writeHead(404).end());
    stream.on("open", () => {
      response.writeHead(200, { "content-type": TYPES[extname(path)] ?? "application/octet-stream" });
      stream.pipe(response);
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const base = `http://127.0.0.1:${server.address().port}${below}`;
  return { base, stop: () => server.close() };
}

export function named(variable) {
  const value = process.env[variable];
  if (!value) throw new Error(`${variable} is not set: run \`cargo xtask test\``);
  return value;
}

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".wasm": "application/wasm" };

export const MODEL = "wan-ai/wan-2-2/image-to-video";
export const INPUT = { prompt: "the fog lifts", img_url: "https://example.com/lake.jpg" };
