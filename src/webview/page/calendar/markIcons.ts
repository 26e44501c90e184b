import type { MarkKind } from '../../protocol/calendar.ts';
import { drawing } from '../element.ts';

/** Lines in a square of 16 by 16, each of its own shape. */
const paths: Readonly<Record<MarkKind, string>> = {
  pending: 'M8 2 A6 6 0 1 1 7.99 2 M8 4.5 V8 L10.5 9.5',
  unconfirmed: 'M5.5 6 A2.5 2.5 0 1 1 8.7 8.4 Q8 8.7 8 9.8 M8 12 V13',
  disabled: 'M8 2 A6 6 0 1 1 7.99 2 M3.8 3.8 L12.2 12.2',
  expired: 'M3.5 3.5 L12.5 12.5 M12.5 3.5 L3.5 12.5',
  expiring: 'M4 14 V2.5 H12.5 L10 5.5 L12.5 8.5 H4',
  unknown: 'M8 2 L15 14 H1 Z M8 6.5 V10 M8 11.5 V12.5',
};

/** A sign beside words that say the same. */
export function markIcon(kind: MarkKind): SVGElement {
  return drawing(
    'svg',
    { class: `sign ${kind}`, viewBox: '0 0 16 16', 'aria-hidden': 'true' },
    drawing('path', { d: paths[kind] }),
  );
}
