/** A picture that has no address, sent inside the request where the person wishes it. */

import type { Request } from '@playwright/test';

import type { App } from '../harness/app.ts';
import { SUBMIT } from '../harness/emulator.ts';
import { type Name, bytesOf, fileOf } from '../harness/gallery.ts';
import { type Guard, statusError } from '../harness/guard.ts';
import { everythingKept } from '../harness/kept.ts';
import { relay } from '../harness/relay.ts';
import { expect, test } from '../harness/test.ts';

const QUICK = ['--queue', '0', '--run', '0.1'];

test('a file goes inside the request once that is wished for, and becomes a video', async ({
  app, emulator, guard, page, site,
}) => {
  const service = await emulator(...QUICK);
  await start(app, site, service.origin, 'good.png');
  await expect(app.sendsFile, 'it is off by default').not.toBeChecked();
  await expect(notices(app)).toContainText('only on your device');
  await app.sendsFile.check();
  await expect(notices(app)).toContainText(/inside the request.*this model may not take it/);
  await app.go.click();
  await app.finishes();
  const [submit] = submits(guard);
  const body = submit?.postData() ?? '';
  expect(JSON.parse(body)).toMatchObject({
    img_url: `data:image/png;base64,${bytesOf('good.png').toString('base64')}`,
  });
  const { asked, jobs_accepted } = await service.log();
  expect(jobs_accepted).toBe(1);
  const came = asked.find(({ method, path }) => method === 'POST' && path === SUBMIT);
  expect(Number(came?.headers['content-length'])).toBe(Buffer.byteLength(body));
  const kept = await everythingKept(page);
  expect(kept).toContain('kinora-page:');
  expect(kept, 'no copy of the picture is written into records or the form').not.toContain('base64');
});

test('it goes through a relay', async ({ app, guard, site }) => {
  const served = await relay(['--emulate', '--emulate-with=--queue=0', '--no-app', '--origin', new URL(site).origin]);
  await start(app, site, served.origin, 'good.jpg');
  await app.sendsFile.check();
  await app.go.click();
  await app.finishes();
  expect(sent(guard)).toBe(`data:image/jpeg;base64,${bytesOf('good.jpg').toString('base64')}`);
  await served.stop();
});

test('a relay that passes on no requests of that size says so, and what helps', async ({
  app, guard, site,
}) => {
  guard.announce(statusError(413));
  const served = await relay(['--emulate', '--no-app', '--origin', new URL(site).origin]);
  await start(app, site, served.origin, 'size-5.png');
  await app.sendsFile.check();
  await app.go.click();
  await expect(app.problem).toContainText(/larger than this relay passes on.*smaller image.*body_bytes/);
  expect(submits(guard)).toHaveLength(1);
  await served.stop();
});

test('the wish and the picture outlive a reload', async ({ app, emulator, guard, site }) => {
  const service = await emulator(...QUICK);
  await start(app, site, service.origin, 'good.png');
  await app.sendsFile.check();
  await expect(notices(app)).toContainText('inside the request');
  // The form is kept shortly after each change, and at once by a page that goes away.
  await app.reload();
  await expect(app.sendsFile).toBeChecked();
  await expect(app.form.getByText('From good.png')).toBeVisible();
  await expect(app.check('Width')).toHaveText(/640 px/);
  await app.go.click();
  await app.finishes();
  expect(sent(guard)).toMatch(/^data:image\/png;base64,/);
});

test('a file that is too large for a request is said to be, and a copy of it goes', async ({
  app, emulator, guard, site,
}) => {
  const service = await emulator(...QUICK);
  await start(app, site, service.origin, 'size-7.png');
  await expect(app.check('Size'), 'the model itself takes it').toHaveAttribute('data-verdict', 'pass');
  await app.sendsFile.check();
  await expect(notices(app)).toContainText(/too much to be part of a request: at most 6/);
  await app.go.click();
  expect(submits(guard)).toEqual([]);
  await app.copy.getByRole('button', { name: 'Make a copy that fits' }).click();
  await expect(app.form.getByText('From size-7-fits.jpg')).toBeVisible();
  await expect(notices(app)).not.toContainText('too much');
  await app.go.click();
  await app.finishes();
  expect(sent(guard)).toMatch(/^data:image\/jpeg;base64,/);
});

test('a copy of what is elsewhere can go so, and what is elsewhere need not', async ({
  app, emulator, gallery, guard, site,
}) => {
  const service = await emulator(...QUICK);
  await app.open(site);
  await app.connect({ base: service.origin });
  await app.address.fill(gallery.open('transparent.png'));
  await expect(app.check('Transparency')).toHaveAttribute('data-verdict', 'fail');
  await expect(app.sendsFile).toHaveCount(0);
  await app.copy.getByRole('button', { name: 'Make a copy that fits' }).click();
  await app.sendsFile.check();
  await app.go.click();
  await app.finishes();
  expect(sent(guard)).toMatch(/^data:image\/jpeg;base64,/);
});

test('the demo reads files as they are', async ({ app, site }) => {
  await app.open(site);
  await app.chooseFile(fileOf('good.png'));
  await expect(app.check('Width')).toHaveText(/640 px/);
  await expect(app.sendsFile).toHaveCount(0);
});

/** A page with a file, before a service. */
async function start(app: App, site: string, base: string, name: Name): Promise<void> {
  await app.open(site);
  await app.connect({ base });
  await app.chooseFile(fileOf(name));
  await expect(app.form.getByText(`From ${name}`)).toBeVisible();
  await expect(app.check('Format')).toHaveAttribute('data-verdict', 'pass');
}

function notices(app: App) {
  return app.form.locator('#notices-img_url');
}

function submits(guard: Guard): Request[] {
  return guard.requests.filter((request) => request.method() === 'POST');
}

/** The image of the one job that was submitted. */
function sent(guard: Guard): unknown {
  const all = submits(guard);
  expect(all).toHaveLength(1);
  return all[0]?.postDataJSON().img_url;
}
