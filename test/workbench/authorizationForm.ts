import type { FrameLocator, Locator } from 'playwright-core';
import type { Workbench } from '../vscode/page.ts';

/** The form in the visible panel, filled in as a person does. */
export class FormPage {
  readonly #window: Workbench;

  constructor(window: Workbench) {
    this.#window = window;
  }

  get frame(): FrameLocator {
    return this.#window.webview;
  }

  /** The button that sends, once the form can be used. */
  get submit(): Locator {
    return this.frame.locator('button[type=submit]:visible');
  }

  async ready(): Promise<void> {
    await this.submit.waitFor();
  }

  async choose(label: string): Promise<void> {
    await this.frame.getByLabel(label, { exact: true }).check();
  }

  async clear(label: string): Promise<void> {
    await this.frame.getByLabel(label, { exact: true }).uncheck();
  }

  async fill(label: string, value: string): Promise<void> {
    await this.frame.getByLabel(label, { exact: true }).fill(value);
  }

  async press(button: string): Promise<void> {
    await this.frame.getByRole('button', { name: button, exact: true }).click();
  }

  async limitDates(end: 'From' | 'Until', date: string, time: string): Promise<void> {
    const open = end === 'From' ? 'At once' : 'Open end';
    await this.clear(open);
    await this.fill(`${end}: Date`, date);
    await this.fill(`${end}: Time`, time);
  }

  async limitHours(from: string, until: string): Promise<void> {
    await this.clear('All day');
    await this.fill('Hours from', from);
    await this.fill('Hours until', until);
  }

  async send(label: string | RegExp): Promise<void> {
    await this.frame.getByRole('button', { name: label }).and(this.submit).click();
  }

  /** What becomes of it on a device. */
  progress(device: string): Locator {
    return this.frame.locator('ul.progress li').filter({ hasText: device });
  }

  async done(device: string): Promise<void> {
    await this.frame
      .locator('ul.progress li[data-state=done]')
      .filter({ hasText: device })
      .waitFor({ timeout: 60_000 });
  }

  async close(): Promise<void> {
    await this.press('Close');
  }
}
