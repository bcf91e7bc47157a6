/** Addresses that cannot be an image's, before anything is fetched. */

import type { App } from '../harness/app.ts';
import { bytesOf, typeOf } from '../harness/gallery.ts';
import type { Guard } from '../harness/guard.ts';
import { expect, test } from '../harness/test.ts';

/** What is typed, and words of what is said. */
type Cases = readonly (readonly [string, RegExp])[];

const EVERYWHERE: Cases = [
  ['pictures/cat.png', /not complete\. Start it with https:\/\//],
  ['cat.png', /not complete/],
  ['javascript:alert(1)', /cannot be fetched by "javascript:"\. Use an https:\/\/ address/],
  ['ftp://example.com/cat.png', /cannot be fetched by "ftp:"/],
  ['https://me:secret@example.com/cat.png', /a name or password in it.*pre-signed link/],
  ['https://exa mple.com/cat.png', /not a web address.*Check the name of the host/],
  ['http://example.com/cat.png', /Plain http addresses are not fetched/],
];

const PRIVATE = [
  'http://127.0.0.1:8080/cat.png',
  'http://localhost/cat.png',
  'https://10.0.0.7/cat.png',
  'https://192.168.1.20/cat.png',
  'https://172.16.3.4/cat.png',
  'https://[fd00::1]/cat.png',
  'https://nas.local/cat.png',
];

const FAR = 'https://relay.example.com';

test('an address that cannot work says why, in the demo', async ({ app, site }) => {
  await app.open(site);
  for (const [address, words] of EVERYWHERE) await expectRefusal(app, address, words);
});

test('an address that cannot work says why, for a service', async ({ app, guard, site }) => {
  await connectFar(app, guard, site);
  for (const [address, words] of EVERYWHERE) await expectRefusal(app, address, words);
});

test('a service on the internet cannot reach private hosts, which is said', async ({ app, guard, site }) => {
  await connectFar(app, guard, site);
  const words = /only reachable from your own network.*Put the file on a public host, or try it in Demo/;
  for (const address of PRIVATE) await expectRefusal(app, address, words);
});

test('the demo takes a host of this machine', async ({ app, gallery, site }) => {
  await app.open(site);
  const address = gallery.open('good.png');
  for (const host of [address, address.replace('127.0.0.1', 'localhost')]) {
    await app.address.fill(host);
    await expect(app.check('Width')).toHaveText(/640 px/);
    await expect(app.address).not.toHaveAttribute('aria-invalid', 'true');
  }
});

test('no address at all is told once Generate is pressed', async ({ app, site }) => {
  await app.visit(site);
  await expect(notices(app)).toBeEmpty();
  await app.go.click();
  await expect(notices(app)).toContainText('Choose an image, or paste its https address.');
  await expect(app.address).toBeFocused();
  await expect(app.player).toHaveCount(0);
});

test('the offer of https works', async ({ app, guard, page, site }) => {
  guard.announce(/leaves this machine: GET https:\/\/pictures\.example\.com\/cat\.png/);
  await page.route('https://pictures.example.com/cat.png', (route) =>
    route.fulfill({
      body: bytesOf('good.png'),
      contentType: typeOf('good.png'),
      headers: { 'access-control-allow-origin': '*' },
    }),
  );
  await app.open(site);
  await app.address.fill('http://pictures.example.com/cat.png');
  await app.form.getByRole('button', { name: 'Use https://pictures.example.com/cat.png' }).click();
  await expect(app.address).toHaveValue('https://pictures.example.com/cat.png');
  await expect(app.check('Width')).toHaveText(/640 px/);
  await expect(app.preview).toBeVisible();
});

/** A relay on the internet that passes no result files. */
async function connectFar(app: App, guard: Guard, site: string): Promise<void> {
  guard.announce(/relay\.example\.com/);
  await app.page.route(`${FAR}/**`, (route) =>
    route.fulfill({
      status: 200,
      headers: { 'access-control-allow-origin': '*' },
      json: { message: 'No.', reason: 'outputs_off' },
    }),
  );
  await app.open(site);
  await app.connect({ base: FAR });
}

async function expectRefusal(app: App, address: string, words: RegExp): Promise<void> {
  await test.step(address, async () => {
    await app.address.fill(address);
    await expect(notices(app)).toContainText(words);
    await expect(app.address).toHaveAttribute('aria-invalid', 'true');
    await app.go.click();
    await expect(app.address).toBeFocused();
    await expect(app.address).toHaveValue(address);
    await expect(app.step('Submitted')).toHaveCount(0);
  });
}

function notices(app: App) {
  return app.form.locator('#notices-img_url');
}
