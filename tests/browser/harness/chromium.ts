/** Which Chromium is started, and how. */

import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The browser: `KINORA_CHROMIUM`, else the first `chromium` on `PATH`. */
export function chromium(): string {
  const named = process.env['KINORA_CHROMIUM'];
  if (named) return named;
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const file = join(folder, 'chromium');
    if (isProgram(file)) return file;
  }
  throw new Error('There is no Chromium: set KINORA_CHROMIUM to its path.');
}

/**
 * A quiet browser that can reach this machine only: every other name has no address, so that what
 * wants to leave fails, besides being told by the guard.
 */
export const FLAGS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
];

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
