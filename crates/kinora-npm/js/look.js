// Images: two functions, of which nothing is loaded before the first call.

import { KinoraError, bad, fine, words } from "./error.js";
import { moduleOf } from "./module.js";

/** Each argument promises a `WebAssembly.Module`: that of headers, and that of what is known of models. */
export function images(loadImage, loadModels) {
  // Handed to the parts, so that bundlers keep all this in the script that has it already.
  const tools = { loadImage, models: moduleOf(loadModels), KinoraError, bad, fine, words };
  const part = (tools.part = async (load) =>
    load().catch((cause) => {
      throw new KinoraError({
        code: "wasm_unavailable",
        message: `A part of Kinora could not be loaded (${words(cause)}).`,
        nextStep: "Check that its files are served, then call again.",
        cause,
      });
    }));
  const probe = () => part(() => import("./probe.js"));
  const fit = () => part(() => import("./fit.js"));
  return {
    probeImage: async (source, options) => (await probe()).probeImage(tools, source, options),
    fitImage: async (source, wish) => {
      const [{ fitImage }, looking] = await Promise.all([fit(), probe()]);
      return fitImage(tools, looking, source, wish);
    },
  };
}
