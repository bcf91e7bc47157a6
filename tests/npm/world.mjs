// A service in virtual time, for clients of the installed package.

import { consumer, moduleOf } from "./harness.mjs";

/** A consumer, its package, and what makes worlds for that. */
export async function inWorlds() {
  const place = await consumer();
  const kinora = await moduleOf(place);
  return { place, kinora, world: (wishes) => world(kinora, wishes) };
}

/** A service whose job runs for so long; `meddle` may answer or throw first. `sent` is every request's init. */
function world(kinora, { runs = 60_000, meddle = () => undefined, ...options } = {}) {
  let now = 0;
  let due = [];
  let turning = false;
  const log = [];
  const sent = [];
  const clock = {
    wall: () => WALL + now,
    monotonic: () => now,
    sleep(callback, ms) {
      // As with a host's timers, there is no shorter wait than this.
      const entry = { at: now + Math.max(ms, 1), callback };
      due.push(entry);
      void turn();
      return () => (due = due.filter((other) => other !== entry));
    },
  };
  /** Goes to the next moment once everything that happens in this one has happened. */
  async function turn() {
    if (turning) return;
    turning = true;
    while (due.length) {
      for (let round = 0; round < 3; round++) await new Promise(setImmediate);
      due.sort((one, other) => one.at - other.at);
      const entry = due.shift();
      if (!entry) break;
      now = Math.max(now, entry.at);
      entry.callback();
    }
    turning = false;
  }
  let begun;
  const fetch = async (url, init) => {
    const { method } = init;
    sent.push({ url, ...init });
    const what = method === "POST" ? (url.endsWith("/cancel") ? "cancel" : "submit") : url.split("/").at(-1);
    const count = log.filter((entry) => entry.what === what).length;
    log.push({ what, at: now });
    const meddled = meddle({ what, count, now });
    if (meddled) return meddled;
    if (what === "submit") begun = now;
    if (what === "submit") return answer(200, { request_id: "abc" });
    if (what === "result") return answer(200, { request_id: "abc", status: "succeeded", output: { video: "https://example.com/v.mp4" } });
    return answer(200, { request_id: "abc", status: now - begun >= runs ? "completed" : "in_progress" });
  };
  const client = kinora.createClient({
    baseUrl: "https://service.example",
    token: TOKEN,
    storage: "memory",
    fetch,
    clock,
    ...options,
  });
  const times = (what) => log.filter((entry) => entry.what === what).map(({ at }) => at);
  return { client, clock, sent, times, count: (what) => times(what).length };
}

export const answer = (status, body, headers = {}) => ({
  status,
  headers: new Headers(headers),
  text: async () => JSON.stringify(body),
});

export function lost(words = "fetch failed") {
  throw new TypeError(words);
}

/** When a world begins. */
export const WALL = 1_750_000_000_000;
export const TOKEN = "a-token-that-is-nowhere-else";
