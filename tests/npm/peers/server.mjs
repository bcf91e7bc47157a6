// One service that speaks to five SDKs, and fails as it is told to.
//
// A path begins with the SDK's name and a job's: `/fal/lost/…`. Each such pair is a service of its
// own, with one fault.

import { createServer } from "node:http";

/** What the server saw of one SDK under one fault. */
class Side {
  posts = 0;
  polls = 0;
  cancels = 0;
  jobs = 0;
  requests = 0;
  postTimes = [];
  /** When the latest submit came, and when it was to come, by the clock on the wall. */
  postedAt = undefined;
  wantedAt = undefined;
  begun = undefined;
}

/** Starts it; `faults[name]` is what happens to jobs of that name. */
export async function faulty(faults) {
  const sides = new Map();
  const server = createServer((request, response) => {
    const [, sdk, name, ...rest] = new URL(request.url, "http://host").pathname.split("/");
    const key = `${sdk}/${name}`;
    if (!sides.has(key)) sides.set(key, new Side());
    request.resume().on("end", () => answer(SDKS[sdk], sides.get(key), faults[name], request, response, rest.join("/")));
  });
  server.keepAliveTimeout = 60_000;
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    base: `http://127.0.0.1:${server.address().port}`,
    side: (sdk, name) => sides.get(`${sdk}/${name}`) ?? new Side(),
    stop: () => (server.closeAllConnections(), server.close()),
  };
}

function answer(sdk, side, fault, request, response, path) {
  const send = (body, status = 200, headers = {}) => {
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
  };
  const now = performance.now();
  side.requests++;
  const what = sdk.what(request.method, path);
  if (what === "cancel") return side.cancels++, send(sdk.cancelled ?? sdk.state("done"), sdk.cancelStatus);
  if (what === "submit") {
    side.posts++;
    side.postTimes.push(now);
    side.postedAt = Date.now();
    const failing = side.posts <= (fault.submits ?? 0);
    if (failing && fault.untilDate) {
      // Seconds are all that a date has.
      side.wantedAt = Math.ceil(Date.now() / 1000) * 1000 + fault.untilDate;
      return send({ error: "busy" }, fault.status, { "retry-after": new Date(side.wantedAt).toUTCString() });
    }
    if (failing && fault.status) return send({ error: "busy" }, fault.status, fault.headers);
    side.jobs++;
    side.begun ??= now;
    return failing ? request.socket.destroy() : send(sdk.accepted, sdk.acceptedStatus);
  }
  side.polls++;
  if (side.polls === 1 && fault.poll === "reset") return request.socket.destroy();
  if (side.polls === 1 && fault.poll) return send({ error: "busy" }, fault.poll);
  if (what === "result") return send(sdk.result);
  const done = now - side.begun >= (fault.runs ?? 0);
  send(sdk.state(done ? (fault.word ? "odd" : "done") : "running"));
}

const VIDEO = "https://example.com/video.mp4";

/** How each SDK's service talks; `what` tells submit, poll, result and cancel apart. */
const SDKS = {
  kinora: {
    what: (method, path) =>
      path.endsWith("/cancel") ? "cancel" : method === "POST" ? "submit" : path.endsWith("/result") ? "result" : "poll",
    accepted: { request_id: "abc" },
    state: (state) => ({ request_id: "abc", status: { running: "in_progress", done: "completed", odd: "aborted" }[state] }),
    result: { request_id: "abc", status: "succeeded", output: { video: VIDEO } },
    cancelled: { request_id: "abc", status: "in_progress", outcome: "not_cancellable" },
    cancelStatus: 202,
  },
  fal: {
    what: (method, path) =>
      method === "PUT" ? "cancel" : method === "POST" ? "submit" : path.endsWith("/status") ? "poll" : "result",
    accepted: { status: "IN_QUEUE", request_id: "abc" },
    state: (state) => ({ request_id: "abc", status: { running: "IN_PROGRESS", done: "COMPLETED", odd: "ABORTED" }[state] }),
    result: { video: { url: VIDEO } },
  },
  replicate: {
    what: (method, path) => (path.endsWith("/cancel") ? "cancel" : method === "POST" ? "submit" : "poll"),
    accepted: { id: "abc", status: "starting" },
    acceptedStatus: 201,
    state: (state) => ({
      id: "abc",
      status: { running: "processing", done: "succeeded", odd: "aborted" }[state],
      output: state === "done" ? VIDEO : null,
    }),
  },
  runway: {
    what: (method) => (method === "DELETE" ? "cancel" : method === "POST" ? "submit" : "poll"),
    accepted: { id: "abc" },
    state: (state) => ({
      id: "abc",
      createdAt: "2026-01-01T00:00:00Z",
      status: { running: "RUNNING", done: "SUCCEEDED", odd: "ABORTED" }[state],
      output: [VIDEO],
    }),
  },
  lumaai: {
    what: (method) => (method === "DELETE" ? "cancel" : method === "POST" ? "submit" : "poll"),
    accepted: { id: "abc", state: "queued" },
    state: (state) => ({
      id: "abc",
      state: { running: "dreaming", done: "completed", odd: "aborted" }[state],
      assets: { video: VIDEO },
    }),
  },
};
