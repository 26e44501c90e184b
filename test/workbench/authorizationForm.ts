import type { FrameLocator, Locator } from 'playwright-core';
import { inEnglish, type Translate } from '../../src/base/locale.ts';
import type { Field } from '../../src/webview/protocol/form.ts';
import type { Workbench } from '../vscode/page.ts';
import { eventually } from './eventually.ts';

/** The form in the visible panel, filled in as a user does. */
export class AuthorizationForm {
  readonly #window: Workbench;
  readonly #place: number;
  readonly #t: Translate;

  /** `place`: of several that are shown, in the order in which they were opened; `say`: the language in which it was opened. */
  constructor(
    window: Workbench,
    { place = 0, t = inEnglish }: { readonly place?: number; readonly t?: Translate } = {},
  ) {
    this.#window = window;
    this.#place = place;
    this.#t = t;
  }

  get frame(): FrameLocator {
    return this.#window.webview(this.#place);
  }

  /** The button that sends, once the form can be used. */
  get submit(): Locator {
    return this.frame.locator('button[type=submit]:visible');
  }

  async ready(): Promise<void> {
    await this.submit.waitFor();
  }

  async choose(label: string): Promise<void> {
    await this.#labelled(label).check();
  }

  async clear(label: string): Promise<void> {
    await this.#labelled(label).uncheck();
  }

  async fill(label: string, value: string): Promise<void> {
    await this.#labelled(label).fill(value);
  }

  async press(button: string): Promise<void> {
    await this.frame.getByRole('button', { name: this.#t(button), exact: true }).click();
  }

  /** Has the form choose a code, and waits until it has. */
  async generateCode(): Promise<void> {
    await this.press('Generate');
    await eventually(async () => (await this.#labelled('Code').inputValue()) !== '');
  }

  #labelled(label: string): Locator {
    const spoken = label.split(': ').map((part) => this.#t(part)); // a date or time after the end that it is for
    return this.frame.getByLabel(spoken.join(': '), { exact: true });
  }

  /** Chooses a date of one's own for an end, and writes it. */
  async limitDates(end: 'From' | 'Until', date: string, time: string): Promise<void> {
    await this.#choiceOf(end).selectOption({ label: this.#t('Own date') });
    await this.fill(`${end}: Date`, date);
    await this.fill(`${end}: Time`, time);
  }

  /** Chooses one of the entries for an end. */
  async chooseEnd(end: 'From' | 'Until', label: string): Promise<void> {
    await this.#choiceOf(end).selectOption({ label: this.#t(label) });
  }

  #choiceOf(end: 'From' | 'Until'): Locator {
    return this.#labelled(end === 'From' ? 'Starts' : 'Ends');
  }

  /** Unfolds what is sent, and waits until a value is in it. */
  async sends(value: string): Promise<void> {
    await this.frame.locator('details:not([hidden])').waitFor();
    if ((await this.frame.locator('details[open]').count()) === 0) await this.frame.locator('summary').click();
    await this.frame.getByText(value).waitFor();
  }

  async limitHours(from: string, until: string): Promise<void> {
    await this.clear('All day');
    await this.fill('Hours from', from);
    await this.fill('Hours until', until);
  }

  async send(label: string | RegExp): Promise<void> {
    await this.frame.getByRole('button', { name: label }).and(this.submit).click();
  }

  /** What is wrong with a field, if that is shown. */
  problem(field: Field): Locator {
    return this.frame.locator(`#${field}-problem:visible`);
  }

  /** What the preview says that the lock will do. */
  get summary(): Locator {
    return this.frame.locator('.words');
  }

  /** What is said of the form as a whole. */
  get alert(): Locator {
    return this.frame.getByRole('alert');
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
