// Many jobs, and one job wished many times: nobody is asked twice, and none is stormed.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { INPUT, MODEL, loaded } from "./harness.mjs";

let place, createClient, createTestService;

before(async () => ({ place, createClient, createTestService } = await loaded()));

after(() => place.remove());

/** A service of a scenario, its clients, and when it was asked what. */
async function world(scenario, storage = "memory") {
  const service = await createTestService({ scenario });
  const log = [];
  const fetch = (url, init) => {
    log.push({ at: service.clock.monotonic(), method: init.method, what: url.split("/").at(-1), url });
    return service.fetch(url, init);
  };
  const client = (options) => createClient({ ...service, fetch, token: "test", storage, ...options });
  const count = (what) => log.filter((asked) => asked.what === what).length;
  return { service, client, log, count };
}

/** The same of a service that makes as many jobs at once as there are, for so many seconds each; `meddle` may answer first. */
async function wide(seconds, meddle = () => undefined) {
  const { clock } = await createTestService();
  const log = [];
  const begun = [];
  const answer = (body, status = 200, headers = {}) => new Response(JSON.stringify(body), { status, headers });
  const fetch = async (url, { method }) => {
    const done = clock.busy();
    const what = method === "POST" && !url.endsWith("/cancel") ? "submit" : url.split("/").at(-1);
    const asked = { at: clock.monotonic(), method, what };
    log.push(asked);
    try {
      const meddled = meddle(asked);
      if (meddled) return answer({}, ...meddled);
      if (what === "submit") return answer({ request_id: `r-${begun.push(asked.at) - 1}` });
      if (what === "cancel") return answer({ outcome: "cancelled" });
      const number = Number(/r-(\d+)/.exec(url)[1]);
      if (what === "result") return answer({ status: "succeeded", output: { video: `https://example.com/${number}.mp4` } });
      return answer({ status: asked.at - begun[number] < seconds * 1000 ? "in_progress" : "completed" });
    } finally {
      done();
    }
  };
  return { clock, log, client: createClient({ baseUrl: "https://service.test", token: "test", storage: "memory", fetch, clock }) };
}

/** A storage of several clients. */
function shared() {
  const kept = new Map();
  const put = async (key, value) => void kept.set(key, structuredClone(value));
  return { kept, put, all: async () => [...kept.values()], remove: async (key) => void kept.delete(key) };
}

const later = (turns = 20) => new Promise((resolve) => setTimeout(resolve, turns));

for (const host of ["kinora", "runcomfy"]) {
  test(`an intent twice at once, and later, is one job at a host of the kind ${host}`, async () => {
    const { service, client } = await world({ run: 30 });
    const one = client({ host });
    const submit = () => one.submit(MODEL, INPUT, { intent: "wish-1" });
    const [first, second] = await Promise.all([submit(), submit()]);
    assert.equal(first, second);
    assert.equal(await submit(), first, "while it is under way");
    const { video } = await first.result();
    const again = await submit();
    assert.equal(again.requestId, first.requestId);
    assert.equal((await again.result()).video, video);
    assert.equal(service.asked().calls.submit, 1);
    await Promise.all([one.run(MODEL, INPUT), one.run(MODEL, INPUT)]);
    assert.equal(service.asked().calls.submit, 3, "each wish without a name is one of its own");
  });
}

for (const [leave, code] of [["abort", "aborted"], ["dispose", "disposed"]]) {
  test(`a submit that is given up while it is opened is not sent, and no job is left: ${code}`, async () => {
    for (const intent of [undefined, "wish-3"]) {
      const { client, log } = await world("instant");
      const one = client();
      const controller = new AbortController();
      const given = one.submit(MODEL, INPUT, { signal: controller.signal, intent });
      leave === "abort" ? controller.abort() : one.dispose();
      await assert.rejects(given, { code });
      await later(200);
      assert.equal(log.length, 0);
      if (leave === "abort") assert.ok((await one.submit(MODEL, INPUT, { intent })).requestId);
    }
  });
}

test("an intent that was refused is sent again", async () => {
  const { service, client } = await world({ tokens: [{ token: "poor", balance: 0 }, "test"] });
  const storage = shared();
  const submit = (token) => client({ token, storage }).submit(MODEL, INPUT, { intent: "wish-2" });
  await assert.rejects(submit("poor"), { status: 400 });
  assert.equal((await submit("test")).key, "wish-2");
  assert.equal(service.asked().accepted, 1);
});

test("a client's jobs are those that it has under way, and are asked for once", async () => {
  const { client, count } = await world({ run: 60 });
  const one = client();
  const job = await one.submit(MODEL, INPUT);
  const done = job.result();
  const [[found], [again]] = await Promise.all([one.jobs(), one.jobs()]);
  assert.equal(found, job);
  assert.equal(again, job);
  assert.equal(await one.resume(job.requestId), job);
  assert.equal((await found.result()).requestId, (await done).requestId);
  assert.equal(count("result"), 1);
});

test("a job that is taken up by its id is the stored one", async () => {
  const storage = shared();
  const { client } = await world({ run: 30 }, storage);
  const first = client();
  const { requestId, key } = await first.submit(MODEL, INPUT);
  first.dispose();
  const second = client();
  const job = await second.resume(requestId);
  assert.equal(job.key, key);
  await job.result();
  assert.equal(storage.kept.size, 1);
  const [ended] = await client().jobs();
  assert.match((await ended.result()).video, /\.mp4$/);
});

