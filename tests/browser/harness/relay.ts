/** `kinora serve`: the page and its relay, over real HTTP. */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type Served, serve } from './program.ts';

/** The token that a relay keeps; no page may ever see it. */
export const KEPT = 'kept-4f1b9d2e7a-token';

/** Starts a relay on a port of its own, or on this one, for anybody, or for who has the secret. */
export async function relay(
  options: readonly string[], address = '127.0.0.1:0', secret?: string,
): Promise<Served> {
  const folder = await mkdtemp(join(tmpdir(), 'kinora-'));
  const [token, secrets] = [join(folder, 'token'), join(folder, 'secrets')];
  await writeFile(token, KEPT);
  await writeFile(secrets, `# one a line\n${secret}\n`);
  const own = options.includes('--emulate') ? [] : ['--token-file', token];
  const callers = secret === undefined ? ['--callers', 'anybody'] : ['--secrets-file', secrets];
  const open = [...callers, '--model', '**'];
  const served = await serve(['serve', '--listen', address, ...own, ...open, ...options]);
  const stop = async () => {
    await served.stop();
    await rm(folder, { recursive: true });
  };
  return { origin: served.origin, stop };
}
