// The relay for servers with files: Node, Deno, Bun.

import { entry } from "./gate.js";

export { KinoraError } from "./error.js";
export { nodeHandler } from "./outlet.js";
export const { createRelay, relayObject } = /* @__PURE__ */ entry(
  async () => {
    const { readFile } = await import("node:fs/promises");
    return WebAssembly.compile(await readFile(new URL("./relay_bg.wasm", import.meta.url)));
  },
  { cache: "no-store" },
);
