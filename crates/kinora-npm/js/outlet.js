// A relay as a listener of Node's own HTTP server.

/** `(request, response) => …` for `http.createServer`, Express and the like. */
export function nodeHandler(relay) {
  return async (incoming, outgoing) => {
    const response = await relay.fetch(asRequest(incoming), { address: incoming.socket.remoteAddress });
    const headers = Object.fromEntries(response.headers);
    // Whoever was not heard out may still be talking.
    if (!incoming.complete) headers.connection = "close";
    outgoing.writeHead(response.status, headers);
    await pour(response.body, outgoing);
  };
}

/** As much of a `Request` as the relay looks at; the path stays as it was written. */
function asRequest(incoming) {
  const headers = [];
  for (let at = 0; at < incoming.rawHeaders.length; at += 2) {
    headers.push([incoming.rawHeaders[at].toLowerCase(), incoming.rawHeaders[at + 1]]);
  }
  headers.get = (name) => headers.find(([known]) => known === name)?.[1] ?? null;
  // Express takes the mount's path off `url`.
  const target = incoming.originalUrl ?? incoming.url;
  const hasBody = "content-length" in incoming.headers || "transfer-encoding" in incoming.headers;
  return { method: incoming.method, url: target, headers, body: hasBody ? incoming : null };
}

async function pour(body, outgoing) {
  if (!body) return void outgoing.end();
  const reader = body.getReader();
  outgoing.on("close", () => void reader.cancel().catch(() => {}));
  try {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      if (outgoing.write(piece.value)) continue;
      await new Promise((resolve) => outgoing.once("drain", resolve).once("close", resolve));
      if (outgoing.destroyed) return;
    }
    outgoing.end();
  } catch {
    // Half a file must not look whole.
    outgoing.destroy();
  }
}
