import type { ProgressState } from '../protocol/form.ts';
import { drawing } from './element.ts';

/** Lines in a square of 16 by 16 that stand for more than one thing. */
export const signLines = {
  check: 'M2.5 8.5 L6.5 12.5 L13.5 3.5',
  clock: 'M8 2 A6 6 0 1 1 7.99 2 M8 4.5 V8 L10.5 9.5',
  cross: 'M3.5 3.5 L12.5 12.5 M12.5 3.5 L3.5 12.5',
  left: 'M10 3.5 L5.5 8 L10 12.5',
  right: 'M6 3.5 L10.5 8 L6 12.5',
  warning: 'M8 2 L15 14 H1 Z M8 6.5 V10 M8 11.5 V12.5',
} as const;

const paths = {
  error: 'M8 2 A6 6 0 1 1 7.99 2 M8 4.5 V9 M8 10.5 V11.5',
  warning: signLines.warning,
  calendar: 'M2.5 3.5 H13.5 V13.5 H2.5 Z M2.5 6.5 H13.5 M5.5 1.5 V4.5 M10.5 1.5 V4.5',
  working: 'M8 2 A6 6 0 1 1 2 8',
  done: signLines.check,
  open: signLines.clock,
  failed: signLines.cross,
} as const satisfies Readonly<Record<'error' | 'warning' | 'calendar' | ProgressState, string>>;

export function pageIcon(name: keyof typeof paths): SVGElement {
  return sign(name, paths[name]);
}

/** A sign beside words that say the same. `look`: its class. `lines`: in a square of 16 by 16. */
export function sign(look: string, lines: string): SVGElement {
  const path = drawing('path', { d: lines });
  return drawing('svg', { class: `sign ${look}`, viewBox: '0 0 16 16', 'aria-hidden': 'true' }, path);
}
