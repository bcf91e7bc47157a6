/** The reader of image headers and the browser agree on how large a picture is shown. */

import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { serveFolder } from '../harness/folder.ts';
import { statusError } from '../harness/guard.ts';
import { expect, test } from '../harness/test.ts';

/** A file of the corpus, with what the reader says of it. */
interface File {
  readonly name: string;
  readonly is_shown: boolean;
  readonly displayed: readonly [number, number];
}

test('every file of the corpus is as large in the browser as its header says', async ({ guard, page }) => {
  // The icon that browsers ask every host for. A file that is missing has no size below.
  guard.announce(statusError(404));
  const files: File[] = JSON.parse(readFileSync(join(CORPUS, 'corpus.json'), 'utf8'));
  const shown = files.filter((file) => file.is_shown);
  expect(shown.length, 'files that browsers show').toBeGreaterThan(150);
  const host = await serveFolder(CORPUS, '/');
  await page.goto(`${host.origin}/corpus.json`);
  const names = files.map(({ name }) => name);
  const sizes = await page.evaluate(async (names) => {
    const sizes: [string, readonly number[]][] = [];
    for (const name of names) {
      const image = new Image();
      image.src = name;
      const size = () => [image.naturalWidth, image.naturalHeight];
      sizes.push([name, await image.decode().then(size, () => [])]);
    }
    return sizes;
  }, names);
  // What only some browsers show has a size in these, and none in the others.
  const isUnshown = (place: number) => !files[place]?.is_shown && sizes[place]?.[1].length === 0;
  const read = files.map(({ name, displayed }, place) => [name, isUnshown(place) ? [] : displayed]);
  expect(sizes).toEqual(read);
  await host.stop();
});

/** Where `cargo xtask test` writes it. */
const CORPUS = resolve(process.env['KINORA_CORPUS'] ?? '../../target/corpus');
