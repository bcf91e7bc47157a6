/** What a person may wish of a copy: its shape, how it gets it, its ground, its kind of file. */

import type { Page } from '@playwright/test';

import type { App } from '../harness/app.ts';
import { fileOf } from '../harness/gallery.ts';
import { expect, test } from '../harness/test.ts';

test('without a wish one click makes the copy, and the options are folded', async ({ app, site }) => {
  await app.open(site);
  await app.chooseFile(fileOf('width-359.png'));
  await expect(app.check('Width')).toHaveAttribute('data-verdict', 'fail');
  await expect(option(app, 'Shape')).toBeHidden();
  await app.copy.getByRole('button', { name: 'Make a copy that fits' }).click();
  await expect(app.check('Width')).toHaveText(/361 px/);
  await expect(app.copy).toContainText('Enlarged from 359 × 640 to 361 × 644');
});

test('an image that fits can be cut to another shape, and makes a video', async ({ app, site }) => {
  await app.open(`${site}?queue=0`);
  await app.chooseFile(fileOf('good.png'));
  await unfold(app, 'Another shape or file type');
  await option(app, 'Shape').selectOption('1:1');
  await option(app, 'Reshaped by').selectOption('Cutting edges off');
  await app.copy.getByRole('button', { name: 'Make a copy' }).click();
  await expect(app.copy).toContainText('Cut at two edges');
  await expect(app.check('Width')).toHaveText(/480 px/);
  await expect(app.check('Height')).toHaveText(/480 px/);
  await app.go.click();
  await app.finishes();
});

test('a shape by added edges has them in the wished colour', async ({ app, page, site }) => {
  await app.open(site);
  await app.chooseFile(fileOf('good.png'));
  await unfold(app, 'Another shape or file type');
  await option(app, 'Shape').selectOption('9:16');
  await app.copy.getByLabel('Background').fill('#0050a0');
  await option(app, 'File type').selectOption('PNG');
  await app.copy.getByRole('button', { name: 'Make a copy' }).click();
  await expect(app.copy).toContainText('Set on a plain ground');
  await expect(app.form.getByText('From good-fits.png')).toBeVisible();
  await expect(app.check('Format')).toHaveText(/PNG/);
  for (const rule of ['Format', 'Width', 'Height', 'Size', 'Transparency']) {
    await expect(app.check(rule), rule).toHaveAttribute('data-verdict', 'pass');
  }
  const { width, height, corner } = await shown(page);
  expect([width, height]).toEqual([640, 1138]);
  expect(corner).toEqual([0, 0x50, 0xa0, 255]);
});

test('transparent parts get the wished ground', async ({ app, page, site }) => {
  await app.open(site);
  await app.chooseFile(fileOf('transparent.png'));
  await unfold(app, 'Options');
  await app.copy.getByLabel('Background').fill('#ff0000');
  await app.copy.getByRole('button', { name: 'Make a copy that fits' }).click();
  await expect(app.copy).toContainText('Put on a plain ground where it was transparent.');
  const [red, green, blue] = (await shown(page)).corner;
  expect(red).toBeGreaterThan(245);
  expect(Math.max(green ?? 255, blue ?? 255), 'but for the losses of JPEG').toBeLessThan(12);
});

test('the options are reached and chosen by keyboard alone', async ({ app, page, site }) => {
  await app.open(site);
  await app.chooseFile(fileOf('good.png'));
  await expect(app.check('Width')).toHaveText(/640 px/);
  await app.copy.locator('summary').focus();
  await page.keyboard.press('Enter');
  await expect(app.copy.getByRole('group', { name: 'Options for the copy' })).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(option(app, 'Shape')).toBeFocused();
  await page.keyboard.press('4');
  await expect(option(app, 'Shape')).toHaveValue('4:3');
  for (const next of [option(app, 'Reshaped by'), app.copy.getByLabel('Background')]) {
    await page.keyboard.press('Tab');
    await expect(next).toBeFocused();
  }
});

test('a copy that is made while another image is chosen does not take its place', async ({
  app, gallery, site,
}) => {
  await app.open(site);
  await app.chooseFile(fileOf('size-10.5.png'));
  await expect(app.check('Size')).toHaveAttribute('data-verdict', 'fail');
  await app.copy.getByRole('button', { name: 'Make a copy that fits' }).click();
  await app.address.fill(gallery.open('height-2001.png'));
  await expect(app.check('Height')).toHaveAttribute('data-verdict', 'fail');
  await expect(app.copy.getByRole('button', { name: 'Make a copy that fits' })).toBeVisible();
  await expect(app.address).toHaveValue(gallery.open('height-2001.png'));
});

function option(app: App, name: string) {
  return app.copy.getByRole('combobox', { name, exact: true });
}

async function unfold(app: App, name: string): Promise<void> {
  await app.copy.locator('summary').filter({ hasText: name }).click();
  await expect(option(app, 'Shape')).toBeVisible();
}

/** Size and first pixel of the picture in the preview. */
function shown(page: Page): Promise<{ width: number; height: number; corner: number[] }> {
  return page.locator('.preview img').evaluate(async (element) => {
    const image = element as HTMLImageElement;
    await image.decode();
    const canvas = new OffscreenCanvas(1, 1);
    const context = canvas.getContext('2d');
    context?.drawImage(image, 0, 0);
    const corner = [...(context?.getImageData(0, 0, 1, 1).data ?? [])];
    return { width: image.naturalWidth, height: image.naturalHeight, corner };
  });
}
