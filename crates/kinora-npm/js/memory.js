// A storage that lasts as long as its client; and how much any of them keeps.

/** Keeps jobs, and no note of how long they took. */
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
export function tidyAtTimes(client, storage) {
  client.untidy = (client.untidy ?? UNTIDY) + 1;
  if (client.untidy <= UNTIDY) return;
  client.untidy = 0;
  storage.all().then((all) => tidy(storage, all));
}

/** Removes jobs that are over, all but the newest. */
export async function tidy(storage, records) {
  const over = records.filter((record) => record?.stage === "ended" && typeof record.intent === "string");
  over.sort((one, other) => other.created_at - one.created_at);
  for (const { intent } of over.slice(KEPT)) await storage.remove(intent);
}

/** How many jobs that are over are kept, and how many may come before somebody looks. */
const KEPT = 50;
const UNTIDY = 20;
/** How many jobs memory keeps, whatever became of them. */
const MOST = 1000;
