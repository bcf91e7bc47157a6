/** What the page's own thread does, task by task, as the browser's tracing has it. */

import type { Page } from '@playwright/test';

import { MARK } from './stopwatch.ts';

/** How long a task took, in milliseconds. */
export interface Task {
  /** By the clock: where the machine has more to do than it has cores, it waited as well. */
  readonly lasted: number;
  /** How long a core was at it. */
  readonly worked: number;
}

/** One event of a trace; times in microseconds. */
interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
}

/** Runs something, and tells the tasks of the page's own thread between Generate and playing. */
export async function tasks(page: Page, run: () => Promise<unknown>): Promise<Task[]> {
  const browser = page.context().browser();
  if (!browser) throw new Error('a page of no browser cannot be traced');
  await browser.startTracing(page, { categories: CATEGORIES });
  await run();
  const trace: { traceEvents: TraceEvent[] } = JSON.parse(String(await browser.stopTracing()));
  const events = trace.traceEvents;
  const mark = (name: string) => {
    const found = events.find((event) => event.name === name);
    if (!found) throw new Error(`the trace has no mark "${name}"`);
    return found;
  };
  const [go, playing] = [mark(MARK.go), mark(MARK.playing)];
  return events
    .filter(({ name, ph, tid, pid }) => name === 'RunTask' && ph === 'X' && tid === go.tid && pid === go.pid)
    .filter(({ ts, dur = 0 }) => ts + dur >= go.ts && ts <= playing.ts)
    .map(({ dur = 0, tdur = 0 }) => ({ lasted: dur / 1_000, worked: tdur / 1_000 }));
}

/** Those that have tasks and marks. */
const CATEGORIES = ['disabled-by-default-devtools.timeline', 'blink.user_timing'];
