/** Images, good and bad, by every way they come in: each rule says in words how it came out. */

import type { App } from '../harness/app.ts';
import { type Name, fileOf } from '../harness/gallery.ts';
import { NO_ANSWER, NO_CORS, statusError } from '../harness/guard.ts';
import { deserted } from '../harness/listener.ts';
import { expect, test } from '../harness/test.ts';

type Verdict = 'pass' | 'borderline' | 'unknown' | 'fail';

/** A file, the rule that matters, how it comes out, and words of the advice. */
const CASES: readonly (readonly [Name, string, Verdict, RegExp])[] = [
  ['good.png', 'Width', 'pass', /640 px/],
  ['good.jpg', 'Format', 'pass', /JPEG/],
  ['good.bmp', 'Format', 'pass', /BMP/],
  ['good.webp', 'Format', 'pass', /WebP/],
  ['width-359.png', 'Width', 'fail', /359 px wide; both sides must be at least 360 px\. Choose/],
  ['width-360.png', 'Width', 'borderline', /exactly 360 px wide.*disagree/],
  ['height-2000.png', 'Height', 'borderline', /exactly 2000 px high.*disagree/],
  ['height-2001.png', 'Height', 'fail', /2001 px high; neither side may exceed 2000 px\. Scale/],
  ['size-10.2.png', 'Size', 'borderline', /so close to 10 MB/],
  ['size-10.5.png', 'Size', 'fail', /smaller than 10 MB\. Save it as JPEG/],
  ['transparent.png', 'Transparency', 'fail', /transparent.*plain background/],
  ['cut.png', 'Image', 'fail', /PNG file is cut short or damaged\. Download or export/],
  ['cut.jpg', 'Image', 'fail', /JPEG file is cut short or damaged/],
  ['cut.bmp', 'Image', 'fail', /BMP file is cut short or damaged/],
  ['cut.webp', 'Image', 'fail', /WebP file is cut short or damaged/],
  ['empty.png', 'Image', 'fail', /not an image that can be read\. Choose/],
  ['motion.gif', 'Format', 'fail', /GIF is not taken\. Save the picture as/],
  ['drawing.svg', 'Format', 'fail', /SVG.* is not taken\. Save the picture as/],
  ['photo.avif', 'Format', 'fail', /AVIF is not taken\. Save the picture as/],
  ['photo.heic', 'Format', 'fail', /HEIC is not taken\. Save the picture as/],
  ['login.html', 'Image', 'fail', /web page, not an image.*copy the address of the image itself/],
  ['words.txt', 'Image', 'fail', /not an image that can be read/],
  ['missing.png', 'Image', 'fail', /HTTP 404 instead of an image\. Check the address/],
];

test('each rule says in words how an image by address came out', async ({
  app, gallery, guard, site,
}) => {
  test.slow();
  guard.announce(statusError(404));
  await app.open(site);
  for (const [name, rule, verdict, words] of CASES) {
    await test.step(`${name}: ${rule} is ${verdict}`, async () => {
      await app.address.fill(gallery.open(name));
      await expectVerdict(app, rule, verdict, words);
      await expect(app.address).toHaveValue(gallery.open(name));
    });
  }
});

test('each rule says the same of a file', async ({ app, site }) => {
  test.slow();
  await app.open(site);
  for (const [name, rule, verdict, words] of CASES) {
    if (name === 'missing.png') continue;
    await test.step(`${name}: ${rule} is ${verdict}`, async () => {
      await app.chooseFile(fileOf(name));
      await expectVerdict(app, rule, verdict, words);
    });
  }
});

test('an image that breaks a rule is not sent, and the field is where one ends up', async ({
  app, emulator, gallery, site,
}) => {
  const service = await emulator();
  await app.open(site);
  await app.connect({ base: service.origin });
  await app.address.fill(gallery.open('width-359.png'));
  await expectVerdict(app, 'Width', 'fail', /359 px/);
  await app.go.click();
  await expect(app.address).toBeFocused();
  await expect(app.address).toHaveValue(gallery.open('width-359.png'));
  await expect(app.form.locator('#hindrance')).toContainText('at least 360 px');
  const { asked } = await service.log();
  expect(asked.filter(({ method }) => method === 'POST'), 'nothing is submitted').toEqual([]);
});

test('the bundled still that is too low says so', async ({ app, site }) => {
  await app.open(site);
  await app.choose(/^Desert/);
  await expectVerdict(app, 'Height', 'fail', /320 px high; both sides must be at least 360 px/);
});

test('a borderline image may be sent', async ({ app, emulator, gallery, site }) => {
  const service = await emulator('--queue', '0', '--run', '0.1');
  await app.open(site);
  await app.connect({ base: service.origin });
  await app.address.fill(gallery.open('width-360.png'));
  await expectVerdict(app, 'Width', 'borderline', /exactly 360 px/);
  await app.go.click();
  await expect.poll(async () => (await service.log()).jobs_accepted).toBe(1);
});

