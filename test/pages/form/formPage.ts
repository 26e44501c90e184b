import type { Locator, Page } from 'playwright-core';
import type {
  Envelope,
  Field,
  FormModel,
  Message,
  Preview,
  ToHost,
  ToPage,
} from '../../../src/webview/protocol/form.ts';
import { OpenedPage, openPage, type PageOptions } from '../page.ts';
import { create, preview } from './model.ts';

export interface FormPageOptions extends PageOptions {
  readonly model?: FormModel;
  readonly preview?: Preview;
}

/** Opens the form, plays its host until the form and its preview are there, and gives both. */
export async function openForm(options: FormPageOptions = {}): Promise<FormPage> {
  const form = await openPage<ToHost, ToPage, FormPage>(
    'form',
    options,
    (page) => new FormPage(page, options.model ?? create, options.preview ?? preview),
  );
  await form.isShown();
  return form;
}

export class FormPage extends OpenedPage<ToHost, ToPage> {
  model: FormModel;
  preview: Preview;

  constructor(page: Page, model: FormModel, firstPreview: Preview) {
    super(page);
    this.model = model;
    this.preview = firstPreview;
  }

  /** The host shows the form when it is asked, and previews what is written. */
  answer({ name }: Envelope): Message | undefined {
    if (name === 'ready') return { name: 'show', body: this.model };
    return name === 'preview' ? { name: 'previewed', body: this.preview } : undefined;
  }

  async isShown(): Promise<void> {
    await this.button(this.preview.submit).waitFor();
  }

  /** The message below a field, if it is shown. */
  problem(field: Field): Locator {
    return this.page.locator(`#${field}-problem:visible`);
  }
}
