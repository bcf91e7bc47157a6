// What there is to know of an image before anything is paid for: its first bytes, read as they come.

import { headersOf } from "./header.js";
import { blobOf, opened, wholeOf } from "./source.js";

export { blobOf, wholeOf };

/** See `probeImage` in images.d.ts. */
export async function probeImage(tools, source, options = {}) {
  checkOptions(tools, options);
  const { signal, rules, pixels } = options;
  const goOn = () => signal?.aborted && tools.fine({ error: { ...ABORTED, cause: signal.reason } });
  goOn();
  const blob = blobOf(tools, source);
  const judge = rules !== undefined && judgeOf(tools, rules);
  const most = judge ? (await judge("most")).bytes : undefined;
  const { isCommon, ...found } = await look(tools, blob ?? source, options, most, goOn);
  let facts = found;
  if (facts.format && facts.hasAlpha !== false && (pixels ?? Boolean(blob))) {
    const { seen } = await tools.part(() => import("./pixels.js"));
    const told = await seen(blob ?? (await wholeOf(tools, source, options)), facts);
    goOn();
    if (told.isBroken && isCommon) tools.fine({ error: damaged(facts.format) });
    facts = { ...facts, ...told.facts };
  }
  return judge ? { ...facts, ...(await judge("judge", { facts })) } : facts;
}

/** Refuses options that are none. */
export function checkOptions({ bad }, options) {
  if (!options || typeof options !== "object") throw bad("bad_input", "How to look at an image is said by an object.");
  const { signal, fetch } = options;
  if (signal !== undefined && typeof signal?.addEventListener !== "function") {
    throw bad("bad_input", "`signal` must be an AbortSignal.");
  }
  if (fetch !== undefined && typeof fetch !== "function") throw bad("bad_input", "`fetch` must be a function.");
}

/** Asks the module that knows the rules. */
export function judgeOf({ models, fine }, rules) {
  return async (question, wish) => {
    await models.ready();
    return fine(models.call(question, { ...wish, rules }));
  };
}

/** What the first bytes say, as facts; throws where there is no image. */
async function look(tools, source, options, most, goOn) {
  const headers = await (tools.headers ??= headersOf(tools));
  const found = await opened(tools, source, options).catch((cause) => {
    goOn();
    throw cause;
  });
  if (found.size) return { width: found.size[0], height: found.size[1] };
  const file = headers.begin();
  let [kind, count] = [0, 0];
  try {
    for await (const piece of found.pieces) {
      goOn();
      count += piece.length;
      kind ||= file.grow(piece);
      const isCounted = found.bytes !== undefined || most === undefined;
      if ((kind && isCounted) || count > (most ?? headers.most)) break;
    }
    goOn();
    kind ||= file.end();
    return factsOf(tools, file, kind, { ...found, bytes: found.bytes ?? (most && count) });
  } catch (cause) {
    goOn();
    if (cause instanceof tools.KinoraError) throw cause;
    return tools.fine({ error: { ...BROKEN_OFF, cause } });
  } finally {
    file.close();
  }
}

function factsOf({ fine }, file, kind, { bytes, name, mediaType }) {
  const format = file.format();
  if (kind === DAMAGED) fine({ error: damaged(format) });
  if (format === "web page") fine({ error: WEB_PAGE });
  if (kind === UNKNOWN || format === "PDF") fine({ error: NO_IMAGE });
  const facts = { format, bytes, name, mediaType };
  if (kind === IMAGE) {
    const [width, height, storedWidth, storedHeight, orientation, animated, alpha, cmyk, common, coding] = file.told();
    Object.assign(facts, { width, height, storedWidth, storedHeight, orientation });
    Object.assign(facts, { animated: animated === 1, cmyk: cmyk === 1, coding: CODINGS[coding], isCommon: common === 1 });
    if (alpha >= 0) facts.hasAlpha = alpha === 1;
    if (alpha === 0) facts.alpha = "opaque";
  }
  // What is not known is left out.
  return JSON.parse(JSON.stringify(facts));
}

/** What a file is, in the numbers of src/image.rs. */
const [IMAGE, DAMAGED, UNKNOWN] = [1, 3, 4];
const CODINGS = [undefined, "progressive", "arithmetic", "rare"];
const ABORTED = {
  code: "aborted",
  message: "The look at the image was aborted.",
  nextStep: "Call again when it is wanted.",
};
const NO_IMAGE = {
  code: "not_an_image",
  message: "What is there is no image that is known.",
  nextStep: "Take a JPEG or PNG file.",
};
const WEB_PAGE = {
  code: "not_an_image",
  message: "There is a web page instead of an image, as where one has to log in.",
  nextStep: "Copy the address of the image itself, and see that it is public.",
};
const damaged = (format) => ({
  code: "image_damaged",
  message: `The ${format} file is cut short or damaged.`,
  nextStep: "Download or export it again, then take the new copy.",
});
const BROKEN_OFF = {
  code: "image_unreachable",
  message: "The image stopped coming.",
  nextStep: "Try again, or check its host.",
  retryable: true,
};
