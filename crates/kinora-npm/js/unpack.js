// WebAssembly in a script: the bytes as signs that compress as well as the bytes do.

/** The module in a text. */
export const unpack = async (packed) => WebAssembly.compile(bytesOf(packed));

/**
 * The bytes in a text that `cargo xtask package` wrote: the first line, of `table`, says which byte
 * each sign stands for; the signs of `marks` shift what follows to the next part of the table.
 */
export function bytesOf({ table, signs, marks, text, length }) {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (let place = 0; place < text.length; place++) {
    let row = marks.indexOf(text[place]) + 1;
    if (row) place++;
    bytes[at++] = table[row * signs.length + signs.indexOf(text[place])];
  }
  return bytes;
}
