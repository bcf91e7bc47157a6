// The same program with each SDK: submit, wait, cancel on a key.

const MODEL = "wan-ai/wan-2-2/image-to-video";
const INPUT = '{ prompt: "the fog lifts", img_url: "https://example.com/lake.jpg" }';

const kinora = (entry) => `
  import { createClient } from "${entry}";
  const kinora = createClient({ baseUrl: "/relay" });
  const job = await kinora.submit("${MODEL}", ${INPUT});
  addEventListener("keydown", () => job.cancel());
  console.log(await job.result());`;

export const OURS = { "kinora": kinora("kinora"), "kinora/url": kinora("kinora/url") };

export const PEERS = {
  "plain fetch, no SDK": `
    const ask = async (path, init) => {
      const response = await fetch("/relay/v1/" + path, init);
      if (!response.ok) throw new Error(await response.text());
      return response.json();
    };
    const { request_id: id } = await ask("models/${MODEL}", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(${INPUT}),
    });
    addEventListener("keydown", () => ask("requests/" + id + "/cancel", { method: "POST" }));
    while ((await ask("requests/" + id + "/status")).status !== "completed") {
      await new Promise((resolve) => setTimeout(resolve, 2000));
    }
    console.log(await ask("requests/" + id + "/result"));`,
  "@fal-ai/client": `
    import { createFalClient } from "@fal-ai/client";
    const fal = createFalClient({ proxyUrl: "/relay" });
    const { request_id: requestId } = await fal.queue.submit("maker/model", { input: ${INPUT} });
    addEventListener("keydown", () => fal.queue.cancel("maker/model", { requestId }));
    await fal.queue.subscribeToStatus("maker/model", { requestId });
    console.log((await fal.queue.result("maker/model", { requestId })).data);`,
  replicate: `
    import Replicate from "replicate";
    const replicate = new Replicate({ baseUrl: "/relay" });
    const prediction = await replicate.predictions.create({ model: "maker/model", input: ${INPUT} });
    addEventListener("keydown", () => replicate.predictions.cancel(prediction.id));
    console.log((await replicate.wait(prediction)).output);`,
  "@runwayml/sdk (throws in a browser)": `
    import RunwayML from "@runwayml/sdk";
    const client = new RunwayML({ baseURL: "/relay", apiKey: "relay" });
    const task = client.imageToVideo.create({ model: "gen4_turbo", promptImage: "https://example.com/lake.jpg", ratio: "1280:720" });
    const { id } = await task;
    addEventListener("keydown", () => client.tasks.delete(id));
    console.log(await client.tasks.retrieve(id).waitForTaskOutput());`,
  "lumaai (the wait is the program's)": `
    import LumaAI from "lumaai";
    const client = new LumaAI({ baseURL: "/relay", authToken: "relay" });
    let generation = await client.generations.video.create({ model: "ray-2", prompt: "the fog lifts" });
    addEventListener("keydown", () => client.generations.delete(generation.id));
    while (!["completed", "failed"].includes(generation.state)) {
      await new Promise((resolve) => setTimeout(resolve, 2000));
      generation = await client.generations.get(generation.id);
    }
    console.log(generation.assets);`,
};
