// What a program costs in bytes, built as people build it.

import { readFile } from "node:fs/promises";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

import { build, transform } from "esbuild";

/**
 * Bundled and minified for browsers: the files that the program's first job loads, those that wait
 * for a wish, and what went into each.
 */
export async function bundled(source, resolveDir, chunkNames = "[name]") {
  const { outputFiles, metafile } = await build({
    stdin: { contents: source, resolveDir, sourcefile: "program.js" },
    bundle: true,
    minify: true,
    splitting: true,
    metafile: true,
    format: "esm",
    platform: "browser",
    // The relay reads its rules from a file on servers.
    external: ["node:*"],
    outdir: "/out",
    // A hash would be one of the throw-away folder's name, and the bytes others in every run.
    chunkNames,
    absWorkingDir: "/",
    write: false,
    logLevel: "error",
  });
  const loaded = ofFirstJob(metafile.outputs);
  const files = outputFiles.map(({ path, contents }) => ({ path: path.slice(1), contents, ...metafile.outputs[path.slice(1)] }));
  return { first: files.filter(({ path }) => loaded.has(path)), later: files.filter(({ path }) => !loaded.has(path)) };
}

/** One script by itself, minified. */
export async function alone(file, path) {
  const { code } = await transform(await readFile(file, "utf8"), { minify: true, format: "esm" });
  return { path, contents: Buffer.from(code) };
}

/** What a submit, its wait and its cancel load: all that is imported. */
function ofFirstJob(outputs) {
  const found = new Set();
  const add = (path) => {
    if (found.has(path)) return;
    found.add(path);
    for (const { path: imported, kind } of outputs[path].imports) {
      if (outputs[imported] && kind !== "dynamic-import") add(imported);
    }
  };
  for (const [path, { inputs }] of Object.entries(outputs)) {
    if (Object.keys(inputs).some((input) => input.endsWith("program.js"))) add(path);
  }
  return found;
}

/** The bytes of files, raw and compressed, each file by itself. */
export function weigh(files) {
  const total = { raw: 0, gzip: 0, brotli: 0 };
  for (const { contents: file } of files) {
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: file.length };
    total.raw += file.length;
    total.gzip += gzipSync(file, { level: 9 }).length;
    total.brotli += brotliCompressSync(file, { params }).length;
  }
  return total;
}

/** Prints rows as a table whose first column is to the left. */
export function print(head, rows) {
  const lines = [head, ...rows].map((row) => row.map((cell) => String(cell).replace(/\B(?=(\d{3})+$)/g, " ")));
  const widths = head.map((_, column) => Math.max(...lines.map((row) => row[column].length)));
  for (const row of lines) {
    console.log(row.map((cell, at) => (at ? cell.padStart(widths[at]) : cell.padEnd(widths[at]))).join("  "));
  }
}
