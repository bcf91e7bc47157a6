/** Images that do not fit: a copy that does, and many checked at once. */

import type { App } from '../harness/app.ts';
import { fileOf } from '../harness/gallery.ts';
import { NO_ANSWER, NO_CORS } from '../harness/guard.ts';
import { listen } from '../harness/listener.ts';
import { expect, test } from '../harness/test.ts';

const VERDICTS = ['Format', 'Width', 'Height', 'Size', 'Transparency'] as const;

async function expectAllFit(app: App): Promise<void> {
  for (const rule of VERDICTS) {
    await expect(app.check(rule), rule).toHaveAttribute('data-verdict', 'pass');
  }
}

test('a copy that fits takes the place of an image that does not, and makes a video', async ({
  app, site,
}) => {
  await app.open(`${site}?queue=0`);
  await app.choose(/^Desert/);
  await expect(app.check('Height')).toHaveAttribute('data-verdict', 'fail');
  await app.form.getByRole('button', { name: 'Make a copy that fits' }).click();
  await expectAllFit(app);
  const told = app.form.locator('.mend');
  await expect(told).toContainText('Enlarged from 1200 × 320 to 1354 × 361, which adds no detail.');
  await expect(app.form.getByText('From panorama-fits.jpg')).toBeVisible();
  await app.go.click();
  await app.finishes();
});

test('the copy can be saved, and the original comes back', async ({ app, gallery, page, site }) => {
  await app.open(site);
  await app.address.fill(gallery.open('transparent.png'));
  await expect(app.check('Transparency')).toHaveAttribute('data-verdict', 'fail');
  await app.form.getByRole('button', { name: 'Make a copy that fits' }).click();
  await expectAllFit(app);
  await expect(app.form.locator('.mend')).toContainText('Put on a plain ground where it was transparent.');
  const saving = page.waitForEvent('download');
  await app.form.getByRole('button', { name: 'Save the copy' }).click();
  expect((await saving).suggestedFilename()).toBe('transparent-fits.jpg');
  await app.form.getByRole('button', { name: 'Back to the original' }).click();
  await expect(app.address).toHaveValue(gallery.open('transparent.png'));
  await expect(app.check('Transparency')).toHaveAttribute('data-verdict', 'fail');
});

test('a file that is too large is made smaller', async ({ app, site }) => {
  await app.open(site);
  await app.chooseFile(fileOf('size-10.5.png'));
  await expect(app.check('Size')).toHaveAttribute('data-verdict', 'fail');
  await app.form.getByRole('button', { name: 'Make a copy that fits' }).click();
  await expectAllFit(app);
});

test('of an image that pages may not read no copy is offered, and why is said', async ({
  app, gallery, guard, site,
}) => {
  guard.announce(NO_CORS);
  await app.open(site);
  await app.address.fill(gallery.closed('width-359.png'));
  await expect(app.form.locator('.mend')).toContainText('Save the picture on your device');
  await expect(app.form.getByRole('button', { name: /^Make a copy/ })).toHaveCount(0);
});

test('many addresses are checked together, each with its own verdict, and one can be taken', async ({
  app, gallery, site,
}) => {
  await app.open(site);
  await app.many.locator('summary').click();
  const lines = ['good.png', 'width-359.png', 'transparent.png', 'good.jpg'] as const;
  const addresses = [...lines.map((name) => gallery.open(name)), 'nothing at all'];
  await app.many.getByRole('textbox', { name: 'Addresses to check, one a line' }).fill(addresses.join('\n'));
  await app.many.getByRole('button', { name: 'Check addresses' }).click();
  await expect(app.many.getByRole('status')).toContainText('5 of 5 checked');
  const verdicts = app.many.getByRole('listitem');
  await expect(verdicts).toHaveCount(5);
  for (const [place, verdict] of ['pass', 'fail', 'fail', 'pass', 'fail'].entries()) {
    await expect(verdicts.nth(place)).toHaveAttribute('data-verdict', verdict);
  }
  await expect(verdicts.nth(1)).toContainText('359 px wide');
  await verdicts.nth(0).getByRole('button', { name: 'Use' }).click();
  await expect(app.address).toHaveValue(gallery.open('good.png'));
  await expect(app.check('Width')).toHaveAttribute('data-verdict', 'pass');
});

test('many files are checked together, whether chosen or dropped', async ({ app, page, site }) => {
  await app.open(site);
  await app.many.locator('summary').click();
  const choosing = page.waitForEvent('filechooser');
  await app.many.getByText('Pick files').click();
  await (await choosing).setFiles([fileOf('good.png'), fileOf('motion.gif'), fileOf('words.txt')]);
  const verdicts = app.many.getByRole('listitem');
  await expect(verdicts).toHaveCount(2);
  await expect(verdicts.nth(0)).toHaveAttribute('data-verdict', 'pass');
  await expect(verdicts.nth(1)).toContainText('GIF is not taken');
  for (const place of [0, 1]) {
    const thumbnail = verdicts.nth(place).locator('img');
    await expect(thumbnail).toBeVisible();
    const longest = (image: Element) => {
      const { naturalWidth, naturalHeight } = image as HTMLImageElement;
      return Math.max(naturalWidth, naturalHeight);
    };
    expect(await thumbnail.evaluate(longest), 'pixels of its longer side').toBeLessThanOrEqual(96);
  }
  await verdicts.nth(0).getByRole('button', { name: 'Use' }).click();
  await expect(app.form.getByText('From good.png')).toBeVisible();
});

test('a check of many asks a few at a time, and can be stopped', async ({ app, guard, site }) => {
  guard.announce(NO_ANSWER);
  const asked = { all: 0, now: 0 };
  const silent = await listen((request) => {
    asked.all += 1;
    asked.now += 1;
    request.socket.once('close', () => (asked.now -= 1));
  });
  await app.open(site);
  await app.many.locator('summary').click();
  const addresses = Array.from({ length: 12 }, (_, place) => `${silent.origin}/${place}.png`);
  await app.many.getByRole('textbox', { name: 'Addresses to check, one a line' }).fill(addresses.join('\n'));
  await app.many.getByRole('button', { name: 'Check addresses' }).click();
  await expect(app.many.getByRole('status')).toContainText('0 of 12 checked');
  await expect.poll(() => asked.all).toBe(4);
  await app.many.getByRole('button', { name: 'Stop' }).click();
  await expect(app.many.getByRole('button', { name: 'Stop' })).toHaveCount(0);
  await expect.poll(() => asked.now).toBe(0);
  expect(asked.all).toBe(4);
  await silent.stop();
});
