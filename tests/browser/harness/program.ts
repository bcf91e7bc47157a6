/** The native `kinora` binary, as a server that lives as long as a test needs it. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';

/** A server that runs. */
export interface Served {
  /** Scheme, host and port, without a slash at the end. */
  readonly origin: string;
  stop(): Promise<void>;
}

/** The folder of the built app. */
export const DIST = resolve(process.env['KINORA_DIST'] ?? '../../web/dist');

/** Starts `kinora` with these arguments, and waits until it tells its address. */
export async function serve(args: readonly string[]): Promise<Served> {
  // A token of whoever runs the tests is none of theirs.
  const env = { ...process.env, RUNCOMFY_TOKEN: undefined };
  const child = ofOurs(spawn(BINARY, args, { env, stdio: ['ignore', 'pipe', 'inherit'] }));
  return { origin: await addressOf(child), stop: () => stop(child) };
}

/** A program that ends with the tests at the latest, also when a test failed before it stopped it. */
export function ofOurs<T extends ChildProcess>(child: T): T {
  RUNNING.add(child);
  child.once('exit', () => RUNNING.delete(child));
  return child;
}

async function addressOf(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('the output of kinora is not piped');
  for await (const line of createInterface(child.stdout)) {
    const address = /http:\/\/127\.0\.0\.1:\d+/.exec(line);
    if (address) return address[0];
  }
  throw new Error(`${BINARY} ended before it told its address`);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

const RUNNING = new Set<ChildProcess>();
process.once('exit', () => RUNNING.forEach((child) => child.kill()));
const BINARY = resolve(process.env['KINORA_BIN'] ?? '../../target/debug/kinora');
