// For Cloudflare Workers, which compile nothing at run time and know fewer settings of `fetch`.

import { entry } from "./client.js";
import * as glue from "./core.js";
import module from "./core_bg.wasm";

export { KinoraError, version } from "./client.js";
export const createClient = /* @__PURE__ */ entry(async () => module, glue, { redirect: "manual" });
