// Whatever comes in, from callers or from the service: kinora/relay sends the token to the service
// alone, in one header, and it stands in no answer, no log line and no request to anybody else.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { consumer } from "./harness.mjs";
import { PAGE, SUBMIT, TOKEN, open, relayOf } from "./relays.mjs";

const SERVICE = "https://service.example.com";
const ROUNDS = 5_000;
let place, kit;

before(async () => {
  place = await consumer();
  kit = await relayOf(place);
});

after(() => place.remove());

test("random requests and answers never let the token out", async (context) => {
  const told = [];
  for (const level of ["error", "warn", "log", "info"]) {
    context.mock.method(console, level, (...words) => told.push(words.map(String).join(" ")));
  }
  const seen = { service: 0, file: 0, answered: new Set() };
  let chance, asked, relay;
  for (let seed = 1; seed <= ROUNDS; seed++) {
    [chance, asked] = [chanceOf(seed), []];
    // A relay remembers; each has a while of its own.
    if (seed % 50 === 1) {
      relay = kit.createRelay({
        ...open(SERVICE),
        log: (line) => told.push(JSON.stringify(line)),
        caller: chance.of([undefined, (request) => request.headers.get("x-user")]),
        fetch: async (url, init) => (asked.push([url, init]), answered(chance)),
      });
    }
    const answer = await relay.fetch(requestOf(chance), chance.of([undefined, { address: text(chance) }]));
    const body = await answer.text().catch(() => "");
    const parsed = /^application\/json/.test(answer.headers.get("content-type")) ? read(body) : undefined;
    hidden(seed, answer.status, [...answer.headers], answer.statusText, body, parsed);
    seen.answered.add(answer.status);
    for (const [url, init] of asked) seen[sent(seed, url, init)]++;
  }
  hidden("told", told);
  assert.ok(seen.service > ROUNDS / 25 && seen.file > ROUNDS / 100, `the rules were passed: ${JSON.stringify(seen)}`);
  assert.ok(seen.answered.size > 8, [...seen.answered].join());
  assert.ok(told.length >= ROUNDS / 2, "each is told");
});

/** Holds a request that the relay sends; who it goes to. */
function sent(seed, url, { headers, ...init }) {
  const all = new Map(headers);
  if (url.startsWith(`${SERVICE}/v1/`)) {
    assert.equal(all.get("authorization"), `Bearer ${TOKEN}`, `${seed}`);
    all.delete("authorization");
    hidden(seed, url, [...all]);
    return "service";
  }
  assert.match(url, /^https:\/\/files\.runcomfy\.net\//, `${seed}`);
  hidden(seed, url, [...all], init.method, init.body);
  return "file";
}

function hidden(seed, ...texts) {
  const all = JSON.stringify(texts);
  const unescaped = all.replace(/%([0-9a-f]{2})/gi, (_, code) => String.fromCharCode(parseInt(code, 16)));
  assert.ok(!all.includes(TOKEN) && !unescaped.includes(TOKEN), `seed ${seed}: ${all}`);
}

const read = (text) => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Texts that hold the token or nearly, beside others. */
const text = (chance) =>
  chance.of([
    TOKEN,
    `Bearer ${TOKEN}`,
    `https://${TOKEN}.example.com`,
    `\\u0063${TOKEN.slice(1)}`,
    encodeURIComponent(`a/${TOKEN}`),
    PAGE,
    "application/json",
    "r1",
    "bytes=0-3",
    chance.letters(20),
  ]);

const targetOf = (chance) =>
  chance.of([
    SUBMIT,
    SUBMIT,
    "/v1/relay",
    `/v1/models/${text(chance)}/x`,
    `/v1/models?search=${text(chance)}`,
    `/v1/requests/${text(chance)}/${chance.of(["status", "result", "cancel"])}`,
    `/v1/outputs?url=https://files.runcomfy.net/${chance.letters(6)}.mp4`,
    `/v1/outputs?url=https://files.runcomfy.net/${text(chance)}`,
    `/v1/outputs?url=${text(chance)}`,
    `/${text(chance)}`,
  ]);

const NAMES = ["origin", "authorization", "kinora-intent", "range", "content-length", "cookie", "referer", "x-forwarded-for", "x-user"];

/** A request as runtimes give it, or as Node's own server has it. */
function requestOf(chance) {
  const method = chance.of(["GET", "POST", "POST", "OPTIONS", "DELETE"]);
  const headers = chance.some(4, () => [chance.of(NAMES), text(chance)]);
  if (chance.below(3)) headers.push(["content-type", "application/json"]);
  const body = method === "POST" ? bodyOf(chance) : null;
  const url = targetOf(chance);
  if (chance.below(2)) {
    try {
      return new Request(`https://relay.example.com${url}`, { method, headers, body, duplex: "half" });
    } catch {
      // What no runtime gives, a socket may.
    }
  }
  const get = (name) => headers.find(([known]) => known === name)?.[1] ?? null;
  return { method, url, headers: Object.assign(headers, { get }), body: body && new Response(body).body };
}

const bodyOf = (chance) =>
  chance.of([
    '{"prompt":"fog"}',
    JSON.stringify({ prompt: text(chance), img_url: text(chance) }),
    text(chance),
    new Uint8Array([123, 255, 125]),
    broken("{", text(chance)),
  ]);

/** What the service, or the host of a file, says. */
function answered(chance) {
  if (!chance.below(8)) throw Object.assign(new TypeError(`fetch failed: ${text(chance)}`), { cause: new Error(TOKEN) });
  const status = chance.of([200, 200, 200, 206, 302, 400, 401, 404, 416, 429, 500, 503]);
  const names = ["retry-after", "date", "location", "set-cookie", "etag", "content-range", "kinora-accepted", "x-other"];
  const headers = chance.some(4, () => [chance.of(names), text(chance)]);
  headers.push(["content-type", chance.of(["application/json", "video/mp4", "text/html", text(chance)])]);
  const isFile = headers.at(-1)[1] === "video/mp4";
  const json = JSON.stringify({ request_id: text(chance), status_url: text(chance), [text(chance)]: [text(chance)] });
  const body = isFile ? "ftyp" : chance.of([json, json.replaceAll("a", "\\u0061"), '{"request_id":"r1"}', text(chance), broken("{", TOKEN)]);
  return new Response(body, { status, headers, statusText: chance.of(["", TOKEN]) });
}

/** A stream that ends with an error. */
function broken(start, words) {
  const pieces = [new TextEncoder().encode(start)];
  return new ReadableStream({
    pull: (to) => (pieces.length ? to.enqueue(pieces.pop()) : to.error(new Error(words))),
  });
}

/** Numbers that are the same each time: <https://github.com/bryc/code/blob/master/jshash/PRNGs.md#mulberry32>. */
function chanceOf(seed) {
  let state = seed;
  const below = (most) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % most;
  };
  return {
    below,
    of: (list) => list[below(list.length)],
    some: (most, make) => Array.from({ length: below(most + 1) }, make),
    letters: (most) => Array.from({ length: below(most + 1) }, () => "abcxyz019/:.?=&%-"[below(17)]).join(""),
  };
}
