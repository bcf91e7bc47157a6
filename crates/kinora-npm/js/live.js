// The jobs under way in this page or process. None is held here: one that nobody has and nobody waits for goes.

const all = new Map();

/** Each with its client. */
export const live = {
  get size() {
    return all.size;
  },
  *[Symbol.iterator]() {
    for (const [self, client] of [...all]) {
      const found = self.deref();
      if (found) yield [found, client];
    }
  },
};

/**
 * From now on a job is among them, and is told by `end` when its module breaks. `machine` has its `number` in
 * the module, which is closed with the job. The answer takes it out again.
 */
export function enter(job, client, machine, end) {
  const { users, close } = client.module;
  const self = referenceTo(job);
  const leave = () => {
    users.delete(died);
    all.delete(self);
    if (machine.number >= 0) close(machine.number);
    machine.number = undefined;
  };
  const died = (error) => {
    // The next instance gives the number to another job.
    machine.number = undefined;
    const found = self.deref();
    found ? end(found, error) : leave();
  };
  users.add(died);
  all.set(self, client);
  // Where there is none, jobs stay until their client is disposed of.
  dropped ??= globalThis.FinalizationRegistry && new FinalizationRegistry((leave) => leave());
  dropped?.register(job, leave);
  return leave;
}

function referenceTo(job) {
  return globalThis.WeakRef ? new WeakRef(job) : { deref: () => job };
}

let dropped;
