/** The guard of all tests, tried on a page that does what no page may do. */

import { expect, test } from '../harness/test.ts';

test('the guard sees an error, a broken promise, a forbidden style, and a way out', async ({
  app, guard, page, site,
}) => {
  await app.visit(site);
  expect(guard.unannounced()).toEqual([]);
  await page.evaluate(() => {
    console.error('told on the console');
    setTimeout(() => {
      throw new Error('thrown in a task');
    });
    void Promise.reject(new Error('rejected for nobody'));
    document.body.setAttribute('style', 'color: red');
    fetch('https://far.example.com/').catch(() => {});
  });
  for (const fault of [
    /^console error: told on the console/,
    /^page error: .*thrown in a task/,
    /^page error: .*rejected for nobody/,
    /^console error: CSP violation: style-src/,
    /^leaves this machine: GET https:\/\/far\.example\.com\//,
  ]) {
    await expect
      .poll(() => guard.unannounced(), `${fault}`)
      .toContainEqual(expect.stringMatching(fault));
  }
  guard.announce(/told on the console|thrown in a task|rejected for nobody/);
  guard.announce(/style-src|inline style/, /far\.example\.com/);
});
