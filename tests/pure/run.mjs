// Runs a wasm program that must import nothing and end normally.
//   node run.mjs program.wasm
import { readFile } from "node:fs/promises";

const module = await WebAssembly.compile(await readFile(process.argv[2]));
const imports = WebAssembly.Module.imports(module).map(({ module, name }) => `${module}.${name}`);
if (imports.length > 0) {
  console.error(`It imports ${imports.join(", ")}.`);
  process.exit(2);
}
const { exports } = await WebAssembly.instantiate(module, {});
process.exit(exports.main(0, 0));
