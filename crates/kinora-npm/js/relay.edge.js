// The relay for Next's edge routes, which compile nothing at run time.

import { entry } from "./gate.js";
import relay from "./relay_bg.wasm?module";

export { KinoraError } from "./error.js";
export { nodeHandler } from "./outlet.js";
export const { createRelay, relayObject } = /* @__PURE__ */ entry(async () => relay, { cache: "no-store" });
