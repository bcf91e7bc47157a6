// Where records of jobs are kept: IndexedDB, memory, or a storage of the program's own.

import { words } from "./error.js";
import { within } from "./within.js";

/**
 * The storage that is wanted. Nothing of it throws: what breaks or takes too long is told once to
 * `warn`, and memory stands in.
 */
export function open(wanted, warn) {
  const memory = () => import("./beside.js").then(({ memory }) => memory());
  const isMemory = wanted === "memory" || (!wanted && !("indexedDB" in globalThis));
  let code = "storage_unavailable";
  let storage = typeof wanted === "object" && wanted;
  let spare;
  let work = async (act) => {
    const opened = await (storage ||= isMemory ? memory() : database());
    code = "storage_failed";
    return act(opened);
  };
  const attempt = async (act) => {
    try {
      return { found: await within(work(act), PATIENCE_MS, LATE) };
    } catch (cause) {
      // What does not answer is not asked again.
      if (cause === LATE) work = () => Promise.reject(LATE);
      const message = `The storage failed (${words(cause)}), so jobs may not survive a reload.`;
      warn?.(code, message);
      warn = undefined;
      return { warning: { code, message } };
    }
  };
  const aside = (act) => spare?.then(act, () => {});
  return {
    // Tabs have to agree on who leads a job.
    isShared: !storage && !isMemory && globalThis.navigator?.locks && globalThis.BroadcastChannel,
    /** Promises a warning where it was not taken. */
    async put(key, record) {
      const { warning } = await attempt((storage) => storage.put(key, record));
      if (warning) spare ??= memory();
      await aside((spare) => (warning ? spare.put(key, record) : spare.remove(key)));
      return warning;
    },
    /** What memory has of a job is newer than the rest, and comes after it. */
    async all() {
      const { found = [] } = await attempt(async (storage) => [...(await storage.all())]);
      return [...found, ...((await aside((spare) => spare.all())) ?? [])];
    },
    remove: (key) => attempt((storage) => storage.remove(key)),
    // Without a note the next job is asked for as the first was.
    notes: {
      get: async () => (await attempt((storage) => storage.notes?.get())).found,
      put: (note) => attempt((storage) => storage.notes?.put(note)),
    },
  };
}

function database() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("kinora-jobs", 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(lasting(request.result));
    request.onerror = request.onblocked = () => reject(request.error ?? "the database is blocked");
  });
}

function lasting(database) {
  // A later version of the package, in another tab, need not wait.
  database.onversionchange = () => database.close();
  const work = (mode, run) =>
    new Promise((resolve, reject) => {
      const transaction = database.transaction(STORE, mode);
      const request = run(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = transaction.onerror = () => reject(transaction.error ?? request.error);
    });
  const put = (key, value) => work("readwrite", (store) => store.put(value, key));
  return {
    put,
    all: () => work("readonly", (store) => store.getAll(IDBKeyRange.lowerBound(NOTE, true))),
    remove: (key) => work("readwrite", (store) => store.delete(key)),
    notes: {
      get: () => work("readonly", (store) => store.get(NOTE)),
      put: (note) => put(NOTE, note),
    },
  };
}

const STORE = "jobs";
/** Before the key of any job. */
const NOTE = "";
/** How long a storage may take for one answer. */
const PATIENCE_MS = 5000;
const LATE = "no answer for 5 s";
