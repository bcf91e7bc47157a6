// A service for tests in Next's edge routes, which compile nothing at run time.

import { entry } from "./pretence.js";
import module from "./testing_bg.wasm?module";

export { KinoraError } from "./error.js";
export const { createTestService, scenarios } = /* @__PURE__ */ entry(async () => module);
