// Ways to learn format, size, byte size and alpha channel of an image at an address, for pages and
// for Node alike, with the reader of image headers as a module. Each tells the milliseconds it took.

const ROOM = 1 << 18;
const RANGE = 1 << 16;
const [KNOWN, NEEDS_MORE] = [0, 2];

/** Ways that ask the module, whose `memory` the bytes are put into. */
export function ways(header, memory) {
  /** By one GET, which is given up as soon as all is known. */
  async function stream(url) {
    const [start, abort] = [performance.now(), new AbortController()];
    const response = await fetch(url, { ...PLAIN, signal: abort.signal });
    const total = Number(response.headers.get('content-length'));
    const prefix = beginning(total);
    for (const reader = response.body.getReader(); ; ) {
      const { value, done } = await reader.read();
      if (done) throw new Error(`${url} ended before its header was known`);
      const facts = prefix(value);
      if (!facts) continue;
      const milliseconds = performance.now() - start;
      abort.abort();
      return { ...facts, milliseconds };
    }
  }

  /** By GETs of 64 KiB each, as many as it takes; the host has to expose `Content-Range`. */
  async function ranged(url) {
    const start = performance.now();
    let prefix;
    for (let place = 0; ; place += RANGE) {
      const range = `bytes=${place}-${place + RANGE - 1}`;
      const response = await fetch(url, { ...PLAIN, headers: { range } });
      const total = Number(response.headers.get('content-range')?.split('/')[1]);
      if (response.status !== 206 || !total) throw new Error(`${url} gave no part of itself`);
      prefix ??= beginning(total);
      const facts = prefix(new Uint8Array(await response.arrayBuffer()));
      if (facts) return { ...facts, milliseconds: performance.now() - start };
    }
  }

  /** Takes the beginning of a file chunk by chunk, until it gives the facts. */
  function beginning(total) {
    let count = 0;
    header.start();
    return (chunk) => {
      const part = chunk.subarray(0, ROOM - count);
      new Uint8Array(memory.buffer, header.shelf() + count, part.length).set(part);
      count += part.length;
      const answer = header.read(0, count, total);
      if (answer === NEEDS_MORE && count < ROOM) return null;
      if (answer !== KNOWN) throw new Error(`the module answered ${answer} after ${count} bytes`);
      return { width: header.fact(0), height: header.fact(1), bytes: total, alpha: header.fact(3) };
    };
  }

  return { stream, ranged };
}

/** By decoding all of it. */
export async function decoded(url) {
  const start = performance.now();
  const blob = await (await fetch(url, PLAIN)).blob();
  const bitmap = await createImageBitmap(blob);
  const { width, height } = bitmap;
  return { width, height, bytes: blob.size, milliseconds: performance.now() - start };
}

const PLAIN = { cache: 'no-store', credentials: 'omit' };
