import type { MarkKind } from '../../protocol/calendar.ts';
import { sign, signLines } from '../pageIcons.ts';

/** Each of its own shape. */
const paths: Readonly<Record<MarkKind, string>> = {
  pending: signLines.clock,
  unconfirmed: 'M5.5 6 A2.5 2.5 0 1 1 8.7 8.4 Q8 8.7 8 9.8 M8 12 V13',
  disabled: 'M8 2 A6 6 0 1 1 7.99 2 M3.8 3.8 L12.2 12.2',
  expired: signLines.cross,
  expiring: 'M4 14 V2.5 H12.5 L10 5.5 L12.5 8.5 H4',
  unknown: signLines.warning,
};

export function markIcon(kind: MarkKind): SVGElement {
  return sign(kind, paths[kind]);
}
