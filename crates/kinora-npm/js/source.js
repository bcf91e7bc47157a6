// The bytes of an image, wherever it is, piece by piece.

/**
 * `{ pieces, bytes?, name?, mediaType? }`, or `{ size }` of an image that a page may show and not read.
 * Throws where there is nothing.
 */
export async function opened(tools, source, { fetch = (url, init) => globalThis.fetch(url, init), signal }) {
  if (isBlob(source)) return { pieces: slices(source), bytes: source.size, name: source.name };
  const url = String(source);
  const watch = patience(signal);
  let response, stated, isPlain, mediaType;
  try {
    response = await watch.within(fetch(url, { signal: watch.signal, ...INIT }));
    stated = Number(response.headers.get("content-length") || NaN);
    // Of what was compressed for the way, the length says nothing.
    isPlain = !response.headers.get("content-encoding");
    mediaType = response.headers.get("content-type") ?? undefined;
  } catch (cause) {
    watch.stop();
    return globalThis.document && !signal?.aborted ? shown(tools, url, signal, cause) : away(tools, UNREACHABLE, cause);
  }
  const { ok, status } = response;
  if (!ok) {
    watch.stop();
    const message = `The host answered with HTTP ${status} instead of an image.`;
    tools.fine({ error: { ...REFUSED, message, status, retryable: status >= 500 || status === 429 } });
  }
  const bytes = stated >= 0 && isPlain ? stated : undefined;
  return { pieces: piecesOf(response, watch), bytes, name: nameIn(url), mediaType };
}

/** The last part of an address's path, without what may be secret. */
const nameIn = (url) => (/^(data|blob):/i.test(url) ? undefined : url.replace(/[?#].*/s, "").split("/").pop() || undefined);

/** A file that is here; nothing for an address. */
export function blobOf({ bad }, source) {
  if (isBlob(source)) return source;
  if (ArrayBuffer.isView(source) || Object.prototype.toString.call(source) === "[object ArrayBuffer]") {
    try {
      return new Blob([new Uint8Array(source.buffer ?? source, source.byteOffset, source.byteLength)]);
    } catch (cause) {
      throw bad("bad_input", "These bytes cannot be read: their buffer is detached, or shared.", cause);
    }
  }
  if (typeof source === "string" || source instanceof URL) return;
  throw bad("bad_input", "An image is an address, a Blob, an ArrayBuffer or a view of one.");
}

/** Of any realm. */
const isBlob = (source) => typeof source?.stream === "function" && typeof source.slice === "function";

/** All of a file; nothing where a page may not read it. */
export async function wholeOf(tools, source, options) {
  const { pieces } = await opened(tools, source, options);
  if (!pieces) return;
  const all = [];
  for await (const piece of pieces) all.push(piece);
  return new Blob(all);
}

async function* slices(blob) {
  for (let at = 0; at < blob.size; at += PIECE) {
    yield new Uint8Array(await blob.slice(at, at + PIECE).arrayBuffer());
  }
}

/** Leaving the loop ends the request. */
async function* piecesOf(response, watch) {
  try {
    const reader = response.body?.getReader();
    while (reader) {
      const { done, value } = await watch.within(reader.read());
      if (done) return;
      yield value;
    }
  } finally {
    watch.stop();
  }
}

/** Ends a request that the caller gives up, and one that is silent for too long. */
function patience(signal) {
  const controller = new AbortController();
  const stop = () => {
    signal?.removeEventListener("abort", stop);
    controller.abort();
  };
  signal?.addEventListener("abort", stop);
  const gone = new Promise((_, reject) => {
    controller.signal.addEventListener("abort", () => reject(new Error("the request was given up")));
  });
  gone.catch(() => {});
  const within = async (promise) => {
    const timer = setTimeout(stop, PATIENCE);
    try {
      return await Promise.race([promise, gone]);
    } finally {
      clearTimeout(timer);
    }
  };
  return { signal: controller.signal, within, stop };
}

/** Without CORS a page may show an image, and learns its size so. */
async function shown(tools, url, signal, cause) {
  const image = new Image();
  image.referrerPolicy = "no-referrer";
  image.src = url;
  const watch = patience(signal);
  try {
    await watch.within(image.decode());
    return { size: [image.naturalWidth, image.naturalHeight] };
  } catch {
    const answers = await watch.within(fetch(url, { mode: "no-cors", signal: watch.signal, ...INIT })).then(() => true, () => false);
    return away(tools, answers ? HIDDEN : UNREACHABLE, cause);
  } finally {
    watch.stop();
    image.src = "";
  }
}

const away = ({ fine }, why, cause) => {
  const isOffline = globalThis.navigator?.onLine === false;
  return fine({ error: { ...why, ...(isOffline && { message: "This device is offline." }), cause } });
};

const REFUSED = {
  code: "image_unreachable",
  nextStep: "Check the address, and that the file is public and its link has not expired.",
};
const UNREACHABLE = {
  code: "image_unreachable",
  message: "Nothing could be fetched from this address.",
  nextStep: "Check the address and the connection, and that the file is public.",
  retryable: true,
};
const HIDDEN = {
  code: "not_an_image",
  message: "Something answers there that is no image to show, and its host keeps it from pages.",
  nextStep: "Open the address in a tab of its own to look.",
};
/** As anyone could: the service that fetches it later has no cookies. Only browsers know the words. */
const INIT = globalThis.location ? { credentials: "omit", referrerPolicy: "no-referrer" } : {};
/** In bytes: more than most headers are long. */
const PIECE = 65_536;
/** How long a host may be silent, in milliseconds. */
const PATIENCE = 30_000;
