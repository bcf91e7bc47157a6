/** How the demo shares the page's own thread where there can be no worker. */

import { expect, test } from '../harness/test.ts';
import { quantile, repeat, table, watch } from './stopwatch.ts';
import { type Task, tasks } from './tasks.ts';

for (const { resolution, effect, codec } of [
  { resolution: '480P', effect: 'None', codec: 'h264' },
  { resolution: '480P', effect: 'Flying', codec: 'h264' },
  { resolution: '480P', effect: 'None', codec: 'webp' },
  { resolution: '1080P', effect: 'Carousel', codec: 'h264' },
] as const) {
  const what = `no worker, ${resolution}, ${effect === 'None' ? 'camera' : effect}, ${codec}`;

  test(`the demo works in slices: ${what}`, async ({ app, page, site }) => {
    await watch(page);
    await page.addInitScript(() => Reflect.deleteProperty(window, 'Worker'));
    await app.open(`${site}?queue=0&codec=${codec}`);
    await app.resolution(resolution);
    await app.effect(effect);
    let total = NaN;
    const all = await tasks(page, async () => {
      for (const run of await repeat(app, 1)) total = run.total;
    });
    // The rest are messages, timers and the like.
    const slices = all.filter(({ lasted }) => lasted >= 1);
    const over = (most: number) => slices.filter(({ lasted }) => lasted > most).length;
    const [lasted, worked] = [slices.map((task: Task) => task.lasted), slices.map((task) => task.worked)];
    table([
      [`${what}: one run`, total, ''],
      ['  longest task of the page', Math.max(...lasted), `at most ${TASK_MOST}`],
      ['  longest task of the page, of a core', Math.max(...worked), ''],
      ['  95 of 100 tasks', quantile(lasted, 0.95), ''],
      ['  95 of 100 tasks, of a core', quantile(worked, 0.95), `at most ${SLICE_MOST}`],
    ]);
    console.log(`  ${slices.length} tasks, ${over(50)} over 50 ms, ${over(TASK_MOST)} over ${TASK_MOST} ms`);
    expect.soft(over(TASK_MOST), 'tasks of the page that last too long').toBe(0);
    expect.soft(quantile(worked, 0.95), 'slices of the demo').toBeLessThanOrEqual(SLICE_MOST);
  });
}

/** How long the page may be busy at a stretch, in milliseconds. */
const TASK_MOST = 100;
/** How long a slice of the demo's work is to be, in milliseconds. */
const SLICE_MOST = 8;
