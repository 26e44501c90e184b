import { everyDay, weekdayBits } from '../../../../nuki/time/weekdays.ts';
import type { FormModel } from '../../../protocol/form.ts';
import { button, element } from '../../element.ts';
import { groupRow, line, type Row } from './row.ts';

export interface WeekdaysField {
  readonly row: Row;
  read(): number;
}

const workdays = weekdayBits.slice(0, 5).reduce<number>((mask, bit) => mask | bit, 0);

/** Seven buttons that stay pressed, and three that press them. */
export function weekdaysField({ texts, draft, weekdays, locked }: FormModel): WeekdaysField {
  const disabled = locked.includes('weekdays');
  const days = weekdays.map(({ bit, short, long }) => {
    const day = button('', () => press(read() ^ bit), 'day');
    day.append(element('span', { 'aria-hidden': 'true' }, short), element('span', { class: 'spoken' }, long));
    day.id = `weekday-${bit}`;
    day.disabled = disabled;
    return { bit, button: day };
  });
  const presets = [
    button(texts.everyDay, () => press(everyDay), 'link'),
    button(texts.workdays, () => press(workdays), 'link'),
    button(texts.weekend, () => press(everyDay & ~workdays), 'link'),
  ];
  for (const preset of presets) preset.disabled = disabled;
  const row = groupRow({
    id: 'weekdays',
    field: 'weekdays',
    label: texts.weekdays,
    controls: days.map((day) => day.button),
    content: [element('div', { class: 'days' }, ...days.map((day) => day.button)), line(...presets)],
  });
  show(draft.weekdays);
  return { row, read };

  function read(): number {
    const pressed = days.filter((day) => day.button.getAttribute('aria-pressed') === 'true');
    return pressed.reduce((mask, { bit }) => mask | bit, 0);
  }

  function show(mask: number): void {
    for (const day of days) day.button.setAttribute('aria-pressed', String((mask & day.bit) !== 0));
  }

  /** Dispatches what the other fields dispatch by themselves: a button fires `click` only. */
  function press(mask: number): void {
    show(mask);
    for (const type of ['input', 'change']) row.element.dispatchEvent(new Event(type, { bubbles: true }));
  }
}
