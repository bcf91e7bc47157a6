// Waits that end.

/** What comes of a promise, or this error when it takes longer. */
export function within(promise, ms, late = LATE) {
  let timer;
  const end = new Promise((_, reject) => (timer = setTimeout(reject, Math.max(ms, 0), late)));
  return Promise.race([promise, end]).finally(() => clearTimeout(timer));
}

export const LATE = new Error("it took too long");
