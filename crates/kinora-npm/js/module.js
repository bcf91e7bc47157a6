// One WebAssembly module: loaded with its first use, begun afresh after a trap.

import { KinoraError, bad, words } from "./error.js";
import { decode, encode } from "./text.js";

/** `load` promises a `WebAssembly.Module`; `glue` is what wasm-bindgen made for it. */
export function moduleOf(load, glue) {
  const users = new Set();
  let loading;

  const ready = () =>
    (loading ??= load()
      .then((module) => void glue.initSync({ module }))
      .catch((cause) => {
        loading = undefined;
        throw new KinoraError({
          code: "wasm_unavailable",
          message: `Kinora's WebAssembly module could not be loaded (${words(cause)}).`,
          nextStep:
            "Allow 'wasm-unsafe-eval' in script-src of the page's Content-Security-Policy, and check that the module's file is served.",
          cause,
        });
      }));

  const call = (name, wish, ...numbers) => {
    let text;
    try {
      text = encode(wish);
    } catch (cause) {
      throw bad("bad_input", `What was passed in is not plain JSON: ${words(cause)}.`, cause);
    }
    try {
      return decode(glue[name](text, ...numbers));
    } catch (cause) {
      throw died(cause);
    }
  };

  /** The instance is of no further use, nor is any job in it. */
  const died = (cause) => {
    const error = new KinoraError({
      code: "internal",
      message: "Something inside Kinora broke. The next call starts afresh.",
      nextStep: "Take jobs up again with `client.jobs()` or `client.resume(id)`, and report this.",
      cause,
    });
    glue.__wbg_reset_state();
    for (const user of [...users]) user(error);
    return error;
  };

  return { ready, call, users, close: (job) => glue.close(job) };
}
