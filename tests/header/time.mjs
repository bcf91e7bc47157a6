// Reads every file of the corpus over and over with the module, in Node, and says how often a
// second. Also holds the module's answers against what the native reader wrote down.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [folder, corpus] = process.argv.slice(2);
const header = await import(pathToFileURL(join(folder, 'header.js')).href);
const module = new WebAssembly.Module(readFileSync(join(folder, 'header_bg.wasm')));
const { memory } = header.initSync({ module });
const ROOM = 1 << 16;
const KNOWN = 0;

/** Puts the file on the module's shelf, as much as fits, and asks. */
function read(file) {
  const part = file.subarray(0, ROOM);
  new Uint8Array(memory.buffer, header.shelf(), ROOM).set(part);
  header.start();
  return header.read(0, part.length, file.length);
}

const files = JSON.parse(readFileSync(join(corpus, 'corpus.json'), 'utf8'));
for (const file of files) {
  file.content = readFileSync(join(corpus, file.name));
  if (file.bytes > ROOM) continue;
  assert.equal(read(file.content), KNOWN, file.name);
  assert.deepEqual([header.fact(0), header.fact(1)], file.stored, file.name);
}

for (const ending of ['jpg', 'png', 'webp', 'bmp']) {
  const some = files.filter(({ name, bytes }) => name.endsWith(`.${ending}`) && bytes <= ROOM);
  const rates = [];
  for (let round = 0; round < 5; round += 1) {
    let count = 0;
    const start = performance.now();
    while (performance.now() - start < 300) {
      for (const { content } of some) read(content);
      count += some.length;
    }
    rates.push(count / ((performance.now() - start) / 1000));
  }
  rates.sort((a, b) => a - b);
  console.log(`${ending}: ${Math.round(rates[2] / 1000)} 000 headers a second, of ${some.length} files`);
}
