/** Usable by everyone: for eyes, ears and keys. */

import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';

import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from '@playwright/test';

import { expect, test } from '../harness/test.ts';

for (const scheme of ['light', 'dark'] as const) {
  test(`nothing stands in anyone's way, in ${scheme}, wide and narrow, before and after a result`, async ({
    app, page, site,
  }) => {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await app.visit(`${site}?queue=0`);
    await expectClean(page);
    await app.choose('Lake at dawn');
    await expectClean(page);
    await app.pill.click();
    await app.sheet.getByRole('radio', { name: /^Relay/ }).check();
    await expectClean(page);
    await app.base.fill(`${new URL(site).origin}/wrong`);
    await app.base.blur();
    await expect(app.found).toContainText('Check the address');
    await expectClean(page);
    await app.sheet.getByRole('radio', { name: /^Demo/ }).check();
    await page.keyboard.press('Escape');
    await app.go.click();
    await app.finishes();
    await expectClean(page);
    await app.choose(/^Desert/);
    await app.go.click();
    await expectClean(page);
    await page.goto(`${site}#/about`);
    await expectClean(page);
  });
}

test('the keyboard alone leads from the page to a playing video', async ({ app, page, site }) => {
  await app.visit(`${site}?queue=0`);
  const reach = (name: string | RegExp) => tabTo(page, name);
  await reach(/^Lake at dawn/);
  await page.keyboard.press('Space');
  await expect(app.still('Lake at dawn')).toBeChecked();
  await page.keyboard.press('ArrowRight');
  await expect(app.still('Balloon: Portrait')).toBeChecked();
  await expect(app.check('Width')).toHaveText(/832 px/);
  await reach('None');
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('radio', { name: 'Squish' })).toBeChecked();
  await reach('Prompt');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('the balloon rises');
  await reach(/^Generate/);
  await page.keyboard.press('Enter');
  await app.finishes();
  await reach('Pause');
  await page.keyboard.press('Space');
  await expect(app.player.getByRole('button', { name: 'Play' })).toBeFocused();
  await reach('Position');
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('slider', { name: 'Position' })).toHaveAttribute(
    'aria-valuetext',
    /^0:00\.0 of 0:05\.0$/,
  );
});

test('Generate leads to the first field that stands against it', async ({ app, page, site }) => {
  await app.open(site);
  await app.prompt.fill('a'.repeat(801));
  await app.seed.fill('many');
  await app.go.click();
  await expect(app.prompt).toBeFocused();
  await expect(page.locator('#notices-prompt')).toContainText(/801 characters.*at most 800\. Shorten it by 1/);
  await app.prompt.fill('a'.repeat(800));
  await app.go.click();
  await expect(app.seed).toBeFocused();
  await expect(page.locator('#notices-seed')).toContainText(/must be a whole number/);
  await expect(app.seed).toHaveValue('many');
  await app.removeImage();
  await app.go.click();
  await expect(app.address).toBeFocused();
  await expect(app.step('Submitted')).toHaveCount(0);
});

test('what happens is said to those who do not see it', async ({ app, page, site }) => {
  await app.open(`${site}?queue=1`);
  const said = page.getByRole('status').last();
  await app.go.click();
  await expect(said).toHaveText(/queue/);
  await app.finishes();
  await expect(said).toHaveText('The video is ready.');
});

/** Finds nothing to say against the page, at both widths. */
async function expectClean(page: Page): Promise<void> {
  for (const width of [320, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    await page.evaluate(AXE);
    const { violations } = await page.evaluate<AxeResults, RunOptions>(
      (options) => window.axe.run(document, options),
      { resultTypes: ['violations'] },
    );
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
    expect.soft(found, `axe at ${width} px`).toEqual([]);
    const reach = await page.evaluate(() => document.documentElement.scrollWidth);
    expect.soft(reach, `nothing stands out at ${width} px`).toBeLessThanOrEqual(width);
  }
}

/** Presses Tab until what has the focus is called so. */
async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const passed: string[] = [];
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press('Tab');
    const found = await page.locator(':focus').ariaSnapshot();
    const called = /"((?:[^"\\]|\\.)*)"/.exec(found)?.[1] ?? '';
    if (typeof name === 'string' ? called === name : name.test(called)) return;
    passed.push(called);
  }
  throw new Error(`Tab never reached ${name}; it passed ${passed.join(', ')}`);
}

declare global {
  interface Window {
    readonly axe: { run(context: Document, options: RunOptions): Promise<AxeResults> };
  }
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
