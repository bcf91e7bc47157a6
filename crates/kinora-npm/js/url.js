// The entry that fetches its modules as files of their own, which are smaller and can be cached.

import { entry } from "./client.js";

export { KinoraError, version } from "./client.js";
export { fitImage, probeImage } from "./images.url.js";
export const createClient = /* @__PURE__ */ entry(
  () => compiled(new URL("./core_bg.wasm", import.meta.url)),
  () => compiled(new URL("./models_bg.wasm", import.meta.url)),
  () => compiled(new URL("./records_bg.wasm", import.meta.url)),
);

async function compiled(url) {
  return WebAssembly.compileStreaming(fetch(url));
}
