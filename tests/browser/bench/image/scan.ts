/** How long the app's own module, in its worker, takes to read every pixel for transparency. */

import { type Page, expect } from '@playwright/test';

import { median } from '../stopwatch.ts';

/** Looks into an opaque PNG that has an alpha channel, and says what that took. */
export async function scanned(page: Page, rounds: number): Promise<string> {
  const runs = await page.evaluate(async ([side, rounds]) => {
    const canvas = new OffscreenCanvas(side, side);
    const context = canvas.getContext('2d');
    if (!context) throw new Error('this browser has no canvas');
    const sky = context.createLinearGradient(0, 0, side, side);
    sky.addColorStop(0, 'orange');
    sky.addColorStop(1, 'navy');
    context.fillStyle = sky;
    context.fillRect(0, 0, side, side);
    const file = await canvas.convertToBlob({ type: 'image/png' });
    const worker = new Worker('./worker.js', { type: 'module', name: 'retouch' });
    const look = (ticket: number) =>
      new Promise<{ facts?: unknown[] }>((resolve) => {
        worker.onmessage = ({ data }) => {
          if (data.ticket === ticket && !data.answer?.more) resolve(data.answer);
        };
        worker.postMessage({ ticket, order: { place: file, whole: true, most: file.size } });
      });
    await look(-1);
    const runs = [];
    for (let round = 0; round < rounds; round += 1) {
      const start = performance.now();
      (await createImageBitmap(file)).close();
      const decoded = performance.now();
      const { facts } = await look(round);
      const looked = performance.now();
      runs.push({ decoding: decoded - start, looking: looked - decoded, alpha: facts?.[4] });
    }
    worker.terminate();
    return runs;
  }, [SIDE, rounds] as const);
  for (const { alpha } of runs) expect(alpha, 'opaque, with a channel').toBe(OPAQUE_CHANNEL);
  const looking = runs.map((run) => run.looking);
  const [least, most] = [Math.min(...looking), Math.max(...looking)];
  const decoding = median(runs.map((run) => run.decoding));
  return (
    `All pixels of an opaque PNG of ${SIDE} × ${SIDE} with an alpha channel, read by the app's module in its ` +
    `worker: ${median(looking).toFixed(0)} ms (${least.toFixed(0)} to ${most.toFixed(0)}), ` +
    `of which decoding takes about ${decoding.toFixed(0)} ms`
  );
}

const SIDE = 2_000;
/** `kinora::image::Alpha::OpaqueChannel`, as a number. */
const OPAQUE_CHANNEL = 1;
