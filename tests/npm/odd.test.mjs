// What is unusual, and fine all the same, gets a second look by rules that usual jobs never load.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { INPUT, MODEL, consumer, moduleOf } from "./harness.mjs";

let place, createClient;

before(async () => {
  place = await consumer();
  ({ createClient } = await moduleOf(place));
});

after(() => place.remove());

/** A client of a service that accepts everything, and what it was asked. */
function world(baseUrl) {
  const asked = [];
  const fetch = async (url, { body }) => {
    asked.push({ url, body: body && JSON.parse(body) });
    return Response.json({ request_id: "abc", status: "in_queue" });
  };
  return { client: createClient({ baseUrl, fetch, storage: "memory" }), asked };
}

const INPUTS = {
  "a host in capitals, with a port": { img_url: "https://Example.com:8443/lake.jpg" },
  "a host of another script": { img_url: "https://bücher.example/lake.jpg" },
  "a public IPv6 address": { img_url: "https://[2001:db8::1]/lake.jpg" },
  "a field that no page names": { speed: 2 },
  "a field that is null": { seed: null },
  "an optional text that is empty": { negative_prompt: "" },
};

for (const [title, odd] of Object.entries(INPUTS)) {
  test(`${title} is sent`, async () => {
    const { client, asked } = world("https://relay.example.com");
    await client.submit(MODEL, { ...INPUT, ...odd });
    const { seed, negative_prompt, ...wanted } = { ...INPUT, ...odd };
    assert.deepEqual(asked[0].body, wanted);
    client.dispose();
  });
}

for (const [baseUrl, wanted] of [
  [" HTTPS://Relay.Example.com/v1/ ", "https://relay.example.com"],
  ["https://[2001:db8::1]:8443/kinora", "https://[2001:db8::1]:8443/kinora"],
  ["http://127.0.0.2:8787", "http://127.0.0.2:8787"],
]) {
  test(`a service at ${baseUrl} is asked, and its jobs are found again`, async () => {
    const { client, asked } = world(baseUrl);
    const job = await client.submit(MODEL, INPUT);
    assert.equal(asked[0].url, `${wanted}/v1/models/${MODEL}`);
    const [stored] = await client.jobs();
    assert.deepEqual([stored.key, stored.requestId], [job.key, "abc"]);
    const resumed = await client.resume("abc");
    resumed.onEvent(() => {});
    while (!asked.some(({ url }) => url === `${wanted}/v1/requests/abc/status`)) await new Promise((resolve) => setTimeout(resolve, 5));
    client.dispose();
  });
}
