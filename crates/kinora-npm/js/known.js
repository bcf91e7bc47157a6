// What is known of models, here and in the service's catalogue. Loaded with the first check or question.
// What the first script has already is handed in, so that bundlers keep it there.

/** The findings on an input. */
export async function check(asker, wish) {
  const { ok, issues } = await checked(asker, wish);
  return { ok, issues };
}

/** What a wish is opened with, once it was checked, if it may be sent. */
export async function sendable(asker, wish) {
  const { ok, issues, input, base } = await checked(asker, wish);
  if (ok) return { input, base, checked: true };
  const { message } = issues.find(({ severity }) => severity === "error");
  throw asker.bad("invalid_input", message, undefined, issues);
}

async function checked({ models, place, fine }, wish) {
  await models.ready();
  return fine(models.call("check", { ...place, ...wish }));
}

/** One page of models; walking over it goes on to those that follow. */
export async function models(asker, query) {
  const { page } = await answered(asker, "models", query);
  const walk = async function* () {
    for (let { models, next } = page; ; { models, next } = (await answered(asker, "models", { ...query, offset: next })).page) {
      yield* models;
      if (next === undefined) return;
    }
  };
  return Object.defineProperty(page, Symbol.asyncIterator, { value: walk });
}

/** One model, with what it takes. */
export async function model(asker, options, id) {
  return (await answered(asker, "model", options, id)).model;
}

/** What models are sorted by. */
export async function categories(asker, options) {
  return (await answered(asker, "categories", options)).categories;
}

async function answered({ client, models: module, place, send, bad, fine }, ask, options = {}, model) {
  await module.ready();
  if (!options || typeof options !== "object") throw bad("bad_input", "What is asked of the catalogue must be an object.");
  const { signal, ...query } = options;
  if (signal !== undefined && typeof signal?.addEventListener !== "function") {
    throw bad("bad_input", "`signal` must be an AbortSignal.");
  }
  const goOn = () => signal?.aborted && fine({ error: { ...ABORTED, cause: signal.reason } });
  goOn();
  const { question, request } = fine(module.call("ask", { ...query, ...place, ask, model }));
  const { clock } = client;
  const never = new AbortController().signal;
  try {
    for (;;) {
      const came = await send(request, client, signal ?? never);
      goOn();
      const told = module.call("hear", came, question, Math.random(), clock.monotonic(), clock.wall());
      if (told.againInMs === undefined) return fine(told);
      await pause(clock, told.againInMs, signal);
      goOn();
    }
  } finally {
    module.close(question);
  }
}

/** Ends after so long, or with an abort. */
export function pause(clock, ms, signal) {
  return new Promise((resolve) => {
    const end = () => {
      wake();
      signal?.removeEventListener("abort", end);
      resolve();
    };
    const wake = clock.sleep(end, ms);
    signal?.addEventListener("abort", end);
  });
}

const ABORTED = {
  code: "aborted",
  message: "The question was aborted.",
  nextStep: "Ask again when the answer is wanted.",
};
