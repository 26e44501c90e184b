import type { Locator } from 'playwright-core';
import {
  buttonNames,
  outcomes,
  readingKinds,
  spans,
  type ActivityModel,
  type ActivityRow,
  type Envelope,
  type Message,
  type ToHost,
  type ToPage,
} from '../../../src/webview/protocol/activity.ts';
import { OpenedPage, openPage, type PageOptions } from '../page.ts';
import type { TriedPage } from '../triedPage.ts';
import { details, filter, model, picture, reading, rowsOf, state, texts } from './model.ts';

/** Opens the page and plays its host until rows and picture are there. */
export async function openActivity(
  options: PageOptions & { readonly rows?: readonly ActivityRow[] } = {},
): Promise<ActivityPage> {
  const { rows = rowsOf(36) } = options;
  const opened = await openPage<ToHost, ToPage, ActivityPage>('activity', options, (page) => new ActivityPage(page));
  await opened.page.getByRole('heading', { name: 'Activity' }).waitFor();
  await opened.tellAll([
    { name: 'rows', body: { start: 0, removed: 0, rows } },
    { name: 'picture', body: picture },
    { name: 'state', body: state },
  ]);
  return opened;
}

export class ActivityPage extends OpenedPage<ToHost, ToPage> {
  model: ActivityModel = model;

  /** The host shows the page when it is asked, and what is known of a row. */
  answer({ name, body }: Envelope): Message | undefined {
    if (name === 'ready') return { name: 'show', body: this.model };
    return name === 'expand' ? { name: 'details', body: { ...details, id: body } } : undefined;
  }

  row(id: string): Locator {
    return this.page.locator(`[data-key="${id}"]`);
  }

  /** The id of the row that has the focus. */
  async focusedRow(): Promise<string | undefined> {
    return await this.page.evaluate(() => document.activeElement?.getAttribute('data-key') ?? undefined);
  }

  /** How many elements the list has made. */
  async drawn(): Promise<number> {
    return await this.page.locator('.list-body > *').count();
  }
}

/** With names and headings as long as they are in German. */
const inGerman: ActivityModel = {
  ...model,
  texts: { ...texts, reset: 'Filter zurücksetzen', saveAs: 'Filter speichern…', exportAll: 'Exportieren…' },
  filter: { ...filter, person: 'user/1', doors: [1, 2], result: 'refused' },
  answeredBy: { time: 'nuki', person: 'nuki', doors: 'here', result: 'here' },
  answeredByText: 'Von Nuki gefiltert: Zeitraum und Person. Hier gefiltert, unter dem Geladenen: Geräte und Ergebnis.',
};

const shows: Message = { name: 'show', body: model };
const rows: Message = { name: 'rows', body: { start: 0, removed: 1_000, rows: rowsOf(36) } };
const pictured: Message = { name: 'picture', body: picture };
const noRows: Message = { name: 'rows', body: { start: 0, removed: 1_000, rows: [] } };
const failed: Message = {
  name: 'state',
  body: {
    kind: 'failed',
    summary: '',
    text: 'The token of "Home" can\'t read the activity log.',
    buttons: [{ name: 'replaceToken', label: 'Replace Token…' }],
  },
};

/** What the page is tried with, as every page is. */
export const activityPage: TriedPage = {
  open: openActivity,
  screens: {
    rows: [shows, rows, pictured, { name: 'state', body: state }],
    limited: [{ name: 'show', body: inGerman }, rows, pictured, { name: 'state', body: reading }],
    failed: [shows, noRows, pictured, failed, { name: 'failed', body: "The filter couldn't be saved." }],
  },
  words: new Set<unknown>([...spans, ...outcomes, ...buttonNames, 'nuki', 'here', ...readingKinds]),
};
