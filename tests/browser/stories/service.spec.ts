/** The same story at a service, over real HTTP. */

import type { Request } from '@playwright/test';

import type { App } from '../harness/app.ts';
import { type Emulator, SUBMIT } from '../harness/emulator.ts';
import type { Guard } from '../harness/guard.ts';
import { everythingKept } from '../harness/kept.ts';
import { expect, test } from '../harness/test.ts';
import { pause, seek } from '../harness/video.ts';

test('an image by address becomes a video through the documented calls', async ({
  app, emulator, gallery, guard, site,
}) => {
  const service = await emulator('--token', CANARY);
  await app.open(site);
  await app.connect({ base: service.origin, token: CANARY });
  await app.address.fill(gallery.open('good.png'));
  await expect(app.check('Width')).toHaveText(/640 px/);
  await app.prompt.fill('the waves roll in');
  await app.effect('Squish');
  await app.seed.fill('42');
  await app.resolution('1080P');
  await app.form.getByRole('switch', { name: /Magic prompt/ }).uncheck();
  await app.form.getByText('Negative prompt').click();
  await app.page.getByLabel('What must not be seen').fill('people');
  await app.go.click();
  await app.reaches('Queued');
  await app.reaches('Generating');
  await app.finishes();

  const { width, duration } = await pause(app.video);
  expect(width).toBeGreaterThan(0);
  expect(Math.abs(duration - 5)).toBeLessThan(0.01);
  expect(Math.abs((await seek(app.video, 2.5)) - 2.5)).toBeLessThan(1 / 24);

  const [submit, ...rest] = calls(guard, service);
  if (!submit) throw new Error('nothing was sent');
  expect(`${submit.method()} ${submit.url()}`).toBe(
    `POST ${service.origin}/v1/models/wan-ai/wan-2-2/image-to-video`,
  );
  expect(await sent(submit)).toMatchObject({
    'authorization': `Bearer ${CANARY}`,
    'content-type': 'application/json',
    'kinora-intent': expect.stringMatching(/^[\w-]+$/),
  });
  expect(submit.postDataJSON()).toEqual({
    prompt: 'the waves roll in',
    negative_prompt: 'people',
    img_url: gallery.open('good.png'),
    template: 'squish',
    resolution: '1080P',
    prompt_extend: false,
    seed: 42,
  });
  const id = (await submit.response().then((response) => response?.json())).request_id as string;
  const asked = new Set(rest.map((request) => `${request.method()} ${path(request)}`));
  expect([...asked].sort()).toEqual([`GET /v1/requests/${id}/result`, `GET /v1/requests/${id}/status`]);
  for (const request of rest) {
    const headers = await sent(request);
    expect(headers['authorization']).toBe(`Bearer ${CANARY}`);
    expect(headers).not.toHaveProperty('kinora-intent');
    expect(request.postData()).toBeNull();
  }
});

test('the service sees the same calls as the page makes', async ({ app, emulator, gallery, site }) => {
  const service = await emulator();
  await send(app, service, { site, image: gallery.open('good.png') });
  await app.finishes();
  const { asked, jobs_accepted } = await service.log();
  expect(jobs_accepted).toBe(1);
  const submits = asked.filter(({ method, path }) => method === 'POST' && path === SUBMIT);
  expect(submits).toHaveLength(1);
  expect(submits[0]?.body_keys).toEqual(['prompt', 'img_url', 'resolution']);
  expect(submits[0]?.headers).toMatchObject({ 'content-type': 'application/json' });
  expect(submits[0]?.headers).not.toHaveProperty('authorization');
  const others = asked.filter(
    ({ method, path }) => method !== 'OPTIONS' && path !== SUBMIT && !LOOK.test(path),
  );
  for (const { method, path } of others) {
    expect(`${method} ${path}`).toMatch(
      /^GET (\/v1\/requests\/[\w-]{1,128}\/(status|result)|\/outputs\/[\w-]+\.mp4)$/,
    );
  }
});

test('a host that is not ours gets no header of ours', async ({ app, emulator, gallery, guard, site }) => {
  const service = await emulator();
  await send(app, service, { site, image: gallery.open('good.png'), ours: false, token: CANARY });
  await app.finishes();
  const headers = await Promise.all(calls(guard, service).map(sent));
  expect(headers.length).toBeGreaterThan(2);
  for (const header of headers) expect(header).not.toHaveProperty('kinora-intent');
});

