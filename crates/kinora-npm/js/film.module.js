// The WebAssembly module `film`, in a script, ready for calls.

import * as glue from "./film.glue.js";
import { load } from "./film.packed.js";
import { readied } from "./unzip.js";

export const module = readied(glue, load);
