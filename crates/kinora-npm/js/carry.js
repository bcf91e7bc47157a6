// The way to the service and to its files. Here, and nowhere else, the token is added.

import { checked } from "./send.js";
import { LATE, within } from "./within.js";

/** Sends a request to the service; what became of it. Never throws. */
export async function carry(send, token, service, fetch, fetchInit) {
  const { method, url, body, ms, answerBytes } = send;
  // The token goes to the service and in one place only.
  if (!url.startsWith(service + "/") || (token && url.includes(token))) return { is: "not_sent" };
  const headers = new Headers([...send.headers, ["user-agent", AGENT]]);
  try {
    headers.set("authorization", "Bearer " + checked(token));
  } catch {
    return { is: "not_sent" };
  }
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(LATE), ms);
  try {
    const init = { method, headers, body, signal: controller.signal, ...fetchInit };
    // A connection that was kept may be dead, and some runtimes then send a submit again.
    if (body !== undefined) init.keepalive = false;
    const response = await fetch(url, init);
    const { status, headers: told } = startOf(response);
    const read = await bytesWithin(response.body, answerBytes, ms);
    if (read.is === "too_large") return { is: "too_large" };
    if (read.is && read.is !== "binary") return { is: read.is === "too_slow" ? "timed_out" : "no_answer" };
    return { status, headers: told, body: read.body };
  } catch (error) {
    if (controller.signal.aborted) return { is: "timed_out" };
    return { is: isNotSent(error) ? "not_sent" : "no_answer" };
  } finally {
    clearTimeout(timer);
    controller.abort();
  }
}

/** Asks for a result file, without any token: its start, and its bytes as they come. */
export async function fetchFile({ url, headers, mostBytes }, seconds, fetch, fetchInit) {
  const controller = new AbortController();
  // A file that is not passed on must not keep its host awake until it would have been too late.
  const stop = () => (clearTimeout(timer), controller.abort());
  const timer = setTimeout(stop, Math.min(seconds * 1000, LONGEST_TIMER));
  // Bytes that were packed on the way would not be those that a range asks for.
  const asked = new Headers([...headers, ["user-agent", AGENT], ["accept-encoding", "identity"]]);
  try {
    const response = await within(fetch(url, { headers: asked, signal: controller.signal, ...fetchInit }), PIECE_MS);
    return { ...startOf(response), body: counted(response.body, mostBytes, timer, stop), stop };
  } catch {
    stop();
    return {};
  }
}

/** The text of a body, `{ body }`, or why there is none, `{ is }`. */
export async function bytesWithin(stream, most, ms) {
  if (!stream) return { body: "" };
  const reader = readerOf(stream);
  const until = Date.now() + ms;
  const pieces = [];
  let length = 0;
  const ends = (is) => {
    reader.cancel().catch(() => {});
    return { is };
  };
  for (;;) {
    let piece;
    try {
      piece = await within(reader.read(), until - Date.now());
    } catch (error) {
      return ends(error === LATE ? "too_slow" : "cut");
    }
    if (piece.done) return textOf(pieces, length);
    length += piece.value.length;
    if (length > most) return ends("too_large");
    pieces.push(piece.value);
  }
}

function textOf(pieces, length) {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  try {
    return { body: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { is: "binary" };
  }
}

/** Node's own requests are no web streams, and must not be destroyed before they are answered. */
function readerOf(stream) {
  if (stream.getReader) return stream.getReader();
  const pieces = stream.iterator({ destroyOnReturn: false });
  return { read: () => pieces.next(), cancel: () => pieces.return() };
}

/** The same stream, cut off where it is too long or too slow. */
function counted(stream, most, timer, stop) {
  if (!stream) {
    clearTimeout(timer);
    return null;
  }
  const reader = stream.getReader();
  let length = 0;
  return new ReadableStream({
    async pull(to) {
      try {
        const { done, value } = await within(reader.read(), PIECE_MS);
        length += value?.length ?? 0;
        if (length > most) throw new Error("the file is larger than it may be");
        if (!done) return to.enqueue(value);
        clearTimeout(timer);
        to.close();
      } catch (error) {
        stop();
        to.error(error);
      }
    },
    cancel: stop,
  });
}

function startOf(response) {
  // A redirect that the runtime hides is one all the same.
  const status = response.type === "opaqueredirect" || !response.status ? 302 : response.status;
  const headers = [...response.headers];
  const packed = response.headers.has("content-encoding");
  return { status, headers: packed ? headers.filter(([name]) => name !== "content-length") : headers };
}

/** Only a connection that never stood proves that nothing was sent. */
function isNotSent(error) {
  return NOT_SENT.test(error?.cause?.code ?? error?.code) || NOT_CONNECTED.test(error?.cause?.message);
}

const AGENT = "kinora";
const NOT_SENT = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT|ConnectionRefused)$/;
/** Deno's words. */
const NOT_CONNECTED = /client error \(Connect\)/;
/** How long between two pieces of a file. */
const PIECE_MS = 60_000;
/** Runtimes take a longer timer for none. */
const LONGEST_TIMER = 2 ** 31 - 1;
