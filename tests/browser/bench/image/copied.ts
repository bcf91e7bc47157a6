/** How long the app's own module, in its worker, takes to copy a photograph as a PNG without an alpha channel. */

import { type Page, expect } from '@playwright/test';

import { median } from '../stopwatch.ts';

/** Copies a picture that is all noise of a kind, and says what that took and how large the copy is. */
export async function copied(page: Page, rounds: number): Promise<string> {
  const runs = await page.evaluate(async ([side, rounds]) => {
    const canvas = new OffscreenCanvas(side, side);
    const context = canvas.getContext('2d', { alpha: false });
    if (!context) throw new Error('this browser has no canvas');
    const sky = context.createLinearGradient(0, 0, side, side);
    sky.addColorStop(0, 'orange');
    sky.addColorStop(1, 'navy');
    context.fillStyle = sky;
    context.fillRect(0, 0, side, side);
    const image = context.getImageData(0, 0, side, side);
    // As rough as a photograph: the lowest two bits of each channel.
    let state = 1;
    for (let at = 0; at < image.data.length; at += 1) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      image.data[at] = (image.data[at] ?? 0) ^ (state >>> 30);
    }
    context.putImageData(image, 0, 0);
    const file = await canvas.convertToBlob({ type: 'image/png' });
    const worker = new Worker('./worker.js', { type: 'module', name: 'retouch' });
    const whole = [0, 0, side, side];
    // As `kinora_browser::retouch` writes it: both areas, size, ground, PNG, and no limit.
    const plan = new Float64Array([...whole, ...whole, side, side, 255, 255, 255, 1, Infinity]);
    const copy = (ticket: number) =>
      new Promise<{ image?: Blob; png?: boolean }>((resolve) => {
        worker.onmessage = ({ data }) => {
          if (data.ticket === ticket) resolve(data.answer);
        };
        worker.postMessage({ ticket, order: { image: file, plan } });
      });
    await copy(-1);
    const runs = [];
    for (let round = 0; round < rounds; round += 1) {
      const start = performance.now();
      const { image, png } = await copy(round);
      const made = performance.now();
      await canvas.convertToBlob({ type: 'image/png' });
      const drawn = performance.now() - made;
      const colour = new Uint8Array((await image?.slice(25, 26).arrayBuffer()) ?? []);
      runs.push({ making: made - start, drawn, bytes: image?.size ?? 0, png, colour: colour[0] });
    }
    worker.terminate();
    return { runs, before: file.size };
  }, [SIDE, rounds] as const);
  for (const { png, colour } of runs.runs) expect([png, colour], 'PNG, true colour').toEqual([true, 2]);
  const of = (what: 'making' | 'drawn' | 'bytes') => median(runs.runs.map((run) => run[what]));
  const kilobytes = (bytes: number) => `${Math.round(bytes / 1_000)} KB`;
  return (
    `A copy of ${SIDE} × ${SIDE} as PNG without an alpha channel, by the app's module in its worker: ` +
    `${of('making').toFixed(0)} ms, ${kilobytes(of('bytes'))}; the canvas's own PNG, with one: ` +
    `${of('drawn').toFixed(0)} ms without decoding and drawing, ${kilobytes(runs.before)}`
  );
}

const SIDE = 2_000;
