/** A service in trouble: what it is, why, and what next; and nothing that was typed is lost. */

import type { App } from '../harness/app.ts';
import { NO_ANSWER, NO_CORS, statusError } from '../harness/guard.ts';
import { deserted } from '../harness/listener.ts';
import { expect, test } from '../harness/test.ts';

/** Options of the emulator, the status that the browser will report, and words for the person. */
const ENDINGS: readonly (readonly [string, readonly string[], number, RegExp])[] = [
  ['a wrong token, by number', ['--token', 'right'], 400, /did not accept the token.*Check the token/],
  ['a wrong token, by 401', ['--token', 'right', '--auth-refusal', '401'], 401, /did not accept the token/],
  ['a wrong token, by 403', ['--token', 'right', '--auth-refusal', '403'], 403, /token|another account/],
  ['an error inside a 200', ['--fault', 'submit=200/400004'], 200, /did not accept the token/],
  ['no balance', ['--balance', '0'], 400, /no balance left.*Add balance/],
  ['a model that is not known', ['--fault', 'submit=400001'], 400, /does not know this model/],
  ['a 500', ['--fault', 'submit=500'], 500, /in trouble.*may exist at the service/],
  ['a web page', ['--fault', 'submit=html'], 200, /not one of this service.*may exist/],
  ['an answer without an id', ['--fault', 'submit=no-id'], 200, /no usable request id/],
  ['a job that fails', ['--fault', 'run=failed', '--queue', '0'], 200, /could not be made.*failed on purpose/],
];

for (const [what, options, status, words] of ENDINGS) {
  test(`${what} is told in words`, async ({ app, emulator, gallery, guard, site }) => {
    if (status !== 200) guard.announce(statusError(status));
    const service = await emulator(...options);
    const token = options.includes('--token') ? 'wrong' : undefined;
    await send(app, { site, base: service.origin, image: gallery.open('good.png'), token });
    await expect(app.problem).toContainText(words);
    await expectKept(app, gallery.open('good.png'));
  });
}

test('a 401 while the job goes on keeps the job', async ({ app, emulator, gallery, guard, site }) => {
  guard.announce(statusError(401));
  const service = await emulator('--queue', '0', '--fault', 'status=401*1');
  await send(app, { site, base: service.origin, image: gallery.open('good.png') });
  await expect(app.problem).toContainText(/did not accept the token.*job may go on/);
  await app.problem.getByRole('button', { name: 'Watch again' }).click();
  await app.finishes();
  expect((await service.log()).jobs_accepted).toBe(1);
});

test('too many requests are waited out, and it says so', async ({
  app, emulator, gallery, guard, site,
}) => {
  guard.announce(statusError(429));
  const service = await emulator('--fault', 'submit=429:2*1', '--queue', '0', '--run', '0.2');
  await send(app, { site, base: service.origin, image: gallery.open('good.png') });
  await expect(app.stage.getByText(/too many requests.*Trying again in \d+ s/)).toBeVisible();
  await app.finishes();
  expect((await service.log()).jobs_accepted).toBe(1);
});

test('a service that stumbles while the job runs is asked again', async ({
  app, emulator, gallery, guard, site,
}) => {
  guard.announce(statusError(500));
  const faults = ['--fault', 'status=500*1', '--fault', 'status=html*1', '--fault', 'result=500*1'];
  const service = await emulator('--queue', '0', '--run', '0.2', ...faults);
  await send(app, { site, base: service.origin, image: gallery.open('good.png') });
  await expect(app.stage.getByText(/Trying again in \d+ s/)).toBeVisible();
  await app.finishes();
});

const FOUND: readonly (readonly [string, RegExp])[] = [
  ['a service that is down', /Nothing answers there.*Check the address/],
  ['a service without CORS', /keeps its answers from this page.*check the address/],
  ['an address of something else', /keeps its answers from this page.*check the address/],
];

