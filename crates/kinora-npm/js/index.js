// The default entry: the module is in the script, for every bundler and runtime.

import { entry } from "./client.js";
import { packed } from "./core.packed.js";
import { unpack } from "./unpack.js";

export { KinoraError, version } from "./client.js";
export { fitImage, probeImage } from "./images.js";
export const createClient = /* @__PURE__ */ entry(
  () => unpack(packed),
  () => import("./models.packed.js").then(({ load }) => load()),
  () => import("./records.packed.js").then(({ load }) => load()),
);
