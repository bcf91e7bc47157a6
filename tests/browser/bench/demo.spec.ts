/** How long the demo takes from Generate to playing, and how long it holds up the page. */

import type { Page } from '@playwright/test';

import type { App } from '../harness/app.ts';
import { expect, test } from '../harness/test.ts';

/** One run. */
interface Run {
  /** From the click on Generate to the video's `playing`, in milliseconds. */
  readonly total: number;
  /** The longest task of the page's own thread in between, in milliseconds. */
  readonly longest: number;
}

test('the demo at 480P plays soon, and never holds up the page', async ({ app, page, site }) => {
  await watch(page);
  await app.open(`${site}?queue=0`);
  expect(await blocked(page), 'the stopwatch notes a long task').toBeGreaterThan(TASK_MOST);
  const runs = await repeat(app, RUNS);
  const totals = runs.map(({ total }) => total).sort((one, other) => one - other);
  const median = totals[Math.floor(totals.length / 2)] ?? NaN;
  const most = Math.max(...totals);
  const longest = Math.max(...runs.map((run) => run.longest));
  table([
    [`480P, first of ${RUNS} runs`, runs[0]?.total ?? NaN, ''],
    [`480P, median of ${RUNS} runs`, median, `at most ${MEDIAN_MOST}`],
    [`480P, slowest of ${RUNS} runs`, most, ''],
    ['480P, longest task of the page', longest, `at most ${TASK_MOST}`],
  ]);
  expect.soft(median, 'from Generate to playing').toBeLessThanOrEqual(MEDIAN_MOST);
  expect.soft(longest, 'the longest task of the page').toBeLessThanOrEqual(TASK_MOST);
});

test('the demo at 1080P, for information', async ({ app, page, site }) => {
  await watch(page);
  await app.open(`${site}?queue=0`);
  await app.resolution('1080P');
  const [run] = await repeat(app, 1);
  table([
    ['1080P, one run', run?.total ?? NaN, ''],
    ['1080P, longest task of the page', run?.longest ?? NaN, ''],
  ]);
});

/** Makes so many videos of the same still, each with another seed. */
async function repeat(app: App, times: number): Promise<Run[]> {
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
async function watch(page: Page): Promise<void> {
  await page.addInitScript(() => {
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
      [start, before] = [performance.now(), shown()];
    };
    addEventListener('click', onSubmit, { capture: true });
    const onPlaying = () => {
      // A video of before that begins again is not the one that is waited for.
      if (start > 0 && Number.isNaN(end) && shown() !== before) end = performance.now();
    };
    addEventListener('playing', onPlaying, { capture: true });
    window.stopwatch = {
      start: () => (start = performance.now()),
      reset: () => ([start, end, longest] = [NaN, NaN, 0]),
      total: () => (Number.isNaN(end) ? null : end - start),
      longest: () => longest,
    };
  });
}

/** Holds up the page on purpose, and tells the longest task that was noted. */
async function blocked(page: Page): Promise<number> {
  await page.evaluate((milliseconds) => {
    window.stopwatch.start();
    // In a task of the page's own; what a debugger evaluates counts as none.
    setTimeout(() => {
      const end = performance.now() + milliseconds;
      while (performance.now() < end);
    });
  }, TASK_MOST * 2);
  await expect.poll(() => page.evaluate(() => window.stopwatch.longest())).toBeGreaterThan(0);
  return page.evaluate(() => window.stopwatch.longest());
}

function table(rows: readonly (readonly [string, number, string])[]): void {
  for (const [what, milliseconds, limit] of rows) {
    const number = milliseconds.toFixed(0).padStart(6);
    console.log(`${what.padEnd(36)} ${number} ms  ${limit}`);
  }
}

declare global {
  interface Window {
    stopwatch: { start(): void; reset(): void; total(): number | null; longest(): number };
  }
}

const RUNS = 5;
/** What the demo aims at on two cores, in milliseconds. */
const MEDIAN_MOST = 5_000;
/** How long the page may be busy at a stretch, in milliseconds. */
const TASK_MOST = 100;