for (const [what, words] of FOUND) {
  test(`${what} is told in words before anything is sent`, async ({
    app, emulator, gallery, guard, site,
  }) => {
    guard.announce(NO_ANSWER, NO_CORS, statusError(404));
    const base = what.includes('down')
      ? await deserted()
      : what.includes('CORS') ? (await emulator('--cors', 'off')).origin : gallery.origin;
    await app.open(site);
    await app.connect({ base });
    await app.pill.click();
    await expect(app.found).toContainText(words);
    await app.page.keyboard.press('Escape');
    await app.address.fill(gallery.open('good.png'));
    await expect(app.check('Width')).toHaveText(/640 px/);
    await app.prompt.fill('the waves roll in');
    await app.seed.fill('7');
    await app.go.click();
    await expect(app.base).toBeFocused();
    await app.page.keyboard.press('Escape');
    await expectKept(app, gallery.open('good.png'));
    expect(guard.requests.filter((request) => request.method() === 'POST')).toEqual([]);
  });
}

test('a wrong path at a service that answers is told in words', async ({
  app, emulator, site,
}) => {
  const service = await emulator();
  await app.open(site);
  await app.connect({ base: `${service.origin}/wrong` });
  await app.pill.click();
  await expect(app.found).toContainText(/no|else than a Kinora relay.*Check the address/);
});

test('an address that is none is refused at its field, and nothing is sent', async ({
  app, guard, page, site,
}) => {
  await app.open(site);
  await app.connect({ base: 'http://example.com' });
  await app.go.click();
  await expect(app.sheet).toBeVisible();
  const field = app.base;
  await expect(field).toBeFocused();
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  for (const base of ['nonsense', 'http://example.com', 'https://me:pw@example.com', '//']) {
    await field.fill(base);
    await expect(page.locator('#base-problem')).toHaveText(/\w+ \w+/);
    await expect(field).toHaveValue(base);
  }
  const posts = guard.requests.filter((request) => request.method() === 'POST');
  expect(posts).toEqual([]);
});

test('a token that cannot be one is refused at its field', async ({
  app, emulator, gallery, guard, page, site,
}) => {
  const service = await emulator();
  await app.open(site);
  await app.connect({ base: service.origin, token: 'two words', ours: false });
  await app.address.fill(gallery.open('good.png'));
  await app.go.click();
  await expect(app.token).toBeFocused();
  await expect(page.locator('#token-problem')).toHaveText(/\w+ \w+/);
  expect(guard.requests.filter((request) => request.method() === 'POST')).toEqual([]);
});

test('a video whose host has no CORS plays, and says why it cannot be saved from here', async ({
  app, emulator, gallery, guard, site,
}) => {
  guard.announce(NO_CORS, statusError(404));
  const service = await emulator('--media-cors', 'off', '--queue', '0', '--run', '0.2');
  await send(app, { site, base: service.origin, image: gallery.open('good.png') });
  await app.finishes();
  await expect
    .poll(() => app.video.evaluate((video) => (video as HTMLVideoElement).currentTime))
    .toBeGreaterThan(0.1);
  const link = app.player.getByRole('link', { name: 'Open the video by itself' });
  await expect(link).toHaveAttribute('title', /does not let this page read the video/);
  await expect(link).toHaveAttribute('href', /\/outputs\/.*\.mp4$/);
  await expect(app.player.getByRole('button', { name: 'Download' })).toHaveCount(0);
});

interface Order {
  readonly site: string;
  readonly base: string;
  readonly image: string;
  readonly token?: string | undefined;
}

async function send(app: App, { site, base, image, token }: Order): Promise<void> {
  await app.open(site);
  await app.connect(token ? { base, token, ours: false } : { base });
  await app.address.fill(image);
  await expect(app.check('Width')).toHaveText(/640 px/);
  await app.prompt.fill('the waves roll in');
  await app.seed.fill('7');
  await app.go.click();
}

/** Everything that was typed still stands there, and Generate can be pressed. */
async function expectKept(app: App, image: string): Promise<void> {
  await expect(app.address).toHaveValue(image);
  await expect(app.prompt).toHaveValue('the waves roll in');
  await expect(app.seed).toHaveValue('7');
  await expect(app.go).toHaveText(/Generate/);
}
