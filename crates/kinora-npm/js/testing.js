// A service for tests: what kinora/testing hands out.

import { packed } from "./testing.packed.js";
import { entry } from "./pretence.js";
import { unzip } from "./unzip.js";

export { KinoraError } from "./error.js";
export const { createTestService, scenarios } = /* @__PURE__ */ entry(() => unzip(packed));
