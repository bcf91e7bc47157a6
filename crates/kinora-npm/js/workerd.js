// For Cloudflare Workers, which compile nothing at run time and know fewer settings of `fetch`.

import { entry } from "./client.js";
import core from "./core_bg.wasm";
import models from "./models_bg.wasm";
import records from "./records_bg.wasm";

export { KinoraError, version } from "./client.js";
export { fitImage, probeImage } from "./images.workerd.js";
export const createClient = /* @__PURE__ */ entry(
  async () => core,
  async () => models,
  async () => records,
  { redirect: "manual" },
);
