// The relay for Cloudflare Workers, which compile nothing at run time, and say who calls.

import { entry } from "./gate.js";
import relay from "./relay_bg.wasm";

export { KinoraError } from "./error.js";
export { nodeHandler } from "./outlet.js";
export const { createRelay, relayObject } = /* @__PURE__ */ entry(async () => relay, {}, (headers) =>
  headers.get("cf-connecting-ip"),
);
