/** A plain static host: files under a path of its own, and nothing that the app may rely on. */

import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';

import { listen } from './listener.ts';
import type { Served } from './program.ts';

/** Serves `folder` under `prefix`, which begins and ends with a slash; all else is not found. */
export function serveFolder(folder: string, prefix: string): Promise<Served> {
  return listen((request, response) => {
    void answer();

    async function answer() {
      const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
      try {
        if (!pathname.startsWith(prefix)) throw new Error('not below the prefix');
        const path = normalize(decodeURIComponent(pathname.slice(prefix.length))) || '.';
        const file = path === '.' ? 'index.html' : path;
        const bytes = await readFile(join(folder, file));
        response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? UNKNOWN }).end(bytes);
      } catch {
        response.writeHead(404, { 'content-type': 'text/plain' }).end('not found');
      }
    }
  });
}

const UNKNOWN = 'application/octet-stream';
const TYPES: Readonly<Record<string, string>> = {
  '.bmp': 'image/bmp',
  '.css': 'text/css',
  '.html': 'text/html',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.mjs': 'text/javascript',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.webp': 'image/webp',
};
