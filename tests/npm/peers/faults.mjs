// `cargo xtask bench wire`: what each SDK does with the faults of one server, all in one run.

import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { consumer, run } from "../harness.mjs";
import { clients } from "./clients.mjs";
import { faulty } from "./server.mjs";
import { print } from "./weigh.mjs";

/** How long a row may take before its SDK counts as never ending, in ms. */
const PATIENCE = 25_000;
/** When a job is given up, in ms: between two questions of most. */
const ABORT_AFTER = 1_800;
/** How many times as fast time runs for what takes ten minutes. */
const FASTER = 60;
/** The jobs of about a minute, in ms. */
const MINUTES = [57_500, 58_900, 60_000, 61_100, 62_500];

const jobs = (word) => Object.fromEntries(MINUTES.map((runs) => [`${word}-${runs}`, { runs }]));
const minutes = jobs("runs");
/** The same, without a history of such jobs, which only ours keeps. */
const first = jobs("first");
const FAULTS = {
  lost: { submits: 1 },
  always_lost: { submits: Infinity },
  submit_503: { submits: Infinity, status: 503 },
  submit_500: { submits: Infinity, status: 500 },
  submit_429: { submits: 1, status: 429, headers: { "retry-after": "3" } },
  submit_date: { submits: 1, status: 429, untilDate: 3_000 },
  poll_503: { poll: 503, runs: 500 },
  poll_500: { poll: 500, runs: 500 },
  poll_reset: { poll: "reset", runs: 500 },
  chrome: { runs: 500, words: "Failed to fetch" },
  firefox: { runs: 500, words: "NetworkError when attempting to fetch resource." },
  safari: { runs: 500, words: "Load failed" },
  abort: { runs: 600_000 },
  abort_cancel: { runs: 600_000 },
  unknown: { runs: 500, word: true },
  offline: { runs: 30_000 / FASTER },
  ...minutes,
  ...first,
};

/** Measured by themselves: the first in a quiet process, the second in another that hurries. */
const ABORTS = ["abort", "abort_cancel"];
const APART = [...ABORTS, "offline"];

/** The SDK without a wait. */
const WAITLESS = "lumaai";
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const requests = (rows, of = minutes) => mean(Object.keys(of).map((name) => rows[name].side.requests));
const lag = (rows, of = minutes) =>
  mean(Object.keys(of).map((name, place) => rows[name].at - rows[name].side.begun - MINUTES[place]));
const waited = ({ side }) => side.postTimes[1] - side.postTimes[0];
const survived = ({ value }) => Boolean(value);
const POLLS = ["poll_503", "poll_500", "poll_reset", "chrome", "firefox", "safari"];

/** Each row: its title, its cell, whether it takes a wait, and what ours must come to. */
const ROWS = [
  ["submit accepted, its answer lost once: jobs made", ({ lost }) => lost.side.jobs, false, (rows) => rows.lost.side.jobs === 1],
  ["… and what the program is told", ({ lost }) => fate(lost), false, (rows) => rows.lost.error?.code === "uncertain"],
  ["… lost always: jobs made", ({ always_lost }) => always_lost.side.jobs, false, (rows) => rows.always_lost.side.jobs === 1],
  ["submit answered 503: POSTs", ({ submit_503 }) => submit_503.side.posts, false, (rows) => rows.submit_503.error],
  ["submit answered 500: POSTs", ({ submit_500 }) => submit_500.side.posts, false, (rows) => rows.submit_500.error],
  ["429 with Retry-After: 3, waited", ({ submit_429 }) => span(waited(submit_429)), false, (rows) => waited(rows.submit_429) >= 3_000],
  ["429 with Retry-After as a date, 3 to 4 s ahead: waited", ({ submit_date }) => span(waited(submit_date)), false, ({ submit_date: { side } }) => side.postedAt >= side.wantedAt],
  ...POLLS.map((name) => [title(name), (rows) => (survived(rows[name]) ? "yes" : "no"), true, (rows) => survived(rows[name])]),
  [`ten minutes offline (time runs ${FASTER} times as fast): survived`, ({ offline }) => lasted(offline), true, ({ offline }) => offline.survived],
  ["abort: settles after", ({ abort }) => span(abort.settled), true, ({ abort }) => abort.error && abort.settled <= 5],
  ["abort: cancels remotely, unasked", ({ abort }) => yes(abort.side.cancels), true, ({ abort }) => abort.side.cancels === 0],
  ["abort: cancels remotely, where that is asked for", ({ abort_cancel }) => yes(abort_cancel.side.cancels), true, ({ abort_cancel }) => abort_cancel.side.cancels === 1],
  ["… and settles after", ({ abort_cancel }) => span(abort_cancel.settled), true, ({ abort_cancel }) => abort_cancel.settled <= 5],
  ["an unknown state: the program is told of it", ({ unknown }) => yes(unknown.states.has("aborted")), true, ({ unknown }) => unknown.states.has("aborted")],
  ["… and within 25 s", ({ unknown }) => fate(unknown), true],
  ["a job of a minute: requests", (rows) => requests(rows).toFixed(1), true, (rows) => requests(rows) <= 24],
  ["a job of a minute: mean lag until its end is noticed", (rows) => span(lag(rows)), true, (rows) => lag(rows) <= 800],
  ["… the first of its kind: requests", (rows) => (rows === found.kinora ? requests(rows, first).toFixed(1) : "–"), true],
  ["… and mean lag", (rows) => (rows === found.kinora ? span(lag(rows, first)) : "–"), true],
];

