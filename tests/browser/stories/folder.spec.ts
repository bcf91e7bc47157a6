/** A whole folder at once: dropped, or chosen. */

import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import type { Page } from '@playwright/test';

import { bytesOf } from '../harness/gallery.ts';
import { expect, test } from '../harness/test.ts';

test('a folder that is dropped is checked with all that is in it, file by file', async ({
  app, page, site,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'kinora-'));
  mkdirSync(join(folder, 'deep', 'deeper'), { recursive: true });
  for (const [path, name] of [
    ['a.png', 'good.png'],
    ['deep/b.gif', 'motion.gif'],
    ['deep/deeper/c.png', 'width-359.png'],
    ['notes.txt', 'words.txt'],
  ] as const) {
    writeFileSync(join(folder, path), bytesOf(name));
  }
  await app.open(site);
  await drop(page, folder);
  await expect(app.many.getByRole('status')).toContainText(
    '3 of 3 checked, 1 left out as they are no images',
  );
  const lines = app.many.getByRole('listitem');
  await expect(lines).toHaveCount(3);
  await expect(lines.nth(0)).toContainText('a.png');
  await expect(lines.nth(0)).toHaveAttribute('data-verdict', 'pass');
  await expect(lines.nth(1)).toContainText(/b\.gif.*GIF is not taken/);
  await expect(lines.nth(2)).toContainText(/c\.png.*359 px wide/);
  await lines.nth(0).getByRole('button', { name: 'Use' }).click();
  await expect(app.form.getByText('From a.png')).toBeVisible();
  await expect(app.check('Width')).toHaveText(/640 px/);
  rmSync(folder, { recursive: true });
});

test('a large folder is checked to its end, with progress, or until it is stopped', async ({
  app, page, site,
}) => {
  test.slow();
  const folder = mkdtempSync(join(tmpdir(), 'kinora-'));
  const all: { name: string; is_shown: boolean }[] = JSON.parse(readFileSync(join(CORPUS, 'corpus.json'), 'utf8'));
  // Of what a browser does not show, the recorder of traces asks the page, against its policy.
  const files = all.filter(({ is_shown }) => is_shown);
  for (const copy of ['1', '2', '3']) {
    mkdirSync(join(folder, copy));
    for (const { name } of [...files, { name: 'corpus.json' }]) {
      cpSync(join(CORPUS, name), join(folder, copy, name));
    }
  }
  await app.open(site);
  await drop(page, folder);
  const status = app.many.getByRole('status');
  await expect(status).toContainText(`of ${files.length * 3} checked`);
  await status.getByRole('button', { name: 'Stop' }).click();
  await expect(status.getByRole('button', { name: 'Stop' })).toHaveCount(0);
  const stopped = await status.textContent();
  expect(Number.parseInt(stopped ?? '', 10)).toBeLessThan(files.length * 3);
  await drop(page, join(folder, '1'));
  await expect(status).toContainText(`${files.length} of ${files.length} checked, 1 left out`, {
    timeout: 60_000,
  });
  const verdicts = await app.many.getByRole('listitem').evaluateAll((lines) =>
    lines.map((line) => line.getAttribute('data-verdict')));
  expect(new Set(verdicts), 'all are too small').toEqual(new Set(['fail']));
  rmSync(folder, { recursive: true });
});

test('a folder without a file in it is told', async ({ app, page, site }) => {
  const folder = mkdtempSync(join(tmpdir(), 'kinora-'));
  await app.open(site);
  await drop(page, folder);
  const lines = app.many.getByRole('listitem');
  await expect(lines).toHaveCount(1);
  await expect(lines).toContainText(/Folder.*No file in it can be read\. Drop another folder/);
  rmSync(folder, { recursive: true });
});

test('an image whose type the system does not know is looked at, by its name', async ({ app, site }) => {
  await app.open(site);
  await app.many.locator('summary').click();
  await app.many.getByLabel('Pick files').setInputFiles([
    { name: 'photo.HEIC', mimeType: '', buffer: bytesOf('photo.heic') },
    { name: 'notes', mimeType: '', buffer: bytesOf('words.txt') },
  ]);
  await expect(app.many.getByRole('status')).toContainText('1 of 1 checked, 1 left out');
  await expect(app.many.getByRole('listitem')).toContainText(/photo\.HEIC.*HEIC is not taken/);
});

/** Drops a folder of this machine on the preview, as a file manager does. */
async function drop(page: Page, folder: string): Promise<void> {
  const zone = page.locator('.drop');
  await zone.scrollIntoViewIfNeeded();
  const box = await zone.boundingBox();
  const browser = await page.context().newCDPSession(page);
  const data = { items: [], files: [folder], dragOperationsMask: 1 };
  const place = { x: (box?.x ?? 0) + 20, y: (box?.y ?? 0) + 20 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await browser.send('Input.dispatchDragEvent', { type, ...place, data });
  }
  await browser.detach();
}

/** Where `cargo xtask test` writes it. */
const CORPUS = resolve(process.env['KINORA_CORPUS'] ?? '../../target/corpus');
