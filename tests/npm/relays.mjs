// Hosts of the relay, and the cases that all of them answer alike.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createServer, request as ask } from "node:http";

import { MODEL, consumer, emulator, moduleOf, named } from "./harness.mjs";

export const TOKEN = "canary-token-4f1b9d2e7a";
export const PAGE = "https://app.example.com";
export const SUBMIT = `/v1/models/${MODEL}`;

/** What lets everything sensible pass. */
export const open = (service) => ({
  token: TOKEN,
  public: "https://relay.example.com",
  service,
  origins: [PAGE],
  models: ["wan-ai/**"],
  callers: "anybody",
  outputs: true,
  budgets: { requestsPerMinute: 100_000, submitsPerHour: 1000, jobsAtOnce: 1000 },
});

export const relayOf = (place) => moduleOf(place, "relay");

/** A server of this machine on a port of the system's choice. */
export async function listening(listener) {
  const server = createServer(listener);
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const base = `http://127.0.0.1:${server.address().port}`;
  return { base, server, stop: () => (server.closeAllConnections(), server.close()) };
}

/** kinora/relay in Node's own server. */
export async function served({ createRelay, nodeHandler }, options) {
  return listening(nodeHandler(createRelay(options)));
}

/** `kinora serve` with these flags. */
export async function native(...flags) {
  const program = spawn(named("KINORA_BIN"), ["serve", "--listen", "127.0.0.1:0", "--no-app", ...flags], {
    stdio: ["ignore", "pipe", "ignore"],
    env: { ...process.env, RUNCOMFY_TOKEN: TOKEN },
  });
  const base = await new Promise((resolve, reject) => {
    program.once("exit", (code) => reject(new Error(`the relay ended with ${code}`)));
    program.stdout.on("data", (data) => {
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(data);
      if (found) resolve(found[0]);
    });
  });
  return { base, stop: () => program.kill() };
}

/** What a file of tests stands on: the installed package, a service, and relays that end with their test. */
export async function stand() {
  const [place, service] = await Promise.all([consumer(), emulator("--token", TOKEN, "--queue", "0", "--run", "0")]);
  const kit = await relayOf(place);
  const relay = async (context, options = {}) => {
    const host = await served(kit, { ...open(service.base), ...options });
    context.after(() => host.stop());
    return host.base;
  };
  return { kit, place, service, relay, stop: () => (service.stop(), place.remove()) };
}

/** A service that does this with every request, and what it heard. */
export async function scripted(context, act) {
  const heard = [];
  const host = await listening(async (request, response) => {
    const pieces = [];
    for await (const piece of request) pieces.push(piece);
    heard.push({ method: request.method, url: request.url, headers: request.headers, body: Buffer.concat(pieces).toString() });
    act(response, request);
  });
  context.after(() => host.stop());
  return { ...host, heard };
}

/** What a service says that takes a job. */
export const accept = (response) => {
  response.writeHead(200, { "content-type": "application/json", "set-cookie": "a=b" });
  response.end(`{"request_id":"r1","status_url":"https://x/","echo":9007199254740993.0}`);
};

export const reason = ({ text }) => JSON.parse(text).reason;

/** One request, as it is written. */
export function send(base, { method = "GET", target, headers = {}, body }) {
  const { hostname, port } = new URL(base);
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { "content-length": Buffer.byteLength(body) };
    const request = ask({ hostname, port, method, path: target, headers: { ...headers, ...length }, agent: false });
    request.on("error", reject);
    request.on("response", (response) => {
      const pieces = [];
      response.on("data", (piece) => pieces.push(piece)).on("error", reject);
      response.on("end", () => {
        const text = Buffer.concat(pieces).toString();
        resolve({ status: response.statusCode, headers: response.headers, text });
      });
    });
    request.end(body);
  });
}

export const submit = (base, headers = {}) =>
  send(base, {
    method: "POST",
    target: SUBMIT,
    headers: { "content-type": "application/json", ...headers },
    body: '{"prompt":"the secret garden","img_url":"https://example.com/private.jpg"}',
  });

/** All cases, with their marks filled in. */
export async function cases() {
  const { cases } = JSON.parse(await readFile(new URL("./relay-cases.json", import.meta.url), "utf8"));
  const filled = (text) =>
    text
      ?.replace("$SUBMIT", SUBMIT)
      .replace("$LONG", "a".repeat(3000))
      .replace("$DEEP", `{"a":${"[".repeat(500)}${"]".repeat(500)}}`);
  return cases.map(({ target, body, bytes, size, json, headers, ...rest }) => ({
    ...rest,
    target: filled(target),
    headers: { ...(json && { "content-type": "application/json" }), ...headers },
    body: bytes ? Buffer.from(bytes) : size ? " ".repeat(size) : filled(body),
  }));
}

/** Holds an answer against what its case wants. */
export function fits({ name, status, reason, has = {} }, answer) {
  const told = `${name}: ${answer.status} ${answer.text}`;
  assert.ok([status].flat().includes(answer.status), told);
  if (reason) assert.equal(JSON.parse(answer.text).reason, reason, told);
  for (const [header, value] of Object.entries(has)) {
    // Frameworks add to `vary`.
    const given = header === "vary" ? answer.headers.vary?.match(/\bOrigin\b/)?.[0] : answer.headers[header];
    assert.equal(given, value, `${told} ${header}`);
  }
  assert.ok(!JSON.stringify(answer).includes(TOKEN), `${name}: the token is in the answer`);
}
