import type { FrameLocator, Locator } from 'playwright-core';
import type { Workbench } from '../vscode/page.ts';

/** The page of an account's activity in the visible panel. */
export class ActivityPage {
  readonly #window: Workbench;

  constructor(window: Workbench) {
    this.#window = window;
  }

  get frame(): FrameLocator {
    return this.#window.webview();
  }

  /** Waits until rows are there. */
  async ready(): Promise<void> {
    await this.rows().first().waitFor();
  }

  /** The rows that are drawn, with this text in them. */
  rows(text: string | RegExp = ''): Locator {
    return this.frame.locator('.list-row[data-key]', { hasText: text });
  }
}
