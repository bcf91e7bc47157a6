// A service for tests under Cloudflare's runtime, which compiles nothing at run time.

import { entry } from "./pretence.js";
import module from "./testing_bg.wasm";

export { KinoraError } from "./error.js";
export const { createTestService, scenarios } = /* @__PURE__ */ entry(async () => module);
