/** Picture files, written byte by byte so that each is exactly what a rule speaks of. */

import { crc32, deflateSync } from 'node:zlib';

/** A PNG with soft colours. With `alpha`, a transparent corner. */
export function png(width: number, height: number, alpha = false): Buffer {
  const channels = alpha ? 4 : 3;
  const rows = Buffer.alloc((width * channels + 1) * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = y * (width * channels + 1) + 1 + x * channels;
      const transparent = x < width / 4 && y < height / 4;
      rows.set(colour(x / width, y / height), at);
      if (alpha) rows[at + 3] = transparent ? 0 : 255;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, alpha ? 6 : 2], 8);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 1 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** The same PNG, padded to `bytes` with an ancillary chunk that every reader skips. */
export function paddedPng(width: number, height: number, bytes: number): Buffer {
  const plain = png(width, height);
  const end = plain.length - CHUNK_FRAME;
  const padding = Buffer.alloc(bytes - plain.length - CHUNK_FRAME);
  return Buffer.concat([plain.subarray(0, end), chunk('paDd', padding), plain.subarray(end)]);
}

/** An uncompressed 24-bit BMP. */
export function bmp(width: number, height: number): Buffer {
  const stride = Math.ceil((width * 3) / 4) * 4;
  const file = Buffer.alloc(54 + stride * height);
  file.write('BM', 'latin1');
  file.writeUInt32LE(file.length, 2);
  file.writeUInt32LE(54, 10);
  file.writeUInt32LE(40, 14);
  file.writeInt32LE(width, 18);
  file.writeInt32LE(height, 22);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(24, 28);
  file.writeUInt32LE(stride * height, 34);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [red, green, blue] = colour(x / width, 1 - y / height);
      file.set([blue, green, red], 54 + y * stride + x * 3);
    }
  }
  return file;
}

/** A GIF of one dark pixel, whatever size its screen claims. */
export function gif(width: number, height: number): Buffer {
  const screen = Buffer.alloc(4);
  screen.writeUInt16LE(width, 0);
  screen.writeUInt16LE(height, 2);
  const table = 'f00000000000ffffff';
  const image = '2c00000000010001000002024401003b';
  return Buffer.concat([Buffer.from('GIF89a'), screen, Buffer.from(table + image, 'hex')]);
}

/** An SVG drawing. */
export function svg(width: number, height: number): Buffer {
  const size = `width="${width}" height="${height}"`;
  return Buffer.from(
    `<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" ${size}><circle r="99"/></svg>\n`,
  );
}

/** The beginning of an ISO media file of this brand: `avif`, or `heic`. */
export function isoHead(brand: 'avif' | 'heic'): Buffer {
  const fileType = Buffer.concat([Buffer.from(`ftyp${brand}\0\0\0\0mif1${brand}`)]);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(fileType.length + 4);
  return Buffer.concat([size, fileType, Buffer.alloc(64)]);
}

function colour(x: number, y: number): [number, number, number] {
  const wave = Math.sin(x * 9) * Math.cos(y * 7);
  return [byte(0.5 + 0.4 * wave), byte(0.2 + 0.6 * y), byte(0.8 - 0.5 * x)];
}

function byte(share: number): number {
  return Math.max(0, Math.min(255, Math.round(share * 255)));
}

/** A chunk of a PNG. */
export function chunk(name: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const file = Buffer.alloc(data.length + CHUNK_FRAME);
  file.writeUInt32BE(data.length, 0);
  file.set(named, 4);
  file.writeUInt32BE(crc32(named), file.length - 4);
  return file;
}

/** Length, name and checksum of a PNG chunk, in bytes. */
const CHUNK_FRAME = 12;
