/** The test of this folder: a page that is guarded, and servers that are there when asked for. */

import { test as base, expect } from '@playwright/test';

import { App } from './app.ts';
import { type Emulator, emulate } from './emulator.ts';
import { type Gallery, openGallery } from './gallery.ts';
import { Guard } from './guard.ts';
import { type Line, layLine } from './line.ts';
import { DIST, serve } from './program.ts';

interface Fixtures {
  /** Fails the test on whatever no page may do. */
  guard: Guard;
  /** The app, not opened yet. */
  app: App;
  /** Starts an emulator that ends with the test. */
  emulator: (...options: string[]) => Promise<Emulator>;
  /** Lays a line to a server that ends with the test. */
  line: (origin: string) => Promise<Line>;
  /** Another tab of the same browser. */
  tab: () => Promise<App>;
}

interface Shared {
  /** The address of the built app, on a plain static host. */
  site: string;
  /** A host of images. */
  gallery: Gallery;
}

export const test = base.extend<Fixtures, Shared>({
  site: [
    async ({}, use) => {
      const served = await serve(['site', '--dir', DIST, '--port', '0']);
      await use(`${served.origin}/`);
      await served.stop();
    },
    { scope: 'worker' },
  ],
  gallery: [
    async ({}, use) => {
      const gallery = await openGallery();
      await use(gallery);
      await gallery.stop();
    },
    { scope: 'worker' },
  ],
  guard: [
    async ({ context }, use) => {
      const guard = await Guard.over(context);
      await use(guard);
      expect(guard.unannounced(), 'nothing unannounced happens in the page').toEqual([]);
    },
    { auto: true },
  ],
  app: async ({ page }, use) => {
    await use(new App(page));
  },
  emulator: async ({}, use) => {
    const started: Emulator[] = [];
    await use(async (...options) => {
      const emulator = await emulate(...options);
      started.push(emulator);
      return emulator;
    });
    for (const emulator of started) await emulator.stop();
  },
  line: async ({}, use) => {
    const laid: Line[] = [];
    await use(async (origin) => {
      const line = await layLine(origin);
      laid.push(line);
      return line;
    });
    for (const line of laid) await line.stop();
  },
  tab: async ({ context }, use) => {
    await use(async () => new App(await context.newPage()));
  },
});

export { expect };
