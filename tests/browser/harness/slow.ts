/** A host of images at the end of a slow line, which counts what it writes. */

import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

import { listen } from './listener.ts';
import type { Served } from './program.ts';

/** A running host. */
export interface SlowHost extends Served {
  /** Bytes of bodies written since the last `reset`. */
  written: number;
  /** Methods of the requests since then. */
  readonly methods: string[];
  reset(): void;
}

/** Serves files by name, all together at so many bytes a second, to every origin. */
export async function slowly(files: ReadonlyMap<string, Buffer>, rate: number): Promise<SlowHost> {
  const bucket = new Bucket(rate);
  const served = await listen((request, response) => {
    const file = files.get(decodeURIComponent((request.url ?? '').slice(1)));
    host.methods.push(request.method ?? '');
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('access-control-expose-headers', 'content-range');
    if (!file) return void response.writeHead(404).end();
    const part = head(file, request.headers.range, response);
    void pour(part, response).catch(() => response.destroy());
  });
  const host: SlowHost = {
    ...served,
    written: 0,
    methods: [],
    reset: () => {
      host.written = 0;
      host.methods.length = 0;
    },
  };
  return host;

  async function pour(bytes: Buffer, response: ServerResponse) {
    for (let at = 0; at < bytes.length && !response.destroyed; at += PIECE) {
      const piece = bytes.subarray(at, at + PIECE);
      await bucket.take(piece.length);
      if (response.destroyed) return;
      host.written += piece.length;
      await new Promise((resolve) => response.write(piece, resolve));
    }
    response.end();
  }
}

/** Writes the head of an answer, and gives the part of the file that follows it. */
function head(file: Buffer, range: string | undefined, response: ServerResponse): Buffer {
  const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(range ?? '') ?? [];
  const start = Number(from ?? 0);
  const end = Math.min(Number(to ?? file.length - 1), file.length - 1);
  response.setHeader('content-length', end - start + 1);
  if (from !== undefined) response.setHeader('content-range', `bytes ${start}-${end}/${file.length}`);
  response.writeHead(from === undefined ? 200 : 206);
  return file.subarray(start, end + 1);
}

/** A token bucket. */
class Bucket {
  /** When the last byte that was let through will have passed, in milliseconds. */
  private passed = 0;

  constructor(private readonly rate: number) {}

  /** Waits until so many bytes have had the time to pass. */
  async take(bytes: number): Promise<void> {
    const now = performance.now();
    this.passed = Math.max(this.passed, now - BURST) + (bytes / this.rate) * 1_000;
    if (this.passed > now) await sleep(this.passed - now);
  }
}

/** How much of idle time counts, in milliseconds: what makes up for timers that are late. */
const BURST = 10;

/** Bytes that are written at once: a packet's, 1.2 ms at 10 Mbit/s. */
const PIECE = 1_460;
