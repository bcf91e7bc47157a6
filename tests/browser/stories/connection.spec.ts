/** Where it runs: the demo, a relay, a service directly; what is found there, and what becomes of a token. */

import type { Page, Request } from '@playwright/test';

import type { App } from '../harness/app.ts';
import { NO_CORS, statusError } from '../harness/guard.ts';
import { everythingKept } from '../harness/kept.ts';
import { DIST } from '../harness/program.ts';
import { relay } from '../harness/relay.ts';
import { expect, test } from '../harness/test.ts';

test('a service that lets pages ask takes a token, and never shows it again', async ({
  app, emulator, gallery, guard, page, site,
}) => {
  const service = await emulator('--token', CANARY, '--queue', '0', '--run', '0.3');
  await app.open(site);
  await app.connect({ base: service.origin, token: CANARY, ours: false });
  await app.pill.click();
  await expect(app.sheet.getByText(/Token is here.*until a reload/)).toBeVisible();
  await expect(app.token).toHaveCount(0);
  await page.keyboard.press('Escape');
  await send(app, gallery.open('good.png'));
  await app.finishes();
  await expectHidden(app, guard.lines, service.origin, guard.requests);
  await app.pill.click();
  await app.sheet.getByRole('button', { name: 'Forget token' }).click();
  await expect(app.token).toHaveValue('');
  await expect(app.token).toBeFocused();
  expect(await everythingKept(page)).not.toContain('token/');
});

test('a service that keeps its answers from pages takes no token, and says why', async ({
  app, emulator, guard, page, site,
}) => {
  guard.announce(NO_CORS, statusError(405));
  const service = await emulator('--cors', 'off');
  await app.open(site);
  await app.connect({ base: service.origin, ours: false });
  await app.pill.click();
  await expect(app.found).toContainText(/is there, but does not let web pages ask.*Use a relay/);
  await expect(app.token).toHaveCount(0);
  expect(await page.locator('html').evaluate((html) => html.outerHTML)).not.toContain('kinora-asks');
});

for (const [name, words] of [
  ['In this tab', /encrypted for this tab/],
  ['On this device', /encrypted on this device/],
] as const) {
  test(`a token kept “${name}” outlives a reload, sealed, until it is forgotten`, async ({
    app, emulator, gallery, guard, page, site,
  }) => {
    const service = await emulator('--token', CANARY, '--queue', '0', '--run', '0.3');
    await app.open(site);
    await app.connect({ base: service.origin, ours: false });
    await app.pill.click();
    await app.sheet.getByLabel('Keep it').selectOption(name);
    await app.token.fill(CANARY);
    await app.sheet.getByRole('button', { name: 'Use' }).click();
    await expect(app.sheet.getByText(words)).toBeVisible();
    await page.keyboard.press('Escape');
    await settled(page);
    await app.reload();
    await send(app, gallery.open('good.png'));
    await app.finishes();
    await expectHidden(app, guard.lines, service.origin, guard.requests);
    expect(await everythingKept(page)).toContain('token/');
    await app.pill.click();
    await app.sheet.getByRole('button', { name: 'Forget token' }).click();
    await expect.poll(() => everythingKept(page)).not.toContain('token/');
  });
}

test('a job whose token is gone after a reload says so, and goes on once it is given', async ({
  app, emulator, gallery, page, site,
}) => {
  const service = await emulator('--token', CANARY, '--queue', '0', '--run', '2');
  await app.open(site);
  await app.connect({ base: service.origin, token: CANARY, ours: false });
  await send(app, gallery.open('good.png'));
  await app.reaches('Generating');
  await app.reload();
  await expect(app.problem).toContainText(/needs the token for 127\.0\.0\.1.*may go on/);
  await app.problem.getByRole('button', { name: 'Enter the token' }).click();
  await expect(app.token).toBeFocused();
  await app.token.fill(CANARY);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await app.finishes();
  expect((await service.log()).jobs_accepted).toBe(1);
});

