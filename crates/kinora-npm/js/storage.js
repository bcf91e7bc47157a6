// Where records of jobs are kept: IndexedDB, or memory.

/** The storage that is wanted; what breaks on the way is told, and memory goes on. */
export async function open(wanted, warn, words) {
  if (wanted && typeof wanted === "object") return wanted;
  if (wanted === "memory" || !globalThis.indexedDB) return memory();
  try {
    return lasting(await database(), (cause) =>
      warn("storage_failed", `A job was not stored, and will not survive a reload: ${words(cause)}.`),
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
  const work = (mode, run, name = STORE) =>
    new Promise((resolve, reject) => {
      const transaction = database.transaction(name, mode);
      const request = run(transaction.objectStore(name));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = transaction.onerror = () => reject(transaction.error ?? request.error);
    });
  const else_ = (cause, instead) => {
    warn(cause);
    return instead();
  };
  return {
    put: (key, value) =>
      work("readwrite", (store) => store.put(value, key)).catch((cause) => else_(cause, () => beside.put(key, value))),
    all: async () => [
      ...(await work("readonly", (store) => store.getAll()).catch((cause) => else_(cause, () => []))),
      ...(await beside.all()),
    ],
    remove: async (key) => {
      await beside.remove(key);
      await work("readwrite", (store) => store.delete(key));
    },
    // Without a note the next job is asked for as the first was.
    notes: {
      get: () => work("readonly", (store) => store.get(NOTE), NOTES).catch(() => undefined),
      put: (note) => work("readwrite", (store) => store.put(note, NOTE), NOTES).catch(() => undefined),
    },
  };
}

function database() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("kinora-jobs", 2);
    request.onupgradeneeded = ({ oldVersion }) => {
      if (oldVersion < 1) request.result.createObjectStore(STORE);
      request.result.createObjectStore(NOTES);
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = request.onblocked = () => reject(request.error ?? new Error("the database is blocked"));
  });
}

const STORE = "jobs";
const NOTES = "notes";
const NOTE = "durations";
