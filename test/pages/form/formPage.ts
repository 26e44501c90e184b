import type { Locator, Page } from 'playwright-core';
import {
  credentialTypes,
  messageLanguages,
  type Envelope,
  type Field,
  type FormModel,
  type Message,
  type Preview,
  type ToHost,
  type ToPage,
} from '../../../src/webview/protocol/form.ts';
import { OpenedPage, openPage, type PageOptions } from '../page.ts';
import type { TriedPage } from '../triedPage.ts';
import { conflict, create, draft, edit, preview, previewOfTrouble, progress } from './model.ts';

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

const forNewPerson: FormModel = {
  ...create,
  draft: { ...draft, credential: 'app', person: { name: 'Eva', email: 'eva@example.org' }, from: null, hours: null },
};
const shows = (body: FormModel): Message => ({ name: 'show', body });
const previews: Message = { name: 'previewed', body: preview };

/** What the form is tried with, as every page is. */
export const formPage: TriedPage = {
  open: openForm,
  screens: {
    create: [shows(create), previews],
    edit: [shows(edit), previews],
    'a new person': [shows(forNewPerson), previews],
    problems: [
      shows(forNewPerson),
      { name: 'refused', body: previewOfTrouble },
      { name: 'failed', body: "Can't reach Nuki. Nothing was sent." },
    ],
    'nothing to send': [shows(create), previews, { name: 'informed', body: 'No changes to save.' }],
    'a draft that was closed': [shows({ ...create, closedDraft: 'A draft was closed.' }), previews],
    'a code that was cleared': [shows({ ...create, lacksCode: true }), previews],
    progress: [shows(create), { name: 'progress', body: progress }],
    conflict: [shows(create), { name: 'conflict', body: conflict }],
  },
  words: new Set<unknown>([
    ...credentialTypes,
    ...messageLanguages,
    create.mode,
    edit.mode,
    'working',
    'done',
    'open',
    'failed',
    'earlier',
    'later',
  ]),
};
