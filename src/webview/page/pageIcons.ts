import type { ProgressState } from '../protocol/form.ts';
import { drawing } from './element.ts';

/** Lines in a square of 16 by 16. */
const paths = {
  error: 'M8 2 A6 6 0 1 1 7.99 2 M8 4.5 V9 M8 10.5 V11.5',
  warning: 'M8 2 L15 14 H1 Z M8 6.5 V10 M8 11.5 V12.5',
  calendar: 'M2.5 3.5 H13.5 V13.5 H2.5 Z M2.5 6.5 H13.5 M5.5 1.5 V4.5 M10.5 1.5 V4.5',
  working: 'M8 2 A6 6 0 1 1 2 8',
  done: 'M2.5 8.5 L6.5 12.5 L13.5 3.5',
  open: 'M8 2 A6 6 0 1 1 7.99 2 M8 4.5 V8 L10.5 9.5',
  failed: 'M3.5 3.5 L12.5 12.5 M12.5 3.5 L3.5 12.5',
} as const satisfies Readonly<Record<'error' | 'warning' | 'calendar' | ProgressState, string>>;

/** A sign beside words that say the same. */
export function pageIcon(name: keyof typeof paths): SVGElement {
  const path = drawing('path', { d: paths[name] });
  return drawing('svg', { class: `sign ${name}`, viewBox: '0 0 16 16', 'aria-hidden': 'true' }, path);
}
