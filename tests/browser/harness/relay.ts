/** `kinora serve`: the page and its relay, over real HTTP. */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type Served, serve } from './program.ts';

/** The token that a relay keeps; no page may ever see it. */
export const KEPT = 'kept-4f1b9d2e7a-token';

/** Starts a relay on a port of its own, or on this one. */
export async function relay(options: readonly string[], address = '127.0.0.1:0'): Promise<Served> {
  const folder = await mkdtemp(join(tmpdir(), 'kinora-'));
  const token = join(folder, 'token');
  await writeFile(token, KEPT);
  const own = options.includes('--emulate') ? [] : ['--token-file', token];
  const open = ['--callers', 'anybody', '--model', '**'];
  const served = await serve(['serve', '--listen', address, ...own, ...open, ...options]);
  const stop = async () => {
    await served.stop();
    await rm(folder, { recursive: true });
  };
  return { origin: served.origin, stop };
}
