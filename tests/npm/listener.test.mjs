// Code of the program's own that throws: it is reported, and breaks nothing of Kinora's.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";

import { INPUT, MODEL, consumer } from "./harness.mjs";

let place;
before(async () => (place = await consumer()));
after(() => place.remove());

/** Runs a program that ends with the jobs' result and everything that was uncaught. */
async function told(act) {
  const program = `
    import { createClient } from "kinora";
    import { createTestService } from "kinora/testing";
    const uncaught = [];
    process.on("uncaughtException", (error) => uncaught.push(error.message));
    process.on("unhandledRejection", (error) => uncaught.push("unhandled " + error.message));
    const service = await createTestService({ scenario: "instant" });
    const client = (more) => createClient({ ...service, token: "test", storage: "memory", ...more });
    const [MODEL, INPUT] = ${JSON.stringify([MODEL, INPUT])};
    const result = await (${act})(client, MODEL, INPUT);
    await new Promise((resolve) => setTimeout(resolve, 20));
    console.log(JSON.stringify({ result, uncaught }));`;
  const path = join(place.folder, `program-${Math.random()}.mjs`);
  await writeFile(path, program);
  const { stdout } = await promisify(execFile)("node", [path]);
  return JSON.parse(stdout);
}

test("a listener's error is reported each time, and the job goes on", async () => {
  const { result, uncaught } = await told(async (client, model, input) => {
    let calls = 0;
    const onEvent = () => {
      calls++;
      throw new Error("listener");
    };
    const { video } = await client().run(model, input, { onEvent });
    return { video, calls };
  });
  assert.match(result.video, /\.mp4$/);
  assert.deepEqual(uncaught, Array(result.calls).fill("listener"));
});

test("what is told anew to a late listener is told whole, to it and to the others", async () => {
  const { result, uncaught } = await told(async (client, model, input) => {
    const job = await client().submit(model, input);
    await job.result();
    const types = [];
    job.onEvent((event) => {
      types.push(event.type);
      if (event.type === "accepted") throw new Error("replay");
    });
    const again = [];
    job.onEvent((event) => again.push(event.type));
    return { types, again };
  });
  assert.deepEqual(result.types, result.again);
  assert.equal(result.types.at(-1), "succeeded");
  assert.deepEqual(uncaught, ["replay"]);
});

test("an onWarning that throws is reported, and the job goes on", async () => {
  const { result, uncaught } = await told(async (client, model, input) => {
    const put = () => Promise.reject(new Error("full"));
    const storage = { put, all: async () => [], remove: async () => {} };
    const onWarning = () => {
      throw new Error("warned");
    };
    return (await client({ storage, onWarning }).run(model, input)).video;
  });
  assert.match(result, /\.mp4$/);
  assert.deepEqual(uncaught, ["warned"]);
});

test("a listener that rejects is reported as any promise is", async () => {
  const { uncaught } = await told(async (client, model, input) => {
    const onEvent = async ({ type }) => {
      if (type === "accepted") throw new Error("async");
    };
    await client().run(model, input, { onEvent });
  });
  assert.deepEqual(uncaught, ["unhandled async"]);
});
