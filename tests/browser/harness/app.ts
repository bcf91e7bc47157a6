/** The app as a person meets it: by names, roles and labels. */

import { type Locator, type Page, expect } from '@playwright/test';

import type { Given } from './gallery.ts';

/** The bundled stills that tests use, by name. */
export type Still = 'Lake at dawn' | 'Balloon: Portrait' | RegExp;

/** What the service's form can be told. */
export interface Service {
  readonly base: string;
  readonly token?: string;
  /** Whether it is a relay of Kinora's or its emulator; it is when this is left out. */
  readonly ours?: boolean;
}

/** A page with the app in it. */
export class App {
  readonly form: Locator;
  readonly address: Locator;
  readonly prompt: Locator;
  readonly seed: Locator;
  readonly go: Locator;
  readonly checks: Locator;
  /** Many images, checked together. */
  readonly many: Locator;
  readonly preview: Locator;
  /** A copy that fits: the offer of one, its options, and what was changed. */
  readonly copy: Locator;
  /** The wish to send a file inside the request. */
  readonly sendsFile: Locator;
  readonly stage: Locator;
  readonly video: Locator;
  readonly player: Locator;
  readonly problem: Locator;
  /** The jobs under *Earlier*. */
  readonly past: Locator;
  readonly pill: Locator;
  readonly sheet: Locator;
  /** The address of a relay or service. */
  readonly base: Locator;
  /** The field for a token or secret. */
  readonly token: Locator;
  /** What was found at the address. */
  readonly found: Locator;

  constructor(readonly page: Page) {
    this.form = page.getByRole('form', { name: 'Compose' });
    this.address = page.getByLabel('Image address');
    this.prompt = page.getByLabel('Prompt', { exact: true });
    this.seed = page.getByRole('textbox', { name: 'Seed' });
    this.go = this.form.locator('button[type=submit]');
    this.checks = page.getByRole('list', { name: 'Checks of the image' });
    this.many = this.form.locator('details.many');
    this.preview = this.form.locator('.preview img');
    this.copy = this.form.locator('.mend');
    this.sendsFile = this.form.getByRole('switch', { name: /^Send the picture itself/ });
    this.stage = page.getByRole('region', { name: 'Result' });
    this.video = page.getByLabel('The video', { exact: true });
    this.player = page.getByRole('group', { name: 'Player' });
    this.problem = this.stage.getByRole('alert');
    const earlier = page.getByRole('region', { name: 'Earlier' });
    this.past = earlier.getByRole('listitem');
    this.pill = page.getByRole('banner').getByRole('button', { name: /^(Demo|Relay|Direct)/ });
    this.sheet = page.getByRole('region', { name: 'Where it runs' });
    this.base = page.getByLabel(/^(Relay|Service) at$/);
    this.token = page.getByRole('textbox', { name: /^(Token|Secret)/ });
    this.found = page.locator('#base-found');
  }

  /** Opens the page, and waits until it can be used. */
  async visit(url: string): Promise<void> {
    await this.page.goto(url);
    await this.ready();
  }

  /** Opens the page and takes a still, with the prompt that comes with it. */
  async open(url: string): Promise<void> {
    await this.visit(url);
    await this.choose('Lake at dawn');
  }

  /** Loads the page again. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.ready();
  }

  /** Takes a bundled still. */
  async choose(still: Still): Promise<void> {
    const thumbnail = this.form.locator('label').filter({
      has: this.page.getByRole('radio', { name: still }),
    });
    await thumbnail.click();
    await expect(this.still(still)).toBeChecked();
    await expect(this.preview).toBeVisible();
  }

  still(still: Still): Locator {
    return this.page.getByRole('group', { name: 'Bundled images' }).getByRole('radio', { name: still });
  }

  /** Takes an effect. */
  async effect(name: 'None' | 'Squish' | 'Flying' | 'Carousel' | 'Other…'): Promise<void> {
    const radio = this.page.getByRole('radio', { name, exact: true });
    await this.page.getByRole('group', { name: 'Effect' }).getByText(name, { exact: true }).click();
    await expect(radio).toBeChecked();
  }

  /** Takes a resolution. */
  async resolution(name: '480P' | '1080P'): Promise<void> {
    await this.form.locator('label').filter({ hasText: name }).click();
    await expect(this.page.getByRole('radio', { name })).toBeChecked();
  }

  /** One step of the timeline. */
  step(name: 'Submitted' | 'Queued' | 'Generating' | 'Done'): Locator {
    return this.stage.locator('.timeline').getByRole('listitem').filter({ hasText: name });
  }

  /** Waits until the job stands at a step. */
  async reaches(name: 'Submitted' | 'Queued' | 'Generating'): Promise<void> {
    await expect(this.step(name)).toHaveAttribute('aria-current', 'step');
  }

  /** Waits until the video is there. */
  async finishes(): Promise<void> {
    await expect(this.player).toBeVisible({ timeout: 40_000 });
    await expect
      .poll(() => this.video.evaluate((video) => (video as HTMLVideoElement).readyState))
      .toBeGreaterThanOrEqual(2);
  }

  /** The check of a rule, by the name it is listed under. */
  check(rule: string): Locator {
    return this.checks
      .getByRole('listitem')
      .filter({ has: this.page.getByText(rule, { exact: true }) });
  }

  /** Sends jobs to a service from now on. */
  async connect({ base, token, ours = true }: Service): Promise<void> {
    await this.pill.click();
    await this.sheet.getByRole('radio', { name: ours ? /^Relay/ : /^Direct/ }).check();
    await this.base.fill(base);
    await this.base.blur();
    if (token !== undefined) {
      await this.token.fill(token);
      await this.sheet.getByRole('button', { name: 'Use' }).click();
    }
    await this.page.keyboard.press('Escape');
    await expect(this.sheet).toBeHidden();
  }

  /** Takes a file by the button for it. */
  async chooseFile(file: Given): Promise<void> {
    await this.form.getByLabel('Choose file').setInputFiles(file);
  }

  /** Takes the image away. */
  async removeImage(): Promise<void> {
    await this.form.getByRole('button', { name: 'Remove' }).click();
  }

  /** What was asked and what happened, unfolded. */
  async unfoldDetails(): Promise<Locator> {
    const details = this.stage.locator('details');
    await details.locator('summary').click();
    return details;
  }

  private async ready(): Promise<void> {
    await expect(this.page.locator('#outline')).toHaveCount(0);
    await expect(this.go).toHaveText(/\S/);
  }
}
