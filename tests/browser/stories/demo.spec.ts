/** The demo: a still of the page becomes a video in the page. */

import { readFile } from 'node:fs/promises';

import type { Locator } from '@playwright/test';

import type { App } from '../harness/app.ts';
import { expect, test } from '../harness/test.ts';
import { difference, glance, likeness, pause, seek } from '../harness/video.ts';

test('a bundled still becomes a video that plays, seeks and can be saved', async ({ app, site }) => {
  await app.open(`${site}?queue=2`);
  await expect(app.check('Width')).toHaveAttribute('data-verdict', 'pass');
  await app.go.click();
  await app.reaches('Queued');
  await expect(app.stage.getByText(/place \d+ in the queue/)).toBeVisible();
  await app.reaches('Generating');
  await expect(app.stage.getByRole('progressbar', { name: 'Frames made' })).toBeVisible();
  await app.finishes();

  await expect.poll(() => moves(app.video), 'it plays by itself').toBe(true);
  await expect(app.stage.getByText('Demo render, not Wan 2.2')).toBeVisible();
  const { width, height, duration } = await pause(app.video);
  expect(width / height, 'it has the aspect of the still').toBeCloseTo(1248 / 832, 1);
  expect(Math.abs(width * height - 832 * 480) / (832 * 480)).toBeLessThan(0.05);
  expect(Math.abs(duration - 5), 'it is five seconds long').toBeLessThan(0.01);

  const glances = [];
  for (const second of [2.5, 4.9, 0]) {
    const arrived = await seek(app.video, second);
    expect(Math.abs(arrived - second), `a seek to ${second} lands there`).toBeLessThan(FRAME);
    glances.push(await glance(app.video));
  }
  expect(await likeness(app.video, `${site}stills/lake.jpg`), 'it begins with the still').toBeGreaterThan(30);
  const [middle = [], end = [], start = []] = glances;
  expect(difference(start, middle), 'then it moves').toBeGreaterThan(1);
  expect(difference(middle, end), 'and goes on moving').toBeGreaterThan(1);

  const saving = app.page.waitForEvent('download');
  await app.player.getByRole('button', { name: 'Download' }).click();
  const saved = await saving;
  expect(saved.suggestedFilename()).toMatch(/^kinora-mist-drifts-over-the-water-[\w-]{6}\.(mp4|webm)$/);
  const file = await readFile(await saved.path());
  expect(file.length).toBeGreaterThan(20_000);
  expect(isVideo(file), 'what is saved is a video file').toBe(true);
});

test('where there can be no worker the page makes the video itself, and lets others have their turn', async ({
  app, page, site,
}) => {
  await page.addInitScript(() => Reflect.deleteProperty(window, 'Worker'));
  await app.open(`${site}?queue=0`);
  // What a task of another's sees of the work, whenever it has its turn.
  const seen = await page.evaluateHandle(() => {
    const frames = new Set<number>();
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      frames.add(document.querySelector('progress')?.value ?? 0);
      port2.postMessage(null);
    };
    port2.postMessage(null);
    return frames;
  });
  await app.go.click();
  await app.reaches('Generating');
  await app.prompt.fill('typed meanwhile');
  await app.finishes();
  await expect(app.prompt).toHaveValue('typed meanwhile');
  const frames = await seen.evaluate((frames) => frames.size);
  expect(frames, 'others have a turn at every frame').toBeGreaterThan(100);
  await pause(app.video);
  await seek(app.video, 0);
  expect(await likeness(app.video, `${site}stills/lake.jpg`), 'it begins with the still').toBeGreaterThan(30);
});

test('each effect, and each seed, moves the same still in its own way', async ({ app, site }) => {
  test.slow();
  await app.open(`${site}?queue=0`);
  const ways = [
    ['None', '1'],
    ['None', '2'],
    ['Squish', '1'],
    ['Flying', '1'],
    ['Carousel', '1'],
  ] as const;
  const films: [string, number[]][] = [];
  for (const [effect, seed] of ways) {
    await app.effect(effect);
    await app.seed.fill(seed);
    films.push([`${effect} with seed ${seed}`, await film(app)]);
  }
  for (const [one, first] of films) {
    for (const [other, second] of films) {
      if (one === other) continue;
      expect.soft(difference(first, second), `${one} is not ${other}`).toBeGreaterThan(1);
    }
  }
});

test('a portrait still becomes a portrait video', async ({ app, site }) => {
  await app.open(`${site}?queue=0`);
  await app.choose('Balloon: Portrait');
  await app.go.click();
  await app.finishes();
  const { width, height } = await pause(app.video);
  expect(width / height).toBeCloseTo(832 / 1248, 1);
  await seek(app.video, 0);
  expect(await likeness(app.video, `${site}stills/balloon.jpg`)).toBeGreaterThan(30);
});

test('two clicks on Generate make one job', async ({ app, site }) => {
  await app.open(`${site}?queue=1`);
  await app.go.dblclick();
  await app.finishes();
  await expect(app.past).toHaveCount(1);
  const details = await app.unfoldDetails();
  await expect(details.getByText(/^Accepted as /)).toHaveCount(1);
});

test('a job that waits in the queue can be cancelled, and what was typed stays', async ({ app, site }) => {
  await app.open(`${site}?queue=600`);
  await app.prompt.fill('a slow turn to the left');
  await app.go.click();
  await app.reaches('Queued');
  await expect(app.go).toHaveText(/Queued/);
  await app.stage.getByRole('button', { name: 'Cancel' }).click();
  await expect(app.step('Queued')).toHaveText(/cancelled/);
  await expect(app.go).toHaveText(/Generate/);
  await expect(app.prompt).toHaveValue('a slow turn to the left');
  await expect(app.player).toHaveCount(0);
});

test('a running job says that it is too late to cancel, and finishes', async ({ app, site }) => {
  await app.open(`${site}?queue=0`);
  await app.go.click();
  await app.reaches('Generating');
  await app.stage.getByRole('button', { name: 'Cancel' }).click();
  await app.finishes();
  const details = await app.unfoldDetails();
  await expect(details.getByText('Too late to cancel')).toBeVisible();
});

/** Makes a video of the form as it is, and glances at it here and there. */
async function film(app: App): Promise<number[]> {
  await app.go.click();
  await expect(app.player).toHaveCount(0);
  await app.finishes();
  await pause(app.video);
  const glances = [];
  for (const second of [1, 2.5, 4]) {
    await seek(app.video, second);
    glances.push(await glance(app.video));
  }
  return glances.flat();
}

function moves(video: Locator): Promise<boolean> {
  return video.evaluate((element) => {
    const video = element as HTMLVideoElement;
    return !video.paused && video.currentTime > 0;
  });
}

/** MP4 begins with an `ftyp` box, WebM with an EBML header. */
function isVideo(file: Buffer): boolean {
  return file.toString('latin1', 4, 8) === 'ftyp' || file.readUInt32BE(0) === 0x1a45dfa3;
}

/** The length of a frame, in seconds. */
const FRAME = 1 / 24;
