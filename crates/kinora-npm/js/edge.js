// For Next's edge routes, which compile nothing at run time.

import { entry } from "./client.js";
import core from "./core_bg.wasm?module";
import models from "./models_bg.wasm?module";
import records from "./records_bg.wasm?module";

export { KinoraError, version } from "./client.js";
export { fitImage, probeImage } from "./images.edge.js";
export const createClient = /* @__PURE__ */ entry(
  async () => core,
  async () => models,
  async () => records,
);
