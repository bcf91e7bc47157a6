// Sends what the core asks for, and tells it what came of that.

import { words } from "./error.js";

/** `{ is: "response", … }` or `{ is: "failed", … }`; never throws. */
export async function send(request, { fetch, token, clock, fetchInit }, signal) {
  const controller = new AbortController();
  const gone = new Promise((_, reject) => (controller.signal.onabort = () => reject(new Error("aborted"))));
  const abort = () => controller.abort();
  signal.addEventListener("abort", abort);
  if (signal.aborted) abort();
  let late, isSent;
  const wake = clock.sleep(() => {
    late = `after ${request.ms / 1000} s`;
    abort();
  }, request.ms);
  const read = async () => {
    const headers = { ...request.headers };
    const secret = request.auth && token && checked(await token());
    if (secret) headers.authorization = "Bearer " + secret;
    // Whoever waited has been told that nothing was sent.
    if (controller.signal.aborted) return;
    isSent = true;
    return answered(fetch, clock, request, { headers, signal: controller.signal, ...fetchInit }, secret);
  };
  try {
    return await Promise.race([read(), gone]);
  } catch (cause) {
    const kind = late ? "timed_out" : NOT_SENT.test(cause?.cause?.code) ? "not_sent" : "no_answer";
    return { is: "failed", kind: isSent ? kind : "no_token", words: late ?? words(cause) };
  } finally {
    wake();
    signal.removeEventListener("abort", abort);
  }
}

async function answered(fetch, clock, { method, url, json }, init, secret) {
  const body = json === undefined ? {} : { body: JSON.stringify(json) };
  const response = await fetch(url, { method, ...init, ...body });
  const found = { is: "response", status: response.status, headers: {} };
  response.headers.forEach((value, name) => (found.headers[name.toLowerCase()] = value));
  inSeconds(found.headers, clock);
  const said = await response.text();
  // What a service says ends up in messages and logs, and some repeat what they were sent. A short word may be any.
  const text = secret?.length > 7 ? said.replaceAll(secret, "…") : said;
  try {
    found.json = JSON.parse(text);
  } catch {
    found.text = text.slice(0, 2048);
  }
  return found;
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
