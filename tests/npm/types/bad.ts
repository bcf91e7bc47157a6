// Programs that must not compile: each line below a mark is an error.
import { createClient, fitImage, probeImage } from "kinora";
import { createDemo } from "kinora/demo";
import { createRelay } from "kinora/relay";
import { createTestService } from "kinora/testing";
import type { Field, ImageFacts } from "kinora";

// @ts-expect-error a base is needed
createClient({});
// @ts-expect-error a base is text
createClient({ baseUrl: new URL("https://example.com") });
// @ts-expect-error there are two kinds of hosts
createClient({ baseUrl: "", host: "other" });
// @ts-expect-error with exactOptionalPropertyTypes, left out is not undefined
createClient({ baseUrl: "", token: undefined });

const kinora = createClient({ baseUrl: "" });
const input = { prompt: "", img_url: "" };

// @ts-expect-error the image is needed
void kinora.run("wan-ai/wan-2-2/image-to-video", { prompt: "" });
// @ts-expect-error there is no such resolution
void kinora.run("wan-ai/wan-2-2/image-to-video", { ...input, resolution: "720P" });
// @ts-expect-error there is no such field
void kinora.run("wan-ai/wan-2-2/image-to-video", { ...input, image_url: "" });
// @ts-expect-error a seed is a number
void kinora.run("wan-ai/wan-2-2/image-to-video", { ...input, seed: "1" });
// @ts-expect-error a function is no JSON
void kinora.run("maker/model", { field: () => 1 });
// @ts-expect-error an abort does one of two things
void kinora.run("wan-ai/wan-2-2/image-to-video", input, { onAbort: "stop" });
// @ts-expect-error a result is no text
void kinora.run("wan-ai/wan-2-2/image-to-video", input).then((result) => result.toUpperCase());
// @ts-expect-error another model may make no video
void kinora.run("maker/model", {}).then((result) => result.video.length);
// @ts-expect-error only a status tells the place in the queue
void kinora.run("maker/model", {}, { onEvent: (event) => void event.queuePosition });
// @ts-expect-error a job is taken up by its id, which is text
void kinora.resume(1);
// @ts-expect-error what a cancel comes to is one of three words
void kinora.resume("id").then((job) => job.cancel()).then((outcome) => outcome === "done");
// @ts-expect-error a service for tests has scenarios by name, or by what is to be otherwise
void createTestService({ scenario: 5 });
// @ts-expect-error there is no such codec
createDemo({ codec: "av1" });

// @ts-expect-error a relay needs to know where it stands
createRelay({ token: "t" });
// @ts-expect-error there are two kinds of callers without secrets
createRelay({ token: "t", public: "", callers: "everybody" });
// @ts-expect-error there is no such option
createRelay({ token: "t", public: "", include_cost: true });

// @ts-expect-error the id alone, or the model itself
void kinora.run({ id: "maker/model" }, {});
// @ts-expect-error a model of the catalogue keeps its input
void kinora.model("wan-ai/wan-2-2/image-to-video").then((model) => kinora.run(model, { prompt: "" }));
// @ts-expect-error a page is numbered
void kinora.models({ limit: "20" });
// @ts-expect-error there is no such filter
void kinora.models({ name: "wan" });
// @ts-expect-error the last page has no next
void kinora.models().then((page) => page.next.toFixed());
// @ts-expect-error only some fields have choices
export const choices = (field: Field) => field.choices;

// @ts-expect-error an image is no number
void probeImage(7);
// @ts-expect-error rules are bounds
void probeImage("", { rules: { width: 360 } });
// @ts-expect-error rules of another model are not known here
void probeImage("", { rules: "maker/model" });
// @ts-expect-error without rules there are no verdicts
void probeImage("").then((image) => image.checks);
// @ts-expect-error a size may be unknown
void probeImage("").then((image) => image.width.toFixed());
// @ts-expect-error there are two ways to change a shape
void fitImage("", { framing: "stretch" });
// @ts-expect-error a copy is JPEG or PNG
void fitImage("", { format: "WebP" });
// @ts-expect-error there are three kinds of transparency
export const facts: ImageFacts = { alpha: "some" };