test("a submit that another client is sending is not called uncertain", async () => {
  const storage = shared();
  const { service, client, count } = await world("instant", storage);
  let go;
  const gate = new Promise((resolve) => (go = resolve));
  const fetch = async (url, init) => {
    const answer = await service.fetch(url, init);
    if (init.method === "POST") await gate;
    return answer;
  };
  // Its time is real: in the other the wait for the answer would be over at once.
  const submitted = client({ fetch, clock: undefined }).submit(MODEL, INPUT);
  while (!service.asked().calls.submit) await later();
  const [found] = await client().jobs();
  assert.equal(found.end, undefined);
  assert.deepEqual([...storage.kept.values()].map(({ stage }) => stage), ["sending"]);
  go();
  const job = await submitted;
  assert.equal((await found.result()).requestId, job.requestId);
  assert.equal(service.asked().calls.submit, 1);
  assert.equal(count("submit"), 0);
});

test("an intent that another client is sending is not sent twice", async () => {
  const { service, client } = await world("instant", shared());
  let go;
  const gate = new Promise((resolve) => (go = resolve));
  const fetch = async (url, init) => {
    if (init.method === "POST") await gate;
    return service.fetch(url, init);
  };
  const submit = () => client({ fetch, clock: undefined, host: "runcomfy" }).submit(MODEL, INPUT, { intent: "wish-4" });
  const first = submit();
  await later(100);
  const second = submit();
  await later(100);
  go();
  assert.equal(await first, await second);
  assert.equal(service.asked().calls.submit, 1);
});

test("a submit that nobody sends any more is uncertain, and may still be known elsewhere", async () => {
  const storage = shared();
  const { client } = await world({ run: 30, faults: ["submit=silent"] }, storage);
  const first = client({ clock: undefined });
  const submitted = first.submit(MODEL, INPUT).catch((error) => error.code);
  while (!storage.kept.size) await later();
  const before = structuredClone([...storage.kept]);
  first.dispose();
  assert.equal(await submitted, "detached");
  const [found] = await client().jobs();
  await assert.rejects(found.result(), { code: "uncertain" });
  assert.deepEqual([...storage.kept], before, "the page that sends it has the last word");
});

test("hundreds of jobs of a client keep to one budget, and all are told", async () => {
  const { client, log } = await wide(200);
  const jobs = await Promise.all(Array.from({ length: 300 }, () => client.submit(MODEL, INPUT)));
  const results = await Promise.all(jobs.map((job) => job.result()));
  assert.equal(new Set(results.map(({ video }) => video)).size, 300);
  const most = (method) => {
    const times = log.filter((asked) => asked.method === method).map(({ at }) => at);
    return Math.max(...times.map((at, place) => times.slice(place).findIndex((other) => other >= at + 1000)));
  };
  // A burst, and what becomes due in the second.
  assert.ok(most("GET") <= 16, `${most("GET")} questions in a second`);
  assert.ok(most("POST") <= 4, `${most("POST")} submits in a second`);
  assert.equal(log.filter(({ what }) => what === "submit").length, 300);
});

test("a wish to cancel waits behind no question", async () => {
  const { client, clock, log } = await wide(600);
  const jobs = await Promise.all(Array.from({ length: 100 }, () => client.submit(MODEL, INPUT)));
  for (const job of jobs) job.result().catch(() => {});
  const at = clock.monotonic();
  assert.equal(await jobs.at(-1).cancel(), "cancelled");
  const asked = log.find(({ what }) => what === "cancel");
  assert.ok(asked.at - at < 1000, `${asked.at - at} ms`);
  assert.ok(log.filter((other) => other.method === "GET" && other.at <= asked.at).length < 100, "not all were asked for yet");
  client.dispose();
});

test("a submit that is called off before its turn is never sent", async () => {
  const { client, log } = await wide(600);
  const controller = new AbortController();
  const submit = (signal) => client.submit(MODEL, INPUT, { signal, onAbort: "cancel" });
  const many = Array.from({ length: 10 }, (_, number) => submit(number > 5 ? controller.signal : undefined));
  const settled = Promise.allSettled(many);
  while (!log.length) await later(1);
  controller.abort();
  const codes = (await settled).map(({ reason }) => reason?.code);
  assert.deepEqual(codes.slice(6), Array(4).fill("aborted"));
  assert.deepEqual(codes.slice(0, 6), Array(6).fill(undefined));
  await later();
  assert.equal(log.filter(({ method }) => method === "POST").length, 6);
});

test("a service that wants a rest is left alone by all jobs of a client", async () => {
  let from;
  const { client, log } = await wide(100, ({ method, at }) => {
    if (from !== undefined || method === "POST") return;
    from = at;
    return [429, { "retry-after": "60" }];
  });
  const jobs = await Promise.all(Array.from({ length: 20 }, () => client.submit(MODEL, INPUT)));
  await Promise.all(jobs.map((job) => job.result()));
  // What was on its way already came at the same time.
  assert.deepEqual(log.filter(({ at }) => at > from && at < from + 59_000), []);
  assert.ok(log.some(({ at }) => at > from + 59_000));
});
