/** What is odd about an image: said with a next step, and mended where a copy can. */

import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { fileOf } from '../harness/gallery.ts';
import { expect, test } from '../harness/test.ts';

/** A file of the corpus, the finding, how it counts, what is said, and what a copy changes. */
const ODD = [
  ['orientation6-high-first.jpg', 'Orientation', /stored as 37 × 23.*a copy that is saved upright is safe/i, 'Turned upright.'],
  ['orientation3-low-first.jpg', 'Orientation', /a service that overlooks the note/i, 'Turned upright.'],
  ['animated.png', 'Animation', /films a single picture/, 'Only the first picture of the animation.'],
  ['animated.webp', 'Animation', /films a single picture/, 'Only the first picture of the animation.'],
  ['cmyk-baseline.jpg', 'Colours', /CMYK.*four inks/, 'Colours of print turned into RGB.'],
  ['ycck-progressive.jpg', 'Colours', /CMYK.*four inks/, 'Colours of print turned into RGB.'],
] as const;

test('what is odd about an image is said, and a copy is not', async ({ app, site }) => {
  test.slow();
  await app.open(site);
  for (const [name, finding, words, change] of ODD) {
    await test.step(`${name}: ${finding}`, async () => {
      await app.chooseFile(ofCorpus(name));
      await expect(app.check(finding)).toHaveAttribute('data-verdict', 'borderline');
      await expect(app.check(finding)).toContainText(words);
      await app.copy.getByRole('button', { name: 'Make a copy that fits' }).click();
      await expect(app.copy).toContainText(change);
      await expect(app.check('Format')).toHaveText(/JPEG/);
      await expect(app.check(finding)).toHaveCount(0);
    });
  }
});

test('a progressive JPEG is told to be one, and is fine', async ({ app, site }) => {
  await app.open(site);
  await app.chooseFile(ofCorpus('colour-progressive.jpg'));
  await expect(app.check('Coding')).toHaveAttribute('data-verdict', 'pass');
  await expect(app.check('Coding')).toContainText('progressive');
});

test('a name that misleads is said, of a file and of an address', async ({ app, gallery, site }) => {
  await app.open(site);
  const misleads = /ends like that of a PNG, but the file is a JPEG.*right ending/;
  await app.chooseFile({ ...fileOf('good.jpg'), name: 'lake.png', mimeType: 'image/png' });
  await expect(app.check('Name')).toHaveAttribute('data-verdict', 'borderline');
  await expect(app.check('Name')).toContainText(misleads);
  await app.address.fill(gallery.open('named.png'));
  await expect(app.check('Name')).toContainText(misleads);
  await app.address.fill(gallery.open('good.png'));
  await expect(app.check('Width')).toHaveText(/640 px/);
  await expect(app.check('Name')).toHaveCount(0);
});

test('a type that the host declares and the file belies is said', async ({ app, gallery, site }) => {
  await app.open(site);
  await app.address.fill(gallery.open('declared.jpg'));
  await expect(app.check('Declared type')).toHaveAttribute('data-verdict', 'borderline');
  await expect(app.check('Declared type')).toContainText(
    /declares the file as image\/png, but it is a JPEG.*declare image\/jpeg/,
  );
});

function ofCorpus(name: string) {
  const mimeType = name.endsWith('.jpg') ? 'image/jpeg' : `image/${name.split('.').at(-1)}`;
  return { name, mimeType, buffer: readFileSync(join(CORPUS, name)) };
}

/** Where `cargo xtask test` writes it. */
const CORPUS = resolve(process.env['KINORA_CORPUS'] ?? '../../target/corpus');
