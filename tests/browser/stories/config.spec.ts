/** `config.json` beside the page: a relay, a title and what the form begins with, without a build. */

import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { serveFolder } from '../harness/folder.ts';
import { DIST } from '../harness/program.ts';
import { relay } from '../harness/relay.ts';
import { expect, test } from '../harness/test.ts';

test('a page under a path takes relay, title and form from config.json on the first visit', async ({
  app, gallery, page,
}) => {
  const folder = await mkdtemp(join(tmpdir(), 'kinora-'));
  await cp(DIST, folder, { recursive: true });
  const site = await serveFolder(folder, '/kinora/');
  const quick = ['--emulate-with=--queue=0', '--emulate-with=--run=0.3'];
  const served = await relay(['--emulate', ...quick, '--origin', site.origin, '--no-app']);
  const set = (config: object) => writeFile(join(folder, 'config.json'), JSON.stringify(config));
  await set({ relay: served.origin, title: 'Our videos', defaults: { resolution: '1080P' } });

  await app.visit(`${site.origin}/kinora/`);
  await expect(page).toHaveTitle(/Our videos/);
  await expect(app.pill).toHaveText(`Relay · ${new URL(served.origin).host}`);
  await expect(page.getByRole('radio', { name: '1080P' })).toBeChecked();
  await app.address.fill(gallery.open('good.png'));
  await expect(app.check('Width')).toHaveText(/640 px/);
  await app.prompt.fill('the waves roll in');
  await app.go.click();
  await app.finishes();

  // What was chosen since is the person's own, whatever the file says later.
  await set({ relay: 'https://relay.example.com', defaults: { resolution: '480P' } });
  await app.reload();
  await expect(app.pill).toHaveText(`Relay · ${new URL(served.origin).host}`);
  await expect(page.getByRole('radio', { name: '1080P' })).toBeChecked();
  // Whatever the page still loads from the host that stops now.
  await expect(app.check('Width')).toHaveText(/640 px/);

  await Promise.all([served.stop(), site.stop()]);
  await rm(folder, { recursive: true });
});
