/** `kinora emulate`: the service, pretended over real HTTP. */

import { type Served, serve } from './program.ts';

/** A running emulator. */
export interface Emulator extends Served {
  log(): Promise<Log>;
}

/** What it was asked. */
export interface Log {
  readonly jobs_accepted: number;
  /** How often each method and path was asked. */
  readonly counts: Readonly<Record<string, number>>;
  readonly asked: readonly Asked[];
}

/** One request as it came over the wire; the text of a token is left out. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body_keys: readonly string[];
}

/** The path that jobs are submitted at. */
export const SUBMIT = '/v1/models/wan-ai/wan-2-2/image-to-video';

/** Starts an emulator; a short queue and a short run unless the options say otherwise. */
export async function emulate(...options: string[]): Promise<Emulator> {
  const served = await serve(['emulate', '--port', '0', ...withDefaults(options)]);
  const log = async () => (await (await fetch(`${served.origin}/emulator/log`)).json()) as Log;
  return { ...served, log };
}

function withDefaults(options: readonly string[]): string[] {
  const defaults = ['--queue', '0.6', '--ahead', '2', '--run', '0.6'];
  const missing: string[] = [];
  for (let at = 0; at < defaults.length; at += 2) {
    const [name, value] = defaults.slice(at, at + 2);
    if (name && value && !options.includes(name)) missing.push(name, value);
  }
  return [...missing, ...options];
}
