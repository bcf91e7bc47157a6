// WebAssembly in a script: the bytes as signs that compress as well as the bytes do.

/** The module in a text. */
export const unpack = async (packed) => WebAssembly.compile(bytesOf(packed));

/**
 * The bytes in a text that `cargo xtask package` wrote: `table` says which byte each sign from the
 * space on stands for; a sign of `marks` shifts the one that follows to the next row of the table.
 */
export function bytesOf({ table, marks, text }) {
  const bytes = [];
  for (let place = 0; place < text.length; place++) {
    const row = marks.indexOf(text[place]) + 1;
    if (row) place++;
    bytes.push(table[row * ROW + text.charCodeAt(place) - FIRST]);
  }
  return new Uint8Array(bytes);
}

const FIRST = 32;
const ROW = 95;
