/** When the answer to a submit is lost, nobody pays twice. */

import type { App } from '../harness/app.ts';
import { SUBMIT } from '../harness/emulator.ts';
import type { Gallery } from '../harness/gallery.ts';
import { NO_ANSWER } from '../harness/guard.ts';
import type { Served } from '../harness/program.ts';
import { expect, test } from '../harness/test.ts';

test.beforeEach(({ guard }) => guard.announce(NO_ANSWER));

test('what the browser repeats on a lost connection makes one job', async ({
  app, emulator, gallery, site,
}) => {
  const service = await emulator('--fault', 'lose-first-submit');
  await send(app, site, service, gallery);
  await app.finishes();
  const { counts, jobs_accepted } = await service.log();
  // The preflight's connection is used again, and Chromium repeats what is lost on such a one.
  expect(counts[`POST ${SUBMIT}`], 'the browser itself sent it again').toBeGreaterThan(1);
  expect(jobs_accepted).toBe(1);
});

test('without our header each repeat is a job: the limit that the switch is for', async ({
  app, emulator, gallery, site,
}) => {
  const service = await emulator('--fault', 'lose-first-submit');
  await send(app, site, service, gallery, false);
  await app.finishes();
  const { counts, jobs_accepted } = await service.log();
  expect(jobs_accepted).toBe(counts[`POST ${SUBMIT}`]);
  expect(jobs_accepted).toBeGreaterThan(1);
});

test('a lost answer is uncertain, and a check finds the one job', async ({
  app, emulator, gallery, line, site,
}) => {
  const service = await emulator();
  const wire = await line(service.origin);
  wire.fate = 'lose';
  await send(app, site, wire, gallery);
  await expect(app.problem).toContainText('So the job may exist at the service, or not.');
  await expect(app.prompt).toHaveValue('the waves roll in');
  expect(wire.posts).toBeGreaterThan(0);
  const posts = wire.posts;
  wire.fate = 'carry';
  await app.problem.getByRole('button', { name: 'Check' }).click();
  await app.finishes();
  expect(wire.posts, 'the check asked once').toBe(posts + 1);
  expect((await service.log()).jobs_accepted).toBe(1);
  await expect(app.past).toHaveCount(1);
});

test('a page that goes before the answer is uncertain when it comes back', async ({
  app, emulator, gallery, line, site,
}) => {
  const service = await emulator();
  const wire = await line(service.origin);
  wire.fate = 'hold';
  await send(app, site, wire, gallery);
  await expect.poll(async () => (await service.log()).jobs_accepted).toBe(1);
  await app.reload();
  await expect(app.problem).toContainText('may exist');
  await expect(app.problem.getByRole('button', { name: 'Send again' })).toBeVisible();
  wire.fate = 'carry';
  await app.problem.getByRole('button', { name: 'Check' }).click();
  await app.finishes();
  expect((await service.log()).jobs_accepted).toBe(1);
});

test('to send again is a new job, and a person’s own decision', async ({
  app, emulator, gallery, line, site,
}) => {
  const service = await emulator('--slots', '2');
  const wire = await line(service.origin);
  wire.fate = 'hold';
  await send(app, site, wire, gallery);
  await expect.poll(async () => (await service.log()).jobs_accepted).toBe(1);
  await app.reload();
  wire.fate = 'carry';
  await app.problem.getByRole('button', { name: 'Send again' }).click();
  await app.finishes();
  expect((await service.log()).jobs_accepted).toBe(2);
});

test('a job that was found in the service’s own list is watched by its id', async ({
  app, emulator, gallery, line, page, site,
}) => {
  const service = await emulator();
  const wire = await line(service.origin);
  wire.fate = 'lose';
  await send(app, site, wire, gallery, false);
  await expect(app.problem).toContainText('may exist');
  const field = page.getByLabel(/^Request id/);
  const check = app.problem.getByRole('button', { name: 'Check' });
  await field.fill('not an id');
  await check.click();
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await expect(app.problem.locator('#request-id-problem')).toHaveText(/\w+/);
  await expect(field).toHaveValue('not an id');
  const posts = wire.posts;
  wire.fate = 'carry';
  await field.fill(wire.requestIds[0] ?? '');
  await check.click();
  await app.finishes();
  expect(wire.posts, 'nothing was sent again').toBe(posts);
});

async function send(
  app: App,
  site: string,
  { origin }: Served,
  gallery: Gallery,
  ours = true,
): Promise<void> {
  await app.open(site);
  await app.connect(ours ? { base: origin } : { base: origin, ours, token: 'any' });
  await app.address.fill(gallery.open('good.png'));
  await expect(app.check('Width')).toHaveText(/640 px/);
  await app.prompt.fill('the waves roll in');
  await app.go.click();
}