test('the token is seen at the base only, and nothing keeps it', async ({
  app, emulator, gallery, guard, page, site,
}) => {
  const service = await emulator('--token', CANARY);
  await send(app, service, { site, image: gallery.open('good.png'), token: CANARY });
  await app.finishes();
  let carried = 0;
  for (const request of guard.requests) {
    const headers = await sent(request);
    const text = [request.url(), JSON.stringify(headers), request.postData() ?? ''].join('\n');
    if (!text.includes(CANARY)) continue;
    carried += 1;
    expect(request.url().startsWith(`${service.origin}/v1/`), request.url()).toBe(true);
    expect(request.url()).not.toContain(CANARY);
  }
  expect(carried, 'the service got it').toBeGreaterThan(2);
  expect(guard.lines.join('\n')).not.toContain(CANARY);
  const kept = await everythingKept(page);
  expect(kept, 'jobs are kept').toContain('the waves roll in');
  expect(kept).not.toContain(CANARY);
  expect(await page.locator('html').evaluate((html) => html.outerHTML)).not.toContain(CANARY);
  expect(page.url()).not.toContain(CANARY);
  await app.reload();
  await app.pill.click();
  await expect(app.token).toHaveValue('');
  await expect(app.base).toHaveValue(service.origin);
});

test('a job in the service’s queue is cancelled there', async ({ app, emulator, gallery, site }) => {
  const service = await emulator('--queue', '600');
  await send(app, service, { site, image: gallery.open('good.png') });
  await app.reaches('Queued');
  await app.stage.getByRole('button', { name: 'Cancel' }).click();
  await expect(app.step('Queued')).toHaveText(/cancelled/);
  const { asked } = await service.log();
  const cancels = asked.filter(({ path }) => path.endsWith('/cancel'));
  const posts = cancels.filter(({ method }) => method === 'POST');
  expect(posts).toHaveLength(1);
  expect(posts[0]?.path).toMatch(/^\/v1\/requests\/[\w-]+\/cancel$/);
  expect(posts[0]?.body_keys).toEqual([]);
});

test('a job that runs at the service is not cancelled, and finishes', async ({
  app, emulator, gallery, site,
}) => {
  const service = await emulator('--queue', '0', '--run', '4');
  await send(app, service, { site, image: gallery.open('good.png') });
  await app.reaches('Generating');
  await app.stage.getByRole('button', { name: 'Cancel' }).click();
  await expect(app.stage.getByText(/cannot cancel it any more/)).toBeVisible();
  await app.finishes();
});

test('two clicks on Generate make one job at the service', async ({ app, emulator, gallery, site }) => {
  const service = await emulator();
  await app.open(site);
  await app.connect({ base: service.origin });
  await app.address.fill(gallery.open('good.png'));
  await expect(app.check('Width')).toHaveText(/640 px/);
  await app.go.dblclick();
  await app.finishes();
  expect((await service.log()).jobs_accepted).toBe(1);
});

interface Order {
  readonly site: string;
  readonly image: string;
  readonly token?: string;
  readonly ours?: boolean;
}

/** Opens the page, fills in the form and sends it. */
async function send(app: App, service: Emulator, { site, image, ...order }: Order): Promise<void> {
  await app.open(site);
  await app.connect({ base: service.origin, ...order });
  await app.address.fill(image);
  await app.prompt.fill('the waves roll in');
  await app.go.click();
}

/** What the page asked of the service, in order; preflights are the browser's own. */
function calls(guard: Guard, service: Emulator): Request[] {
  const here = (request: Request) => request.url().startsWith(`${service.origin}/v1/`);
  const looks = (request: Request) => LOOK.test(request.url());
  return guard.requests.filter(
    (request) => here(request) && !looks(request) && request.method() !== 'OPTIONS',
  );
}

function path(request: Request): string {
  const { pathname, search } = new URL(request.url());
  return pathname + search;
}

/** The headers as they went over the wire. */
function sent(request: Request): Promise<Record<string, string>> {
  return request.allHeaders();
}

/** What a look at the connection asks. */
const LOOK = /\/v1\/(relay|models\/categories)$/;

const CANARY = 'canary-4f1b9d2e7a-token';
