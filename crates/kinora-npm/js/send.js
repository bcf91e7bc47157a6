// Sends what the core asks for, and tells it what came of that.

import { words } from "./error.js";

/** `{ is: "response", … }` or `{ is: "failed", … }`; never throws. */
export async function send(request, { fetch, token, clock, fetchInit }, signal) {
  const headers = { ...request.headers };
  try {
    const value = request.auth && (await token());
    if (value) headers.authorization = "Bearer " + checked(value);
  } catch (cause) {
    return failed("not_sent", `no token: ${words(cause)}`);
  }
  const controller = new AbortController();
  const abort = () => controller.abort();
  if (signal.aborted) abort();
  signal.addEventListener("abort", abort);
  let late = false;
  const wake = clock.sleep(() => {
    late = true;
    abort();
  }, request.ms);
  try {
    return await answered(fetch, request, headers, controller.signal, fetchInit, clock);
  } catch (cause) {
    if (late) return failed("timed_out", `after ${request.ms / 1000} s`);
    return failed(NOT_SENT.test(cause?.cause?.code) ? "not_sent" : "no_answer", words(cause));
  } finally {
    wake();
    signal.removeEventListener("abort", abort);
  }
}

async function answered(fetch, { method, url, json }, headers, signal, fetchInit, clock) {
  const init = { method, headers, signal, ...fetchInit };
  if (json !== undefined) init.body = JSON.stringify(json);
  const gone = new Promise((_, reject) =>
    signal.addEventListener("abort", () => reject(new Error("aborted"))),
  );
  const read = async () => {
    const response = await fetch(url, init);
    const found = { is: "response", status: response.status, headers: {} };
    response.headers.forEach((value, name) => (found.headers[name.toLowerCase()] = value));
    inSeconds(found.headers, clock);
    const text = await response.text();
    try {
      found.json = JSON.parse(text);
    } catch {
      found.text = text.slice(0, 2048);
    }
    return found;
  };
  return Promise.race([read(), gone]);
}

/** A date to ask again at, as seconds from the service's own time: the module reads no dates. */
function inSeconds(headers, clock) {
  const seconds = (Date.parse(headers[AGAIN]) - (Date.parse(headers.date) || clock.wall())) / 1000;
  if (/[a-z]/i.test(headers[AGAIN]) && seconds > -Infinity) headers[AGAIN] = "" + Math.max(0, Math.ceil(seconds));
}

const AGAIN = "retry-after";

/** The token, unless it could not stand in a header. */
export function checked(token) {
  if (typeof token === "string" && /^[\x21-\x7e]+$/.test(token)) return token;
  throw new Error("it is empty, or has a sign that no token has");
}

/** Node's words for a request that never left. */
const NOT_SENT = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN)$/;

const failed = (kind, words) => ({ is: "failed", kind, words });
