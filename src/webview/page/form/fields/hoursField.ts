import type { Draft, FormModel } from '../../../protocol/form.ts';
import { timeInput } from '../../dateInput.ts';
import { element } from '../../element.ts';
import { choice, groupRow, line, type Row } from './row.ts';

export interface HoursField {
  readonly row: Row;
  read(): Draft['hours'];
  arrange(): void;
}

/** The same hours on each of the days, or all day. */
export function hoursField({ texts, draft, locked }: FormModel): HoursField {
  const isLocked = locked.includes('hours');
  const from = timeInput({ id: 'hours-from', label: texts.hoursFrom });
  const until = timeInput({ id: 'hours-until', label: texts.hoursUntil });
  from.write(draft.hours?.from ?? '');
  until.write(draft.hours?.until ?? '');
  const allDay = choice({
    type: 'checkbox',
    id: 'hours-open',
    label: texts.allDay,
    checked: draft.hours === null,
    disabled: isLocked,
  });
  const hours = line(from.input, element('span', { 'aria-hidden': 'true' }, '–'), until.input);
  const row = groupRow({
    id: 'hours',
    field: 'hours',
    label: texts.hours,
    controls: [allDay.input, from.input, until.input],
    content: [line(allDay.element, hours)],
  });
  allDay.input.addEventListener('change', () => {
    if (allDay.input.checked) return;
    hours.hidden = false;
    if (from.read() === '' && until.read() === '') fillIn();
    from.input.focus();
    from.input.select();
  });
  return {
    row: { ...row, focus: () => (allDay.input.checked ? allDay.input : from.input).focus() },
    read: () => (allDay.input.checked ? null : { from: from.read(), until: until.read() }),
    arrange() {
      hours.hidden = allDay.input.checked;
      from.input.disabled = until.input.disabled = isLocked;
    },
  };

  function fillIn(): void {
    from.write('09:00');
    until.write('17:00');
  }
}
