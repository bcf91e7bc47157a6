/** What a page leaves behind in the browser. */

import type { Page } from '@playwright/test';

/** Everything that the origin keeps, as text. */
export function everythingKept(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const finished = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const found = [JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.cookie];
    for (const { name } of await indexedDB.databases()) {
      const database = await finished(indexedDB.open(name ?? ''));
      for (const store of database.objectStoreNames) {
        const all = database.transaction(store).objectStore(store);
        found.push(JSON.stringify(await finished(all.getAllKeys())));
        found.push(JSON.stringify(await finished(all.getAll())));
      }
      database.close();
    }
    return found.join('\n');
  });
}
