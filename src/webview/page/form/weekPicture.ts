import { minutesPerDay } from '../../../nuki/time/timeOfDay.ts';
import type { DayPreview } from '../../protocol/form.ts';
import { drawing, element } from '../element.ts';

const barHeight = 12;
const marks = [6, 12, 18]; // hours

/** When the door opens on the next days: a bar for each, from midnight to midnight. */
export function weekPicture(days: readonly DayPreview[]): HTMLElement {
  const rows = days.map(({ label, spoken, spans }) =>
    element(
      'li',
      {},
      element('span', { class: 'day-label', 'aria-hidden': 'true' }, label),
      bar(spans),
      element('span', { class: 'spoken' }, spoken),
    ),
  );
  return element('div', { class: 'week' }, scale(), element('ul', {}, ...rows));
}

function bar(spans: DayPreview['spans']): SVGElement {
  const open = spans.map(({ from, until }) => {
    const start = inDay(from);
    const end = inDay(until);
    return drawing('rect', { class: 'open', x: start, y: 0, width: Math.max(0, end - start), height: barHeight });
  });
  const lines = marks.map((hour) =>
    drawing('line', { class: 'mark', x1: hour * 60, x2: hour * 60, y1: 0, y2: barHeight }),
  );
  return drawing(
    'svg',
    { viewBox: `0 0 ${minutesPerDay} ${barHeight}`, preserveAspectRatio: 'none', 'aria-hidden': 'true' },
    drawing('rect', { class: 'closed', x: 0, y: 0, width: minutesPerDay, height: barHeight }),
    ...open,
    ...lines,
  );
}

function inDay(minutes: number): number {
  return Math.min(minutesPerDay, Math.max(0, minutes));
}

function scale(): HTMLElement {
  const hours = [0, ...marks, 24].map((hour) => element('span', {}, String(hour)));
  return element('div', { class: 'scale', 'aria-hidden': 'true' }, ...hours);
}