const place = await consumer();
const dist = join(place.folder, "node_modules/kinora/dist");
const sdks = await clients(dist);
const server = await faulty(FAULTS);
const NAMES = Object.keys(sdks);
// Some SDKs reject promises before they hand them out.
for (const event of ["unhandledRejection", "rejectionHandled"]) process.on(event, () => {});

const found = Object.fromEntries(NAMES.map((name) => [name, {}]));
console.log("Aborts by themselves, every other fault with every SDK at once, ten minutes offline: 2 minutes.");
for (const fault of ABORTS) for (const name of NAMES) if (name !== WAITLESS) found[name][fault] = await one(name, fault);
await Promise.all(NAMES.map(all));
await Promise.all(NAMES.map(async (name) => (found[name].offline = name === WAITLESS ? {} : await offline(name))));
server.stop();
const failures = report();
await place.remove();
for (const failure of failures) console.error(`error: ours does not hold: ${failure}`);
process.exit(failures.length ? 1 : 0);

async function all(name) {
  const names = Object.keys(FAULTS).filter((fault) => !APART.includes(fault) && (name === "kinora" || !(fault in first)));
  await Promise.all(names.map(async (fault) => (found[name][fault] = await one(name, fault))));
}

/** A job in a process of its own, whose time runs faster. */
async function offline(name) {
  const script = fileURLToPath(new URL("offline.mjs", import.meta.url));
  const env = { ...process.env, KINORA_FASTER: FASTER };
  const { stdout } = await run("node", [script, dist, name, `${server.base}/${name}/offline`], { env });
  return JSON.parse(stdout.trim().split("\n").at(-1));
}

function lasted({ survived, error, seconds, late }) {
  if (survived) return late > 0 ? `yes, ${late.toFixed(0)} s late` : "yes";
  return error === "never ends" ? error : `no, after ${seconds.toFixed(0)} s`;
}

async function one(name, fault) {
  const { words, runs = 0 } = FAULTS[fault];
  const controller = fault.startsWith("abort") ? new AbortController() : undefined;
  const fetch = words ? failingOnce(words) : globalThis.fetch;
  const states = new Set();
  const told = (state) => states.add(String(state).toLowerCase());
  const onAbort = fault === "abort_cancel" ? "cancel" : "detach";
  let aborted;
  const job = sdks[name](`${server.base}/${name}/${fault}`, fetch, {
    signal: controller?.signal,
    onAbort,
    told,
    isFirst: !(fault in minutes),
  });
  const ended = job.then(
    (value) => ({ value: value ?? null, at: performance.now() }),
    (error) => ({ error, at: performance.now() }),
  );
  if (controller) {
    await after(ABORT_AFTER);
    aborted = performance.now();
    controller.abort();
  }
  const outcome = await Promise.race([ended, after(controller ? 8_000 : Math.max(PATIENCE, runs + 12_000))]);
  if (controller) await after(300);
  return { ...outcome, states, settled: outcome.at - aborted, side: { ...server.side(name, fault) } };
}

/** A `fetch` whose first request after the submit fails in a browser's words. */
function failingOnce(words) {
  let count = 0;
  return async (...args) => {
    if (++count === 2) throw new TypeError(words);
    return globalThis.fetch(...args);
  };
}

function after(ms) {
  return new Promise((resolve) => setTimeout(() => resolve({ at: Infinity }), ms));
}

function report() {
  const cell = (name, [, cell, waits]) => (waits && name === WAITLESS ? "–" : String(cell(found[name])));
  print(["", ...NAMES], ROWS.map((row) => [row[0], ...NAMES.map((name) => cell(name, row))]));
  return ROWS.filter(([, , , holds]) => holds && !holds(found.kinora)).map(([title]) => title);
}

function title(name) {
  const [kind, words] = name.split("_");
  return kind === "poll" ? `one ${words} on a poll: survived` : `one failed fetch in the words of ${name}: survived`;
}

/** What a job came to, in a word. */
function fate({ value, error, at }) {
  if (at === Infinity) return "never ends";
  if (error) return error.name === "KinoraError" ? error.code : error.name;
  return value === null ? "ends with null" : "ends well";
}

function span(ms) {
  if (!Number.isFinite(ms)) return "never";
  return ms < 100 ? `${ms.toFixed(0)} ms` : `${(ms / 1000).toFixed(2)} s`;
}

function yes(count) {
  return count ? "yes" : "no";
}
