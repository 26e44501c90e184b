import type { Outcome } from '../../protocol/activity.ts';
import { sign, signLines } from '../pageIcons.ts';

/** Each of its own shape. */
const paths = {
  done: signLines.check,
  refused: 'M8 1.5 L14.5 8 L8 14.5 L1.5 8 Z M5.5 5.5 L10.5 10.5 M10.5 5.5 L5.5 10.5',
  failed: signLines.warning,
  unknown: 'M8 2 A6 6 0 1 1 7.99 2 M6.2 6.4 A1.9 1.9 0 1 1 8 8.6 V9.4 M8 11 V12',
  event: 'M8 6.5 A1.5 1.5 0 1 1 7.99 6.5',
  nuki: 'M4.5 12.5 A3 3 0 0 1 4.5 6.5 A4 4 0 0 1 12 6 A3.3 3.3 0 0 1 12 12.5 Z',
  here: 'M2 3 H14 L9.5 8.5 V13.5 L6.5 12 V8.5 Z',
  earlier: signLines.left,
  later: signLines.right,
} as const satisfies Readonly<Record<Outcome | 'nuki' | 'here' | 'earlier' | 'later', string>>;

export function activityIcon(name: keyof typeof paths): SVGElement {
  return sign(name, paths[name]);
}
