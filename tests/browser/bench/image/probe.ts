/** What others do in Node to learn the size of an image at an address. */

import { imageSize } from 'image-size';
import probe from 'probe-image-size';

/** What a way has told, and how long it took in milliseconds. */
export interface Told {
  readonly width: number;
  readonly height: number;
  /** Bytes of the file, and 0 where it has no alpha channel, of ways that tell them. */
  readonly bytes?: number;
  readonly alpha?: number;
  readonly milliseconds: number;
}

/** image-size, which reads bytes: asked again with every chunk, until it answers. */
export async function byImageSize(url: string): Promise<Told> {
  const [start, abort] = [performance.now(), new AbortController()];
  const response = await fetch(url, { signal: abort.signal });
  const reader = response.body?.getReader();
  let bytes = Buffer.alloc(0);
  for (let step = await reader?.read(); step?.value; step = await reader?.read()) {
    bytes = Buffer.concat([bytes, step.value]);
    const size = sizeOf(bytes);
    if (!size) continue;
    const milliseconds = performance.now() - start;
    abort.abort();
    return { ...size, milliseconds };
  }
  throw new Error(`image-size does not read ${url}`);
}

/** probe-image-size, which asks by itself. */
export async function byProbe(url: string): Promise<Told> {
  const start = performance.now();
  const { width, height } = await probe(url);
  return { width, height, milliseconds: performance.now() - start };
}

function sizeOf(bytes: Buffer): { width: number; height: number } | null {
  try {
    const { width, height } = imageSize(bytes);
    return { width, height };
  } catch {
    // It has not seen enough.
    return null;
  }
}
