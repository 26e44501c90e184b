import type { Locator, Page } from 'playwright-core';
import {
  forms,
  markKinds,
  periods,
  rowOrders,
  rowsPerPage,
  type CalendarModel,
  type Envelope,
  type Message,
  type Row,
  type ToHost,
  type ToPage,
} from '../../../src/webview/protocol/calendar.ts';
import { OpenedPage, openPage, type PageOptions } from '../page.ts';
import type { TriedPage } from '../triedPage.ts';
import { monthOf, oneDoor, week } from './model.ts';

export interface CalendarPageOptions extends PageOptions {
  readonly model?: CalendarModel & { readonly all?: readonly Row[] };
}

/** Opens the calendar, and plays its host until the first rows are there. */
export async function openCalendar(options: CalendarPageOptions = {}): Promise<CalendarPage> {
  const calendar = await openPage<ToHost, ToPage, CalendarPage>(
    'calendar',
    options,
    (page) => new CalendarPage(page, options.model ?? week),
  );
  await calendar.page.locator('h1', { hasText: calendar.model.heading }).waitFor();
  return calendar;
}

export class CalendarPage extends OpenedPage<ToHost, ToPage> {
  model: CalendarModel & { readonly all?: readonly Row[] };

  constructor(page: Page, model: CalendarModel & { readonly all?: readonly Row[] }) {
    super(page);
    this.model = model;
  }

  /** The host shows the calendar when it is asked, and sends the rows that are missing. */
  answer(envelope: Envelope): Message | undefined {
    if (envelope.name === 'ready') return { name: 'show', body: this.model };
    if (envelope.name !== 'rows') return undefined;
    const { revision, from } = envelope.body;
    return { name: 'rows', body: { revision, from, rows: (this.model.all ?? []).slice(from, from + rowsPerPage) } };
  }

  row(name: string): Locator {
    return this.page.locator('.row', { hasText: name });
  }

  /** The cell of a row; column 0 is its name. */
  cell(name: string, column: number): Locator {
    return this.row(name).locator(`[data-column="${column}"]`);
  }

  /** What the cell with the focus says. */
  async focusedCell(): Promise<string> {
    return await this.page.evaluate(() => {
      const { activeElement } = document;
      const name = activeElement?.closest('.row')?.querySelector('.title')?.textContent ?? '';
      return `${name} ${activeElement?.getAttribute('data-column') ?? ''}`;
    });
  }
}

const shows = (body: CalendarModel): Message => ({ name: 'show', body });
const answer: Message = {
  name: 'answered',
  body: {
    heading: 'Who can enter at Sun, 7 Jun 2026, 15:00?',
    parts: [{ heading: 'Front Door', lines: [{ text: 'Anna', detail: 'app' }] }],
  },
};

/** What the calendar is tried with, as every page is. High enough that all rows are drawn, however long the texts above them are. */
export const calendarPage: TriedPage = {
  open: (options) => openCalendar({ height: 2_000, ...options }),
  screens: {
    'a week': [shows(week)],
    'what was done': [shows(week), { name: 'informed', body: 'Copied the table.' }],
    'an answer': [shows(week), answer], // it stays, whatever is shown after it
    'a month': [shows(monthOf(20))],
    'nothing yet': [shows(oneDoor)],
    'a table': [shows({ ...week, revision: 9, view: { ...week.view, form: 'table' } })],
    'a week again': [shows({ ...week, revision: 10 })],
  },
  words: new Set<unknown>([
    ...rowOrders,
    ...periods,
    ...forms,
    ...markKinds,
    'sure',
    'unsure',
    'off',
    'gap',
    'overlap',
    'edit',
    'create',
    '',
    'en',
    week.today,
  ]),
};
