/** A host of images, good and bad, with CORS or without. */

import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';

import { listen } from './listener.ts';
import * as picture from './picture.ts';
import { DIST, type Served } from './program.ts';

/** A running host. */
export interface Gallery extends Served {
  /** The address of a file that pages may read. */
  open(name: Name): string;
  /** The address of a file that pages may show, but not read. */
  closed(name: Name): string;
}

/** A file of the gallery. */
export type Name = keyof typeof FILES;

/** The bytes of a file, for dropping and pasting it. */
export function bytesOf(name: Name): Buffer {
  const made = CACHE.get(name) ?? FILES[name][1]();
  CACHE.set(name, made);
  return made;
}

/** The media type of a file. */
export function typeOf(name: Name): string {
  return FILES[name][0];
}

/** A file as it is chosen, picked or dropped. */
export interface Given {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** A file of the gallery, to be chosen. */
export function fileOf(name: Name): Given {
  return { name, mimeType: typeOf(name), buffer: bytesOf(name) };
}

/** Opens the gallery. */
export async function openGallery(): Promise<Gallery> {
  const served = await listen((request, response) => {
    const [, access, name] = (request.url ?? '').split('/');
    if (access === 'open') response.setHeader('access-control-allow-origin', '*');
    answer(name ?? '', response);
  });
  const at = (access: string) => (name: Name) => `${served.origin}/${access}/${name}`;
  return { ...served, open: at('open'), closed: at('closed') };
}

function answer(name: string, response: ServerResponse) {
  if (!(name in FILES)) {
    response.writeHead(404, { 'content-type': 'text/plain' }).end('There is no such picture.');
    return;
  }
  const known = name as Name;
  const status = known === 'missing.png' ? 404 : 200;
  response.writeHead(status, { 'content-type': typeOf(known) }).end(bytesOf(known));
}

function jpeg(): Buffer {
  return readFileSync(join(DIST, 'stills', 'lake.jpg'));
}

/** A lossless WebP of 512 × 512 pixels in one colour, by the bit: RFC 9649, section 3. */
function webp(): Buffer {
  return Buffer.from(WEBP, 'base64');
}

const CACHE = new Map<Name, Buffer>();
const PAGE = '<!doctype html><title>Log in</title><form><input name="user"></form>';
const WEBP = 'UklGRh4AAABXRUJQVlA4TBEAAAAv/8F/AAfQ//73v/+BiOh/AAA=';
const FILES = {
  'good.png': ['image/png', () => picture.png(640, 480)],
  'good.bmp': ['image/bmp', () => picture.bmp(640, 480)],
  'good.jpg': ['image/jpeg', jpeg],
  'good.webp': ['image/webp', webp],
  'width-359.png': ['image/png', () => picture.png(359, 640)],
  'width-360.png': ['image/png', () => picture.png(360, 640)],
  'height-2000.png': ['image/png', () => picture.png(640, 2000)],
  'height-2001.png': ['image/png', () => picture.png(640, 2001)],
  'size-10.2.png': ['image/png', () => picture.paddedPng(640, 480, 10_200_000)],
  'size-10.5.png': ['image/png', () => picture.paddedPng(640, 480, 10_500_000)],
  'size-5.png': ['image/png', () => picture.paddedPng(640, 480, 5_000_000)],
  'size-7.png': ['image/png', () => picture.paddedPng(640, 480, 7_000_000)],
  'named.png': ['image/jpeg', jpeg],
  'declared.jpg': ['image/png', jpeg],
  'transparent.png': ['image/png', () => picture.png(640, 480, true)],
  'cut.png': ['image/png', () => picture.png(640, 480).subarray(0, 9_000)],
  'cut.jpg': ['image/jpeg', () => jpeg().subarray(0, 30_000)],
  'cut.bmp': ['image/bmp', () => picture.bmp(640, 480).subarray(0, 2_000)],
  'cut.webp': ['image/webp', () => webp().subarray(0, 30)],
  'empty.png': ['image/png', () => Buffer.alloc(0)],
  'motion.gif': ['image/gif', () => picture.gif(640, 480)],
  'drawing.svg': ['image/svg+xml', () => picture.svg(640, 480)],
  'photo.avif': ['image/avif', () => picture.isoHead('avif')],
  'photo.heic': ['image/heic', () => picture.isoHead('heic')],
  'login.html': ['text/html', () => Buffer.from(PAGE)],
  'words.txt': ['text/plain', () => Buffer.from('Nothing to see here.')],
  'missing.png': ['text/plain', () => Buffer.from('gone')],
} satisfies Record<string, readonly [string, () => Buffer]>;
