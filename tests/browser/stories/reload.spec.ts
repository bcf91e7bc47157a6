/** Nothing is lost by a reload, at whatever moment it comes. */

import type { App } from '../harness/app.ts';
import type { Emulator } from '../harness/emulator.ts';
import type { Gallery } from '../harness/gallery.ts';
import { bytesOf, typeOf } from '../harness/gallery.ts';
import { expect, test } from '../harness/test.ts';

test('what was typed and chosen is there again', async ({ app, page, site }) => {
  await app.open(site);
  await app.choose('Balloon: Portrait');
  await app.effect('Flying');
  await app.resolution('1080P');
  await app.form.getByRole('switch', { name: /Magic prompt/ }).uncheck();
  await app.seed.fill('4711');
  await app.prompt.fill('  up, and away\n');
  // What was typed last is kept when the page goes, however soon that is.
  await app.reload();
  await expect(app.prompt).toHaveValue('  up, and away\n');
  await expect(app.seed).toHaveValue('4711');
  await expect(app.still('Balloon: Portrait')).toBeChecked();
  await expect(page.getByRole('radio', { name: 'Flying' })).toBeChecked();
  await expect(page.getByRole('radio', { name: '1080P' })).toBeChecked();
  await expect(app.form.getByRole('switch', { name: /Magic prompt/ })).not.toBeChecked();
});

test('a file that was chosen is there again', async ({ app, site }) => {
  await app.open(site);
  await app.chooseFile({ name: 'mine.png', mimeType: typeOf('good.png'), buffer: bytesOf('good.png') });
  await expect(app.check('Width')).toHaveText(/640 px/);
  await app.reload();
  await expect(app.form.getByText('From mine.png')).toBeVisible();
  await expect(app.check('Width')).toHaveText(/640 px/);
  await expect(app.preview).toBeVisible();
});

test('a demo job goes on after a reload in the queue', async ({ app, site }) => {
  await app.open(`${site}?queue=6`);
  await app.go.click();
  await app.reaches('Queued');
  await app.reload();
  await app.reaches('Queued');
  await app.finishes();
  await expect(app.past).toHaveCount(1);
});

test('a demo job goes on after a reload while it is made', async ({ app, site }) => {
  await app.open(`${site}?queue=0`);
  await app.go.click();
  await app.reaches('Generating');
  await app.reload();
  await app.reaches('Generating');
  await app.finishes();
  await expect(app.past).toHaveCount(1);
});

test('a finished demo video still plays after a reload', async ({ app, site }) => {
  await app.open(`${site}?queue=0`);
  await app.go.click();
  await app.finishes();
  await app.reload();
  await app.finishes();
  await expectToPlay(app);
});

test('a service job goes on after a reload in the queue', async ({ app, emulator, gallery, site }) => {
  const service = await emulator('--queue', '4');
  await send(app, site, service, gallery);
  await app.reaches('Queued');
  await app.reload();
  await app.reaches('Queued');
  await app.finishes();
  expect((await service.log()).jobs_accepted).toBe(1);
});

test('a service job goes on after a reload while it is made', async ({ app, emulator, gallery, site }) => {
  const service = await emulator('--queue', '0', '--run', '4');
  await send(app, site, service, gallery);
  await app.reaches('Generating');
  await app.reload();
  await app.reaches('Generating');
  await app.finishes();
  expect((await service.log()).jobs_accepted).toBe(1);
});

test('a finished service video still plays after a reload', async ({ app, emulator, gallery, site }) => {
  const service = await emulator('--queue', '0', '--run', '0.2');
  await send(app, site, service, gallery);
  await app.finishes();
  await app.reload();
  await app.finishes();
  await expectToPlay(app);
  expect((await service.log()).jobs_accepted).toBe(1);
});

test('an uncertain job is still uncertain after a reload', async ({
  app, emulator, gallery, guard, line, site,
}) => {
  guard.announce(/Failed to load resource: net::ERR_/);
  const service = await emulator();
  const wire = await line(service.origin);
  wire.fate = 'lose';
  await send(app, site, wire, gallery);
  await expect(app.problem).toContainText('may exist');
  await app.reload();
  await expect(app.problem).toContainText('may exist');
  await expect(app.problem.getByRole('button', { name: 'Check' })).toBeVisible();
  await expect(app.problem.getByRole('button', { name: 'Send again' })).toBeVisible();
});

async function send(
  app: App,
  site: string,
  service: Pick<Emulator, 'origin'>,
  gallery: Gallery,
): Promise<void> {
  await app.open(site);
  await app.connect({ base: service.origin });
  await app.address.fill(gallery.open('good.png'));
  await expect(app.check('Width')).toHaveText(/640 px/);
  await app.go.click();
}

async function expectToPlay(app: App): Promise<void> {
  const at = () => app.video.evaluate((video) => (video as HTMLVideoElement).currentTime);
  await expect.poll(at).toBeGreaterThan(0.1);
}
