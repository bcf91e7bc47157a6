// The module that reads headers: an instance that is begun afresh after a trap.

/** `{ begin, most }`, where `begin` begins with a file. */
export async function headersOf(tools) {
  const { loadImage, KinoraError, words } = tools;
  let module, exports;
  try {
    module = await loadImage();
    exports = begun(module);
  } catch (cause) {
    tools.headers = undefined;
    throw new KinoraError({
      code: "wasm_unavailable",
      message: `Kinora's WebAssembly could not be loaded (${words(cause)}).`,
      nextStep: "Allow 'wasm-unsafe-eval' in the page's Content-Security-Policy, and check that its file is served.",
      cause,
    });
  }
  const use = (run) => {
    try {
      return run();
    } catch (cause) {
      exports = begun(module);
      throw new KinoraError({
        code: "internal",
        message: "Something inside Kinora broke. The next call starts afresh.",
        nextStep: "Report this, with the image if you may.",
        cause,
      });
    }
  };
  const begin = () => {
    const own = exports;
    const file = use(() => own.begin());
    return {
      grow: (piece) => use(() => own.grow(file, ...placed(own, piece))),
      end: () => use(() => own.end(file)),
      told: () => use(() => Array.from({ length: FACTS }, (_, what) => own.told(file, what))),
      format: () => use(() => text(own, own.format(file))),
      // Of an instance that trapped nothing is left to close.
      close: () => own === exports && use(() => own.close(file)),
    };
  };
  return { begin, most: exports.most() };
}

const begun = (module) => new WebAssembly.Instance(module).exports;

/** Place and length of a copy in the module's memory, which the module frees. */
function placed(exports, bytes) {
  const place = exports.__wbindgen_malloc(bytes.length, 1);
  new Uint8Array(exports.memory.buffer).set(bytes, place);
  return [place, bytes.length];
}

function text(exports, [place, length]) {
  const found = new TextDecoder().decode(new Uint8Array(exports.memory.buffer, place, length));
  exports.__wbindgen_free(place, length, 1);
  return found;
}

/** How many facts there are. */
const FACTS = 10;
