// What a program costs in bytes, built as people build it.

import { brotliCompressSync, constants, gzipSync } from "node:zlib";

import { build } from "esbuild";

/** Bundled and minified for browsers: every file it loads at once, with what went into each. */
export async function bundled(source, resolveDir) {
  const { outputFiles, metafile } = await build({
    stdin: { contents: source, resolveDir },
    bundle: true,
    minify: true,
    splitting: true,
    metafile: true,
    format: "esm",
    platform: "browser",
    outdir: "/out",
    write: false,
    logLevel: "error",
  });
  return { files: outputFiles.map(({ contents }) => contents), outputs: Object.values(metafile.outputs) };
}

/** The bytes of files, raw and compressed, each file by itself. */
export function weigh(files) {
  const total = { raw: 0, gzip: 0, brotli: 0 };
  for (const file of files) {
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
