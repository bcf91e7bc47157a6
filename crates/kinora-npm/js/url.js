// The entry that fetches the module as a file of its own, which is smaller and can be cached.

import { entry } from "./client.js";
import * as glue from "./core.js";

export { KinoraError, version } from "./client.js";
export const createClient = /* @__PURE__ */ entry(
  async () => WebAssembly.compileStreaming(fetch(new URL("./core_bg.wasm", import.meta.url))),
  glue,
);
