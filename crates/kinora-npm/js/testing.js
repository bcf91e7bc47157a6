// A service for tests: what kinora/testing hands out.

import { packed } from "./testing.packed.js";
import { entry } from "./pretence.js";
import { unpack } from "./unpack.js";

export { KinoraError } from "./error.js";
export const { createTestService, scenarios } = /* @__PURE__ */ entry(() => unpack(packed));
