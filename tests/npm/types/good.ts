// Programs that must compile.
import { KinoraError, createClient, fitImage, probeImage, version } from "kinora";
import type { CatalogPage, Client, Field, ImageProbe, Issue, JobEvent, ModelEntry } from "kinora";
import { type DemoProgress, createDemo } from "kinora/demo";
import { type TestService, createTestService, scenarios } from "kinora/testing";
import { createRelay, nodeHandler, relayObject } from "kinora/relay";
import type { RelayLine, RelayMemory, RelayOptions } from "kinora/relay";
import { createClient as createSmaller } from "kinora/url";

const kinora: Client = createClient({ baseUrl: "https://relay.example.com", token: async () => "t" });
createSmaller({ baseUrl: version });

export async function wan(): Promise<string> {
  const { video, files } = await kinora.run(
    "wan-ai/wan-2-2/image-to-video",
    { prompt: "fog", img_url: "https://example.com/a.jpg", resolution: "480P", seed: 1 },
    { onAbort: "cancel", signal: AbortSignal.timeout(1000), onEvent: (event: JobEvent) => void event.type },
  );
  return video + files.length;
}

export async function other(): Promise<string | null> {
  const job = await kinora.submit("maker/model", { anything: [1, { deep: true }] });
  for await (const event of job) if (event.type === "status") event.queuePosition?.toFixed();
  const outcome: "cancelled" | "too-late" | "unknown" = await job.cancel();
  return outcome + (await job.result()).video;
}

export async function checked(): Promise<Issue[]> {
  const report = await kinora.check("wan-ai/wan-2-2/image-to-video", { prompt: "" }, { img_url: { width: 100 } });
  return report.issues;
}

export function told(error: unknown): string {
  if (!(error instanceof KinoraError)) return "";
  return error.code + error.nextStep + String(error.status ?? 0) + String(error.cause);
}

export async function tested(): Promise<number> {
  const service: TestService = await createTestService({ scenario: { run: 60, faults: ["status=503*2"] } });
  const client = createClient({ ...service, token: "test" });
  await client.run("wan-ai/wan-2-2/image-to-video", { prompt: "fog", img_url: "https://example.com/a.jpg" });
  return service.asked().accepted + (await scenarios()).length + service.clock.monotonic();
}

export async function demonstrated(): Promise<string> {
  const seen: DemoProgress[] = [];
  using demo = createDemo({ queueMs: 0, codec: "vp8", onProgress: (progress) => void seen.push(progress) });
  const { video } = await createClient(demo).run("wan-ai/wan-2-2/image-to-video", { prompt: "", img_url: "blob:" });
  return video;
}
const stored = new Map<string, string>();
const memory: RelayMemory = {
  load: async () => stored,
  save: async (changes) => changes.forEach((text, key) => (text === undefined ? stored.delete(key) : stored.set(key, text))),
};
const options: RelayOptions = {
  token: async () => "from the environment",
  public: "https://relay.example.com",
  models: ["wan-ai/**"],
  budgets: { jobsAtOnce: 2 },
  caller: (request) => request.headers.get("x-real-ip"),
  log: (line: RelayLine) => void `${line.reason} ${line.ms}`,
  memory,
};
export const { GET, POST, OPTIONS } = createRelay(options);
export const KinoraRelay = relayObject((env: { RUNCOMFY_TOKEN: string }) => ({ ...options, token: env.RUNCOMFY_TOKEN }));
nodeHandler(createRelay(options));

export async function catalogued(): Promise<string> {
  const page: CatalogPage = await kinora.models({ kind: "model", limit: 5, includeSchema: true });
  for await (const { id, basePriceUsd } of page) id.concat(String(basePriceUsd ?? 0));
  const wan = await kinora.model("wan-ai/wan-2-2/image-to-video");
  const { video } = await kinora.run(wan, { prompt: "", img_url: "" });
  const other = await kinora.model("maker/model", { signal: AbortSignal.timeout(1000) });
  const listed: ModelEntry | undefined = page.models[0];
  const report = await kinora.check(listed ?? other, { anything: 1 });
  return video + report.ok + (page.next ?? 0) + other.fields.map(described).join() + (await kinora.categories()).length;
}

/** Every kind of field, told apart. */
function described(field: Field): string {
  switch (field.kind) {
    case "text":
      return String(field.maxLength ?? 0) + (field.suggestions ?? []).length;
    case "choice":
      return String(field.choices.length);
    case "integer":
    case "number":
      return String((field.minimum ?? 0) + (field.maximum ?? 0));
    case "boolean":
      return String(field.default === true);
    case "media":
      return (field.rules.formats ?? []).join();
    case "mediaList":
      return String(field.maxItems ?? 0);
    case "json":
      return field.shape ?? "any";
  }
}

export async function looked(file: File): Promise<string> {
  const image: ImageProbe = await probeImage("https://example.com/lake.jpg", { fetch: (url) => fetch(url) });
  const judged = await probeImage(file, { rules: { width: { above: 360 } }, signal: AbortSignal.timeout(1000) });
  const { blob, changes, facts } = await fitImage(new Uint8Array(8), { ratio: 16 / 9, framing: "crop", format: "JPEG" });
  const { ok } = await kinora.check("wan-ai/wan-2-2/image-to-video", { prompt: "" }, { img_url: image });
  const words = [...judged.checks, ...facts.checks].map(({ rule, verdict, advice }) => rule + verdict + (advice ?? ""));
  return words.join() + changes.map(({ code }) => code).join() + blob.size + ok + (image.orientation ?? 1);
}
