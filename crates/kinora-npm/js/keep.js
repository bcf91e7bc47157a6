// What of a relay outlives its host: submits, jobs under way, intents.

/** A memory as the rules see it: records by place. */
export class Keep {
  #memory;
  #accounts;
  #saving = Promise.resolve();

  constructor(memory) {
    this.#memory = memory;
  }

  /** `[kind, account, name, record]` of all that is stored. */
  async load(secrets) {
    this.#accounts = await Promise.all((secrets ?? [""]).map(fingerprint));
    const stored = [];
    const gone = new Map();
    for (const [key, text] of await this.#memory.load()) {
      const record = recordIn(text);
      const [kind, ...rest] = key.split("/");
      const account = kind === "intent" ? this.#accounts.indexOf(rest.shift()) : 0;
      if (account >= 0) stored.push([kind, account, rest.join("/"), record]);
      // Whoever has a secret no more has no use for its promises, once they are old.
      else if (!(Date.now() - record.since < DAY)) gone.set(key, undefined);
    }
    if (gone.size) await this.#memory.save(gone);
    return stored;
  }

  /** One after the other, so that the last word counts. */
  save(changes) {
    const told = new Map(changes.map((change) => [this.#key(change), change.record && JSON.stringify(change.record)]));
    const saved = this.#saving.then(() => this.#memory.save(told));
    this.#saving = saved.catch(() => {});
    return saved;
  }

  #key({ kind, account, name }) {
    return kind === "intent" ? `intent/${this.#accounts[account]}/${name}` : `caller/${name}`;
  }
}

/** The storage of a Durable Object as memory. */
export function durableMemory(storage) {
  return {
    async load() {
      const stored = [];
      for (let page, startAfter; page?.size !== 0; ) {
        page = await storage.list({ prefix: PREFIX, limit: 500, ...(startAfter && { startAfter }) });
        for (const [key, text] of page) stored.push([key.slice(PREFIX.length), text]);
        startAfter = [...page.keys()].at(-1);
      }
      return stored;
    },
    async save(changes) {
      const entries = [...changes].map(([key, text]) => [PREFIX + key, text]);
      const writes = [];
      for (let at = 0; at < entries.length; at += AT_ONCE) {
        const some = entries.slice(at, at + AT_ONCE);
        const kept = some.filter(([, text]) => text !== undefined);
        const gone = some.filter(([, text]) => text === undefined).map(([key]) => key);
        if (kept.length) writes.push(storage.put(Object.fromEntries(kept)));
        if (gone.length) writes.push(storage.delete(gone));
      }
      await Promise.all(writes);
    },
  };
}

function recordIn(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

/** Names an account without naming its secret, and in whatever order secrets are listed. */
async function fingerprint(secret) {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(String(secret).trim()));
  return Array.from(new Uint8Array(hash).slice(0, 8), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

const PREFIX = "kinora/";
/** Most keys of one call of a Durable Object's storage. */
const AT_ONCE = 128;
const DAY = 24 * 60 * 60 * 1000;
