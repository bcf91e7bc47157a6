// The relay's host: requests come in, the rules judge them, answers go out.

import { bytesWithin, carry, fetchFile } from "./carry.js";
import { KinoraError, bad, fine, words } from "./error.js";
import { Keep, durableMemory } from "./keep.js";
import { moduleOf } from "./module.js";
import { within } from "./within.js";

/** The relay over one way of loading the rules; `addressOf` says who calls, where the runtime knows. */
export function entry(load, fetchInit, addressOf = () => undefined) {
  const createRelay = (options) => new Relay(moduleOf(load), options, fetchInit, addressOf);
  const relayObject = (configure) =>
    class {
      #relay;
      #waitUntil;

      constructor(state, env) {
        this.#relay = createRelay({ memory: durableMemory(state.storage), ...configure(env) });
        this.#waitUntil = (promise) => state.waitUntil(promise);
      }

      fetch(request) {
        return this.#relay.fetch(request, { waitUntil: this.#waitUntil });
      }
    };
  return { createRelay, relayObject };
}

class Relay {
  #module;
  #plain;
  #token;
  #options;
  #fetchInit;
  #addressOf;
  #begun;
  #run;
  #keep;
  #known;
  #waiting = new Map();

  constructor(module, options, fetchInit, addressOf) {
    const { token, log, memory, caller, fetch, ...plain } = checked(options);
    this.#module = module;
    this.#plain = plain;
    this.#token = token;
    this.#options = { log, caller, fetch: fetch ?? ((url, init) => globalThis.fetch(url, init)) };
    this.#fetchInit = { redirect: "manual", ...fetchInit };
    this.#addressOf = addressOf;
    this.#keep = memory && new Keep(memory);
    module.users.add((error) => this.#died(error));
    this.fetch = (request, context) => this.#answer(request, context);
    this.GET = this.POST = this.OPTIONS = this.fetch;
  }

  async ready() {
    const { closed } = await this.#ready();
    return { closed };
  }

  #ready() {
    this.#begun ??= this.#begin().then(
      (run) => (this.#run = run),
      (error) => {
        this.#begun = undefined;
        throw error;
      },
    );
    return this.#begun;
  }

  /** The rules with what they remember. What an earlier instance counted means nothing to a later one. */
  async #begin() {
    await this.#module.ready();
    const token = await this.#secret().catch(() => undefined);
    this.#known = token;
    const plain = { ...this.#plain, keeping: this.#keep !== undefined };
    // Until a function gives the token there is none that could get out.
    const begun = this.#ask("begin", { ...plain, token: token ?? (isLate(this.#token) ? NOT_YET : undefined) });
    if (this.#keep) {
      const stored = await within(this.#keep.load(this.#plain.secrets), MEMORY_MS);
      this.#save(this.#ask("recall", { stored }, Date.now()))?.catch(tell);
    }
    return { ...begun, path: new URL(begun.public).pathname.replace(/\/$/, "") };
  }

  async #answer(request, context) {
    const began = Date.now();
    let run, incoming;
    try {
      run = await this.#ready();
      const params = Object.keys((await context?.params) ?? {});
      incoming = this.#incoming(run, request, context ?? {}, params);
    } catch (error) {
      tell(error);
      const message = "This relay is not set up. Its owner finds the reason in its log.";
      return plainAnswer(503, "misconfigured", message, { "kinora-accepted": "no" });
    }
    try {
      return await this.#judge(run, incoming, request.body, context ?? {}, (caller, line) => this.#log(caller, line, began));
    } catch (error) {
      tell(error);
      return plainAnswer(502, "internal", "Something inside the relay broke. Look before you send again.");
    }
  }

  async #judge(run, incoming, requestBody, context, log) {
    const { caller, answer, admitted, bodyBytes, bodyMs } = this.#call(run, "admit", incoming, Date.now());
    if (answer) return respond(answer, (line) => log(caller, line));
    const body = await bytesWithin(requestBody, bodyBytes, bodyMs);
    const decided = this.#call(run, "decide", { admitted, ...body }, Date.now());
    const saved = this.#save(decided);
    if (decided.fetch) {
      saved?.catch(tell);
      return this.#file(run, decided.fetch, (line) => log(caller, line));
    }
    if (decided.send) {
      const flight = this.#fly(run, decided.send, saved);
      // The answer is owed to whoever joins, also when this caller goes away.
      context.waitUntil?.(flight);
    } else saved?.catch(tell);
    const owed = decided.answer ?? (await this.#owed(decided.waiter));
    return respond(owed, (line) => log(caller, line));
  }

