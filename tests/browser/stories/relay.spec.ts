/** The page and its relay: the token stays where it is, and the jobs pass. */

import type { App } from '../harness/app.ts';
import { NO_ANSWER, NO_CORS, statusError } from '../harness/guard.ts';
import { deserted } from '../harness/listener.ts';
import { DIST } from '../harness/program.ts';
import { KEPT, relay } from '../harness/relay.ts';
import { expect, test } from '../harness/test.ts';

const QUICK = ['--emulate-with=--queue=0.6', '--emulate-with=--ahead=2', '--emulate-with=--run=0.6'];

test('a page that its relay serves needs no address and no token', async ({ app, gallery, guard }) => {
  const served = await relay(['--emulate', ...QUICK, '--app', DIST]);
  const [page] = await Promise.all([
    app.page.waitForResponse(`${served.origin}/`),
    app.visit(`${served.origin}/`),
  ]);
  const headers = page.headers();
  expect(headers['content-security-policy']).toMatch(/^default-src 'none'; .*frame-ancestors 'none'$/);
  expect(headers['cross-origin-opener-policy']).toBe('same-origin');
  await expect(app.pill).toHaveText(`Relay · ${new URL(served.origin).host}`);
  await app.pill.click();
  await expect(app.found).toContainText('A Kinora relay answers.');
  await app.page.keyboard.press('Escape');
  await send(app, gallery.open('good.png'));
  await app.reaches('Queued');
  await app.finishes();
  expect(guard.all(), 'no error is written to the console').toEqual([]);
  const calls = guard.requests.filter((request) => request.url().includes('/v1/'));
  expect(calls.length).toBeGreaterThan(2);
  for (const call of calls) {
    expect(call.url().startsWith(`${served.origin}/v1/`), call.url()).toBe(true);
    expect(await call.allHeaders()).not.toHaveProperty('authorization');
  }
  expect(calls.filter((call) => call.method() === 'POST')).toHaveLength(1);
  await served.stop();
});

test('a page elsewhere uses a relay that lists it, and sees no token', async ({
  app, emulator, gallery, guard, site,
}) => {
  const service = await emulator('--token', KEPT);
  const origin = new URL(site).origin;
  const served = await relay(['--service', service.origin, '--origin', origin, '--no-app']);
  await app.visit(site);
  await app.connect({ base: served.origin });
  await send(app, gallery.open('good.png'));
  await app.finishes();
  for (const request of guard.requests) {
    const response = await request.response();
    const seen = [request.url(), JSON.stringify(await request.allHeaders())];
    if (request.url().includes('/v1/') && request.method() !== 'OPTIONS') {
      seen.push(JSON.stringify(response?.headers()), (await response?.text()) ?? '');
    }
    expect(seen.join('\n')).not.toContain(KEPT);
  }
  const { asked, jobs_accepted } = await service.log();
  expect(jobs_accepted).toBe(1);
  for (const { path, headers } of asked.filter(({ path }) => path.startsWith('/v1/'))) {
    expect(headers['authorization'], path).toBe('Bearer present');
    expect(headers, path).not.toHaveProperty('kinora-intent');
    expect(headers, path).not.toHaveProperty('origin');
  }
  await served.stop();
});

test('a page that a relay does not list is told so in words', async ({ app, gallery, guard, site }) => {
  guard.announce(NO_CORS, statusError(403));
  const served = await relay(['--emulate', '--no-app']);
  await app.visit(site);
  await app.connect({ base: served.origin });
  await app.pill.click();
  await expect(app.found).toContainText(`add ${new URL(site).origin} to its`);
  await app.page.keyboard.press('Escape');
  await app.address.fill(gallery.open('good.png'));
  await expect(app.check('Width')).toHaveText(/640 px/);
  await app.go.click();
  await expect(app.base).toBeFocused();
  await served.stop();
});

test('a job outlives its relay', async ({ app, emulator, gallery, guard, site }) => {
  guard.announce(NO_ANSWER, NO_CORS);
  const service = await emulator('--token', KEPT, '--queue', '3', '--run', '1');
  const address = new URL(await deserted()).host;
  const options = ['--service', service.origin, '--origin', new URL(site).origin, '--no-app'];
  const first = await relay(options, address);
  await app.visit(site);
  await app.connect({ base: first.origin });
  await send(app, gallery.open('good.png'));
  await app.reaches('Queued');
  await first.stop();
  await expect(app.stage.getByText(/Trying again in \d+ s/)).toBeVisible();
  const second = await relay(options, address);
  await app.finishes();
  expect((await service.log()).jobs_accepted).toBe(1);
  await second.stop();
});

test('a job outlives answers of the service that are cut on the way to the relay', async ({
  app, emulator, gallery, guard, line, site,
}) => {
  guard.announce(statusError(502));
  const service = await emulator('--token', KEPT, '--queue', '3', '--run', '1');
  const way = await line(service.origin);
  const served = await relay(['--service', way.origin, '--origin', new URL(site).origin, '--no-app']);
  await app.visit(site);
  await app.connect({ base: served.origin });
  await send(app, gallery.open('good.png'));
  await app.reaches('Queued');
  way.cuts = true;
  await expect(app.stage.getByText(/Trying again in \d+ s/)).toBeVisible();
  way.cuts = false;
  await app.finishes();
  expect((await service.log()).jobs_accepted).toBe(1);
  await served.stop();
});

test('a submit whose answer never reached the relay is told so, and is not sent again by a check', async ({
  app, emulator, gallery, guard, line, site,
}) => {
  guard.announce(statusError(502));
  const service = await emulator('--token', KEPT);
  const way = await line(service.origin);
  way.fate = 'lose';
  const served = await relay(['--service', way.origin, '--origin', new URL(site).origin, '--no-app']);
  await app.visit(site);
  await app.connect({ base: served.origin });
  await send(app, gallery.open('good.png'));
  await expect(app.problem).toContainText('So the job may exist at the service, or not.');
  way.fate = 'carry';
  await app.problem.getByRole('button', { name: 'Check' }).click();
  await expect(app.problem).toContainText('So it is still unknown whether the job exists.');
  expect(way.posts).toBe(1);
  expect((await service.log()).jobs_accepted).toBe(1);
  await served.stop();
});

async function send(app: App, image: string): Promise<void> {
  await app.address.fill(image);
  await expect(app.check('Width')).toHaveText(/640 px/);
  await app.prompt.fill('the waves roll in');
  await app.go.click();
}
