// Images in the default entry. A file of its own, so that programs without images are built without it.

import { images } from "./look.js";
import { unpack } from "./unpack.js";

export const { fitImage, probeImage } = /* @__PURE__ */ images(
  () => import("./image.packed.js").then(({ packed }) => unpack(packed)),
  () => import("./models.packed.js").then(({ load }) => load()),
);
