// For Next's edge routes, which compile nothing at run time.

import { entry } from "./client.js";
import * as glue from "./core.js";
import module from "./core_bg.wasm?module";

export { KinoraError, version } from "./client.js";
export const createClient = /* @__PURE__ */ entry(async () => module, glue);
