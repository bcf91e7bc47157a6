// What was stored on earlier visits: jobs, and how long they took.

import { sendable } from "./known.js";
import { tidy, tidyAtTimes } from "./memory.js";

/** The stored jobs at a client's base, those under way as they are. */
export function jobs(inside) {
  return inTurn(inside.client, () => stored(inside));
}

/** The job that is sought, if it is under way, here or at another client, or was accepted; else the one that is opened. */
export function joined(inside, isIt, open) {
  const isSent = ({ key, sending }) => sending && underWay(inside, (job) => job.key === key, true);
  const wasIt = (told) => isIt(told) && (told.requestId || isSent(told));
  return inTurn(inside.client, async () => underWay(inside, isIt) ?? (await stored(inside, wasIt))[0] ?? open());
}

/** Opens a job that this tab leads from now on: as it was stored last, or else as was known `before`. */
export async function retake(inside, job, before) {
  const { client, records, place } = inside;
  const { key: intent, model, requestId } = job;
  try {
    const record = (await client.storage().all()).findLast((record) => record?.intent === intent);
    if (record) await records.ready();
    const now = record ? records.call("recall", { ...place, record }) : {};
    // Others may have heard that it was accepted before that was stored.
    const heard = requestId && { open: { intent, model, requestId } };
    const isKnown = (told) => told?.open || (told?.done && !(told.sending && heard));
    const { open, done } = [now, before, heard, { open: before }].find(isKnown);
    // The base may be one that takes a second look.
    const wish = open && { ...open, ...(open.checked ? {} : await sendable(inside, open)) };
    if (!job.end) job.take(wish ? client.opened(wish) : { done });
  } catch (error) {
    job.take({ done: { do: "done", error } });
  }
}

/** The wish with the `durations` of its like. Whatever goes wrong here keeps no job from being sent. */
export async function learned({ client, records }, wish) {
  const storage = client.storage();
  tidyAtTimes(client, storage);
  try {
    await records.ready();
    const { durations, known } = records.call("learn", { note: client.note, model: wish.model, input: wish.input });
    if (!known) return wish;
    const isNew = client.note.fresh?.length;
    client.note = { known, fresh: [] };
    if (isNew) await storage.notes.put(client.note);
    return { ...wish, durations };
  } catch ({ code }) {
    // What breaks the module would do so again.
    if (code === "internal" || !Array.isArray(client.note?.fresh)) client.note = { fresh: [] };
    return wish;
  }
}

/** One call after the other, so that none finds a job that another is about to open. */
function inTurn(client, run) {
  const turn = (turns.get(client) ?? Promise.resolve()).then(run);
  turns.set(client, turn.catch(() => {}));
  return turn;
}

const turns = new WeakMap();

async function stored(inside, isIt) {
  const { client, records } = inside;
  await client.module.ready();
  const storage = client.storage();
  const all = await storage.all();
  if (all.length) await records.ready();
  const jobs = [];
  for (const told of recalled(inside, all)) {
    if (isIt ? jobs.length || !isIt(told) : false) continue;
    try {
      jobs.push(await job(inside, storage, told));
    } catch (error) {
      client.warn(error.code, error.message);
    }
  }
  if (!isIt) await tidy(storage, all);
  return jobs;
}

/** What is told of the records at the client's base, of each job once. */
function recalled({ client, records, place }, all) {
  const found = new Map();
  for (const record of all) {
    try {
      const told = records.call("recall", { ...place, record });
      if (told.error) throw told.error;
      // The client's token is not for the service of another client's job.
      if (!told.elsewhere) found.set(told.key, told);
    } catch (error) {
      client.warn(error.code, error.message);
    }
  }
  return found.values();
}

/** One stored job, which there is only once. */
async function job(inside, { isShared }, told) {
  const known = underWay(inside, ({ key }) => key === told.key, told.sending && !isShared);
  if (known) return known;
  const { Job, client } = inside;
  if (told.done && !(told.sending && isShared)) return new Job(client, told);
  const { key, model, requestId, open } = told;
  if (!isShared) return new Job(client, client.opened(open), open.input);
  const job = new Job(client, { key, model, requestId }, open?.input);
  if (await client.lead(job, told)) await retake(inside, job, told);
  return job;
}

/** The job under way here that is sought; `others` are those that other clients are sending. */
function underWay({ client, live }, isIt, others) {
  for (const [job, its] of live) {
    if ((its === client || (others && !job.requestId)) && isIt(job)) return job;
  }
}
