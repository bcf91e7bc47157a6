// The WebAssembly module `demo`, in a script, ready for calls.

import * as glue from "./demo.glue.js";
import { load } from "./demo.packed.js";
import { readied } from "./unzip.js";

export const module = readied(glue, load);
