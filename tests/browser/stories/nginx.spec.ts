/** The page behind nginx, by the very snippets of the READMEs: as a static site, and with its relay. */

import { access } from 'node:fs/promises';

import { deserted } from '../harness/listener.ts';
import { SITE, nginx, snippet } from '../harness/nginx.ts';
import { DIST } from '../harness/program.ts';
import { relay } from '../harness/relay.ts';
import { expect, test } from '../harness/test.ts';

test('the static site makes a demo video from a sub-path of nginx', async ({ app, guard, page }) => {
  await access(`${SITE}/_headers`);
  const server = (await snippet('README.md', 'alias')).replace('/srv/kinora/', `${SITE}/`);
  const served = await nginx(await deserted(), server);
  const here = `${served.origin}/kinora/`;
  const wasm = page.waitForResponse(/web-[0-9a-f]+_bg\.wasm$/);
  await app.open(`${here}?queue=0`);
  expect((await wasm).headers()).toMatchObject({
    'content-encoding': 'gzip',
    'content-type': 'application/wasm',
    'cache-control': 'public, max-age=31536000, immutable',
  });
  await app.go.click();
  await app.finishes();
  await expect(app.stage.getByText('Demo render, not Wan 2.2')).toBeVisible();
  await app.reload();
  await expect(app.past).toHaveCount(1);
  const asked = guard.requests.map((request) => request.url()).filter((url) => url.startsWith('http'));
  expect(asked.filter((url) => !url.startsWith(here))).toEqual([]);
  expect(guard.all(), 'no error is written to the console').toEqual([]);
  await served.stop();
});

test('the page and its relay make a video behind nginx', async ({ app, gallery, guard }) => {
  const [outside, inside] = await Promise.all([deserted(), deserted()]);
  const { host } = new URL(inside);
  const quick = ['--emulate-with=--queue=0.6', '--emulate-with=--ahead=2', '--emulate-with=--run=0.6'];
  const behind = ['--public', outside, '--proxy', '127.0.0.1'];
  const inner = await relay(['--emulate', ...quick, '--app', DIST, ...behind], host);
  const server = (await snippet('crates/kinora-relay/README.md', 'proxy_pass')).replace('127.0.0.1:8080', host);
  const outer = await nginx(outside, server);
  await app.visit(`${outside}/`);
  await expect(app.pill).toHaveText(`Relay · ${new URL(outside).host}`);
  await app.address.fill(gallery.open('good.png'));
  await expect(app.check('Width')).toHaveText(/640 px/);
  await app.prompt.fill('the waves roll in');
  await app.go.click();
  await app.reaches('Queued');
  await app.finishes();
  const calls = guard.requests.filter((request) => request.url().includes('/v1/'));
  expect(calls.filter((call) => !call.url().startsWith(`${outside}/v1/`))).toEqual([]);
  expect(calls.filter((call) => call.method() === 'POST')).toHaveLength(1);
  expect(guard.all(), 'no error is written to the console').toEqual([]);
  await Promise.all([outer.stop(), inner.stop()]);
});
