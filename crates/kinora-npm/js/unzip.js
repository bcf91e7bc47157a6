// WebAssembly in a script, compressed: for modules whose bytes matter more than the host's compression.

/** The module in a text that `cargo xtask package` wrote: gzip, in signs. */
export async function unzip(packed) {
  const stream = new Blob([bytesOf(packed)]).stream().pipeThrough(new DecompressionStream("gzip"));
  return WebAssembly.compile(await new Response(stream).arrayBuffer());
}

/** The bytes in a text: five signs are the digits of four bytes' number, the last ones of fewer. */
export function bytesOf(text) {
  const length = Math.floor((text.length * 4) / 5);
  const view = new DataView(new ArrayBuffer(length + 4));
  for (let at = 0, byte = 0; byte < length; byte += 4) {
    let number = 0;
    for (let digit = 0; digit < 5; digit++, at++) {
      number = number * SIGNS.length + (at < text.length ? SIGNS.indexOf(text[at]) : SIGNS.length - 1);
    }
    view.setUint32(byte, number);
  }
  return new Uint8Array(view.buffer, 0, length);
}

/** What readies the module that `load` promises, with the script that wasm-bindgen made for it, once for all who ask. */
export function readied(glue, load) {
  let loading;
  const begun = async () => {
    try {
      glue.initSync({ module: await load() });
      return glue;
    } catch (cause) {
      loading = undefined;
      throw cause;
    }
  };
  return () => (loading ??= begun());
}

const SIGNS = "!#%()*+,-./0123456789:;=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_abcdefghijklmnopqrstuvwxyz|~";
