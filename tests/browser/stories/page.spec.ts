/** The page itself: from any folder of any host, at once, and in several tabs. */

import { layLine } from '../harness/line.ts';
import { serveFolder } from '../harness/folder.ts';
import { DIST } from '../harness/program.ts';
import { expect, test } from '../harness/test.ts';

test('it works from a folder deep in any static host', async ({ app, page }) => {
  const host = await serveFolder(DIST, '/some/sub/path/');
  await app.open(`${host.origin}/some/sub/path/?queue=0`);
  await app.choose('Balloon: Portrait');
  await app.go.click();
  await app.finishes();
  await page.getByRole('link', { name: /What this is/ }).click();
  await expect(page).toHaveURL(`${host.origin}/some/sub/path/?queue=0#/about`);
  await expect(page.getByRole('heading', { name: 'What it is not' })).toBeVisible();
  await page.goBack();
  await expect(app.form).toBeVisible();
  await host.stop();
});

test('the page is painted before its module is there', async ({ app, page, site }) => {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/*.wasm', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(site, { waitUntil: 'commit' });
  await expect(page.getByRole('heading', { name: 'Kinora' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Loading…' })).toBeVisible();
  const painted = () =>
    page.evaluate(() => performance.getEntriesByName('first-contentful-paint').length);
  await expect.poll(painted, 'the browser itself has painted').toBe(1);
  release();
  await expect(app.go).toHaveText(/Generate/);
});

test('a module that does not come is told in words, with a way out', async ({ guard, page, site }) => {
  guard.announce(/Failed to load resource|could not start/);
  await page.route('**/*.wasm', (route) => route.abort());
  await page.goto(site);
  const faults = page.getByRole('alert').filter({ hasText: 'Kinora could not start' });
  await expect(faults).toBeVisible();
  await expect(faults.getByRole('button', { name: 'Reload' })).toBeVisible();
});

test('the policy stands first in the page, and forbids what it should', async ({ page, site }) => {
  const html = await (await page.request.get(site)).text();
  const first = /<meta\s+([^>]*)>/.exec(html)?.[1] ?? '';
  expect(first).toMatch(/http-equiv="?Content-Security-Policy"?/i);
  const policy = /content="([^"]*)"/.exec(first)?.[1] ?? '';
  const rules = new Map(policy.split(';').map((rule) => {
    const [name = '', ...values] = rule.trim().split(/\s+/);
    return [name, values];
  }));
  expect(rules.get('default-src')).toEqual(["'none'"]);
  expect(rules.get('script-src')).toEqual(["'self'", "'wasm-unsafe-eval'"]);
  expect(rules.get('style-src')).toEqual(["'self'"]);
  expect(rules.get('require-trusted-types-for')).toEqual(["'script'"]);
  for (const name of ['img-src', 'media-src', 'connect-src']) {
    expect(rules.get(name)).toEqual(
      expect.arrayContaining(["'self'", 'https:', 'http://127.0.0.1:*', 'http://localhost:*']),
    );
  }
  expect(html).not.toMatch(/<script(?![^>]*\bsrc=)/);
  expect(html).not.toMatch(/<style|\sstyle=|\son\w+=/);
});

test('two tabs with the same wish make one job', async ({ app, emulator, gallery, site, tab }) => {
  const service = await emulator('--queue', '0', '--run', '2', '--slots', '2');
  const line = await layLine(service.origin);
  await app.open(site);
  await app.connect({ base: line.origin });
  await app.address.fill(gallery.open('good.png'));
  await expect(app.check('Width')).toHaveText(/640 px/);
  await app.prompt.fill('the waves roll in');
  const other = await tab();
  // The wish is kept shortly after it was typed.
  await expect(async () => {
    await other.visit(site);
    await expect(other.prompt).toHaveValue('the waves roll in', { timeout: 1_000 });
  }).toPass();
  await expect(other.check('Width')).toHaveText(/640 px/);
  await Promise.all([app.go.click(), other.go.click()]);
  await Promise.all([app.finishes(), other.finishes()]);
  expect((await service.log()).jobs_accepted).toBe(1);
  expect(line.posts, 'one tab sent it').toBe(1);
  await line.stop();
});

test('a second tab takes over when the first one is closed', async ({
  app, emulator, gallery, site, tab,
}) => {
  const service = await emulator('--queue', '0', '--run', '6');
  await app.open(site);
  await app.connect({ base: service.origin });
  await app.address.fill(gallery.open('good.png'));
  await expect(app.check('Width')).toHaveText(/640 px/);
  await app.go.click();
  await app.reaches('Generating');
  const other = await tab();
  await other.visit(site);
  await expect(other.stage.getByText(/Another tab looks after this job/)).toBeVisible();
  await app.page.close();
  await other.finishes();
  expect((await service.log()).jobs_accepted).toBe(1);
});
