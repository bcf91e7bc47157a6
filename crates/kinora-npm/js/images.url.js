// Images where modules are files, likewise a file of its own. The small module is in a script here too:
// Vite puts out a file that is named anywhere, in programs without images as well.

import { images } from "./look.js";
import { unpack } from "./unpack.js";

export const { fitImage, probeImage } = /* @__PURE__ */ images(
  () => import("./image.packed.js").then(({ packed }) => unpack(packed)),
  () => compiled(new URL("./models_bg.wasm", import.meta.url)),
);

async function compiled(url) {
  return WebAssembly.compileStreaming(fetch(url));
}
