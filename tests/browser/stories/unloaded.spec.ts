/** The parts of the page that are loaded with the first need, where they do not load: the page goes on. */

import type { BrowserContext } from '@playwright/test';

import { NO_ANSWER } from '../harness/guard.ts';
import { expect, test } from '../harness/test.ts';

/** Keeps a part from loading, in the page and in workers, until the returned function is called. */
async function withhold(context: BrowserContext, part: string): Promise<() => Promise<void>> {
  const files = `**/${part}*`;
  await context.route(files, (route) => route.abort());
  return () => context.unroute(files);
}

test('an image that nobody could look at may be sent, and the next one is looked at', async ({
  app, context, emulator, gallery, guard, site,
}) => {
  guard.announce(NO_ANSWER);
  const giveBack = await withhold(context, 'retouch');
  const service = await emulator('--queue', '0', '--run', '0.1');
  await app.open(site);
  await app.connect({ base: service.origin });
  await app.address.fill(gallery.open('good.png'));
  const check = app.check('Image');
  await expect(check).toHaveAttribute('data-verdict', 'unknown');
  await expect(check).toContainText(/did not load.*The service will\. Check your connection/);
  await expect(app.preview).toBeVisible();
  await app.go.click();
  await expect.poll(async () => (await service.log()).jobs_accepted).toBe(1);
  await giveBack();
  await app.address.fill(gallery.open('good.jpg'));
  await expect(app.check('Format')).toHaveAttribute('data-verdict', 'pass');
});

test('a connection that nobody could try says so, and can be tried again', async ({
  app, context, emulator, guard, site,
}) => {
  guard.announce(NO_ANSWER);
  const giveBack = await withhold(context, 'connect');
  const service = await emulator();
  await app.open(site);
  await app.connect({ base: service.origin });
  await app.pill.click();
  await expect(app.found).toContainText(/did not load\. Check your connection, then check again/);
  await giveBack();
  await app.sheet.getByRole('button', { name: 'Check' }).click();
  await expect(app.found).not.toContainText(/did not load/);
});
