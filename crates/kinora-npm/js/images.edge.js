// Images in Next's edge routes, likewise a file of its own.

import image from "./image_bg.wasm?module";
import { images } from "./look.js";
import models from "./models_bg.wasm?module";

export const { fitImage, probeImage } = /* @__PURE__ */ images(
  async () => image,
  async () => models,
);
