/** Jobs are asked for at the times that earlier ones taught. */

import type { Page } from '@playwright/test';

import { expect, test } from '../harness/test.ts';

test('how long jobs take is learned, and a note that nobody can read is no obstacle', async ({
  app, emulator, gallery, page, site,
}) => {
  const service = await emulator('--queue', '0', '--run', '0.5');
  await app.open(site);
  await app.connect({ base: service.origin });
  await app.address.fill(gallery.open('good.png'));
  await expect(app.check('Width')).toHaveText(/640 px/);
  await app.go.click();
  await app.finishes();
  await expect.poll(() => learned(page)).toHaveLength(1);
  expect((await learned(page))[0]).toBeGreaterThan(400);

  await note(page, 'not a note of ours');
  await app.reload();
  for (const jobs of [1, 2]) {
    await app.go.click();
    await expect.poll(() => learned(page)).toHaveLength(jobs);
    await app.finishes();
  }
});

/** The durations that the page remembers, in milliseconds. */
async function learned(page: Page): Promise<number[]> {
  const known = (await note(page)) as { durations?: Record<string, number[]> } | undefined;
  return Object.values(known?.durations ?? {}).flat();
}

/** The page's note of durations; written anew where there is another. */
function note(page: Page, other?: unknown): Promise<unknown> {
  return page.evaluate(async (other) => {
    const finished = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await finished(indexedDB.open('kinora'));
    const notes = database.transaction('app', 'readwrite').objectStore('app');
    if (other !== undefined) await finished(notes.put(other, 'durations'));
    const found: unknown = await finished(notes.get('durations'));
    database.close();
    return found;
  }, other);
}
