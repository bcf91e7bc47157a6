// What was stored on earlier visits, jobs and how long they took; and a memory for both.

/** The stored jobs at a client's base; `take` makes one of what the module told of its record. */
export async function jobs(client, records, place, take) {
  await records.ready();
  const storage = client.storage();
  const all = await storage.all();
  const attempt = (act) => {
    try {
      return act();
    } catch (error) {
      client.warn(error.code, error.message);
    }
  };
  const found = new Map();
  for (const record of all) {
    const told = attempt(() => records.call("recall", { ...place, record }));
    if (told?.error) client.warn(told.error.code, told.error.message);
    // The client's token is not for the service of another client's job.
    else if (told && !told.elsewhere) found.set(told.key, told);
  }
  const jobs = [...found.values()].map((told) => attempt(() => take(told)));
  for (const { key, record } of found.values()) if (record) await storage.put(key, record);
  await tidy(storage, all);
  return jobs.filter(Boolean);
}

/** The wish with the `durations` of its like. Whatever goes wrong here keeps no job from being sent. */
export async function learned(client, records, storage, wish) {
  tidyAtTimes(client, storage);
  try {
    await records.ready();
    const { durations, known } = records.call("learn", { note: client.note, model: wish.model, input: wish.input });
    if (!known) return wish;
    const isNew = client.note.fresh?.length;
    client.note = { known, fresh: [] };
    if (isNew) await storage.notes.put(client.note);
    return { ...wish, durations };
  } catch {
    if (!Array.isArray(client.note?.fresh)) client.note = { fresh: [] };
    return wish;
  }
}

/** A storage that lasts as long as its client. */
export function memory() {
  const kept = new Map();
  return {
    put(key, record) {
      kept.delete(key);
      kept.set(key, record);
      if (kept.size > MOST) kept.delete(kept.keys().next().value);
    },
    all: () => [...kept.values()],
    remove: (key) => kept.delete(key),
  };
}

/** With a client's second job, and every few jobs from then on. */
function tidyAtTimes(client, storage) {
  client.untidy = (client.untidy ?? UNTIDY) + 1;
  if (client.untidy <= UNTIDY) return;
  client.untidy = 0;
  storage.all().then((all) => tidy(storage, all));
}

/** Removes jobs that are over, all but the newest. */
async function tidy(storage, records) {
  const over = records.filter((record) => record?.stage === "ended" && typeof record.intent === "string");
  over.sort((one, other) => other.created_at - one.created_at);
  for (const { intent } of over.slice(KEPT)) await storage.remove(intent);
}

/** How many jobs that are over are kept, and how many may come before somebody looks. */
const KEPT = 50;
const UNTIDY = 20;
/** How many jobs memory keeps, whatever became of them. */
const MOST = 1000;
