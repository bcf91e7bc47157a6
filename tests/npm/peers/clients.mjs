// One job with each SDK, as its documentation says to run one.

import { pathToFileURL } from "node:url";
import { join } from "node:path";

import { createFalClient } from "@fal-ai/client";
import RunwayML from "@runwayml/sdk";
import LumaAI from "lumaai";
import Replicate from "replicate";

/** Keeps no job. */
const NOWHERE = { put: async () => {}, all: async () => [], remove: async () => {} };

/** What the package's own clients note down of jobs whose durations are lognormal: median 60 s, σ 0.15. */
async function learned(createClient, createTestService) {
  let note;
  const notes = { get: async () => note, put: async (other) => void (note = other) };
  for (let place = 0.5; place < JOBS; place++) {
    const part = place / JOBS;
    const run = 60 * Math.exp((0.15 * Math.log(part / (1 - part))) / 1.702);
    const service = await createTestService({ scenario: { preset: "instant", run } });
    const client = createClient({ ...service, token: "any", storage: { ...NOWHERE, notes } });
    await client.run("wan-ai/wan-2-2/image-to-video", INPUT);
  }
  const kept = note;
  return { get: async () => kept, put: async () => {} };
}

const JOBS = 24;
const INPUT = { prompt: "the fog lifts", img_url: "https://example.com/lake.jpg" };

/**
 * By SDK: `(base, fetch, { signal, onAbort, told }) => Promise` of a job run to its end, where `told`
 * is called with every state that the program hears of. `lumaai` has no wait of its own, so none
 * of the rows on waiting is about it.
 */
export async function clients(dist) {
  const { createClient } = await import(pathToFileURL(join(dist, "index.js")));
  const { createTestService } = await import(pathToFileURL(join(dist, "testing.js")));
  const notes = await learned(createClient, createTestService);
  return {
    kinora: (base, fetch, { signal, onAbort, told, isFirst }) => {
      const storage = isFirst ? "memory" : { ...NOWHERE, notes };
      const client = createClient({ baseUrl: base, token: "any", fetch, storage });
      return client.run("wan-ai/wan-2-2/image-to-video", INPUT, {
        ...(signal && { signal }),
        onAbort,
        onEvent: (event) => event.type === "status" && told(event.state),
      });
    },
    fal: (base, fetch, { signal, told }) => {
      const here = (url, init) => fetch(String(url).replace("https://queue.fal.run", base), init);
      const fal = createFalClient({ credentials: "any", fetch: here });
      return fal.subscribe("maker/model", {
        input: INPUT,
        ...(signal && { abortSignal: signal }),
        onQueueUpdate: ({ status }) => told(status),
      });
    },
    replicate: (base, fetch, { signal, told }) => {
      const replicate = new Replicate({ auth: "any", baseUrl: base, fetch });
      return replicate.run("maker/model", { input: INPUT, wait: { mode: "poll" }, signal }, ({ status }) =>
        told(status),
      );
    },
    runway: async (base, fetch, { signal }) => {
      const client = new RunwayML({ apiKey: "any", baseURL: base, fetch });
      const wish = { model: "gen4_turbo", promptImage: INPUT.img_url, ratio: "1280:720" };
      return client.imageToVideo.create(wish).waitForTaskOutput({ ...(signal && { abortSignal: signal }) });
    },
    lumaai: (base, fetch) => {
      const client = new LumaAI({ authToken: "any", baseURL: base, fetch });
      return client.generations.video.create({ model: "ray-2", prompt: INPUT.prompt });
    },
  };
}
