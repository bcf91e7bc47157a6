// Whose turn it is to send, when several jobs are under way.

import { pause } from "./known.js";

/** Sends a job's request when it may go, and answers with what came; with nothing once it is given up. */
export async function turn({ client, records, place }, job, { method, url }, signal, sent) {
  const { clock } = client;
  const number = numberOf(client, records);
  const ask = (name, told) => {
    try {
      return records.call(name, { ...place, client: number, ...told }, clock.monotonic(), clock.wall());
    } catch {
      // Its place in the line is gone with everything else in there.
      return {};
    }
  };
  const callOff = () => {
    job.renew();
    job.step({ is: "failed", kind: "not_sent", words: "called off before its turn" });
  };
  // A wish to cancel waits for its own turn, and for none of a question.
  if (!url.endsWith("/cancel")) job.callOff = callOff;
  await records.ready().catch(() => {});
  while (!signal.aborted) {
    const { wait } = ask("turn", { intent: job.key, method });
    if (!wait) break;
    await pause(clock, wait, signal);
  }
  if (job.callOff === callOff) job.callOff = undefined;
  if (signal.aborted) return;
  const came = await sent();
  if (came.status) ask("hold", { status: came.status, headers: came.headers });
  return came;
}

function numberOf(client, records) {
  if (!numbers.has(client)) {
    numbers.set(client, numbers.next++);
    client.left = () => records.ready().then(() => records.call("leave", { client: numbers.get(client) })).catch(() => {});
  }
  return numbers.get(client);
}

const numbers = Object.assign(new WeakMap(), { next: 1 });
