/** Large photographs, as heavy as noise makes them; the same bytes every time. */

import { deflateSync } from 'node:zlib';

import { type Page, expect } from '@playwright/test';

import { chunk } from '../../harness/picture.ts';

/** A JPEG, a PNG and a WebP by their names, encoded in the page where that takes an encoder. */
export async function photographs(page: Page): Promise<Map<string, Buffer>> {
  const jpeg = withExif(await encoded(page, 'image/jpeg'));
  const webp = await encoded(page, 'image/webp');
  const files = new Map([['photo.jpg', jpeg], ['photo.png', png(2_000, 1_500)], ['photo.webp', webp]]);
  for (const [name, least] of [['photo.jpg', 4e6], ['photo.png', 9e6], ['photo.webp', 3e6]] as const) {
    expect(files.get(name)?.length, `bytes of ${name}`).toBeGreaterThanOrEqual(least);
  }
  return files;
}

async function encoded(page: Page, type: string): Promise<Buffer> {
  const base64 = await page.evaluate(async (type) => {
    const [width, height] = [2_800, 2_100];
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d', { alpha: false });
    if (!context) throw new Error('this browser has no canvas');
    const image = context.createImageData(width, height);
    const words = new Uint32Array(image.data.buffer);
    let state = 1;
    for (let at = 0; at < words.length; at += 1) {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      words[at] = state | 0xff000000;
    }
    context.putImageData(image, 0, 0);
    const blob = await canvas.convertToBlob({ type, quality: 0.9 });
    const reader = new FileReader();
    reader.readAsDataURL(blob);
    await new Promise((resolve) => (reader.onload = resolve));
    return String(reader.result).split(',')[1] ?? '';
  }, type);
  return Buffer.from(base64, 'base64');
}

/** Puts the largest Exif that fits into a segment behind the JFIF header: a thumbnail, say. */
function withExif(jpeg: Buffer): Buffer {
  const behind = 4 + jpeg.readUInt16BE(4);
  const exif = noise(0xffff - 2);
  // An empty directory: CIPA DC-008-2023, section 4.5.
  Buffer.from('Exif\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0', 'latin1').copy(exif);
  const marker = Buffer.from([0xff, 0xe1, 0xff, 0xff]);
  return Buffer.concat([jpeg.subarray(0, behind), marker, exif, jpeg.subarray(behind)]);
}

function png(width: number, height: number): Buffer {
  const rows = noise((width * 3 + 1) * height);
  for (let y = 0; y < height; y += 1) rows[y * (width * 3 + 1)] = 0;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 1 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function noise(bytes: number): Buffer {
  const file = Buffer.alloc(bytes);
  let state = 1;
  for (let at = 0; at < bytes; at += 1) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    file[at] = state;
  }
  return file;
}
