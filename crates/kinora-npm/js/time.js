// A time that jumps: whenever nothing is under way, the next timer is due.

/** A clock whose waits take no time. It begins on 1 January 2026. */
export function virtualClock() {
  let now = 0;
  let busy = 0;
  let planned = false;
  const timers = new Set();

  const plan = () => {
    if (planned || busy || !timers.size) return;
    planned = true;
    soon(jump, 0);
  };

  const jump = () => {
    planned = false;
    if (busy || !timers.size) return;
    let next;
    for (const timer of timers) if (!next || timer.at < next.at) next = timer;
    timers.delete(next);
    now = Math.max(now, next.at);
    try {
      next.callback();
    } finally {
      plan();
    }
  };

  return {
    wall: () => BEGINNING + now,
    monotonic: () => now,
    sleep: (callback, ms) => {
      const timer = { at: now + Math.max(0, ms), callback };
      timers.add(timer);
      plan();
      return () => timers.delete(timer);
    },
    /** No time passes until the answer is called. */
    busy: () => {
      busy++;
      let isDone = false;
      return () => {
        if (isDone) return;
        isDone = true;
        busy--;
        plan();
      };
    },
  };
}

const BEGINNING = Date.UTC(2026, 0, 1);
/** The timer that there is when this is loaded: tests often put another in its place. */
const soon = globalThis.setTimeout;
