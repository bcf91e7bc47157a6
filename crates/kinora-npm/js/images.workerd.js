// Images in Cloudflare Workers, likewise a file of its own.

import image from "./image_bg.wasm";
import { images } from "./look.js";
import models from "./models_bg.wasm";

export const { fitImage, probeImage } = /* @__PURE__ */ images(
  async () => image,
  async () => models,
);
