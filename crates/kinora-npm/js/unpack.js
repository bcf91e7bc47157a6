// WebAssembly in a script: the bytes as signs that compress as well as the bytes do.

/** The module in a text. */
export const unpack = async (packed) => WebAssembly.compile(bytesOf(packed));

/**
 * The bytes in a text that `cargo xtask package` wrote: `table` says which byte each sign from the
 * space on stands for; a sign of `marks` shifts the one that follows to a further row of the table,
 * where the bytes that are left stand in order.
 */
export function bytesOf({ table, marks, text }) {
  const rows = [table];
  const rest = [...Array(256).keys()].filter((byte) => !table.includes(byte));
  // `map` skips the signs that stand for nothing.
  for (let left = marks.length; left; left--) rows.push(table.map(() => rest.shift()));
  const bytes = [];
  for (let place = 0; place < text.length; place++) {
    const row = marks.indexOf(text[place]) + 1;
    if (row) place++;
    bytes.push(rows[row][text.charCodeAt(place) - FIRST]);
  }
  return new Uint8Array(bytes);
}

const FIRST = 32;
