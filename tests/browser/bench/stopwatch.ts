/** How long the page takes from Generate to playing, again and again. */

import { type Page, expect } from '@playwright/test';

import type { App } from '../harness/app.ts';

/** One run. */
export interface Run {
  /** From the click on Generate to the video's `playing`, in milliseconds. */
  readonly total: number;
  /** The longest task of the page's own thread in between, in milliseconds. */
  readonly longest: number;
}

/** The marks that the stopwatch leaves in the page's timeline. */
export const MARK = { go: 'kinora: go', playing: 'kinora: playing' } as const;

/** Makes so many videos of the same still, each with another seed. */
export async function repeat(app: App, times: number): Promise<Run[]> {
  const runs: Run[] = [];
  for (let seed = 1; seed <= times; seed += 1) {
    await app.seed.fill(String(seed));
    await app.page.evaluate(() => window.stopwatch.reset());
    await app.go.click();
    await expect
      .poll(() => app.page.evaluate(() => window.stopwatch.total()), { timeout: 120_000 })
      .not.toBeNull();
    runs.push(
      await app.page.evaluate(() => ({
        total: window.stopwatch.total() ?? NaN,
        longest: window.stopwatch.longest(),
      })),
    );
  }
  return runs;
}

/** Puts a stopwatch into the page: from the click on Generate to the next `playing`. */
export async function watch(page: Page): Promise<void> {
  await page.addInitScript((mark) => {
    let [start, end, longest] = [NaN, NaN, 0];
    const shown = () => document.querySelector('video')?.src ?? '';
    let before = '';
    const observer = new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries()) {
        const counts = startTime + duration > start && !(startTime > end);
        if (counts) longest = Math.max(longest, duration);
      }
    });
    observer.observe({ type: 'longtask' });
    const onSubmit = ({ target }: Event) => {
      const go = target instanceof Element && target.closest('button[type=submit]');
      if (!go || !Number.isNaN(start)) return;
      [start, before] = [performance.mark(mark.go).startTime, shown()];
    };
    addEventListener('click', onSubmit, { capture: true });
    const onPlaying = () => {
      // A video of before that begins again is not the one that is waited for.
      if (!(start > 0) || !Number.isNaN(end) || shown() === before) return;
      end = performance.mark(mark.playing).startTime;
    };
    addEventListener('playing', onPlaying, { capture: true });
    window.stopwatch = {
      start: () => (start = performance.now()),
      reset: () => ([start, end, longest] = [NaN, NaN, 0]),
      total: () => (Number.isNaN(end) ? null : end - start),
      longest: () => longest,
    };
  }, MARK);
}

/** The middle one. */
export function median(numbers: readonly number[]): number {
  return quantile(numbers, 0.5);
}

/** The smallest that so large a part of them does not exceed. */
export function quantile(numbers: readonly number[], part: number): number {
  const sorted = numbers.toSorted((one, other) => one - other);
  return sorted[Math.max(Math.ceil(sorted.length * part) - 1, 0)] ?? NaN;
}

/** Prints what was measured: what, how many milliseconds, and the limit. */
export function table(rows: readonly (readonly [string, number, string])[]): void {
  for (const [what, milliseconds, limit] of rows) {
    const digits = milliseconds < 100 ? 1 : 0;
    console.log(`${what.padEnd(44)} ${milliseconds.toFixed(digits).padStart(6)} ms  ${limit}`);
  }
}

declare global {
  interface Window {
    stopwatch: { start(): void; reset(): void; total(): number | null; longest(): number };
  }
}
