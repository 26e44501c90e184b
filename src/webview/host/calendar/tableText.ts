import { toTsv } from '../../../base/csv.ts';
import { stateText } from '../../picture/calendarPicture.ts';
import type { CalendarModel } from '../../protocol/calendar.ts';

/** How many rows are copied or written to a file at most. */
export const mostRows = 2_000;

/** The rows of a model as text with tabs, for a spreadsheet. */
export function tableText({ texts, days, pages }: CalendarModel): string {
  const rows = pages.flatMap((page) => page.rows);
  return toTsv([
    [texts.name, texts.state, ...days.map(({ spoken }) => spoken)],
    ...rows.map((row) => [row.name, stateText(row), ...row.cells]),
  ]);
}
