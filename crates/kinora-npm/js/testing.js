// A service for tests: what kinora/testing hands out.

import { load } from "./testing.packed.js";
import { entry } from "./pretence.js";

export { KinoraError } from "./error.js";
export const { createTestService, scenarios } = /* @__PURE__ */ entry(load);
