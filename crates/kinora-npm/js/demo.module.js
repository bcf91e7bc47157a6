// The WebAssembly module `demo`, in a script, ready for calls.

import * as glue from "./demo.glue.js";
import { packed } from "./demo.packed.js";
import { readied } from "./unzip.js";

export const module = readied(glue, packed);
