import type { Outcome } from '../../protocol/activity.ts';
import { drawing } from '../element.ts';

/** Lines in a square of 16 by 16, each of a shape of its own. */
const paths = {
  done: 'M2.5 8.5 L6.5 12.5 L13.5 3.5',
  refused: 'M8 1.5 L14.5 8 L8 14.5 L1.5 8 Z M5.5 5.5 L10.5 10.5 M10.5 5.5 L5.5 10.5',
  failed: 'M8 2 L15 14 H1 Z M8 6.5 V10 M8 11.5 V12.5',
  unknown: 'M8 2 A6 6 0 1 1 7.99 2 M6.2 6.4 A1.9 1.9 0 1 1 8 8.6 V9.4 M8 11 V12',
  event: 'M8 6.5 A1.5 1.5 0 1 1 7.99 6.5',
  nuki: 'M4.5 12.5 A3 3 0 0 1 4.5 6.5 A4 4 0 0 1 12 6 A3.3 3.3 0 0 1 12 12.5 Z',
  here: 'M2 3 H14 L9.5 8.5 V13.5 L6.5 12 V8.5 Z',
  earlier: 'M10 3 L5 8 L10 13',
  later: 'M6 3 L11 8 L6 13',
} as const satisfies Readonly<Record<Outcome | 'nuki' | 'here' | 'earlier' | 'later', string>>;

/** A sign beside words that say the same. */
export function sign(name: keyof typeof paths): SVGElement {
  const path = drawing('path', { d: paths[name] });
  return drawing('svg', { class: `sign ${name}`, viewBox: '0 0 16 16', 'aria-hidden': 'true' }, path);
}
