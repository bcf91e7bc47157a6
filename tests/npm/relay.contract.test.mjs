// One list of requests, two hosts of the relay: `kinora serve`, and kinora/relay in Node.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { consumer, emulator } from "./harness.mjs";
import { PAGE, TOKEN, cases, fits, native, open, relayOf, send, served } from "./relays.mjs";

let place, service;
const hosts = {};

before(async () => {
  [place, service] = await Promise.all([consumer(), emulator("--token", TOKEN, "--queue", "1", "--run", "1")]);
  const flags = ["--service", service.base, "--origin", PAGE, "--model", "wan-ai/**", "--callers", "anybody", "--outputs"];
  hosts.native = await native(...flags, "--log", "off");
  hosts.edge = await served(await relayOf(place), open(service.base));
});

after(async () => {
  for (const { stop } of [service, ...Object.values(hosts)]) stop();
  await place.remove();
});

for (const given of await cases()) {
  test(`both hosts: ${given.name}`, async () => {
    const answers = {};
    for (const [host, { base }] of Object.entries(hosts)) {
      answers[host] = await send(base, given);
      fits({ ...given, name: `${host}, ${given.name}` }, answers[host]);
    }
    const { native, edge } = answers;
    if (given.reason) assert.equal(edge.text, native.text);
    const ours = (headers) => Object.keys(headers).filter((name) => !OF_HTTP.includes(name)).sort();
    assert.deepEqual(ours(edge.headers), ours(native.headers));
  });
}

/** What servers add of their own. */
const OF_HTTP = ["date", "connection", "keep-alive", "content-length", "transfer-encoding"];