  #incoming({ path }, request, context, params) {
    const target = without(params, request.url.replace(/^[a-z]+:\/\/[^/?#]*/i, "").replace(/#.*/, ""));
    return {
      method: request.method,
      target: target.startsWith(path + "/") ? target.slice(path.length) : "*",
      headers: [...request.headers],
      address: context.address ?? this.#addressOf(request.headers) ?? undefined,
      caller: this.#options.caller?.(request) ?? undefined,
    };
  }

  #owed(waiter) {
    return new Promise((resolve, reject) => this.#waiting.set(waiter, { resolve, reject }));
  }

  /** Sends once, whoever waits; never throws. */
  async #fly(run, send, saved) {
    try {
      const told = await this.#sent(run, send, saved);
      const landed = this.#call(run, "land", { flight: send.flight, ...told });
      await this.#save(landed)?.catch(tell);
      for (const { waiter, answer } of landed.answers) {
        this.#waiting.get(waiter)?.resolve(answer);
        this.#waiting.delete(waiter);
      }
    } catch (error) {
      tell(error);
    }
  }

  async #sent(run, send, saved) {
    let token;
    try {
      // Nothing is sent that is not remembered: the next host would send it again.
      await saved;
      token = await this.#secret();
      if (token !== this.#known) this.#call(run, "renew", { token });
      this.#known = token;
    } catch (error) {
      tell(error);
      return { is: "not_sent" };
    }
    return carry(send, token, run.service, this.#options.fetch, this.#fetchInit);
  }

  async #file(run, file, log) {
    const found = await fetchFile(file, run.outputSeconds, this.#options.fetch, this.#fetchInit);
    const { status, headers } = found;
    const { head, answer } = this.#call(run, "fetched", { fetch: file.fetch, status, headers });
    if (answer) {
      found.stop?.();
      return respond(answer, log);
    }
    log(head.line);
    return new Response(found.body, { status: head.status, headers: head.headers });
  }

  async #secret() {
    const token = isLate(this.#token) ? await within(this.#token(), TOKEN_MS) : this.#token;
    if (typeof token === "string" && token) return token.trim();
    throw bad("bad_token", "`token`: there is none. Give RunComfy's, from the environment, such as RUNCOMFY_TOKEN.");
  }

  #save({ changes }) {
    return changes && this.#keep && within(this.#keep.save(changes), MEMORY_MS);
  }

  /** One decision of the instance that this began with; numbers of another would mean other things. */
  #call(run, name, wish, ...numbers) {
    if (run !== this.#run) throw new KinoraError({ code: "internal", message: "The relay began anew meanwhile." });
    return this.#ask(name, wish, ...numbers);
  }

  #ask(name, wish, ...numbers) {
    return fine(this.#module.call(name, wish, ...numbers));
  }

  /** The next request begins anew, with what was stored. */
  #died(error) {
    this.#begun = this.#run = undefined;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }

  #log(caller, line, began) {
    try {
      this.#options.log?.({ ...line, caller, ms: Date.now() - began });
    } catch (error) {
      tell(error);
    }
  }
}

function checked(options) {
  if (typeof options !== "object" || options === null) {
    throw bad("bad_options", "createRelay needs its options, as { token, public, models, callers, origins }.");
  }
  for (const name of ["log", "caller", "fetch"]) {
    if (options[name] !== undefined && typeof options[name] !== "function") {
      throw bad("bad_options", `\`${name}\` must be a function.`);
    }
  }
  const { memory } = options;
  if (memory !== undefined && !(typeof memory?.load === "function" && typeof memory.save === "function")) {
    throw bad("bad_options", "`memory` must have the functions `load` and `save`.");
  }
  return options;
}

/** Next's edge routes have their parameters in the query, too. */
function without(params, target) {
  const [path, query] = target.split(/\?(.*)/s);
  if (!query || !params.length) return target;
  const isOwn = (pair) => !params.some((name) => pair.startsWith(`${name}=`) || pair.startsWith(`nxtP${name}=`));
  const own = query.split("&").filter(isOwn);
  return own.length ? `${path}?${own.join("&")}` : path;
}

function respond({ status, headers, body, line }, log) {
  log(line);
  return new Response(body === "" ? null : body, { status, headers });
}

function plainAnswer(status, reason, message, headers) {
  return Response.json({ message, reason }, { status, headers: { "cache-control": "no-store", ...headers } });
}

/** What the owner has to know; a problem's own words, which name no secret. */
function tell(error) {
  console.error(`kinora/relay: ${words(error)} ${error?.nextStep ?? ""}`.trimEnd());
}

const isLate = (token) => typeof token === "function";
/** Long enough, and nobody's. */
const NOT_YET = "\u0021".repeat(64);
/** How long the owner's own functions may take. */
const TOKEN_MS = 10_000;
const MEMORY_MS = 10_000;
