// WebAssembly in a script, compressed: for modules whose bytes matter more than the host's compression.

/** The module in a text that `cargo xtask package` wrote: gzip, as base64. */
export async function unzip(packed) {
  const bytes = Uint8Array.from(atob(packed), (sign) => sign.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return WebAssembly.compile(await new Response(stream).arrayBuffer());
}

/** What readies such a module, with the script that wasm-bindgen made for it, once for all who ask. */
export function readied(glue, packed) {
  let loading;
  const begun = async () => {
    try {
      glue.initSync({ module: await unzip(packed) });
      return glue;
    } catch (cause) {
      loading = undefined;
      throw cause;
    }
  };
  return () => (loading ??= begun());
}
