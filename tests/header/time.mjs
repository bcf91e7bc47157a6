// Reads every file of the corpus over and over, in Node, and says how often a second: with the module,
// and with the npm packages `image-size` and `probe-image-size`. Also holds the module's answers against
// what the native reader wrote down.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [folder, corpus, packages] = process.argv.slice(2);
const require = createRequire(join(packages, 'package.json'));
const { imageSize } = require('image-size');
const probe = require('probe-image-size');
const header = await import(pathToFileURL(join(folder, 'header.js')).href);
const module = new WebAssembly.Module(readFileSync(join(folder, 'header_bg.wasm')));
const { memory } = header.initSync({ module });
const ROOM = 1 << 16;
const shelf = new Uint8Array(memory.buffer, header.shelf(), ROOM);
const KNOWN = 0;

/** Puts the file on the module's shelf, as much as fits, and asks. */
function read(file) {
  const part = file.subarray(0, ROOM);
  shelf.set(part);
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

/** Whether a reader of the others reads this file at all. */
function isReadBy(other, content) {
  try {
    return other(content)?.width > 0;
  } catch {
    return false;
  }
}

/** How many of these files are read in a second, in the middle of five rounds. */
function rate(reader, some) {
  const rates = [];
  for (let round = 0; round < 5; round += 1) {
    let count = 0;
    const start = performance.now();
    while (performance.now() - start < 200) {
      for (const { content } of some) reader(content);
      count += some.length;
    }
    rates.push(count / ((performance.now() - start) / 1000));
  }
  return rates.sort((a, b) => a - b)[2];
}

const readers = { ours: read, 'image-size': imageSize, 'probe-image-size': probe.sync };
console.log('Headers a second in Node, of the files that all three read:');
for (const ending of ['jpg', 'png', 'webp', 'bmp']) {
  const all = files.filter(({ name, bytes }) => name.endsWith(`.${ending}`) && bytes <= ROOM);
  const others = [imageSize, probe.sync];
  const some = all.filter(({ content }) => others.every((other) => isReadBy(other, content)));
  const rates = Object.entries(readers).map(([name, reader]) => [name, rate(reader, some)]);
  const cells = rates.map(([name, rate]) => `${name} ${(rate / 1e6).toFixed(2)} million`);
  console.log(`${ending} (${some.length} of ${all.length}): ${cells.join(', ')}`);
  const [[, ours], ...theirs] = rates;
  const times = theirs.map(([name, rate]) => `${(ours / rate).toFixed(1)} times ${name}`);
  console.log(`  ours is ${times.join(', ')}`);
}