test('a host without CORS tells the size only, which does not stop a service', async ({
  app, emulator, gallery, guard, site,
}) => {
  guard.announce(NO_CORS);
  const service = await emulator('--queue', '0', '--run', '0.1');
  await app.open(site);
  await app.connect({ base: service.origin });
  await app.address.fill(gallery.closed('good.png'));
  await expectVerdict(app, 'Width', 'pass', /640 px/);
  await expectVerdict(app, 'Height', 'pass', /480 px/);
  await expectVerdict(app, 'Format', 'unknown', /does not let web pages read it.*The service will/);
  await expectVerdict(app, 'Size', 'unknown', /cannot be checked/);
  await expectVerdict(app, 'Transparency', 'unknown', /cannot be checked/);
  await expect(app.preview).toBeVisible();
  await app.go.click();
  await app.finishes();
});

test('a host without CORS tells of an image that is too small', async ({
  app, gallery, guard, site,
}) => {
  guard.announce(NO_CORS);
  await app.open(site);
  await app.address.fill(gallery.closed('width-359.png'));
  await expectVerdict(app, 'Width', 'fail', /359 px wide/);
});

test('the demo says in words that it cannot read an image without CORS', async ({
  app, gallery, guard, site,
}) => {
  guard.announce(NO_CORS);
  await app.open(`${site}?queue=0`);
  await app.address.fill(gallery.closed('good.png'));
  await expectVerdict(app, 'Width', 'pass', /640 px/);
  await app.go.click();
  await expect(app.problem).toContainText(/read|CORS/);
  await expect(app.address).toHaveValue(gallery.closed('good.png'));
});

test('a host that is not there says so', async ({ app, guard, site }) => {
  guard.announce(NO_ANSWER);
  await app.open(site);
  await app.address.fill(`${await deserted()}/cat.png`);
  await expectVerdict(app, 'Image', 'fail', /Nothing could be fetched.*Check it for typing mistakes/);
});

test('without a network that is said, and the image is looked at once there is one', async ({
  app, context, gallery, guard, site,
}) => {
  guard.announce(NO_ANSWER);
  await app.open(site);
  await context.setOffline(true);
  await app.address.fill(gallery.open('good.png'));
  await expectVerdict(app, 'Image', 'fail', /browser is offline.*Connect, then choose it again/);
  await context.setOffline(false);
  await app.address.fill('');
  await app.address.fill(gallery.open('good.png'));
  await expectVerdict(app, 'Width', 'pass', /640 px/);
});

test('a file that is dropped becomes a video', async ({ app, page, site }) => {
  await app.open(`${site}?queue=0`);
  await hand(app, 'drop', 'good.png');
  await expect(app.form.getByText('From good.png')).toBeVisible();
  await expectVerdict(app, 'Width', 'pass', /640 px/);
  await app.go.click();
  await app.finishes();
  expect(await page.getByLabel('The video').evaluate((video) => (video as HTMLVideoElement).videoWidth)).toBeGreaterThan(0);
});

test('a file that is pasted anywhere is taken, and one that is none is refused in words', async ({
  app, site,
}) => {
  await app.open(site);
  await hand(app, 'paste', 'good.jpg');
  await expect(app.form.getByText('From good.jpg')).toBeVisible();
  await expectVerdict(app, 'Format', 'pass', /JPEG/);
  await hand(app, 'paste', 'words.txt');
  await expectVerdict(app, 'Image', 'fail', /not an image that can be read/);
});

test('a file is refused by a service, which cannot fetch it, and kept', async ({
  app, emulator, site,
}) => {
  const service = await emulator();
  await app.open(site);
  await app.chooseFile(fileOf('good.png'));
  await expect(app.form.getByText('From good.png')).toBeVisible();
  await app.connect({ base: service.origin });
  await app.go.click();
  await expect(app.form.locator('#notices-img_url')).toContainText(
    /only on your device.*Put it on a web host.*or try it in Demo/,
  );
  await expect(app.form.getByText('From good.png')).toBeVisible();
  const { asked } = await service.log();
  expect(asked.filter(({ method }) => method === 'POST'), 'nothing is submitted').toEqual([]);
});

async function expectVerdict(app: App, rule: string, verdict: Verdict, words: RegExp): Promise<void> {
  const check = app.check(rule);
  await expect(check).toHaveAttribute('data-verdict', verdict);
  // The reason behind the unknown ones is given once, at the first of them.
  await expect(verdict === 'unknown' ? app.checks : check).toContainText(words);
}

/** Drops a file on the preview, or pastes it into the page. */
async function hand(app: App, how: 'drop' | 'paste', name: Name): Promise<void> {
  const { mimeType: type, buffer } = fileOf(name);
  const bytes = buffer.toString('base64');
  const place = app.form.locator('.drop');
  await place.evaluate(
    async (place, { how, name, type, bytes }) => {
      const data = new DataTransfer();
      const content = Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0));
      data.items.add(new File([content], name, { type }));
      const all = { bubbles: true, cancelable: true };
      if (how === 'paste') {
        document.body.dispatchEvent(new ClipboardEvent('paste', { ...all, clipboardData: data }));
        return;
      }
      for (const event of ['dragenter', 'dragover', 'drop']) {
        place.dispatchEvent(new DragEvent(event, { ...all, dataTransfer: data }));
      }
    },
    { how, name, type, bytes },
  );
}
