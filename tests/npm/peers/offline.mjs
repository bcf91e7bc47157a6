// One job with one SDK, in a time that runs faster: ten minutes of it are without a network.
//
// Timers and clocks of this process run FASTER times as fast, so a round trip on loopback, a
// millisecond or two, is as long to the SDK as one of a tenth of a second.

import { clients } from "./clients.mjs";

const [dist, sdk, base] = process.argv.slice(2);
const FASTER = Number(process.env.KINORA_FASTER);
/** When the network goes and comes back, and when nobody waits any more, in ms of the faster time. */
const [GONE, BACK, PATIENCE] = [5_000, 605_000, 720_000];

const run = (await clients(dist))[sdk];
const { setTimeout: later, Date: { now: wall } } = globalThis;
const steady = performance.now.bind(performance);
const [beganAt, began] = [wall(), steady()];
const faster = () => (steady() - began) * FASTER;
globalThis.setTimeout = (call, ms = 0, ...rest) => later(call, ms / FASTER, ...rest);
globalThis.performance.now = faster;
Date.now = () => Math.round(beganAt + faster());

const send = globalThis.fetch;
async function fetch(...request) {
  if (faster() > GONE && faster() < BACK) {
    throw Object.assign(new TypeError("fetch failed"), { cause: Object.assign(new Error("no network"), { code: "ENETUNREACH" }) });
  }
  return send(...request);
}

for (const event of ["unhandledRejection", "rejectionHandled"]) process.on(event, () => {});
const ended = run(base, fetch, { told: () => {}, isFirst: true }).then(
  (value) => ({ survived: Boolean(value) }),
  (error) => ({ survived: false, error: error.code ?? error.name }),
);
const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE, { survived: false, error: "never ends" }));
const outcome = await Promise.race([ended, patience]);
console.log(JSON.stringify({ ...outcome, seconds: faster() / 1000, late: (faster() - BACK) / 1000 }));
process.exit();
