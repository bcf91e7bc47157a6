// One WebAssembly module: loaded with its first use, begun afresh after a trap.

import { KinoraError, bad, words } from "./error.js";
import { decode, encode } from "./text.js";

/** `load` promises a `WebAssembly.Module` whose functions take a text and answer with one. */
export function moduleOf(load) {
  const users = new Set();
  let loading, module, instance;

  const begun = () => (instance ??= new WebAssembly.Instance(module).exports);

  const ready = () =>
    (loading ??= load()
      .then((loaded) => {
        module = loaded;
        begun();
      })
      .catch((cause) => {
        loading = undefined;
        unloaded(cause);
      }));

  const call = (name, wish, ...numbers) => {
    let text;
    try {
      text = encode(wish);
    } catch (cause) {
      throw bad("bad_input", `This is not plain JSON: ${words(cause)}.`, cause);
    }
    return alive((exports) => decode(exchange(exports, name, text, numbers)));
  };

  const alive = (act) => {
    try {
      return act(begun());
    } catch (cause) {
      throw died(cause);
    }
  };

  /** The instance is of no further use, nor is any job in it. */
  const died = (cause) => {
    const error = new KinoraError({
      code: "internal",
      message: "Something inside Kinora broke. The next call starts afresh.",
      nextStep: "Take jobs up again with `jobs()` or `resume(id)`, and report this.",
      cause,
    });
    instance = undefined;
    for (const user of [...users]) user(error);
    return error;
  };

  return { ready, call, users, close: (job) => alive((exports) => exports.close(job)) };
}

/** Tells what could not be loaded. */
export function unloaded(cause) {
  throw new KinoraError({
    code: "wasm_unavailable",
    message: `A part of Kinora could not be loaded (${words(cause)}).`,
    nextStep:
      "Allow 'wasm-unsafe-eval' in the page's Content-Security-Policy, and check that its file is served.",
    cause,
  });
}

/** A text into the module's memory, and the answer's bytes out of there. */
function exchange(exports, name, text, numbers) {
  const bytes = new TextEncoder().encode(text);
  const place = exports.__wbindgen_malloc(bytes.length, 1);
  new Uint8Array(exports.memory.buffer).set(bytes, place);
  const [start, length] = exports[name](place, bytes.length, ...numbers);
  const answer = new Uint8Array(exports.memory.buffer).slice(start, start + length);
  exports.__wbindgen_free(start, length, 1);
  return answer;
}