test('a job keeps its connection whatever is chosen meanwhile, across a reload too', async ({
  app, emulator, gallery, site,
}) => {
  const service = await emulator('--queue', '0', '--run', '3');
  const other = await emulator();
  await app.open(site);
  await app.connect({ base: service.origin });
  await send(app, gallery.open('good.png'));
  await app.reaches('Generating');
  await app.connect({ base: other.origin });
  await settled(app.page);
  await app.reload();
  await expect(app.pill).toHaveText(`Relay · ${new URL(other.origin).host}`);
  await app.finishes();
  expect((await service.log()).jobs_accepted).toBe(1);
  expect((await other.log()).jobs_accepted).toBe(0);
});

test('a token for one address is not sent to another', async ({ app, emulator, guard, site }) => {
  const one = await emulator('--token', CANARY);
  const other = await emulator('--token', 'another');
  await app.open(site);
  await app.connect({ base: one.origin, token: CANARY, ours: false });
  await app.connect({ base: other.origin, ours: false });
  await app.pill.click();
  await expect(app.found).toContainText('lets this page ask');
  await expect(app.token).toHaveValue('');
  for (const request of guard.requests.filter((request) => request.url().startsWith(other.origin))) {
    expect(JSON.stringify(await request.allHeaders())).not.toContain(CANARY);
  }
});

test('a relay of this page’s own host is found without an address', async ({ app }) => {
  const served = await relay(['--emulate', '--outputs', '--app', DIST]);
  await app.visit(`${served.origin}/`);
  await expect(app.pill).toHaveText(`Relay · ${new URL(served.origin).host}`);
  await app.pill.click();
  await expect(app.found).toContainText('A Kinora relay answers. It keeps the token.');
  await app.base.fill('');
  await expect(app.found).toHaveText('');
  await app.base.blur();
  await expect(app.found).toContainText('A Kinora relay answers. It keeps the token.');
  await served.stop();
});

test('a video that pages may not read comes by the relay, and can be saved', async ({
  app, gallery, guard,
}) => {
  guard.announce(NO_CORS);
  const options = ['--emulate-with=--media-cors=off', '--emulate-with=--queue=0', '--emulate-with=--run=0.3'];
  const served = await relay(['--emulate', '--outputs', ...options, '--app', DIST]);
  await app.visit(`${served.origin}/`);
  await send(app, gallery.open('good.png'));
  await app.finishes();
  const download = app.page.waitForEvent('download');
  await app.player.getByRole('button', { name: 'Download' }).click();
  expect((await download).suggestedFilename()).toMatch(/^kinora-.*\.mp4$/);
  const passed = guard.requests.filter((request) => request.url().includes('/v1/outputs?url=http'));
  expect(passed).toHaveLength(1);
  await served.stop();
});

async function send(app: App, image: string): Promise<void> {
  await app.address.fill(image);
  await expect(app.check('Width')).toHaveText(/640 px/);
  await app.prompt.fill('the waves roll in');
  await app.go.click();
}

/** What was chosen is kept shortly afterwards. */
async function settled(page: Page): Promise<void> {
  await page.waitForTimeout(800);
}

/** The token went to its base only, and is to be found nowhere in the page or its storage. */
async function expectHidden(
  app: App, lines: readonly string[], origin: string, requests: readonly Request[],
): Promise<void> {
  let carried = 0;
  for (const request of requests) {
    const seen = JSON.stringify([request.url(), await request.allHeaders(), request.postData()]);
    if (!seen.includes(CANARY)) continue;
    carried += 1;
    expect(request.url().startsWith(`${origin}/v1/`)).toBe(true);
    expect(request.url()).not.toContain(CANARY);
  }
  expect(carried).toBeGreaterThan(2);
  const html = await app.page.locator('html').evaluate((html) => html.outerHTML);
  for (const text of [lines.join('\n'), html, app.page.url(), await everythingKept(app.page)]) {
    expect(text).not.toContain(CANARY);
  }
}

const CANARY = 'canary-4f1b9d2e7a-token';
