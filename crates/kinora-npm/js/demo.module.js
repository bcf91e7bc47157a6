// The WebAssembly module `demo`, in a script, ready for calls.

import * as glue from "./demo.glue.js";
import { packed } from "./demo.packed.js";
import { unzip } from "./unzip.js";

let loading;

export const module = () => (loading ??= begun());

async function begun() {
  try {
    glue.initSync({ module: await unzip(packed) });
    return glue;
  } catch (cause) {
    loading = undefined;
    throw cause;
  }
}
