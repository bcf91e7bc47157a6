/** A relay that wants a secret of its callers: entered once, kept like a token, told when it is wrong. */

import type { App } from '../harness/app.ts';
import type { Guard } from '../harness/guard.ts';
import { everythingKept } from '../harness/kept.ts';
import { DIST, type Served } from '../harness/program.ts';
import { relay } from '../harness/relay.ts';
import { expect, test } from '../harness/test.ts';

test('a relay asks for its secret, tells a wrong one from the right one, and makes the video', async ({
  app, gallery, guard, page,
}) => {
  const served = await guarded();
  await app.visit(`${served.origin}/`);
  await fill(app, gallery.open('good.png'));
  await app.pill.click();
  await expect(app.found).toContainText('It wants a secret. Its owner has it: enter it below.');
  await app.token.fill('a-wrong-secret');
  await page.keyboard.press('Enter');
  await expect(app.found).toContainText('It does not know the secret that was entered.');
  await expect(app.token, 'it can be entered again at once').toBeFocused();
  await expect(app.token).toHaveValue('');
  await app.token.fill(SECRET);
  await page.keyboard.press('Enter');
  await expect(app.found).toContainText('A Kinora relay answers.');
  await expect(app.sheet.getByText(/Secret of this relay is here.*until a reload/)).toBeVisible();
  await page.keyboard.press('Escape');
  await app.go.click();
  await app.finishes();
  expect(guard.all(), 'no error is written to the console').toEqual([]);
  await expectHidden(app, guard, served);
  await served.stop();
});

test('nothing is sent to a relay whose secret is missing, and the field for it is shown', async ({
  app, gallery, guard,
}) => {
  const served = await guarded();
  await app.visit(`${served.origin}/`);
  await fill(app, gallery.open('good.png'));
  await app.pill.click();
  await expect(app.found).toContainText('It wants a secret.');
  await app.page.keyboard.press('Escape');
  await app.go.click();
  await expect(app.token).toBeFocused();
  expect(guard.requests.filter((request) => request.method() === 'POST')).toEqual([]);
  await served.stop();
});

test('a wrong secret that was kept is forgotten as it was entered', async ({ app, page }) => {
  const served = await guarded();
  await app.visit(`${served.origin}/`);
  await app.pill.click();
  await app.sheet.getByLabel('Keep it').selectOption('On this device');
  await app.token.fill('a-wrong-secret');
  await page.keyboard.press('Enter');
  await expect(app.found).toContainText('It does not know the secret that was entered.');
  await expect.poll(() => everythingKept(page)).toContain('token/');
  await app.sheet.getByRole('button', { name: 'Forget secret' }).click();
  await expect.poll(() => everythingKept(page)).not.toContain('token/');
  await expect(app.found).toContainText('It wants a secret.');
  await served.stop();
});

test('a secret kept on the device is sealed there, and serves after a reload', async ({
  app, gallery, guard, page,
}) => {
  const served = await guarded();
  await app.visit(`${served.origin}/`);
  await app.pill.click();
  await app.sheet.getByLabel('Keep it').selectOption('On this device');
  await app.token.fill(SECRET);
  await page.keyboard.press('Enter');
  await expect(app.sheet.getByText(/encrypted on this device/)).toBeVisible();
  // What was chosen is kept shortly afterwards.
  await page.waitForTimeout(800);
  await app.reload();
  await fill(app, gallery.open('good.png'));
  await app.go.click();
  await app.finishes();
  await expectHidden(app, guard, served);
  await served.stop();
});

test('a job whose secret is gone after a reload says so, and goes on once it is given', async ({
  app, gallery, guard, page,
}) => {
  guard.announce(/status of 401 .*\/v1\/requests\//);
  const served = await guarded('--emulate-with=--run=4');
  await app.visit(`${served.origin}/`);
  await enter(app);
  await fill(app, gallery.open('good.png'));
  await app.go.click();
  await app.reaches('Generating');
  await app.reload();
  await expect(app.problem).toContainText(/needs the secret for 127\.0\.0\.1.*may go on/);
  await app.problem.getByRole('button', { name: 'Enter the secret' }).click();
  await expect(app.token).toBeFocused();
  await app.token.fill(SECRET);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await app.finishes();
  await served.stop();
});

/** A relay with its page and an emulator, for who has the secret. */
function guarded(...options: string[]): Promise<Served> {
  const quick = ['--emulate-with=--queue=0', '--emulate-with=--run=0.3'];
  const service = options.length > 0 ? ['--emulate-with=--queue=0', ...options] : quick;
  return relay(['--emulate', '--outputs', ...service, '--app', DIST], '127.0.0.1:0', SECRET);
}

async function enter(app: App): Promise<void> {
  await app.pill.click();
  await app.token.fill(SECRET);
  await app.page.keyboard.press('Enter');
  await expect(app.found).toContainText('A Kinora relay answers.');
  await app.page.keyboard.press('Escape');
}

async function fill(app: App, image: string): Promise<void> {
  await app.address.fill(image);
  await expect(app.check('Width')).toHaveText(/640 px/);
  await app.prompt.fill('the waves roll in');
}

/** The secret went to its relay's calls alone, and is to be found nowhere in the page or its storage. */
async function expectHidden(app: App, guard: Guard, { origin }: Served): Promise<void> {
  let carried = 0;
  for (const request of guard.requests) {
    const seen = JSON.stringify([request.url(), await request.allHeaders(), request.postData()]);
    if (!seen.includes(SECRET)) continue;
    carried += 1;
    expect(request.url().startsWith(`${origin}/v1/`), request.url()).toBe(true);
    expect(request.url()).not.toContain(SECRET);
  }
  expect(carried).toBeGreaterThan(2);
  const html = await app.page.locator('html').evaluate((html) => html.outerHTML);
  for (const text of [guard.lines.join('\n'), html, await everythingKept(app.page)]) {
    expect(text).not.toContain(SECRET);
  }
}

const SECRET = 'canary-9a27c1d0-secret';
