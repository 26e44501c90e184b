import type { Draft, FormModel } from '../protocol.ts';
import { element } from './element.ts';
import { choice, groupRow, line, type Row } from './row.ts';

export interface HoursField {
  readonly row: Row;
  read(): Draft['hours'];
  arrange(): void;
}

/** The same hours on each of the days, or all day. */
export function hoursField({ texts, draft, locked }: FormModel): HoursField {
  const isLocked = locked.includes('hours');
  const from = element('input', { type: 'time', id: 'hours-from', 'aria-label': texts.hoursFrom });
  const until = element('input', { type: 'time', id: 'hours-until', 'aria-label': texts.hoursUntil });
  from.value = draft.hours?.from ?? '';
  until.value = draft.hours?.until ?? '';
  const allDay = choice({
    type: 'checkbox',
    id: 'hours-open',
    label: texts.allDay,
    checked: draft.hours === null,
    disabled: isLocked,
  });
  return {
    row: groupRow({
      id: 'hours',
      field: 'hours',
      label: texts.hours,
      controls: [from, until, allDay.input],
      content: [line(from, element('span', { 'aria-hidden': 'true' }, '–'), until, allDay.element)],
    }),
    read: () => (allDay.input.checked ? null : { from: from.value, until: until.value }),
    arrange() {
      from.disabled = until.disabled = isLocked || allDay.input.checked;
    },
  };
}
