// Where records of jobs are kept: IndexedDB, or memory.

/** The storage that is wanted; what breaks on the way is told, and memory goes on. */
export async function open(wanted, warn, words) {
  if (wanted && typeof wanted === "object") return wanted;
  if (wanted === "memory" || !globalThis.indexedDB) return memory();
  try {
    return lasting(await database(), (cause) =>
      warn("storage_failed", `A job will not survive a reload: ${words(cause)}.`),
    );
  } catch (cause) {
    warn("storage_unavailable", `Jobs will not survive a reload: ${words(cause)}.`);
    return memory();
  }
}

export function memory() {
  const kept = new Map();
  return {
    put: async (key, value) => void kept.set(key, value),
    all: async () => [...kept.values()],
    remove: async (key) => void kept.delete(key),
  };
}

function lasting(database, warn) {
  const beside = memory();
  const work = (mode, run) =>
    new Promise((resolve, reject) => {
      const transaction = database.transaction(STORE, mode);
      const request = run(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = transaction.onerror = () => reject(transaction.error ?? request.error);
    });
  return {
    put: (key, value) =>
      work("readwrite", (store) => store.put(value, key)).catch((cause) => {
        warn(cause);
        return beside.put(key, value);
      }),
    all: async () => [
      ...((await work("readonly", (store) => store.getAll(IDBKeyRange.lowerBound(NOTE, true))).catch(warn)) ?? []),
      ...(await beside.all()),
    ],
    remove: async (key) => {
      await beside.remove(key);
      await work("readwrite", (store) => store.delete(key));
    },
    // Without a note the next job is asked for as the first was.
    notes: {
      get: () => work("readonly", (store) => store.get(NOTE)),
      put: (note) => work("readwrite", (store) => store.put(note, NOTE)),
    },
  };
}

function database() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("kinora-jobs", 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = request.onblocked = () => reject(request.error ?? new Error("the database is blocked"));
  });
}

const STORE = "jobs";
/** Before the key of any job. */
const NOTE = "";
