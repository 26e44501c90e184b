import * as fc from 'fast-check';
import type { EnvelopeOf } from '../../../src/webview/protocol/page.ts';
import {
  farthestMove,
  forms,
  periods,
  rowOrders,
  rowsPerPage,
  type ToHost,
  type View,
} from '../../../src/webview/protocol/calendar.ts';
import { panel } from './formHarness.ts';

/** Objects as messages bring them. */
const plain = { noNullPrototype: true } as const;

const anyView: fc.Arbitrary<View> = fc.record(
  {
    order: fc.constantFrom(...rowOrders),
    period: fc.constantFrom(...periods),
    form: fc.constantFrom(...forms),
    date: fc.constantFrom('', '2026-11-27', '2027-03-28', '2000-01-01', '2099-12-31', '2027-02-30'),
    smartlockId: fc.option(fc.integer({ min: 1, max: 2 ** 53 - 1 })),
  },
  plain,
);
const anyKey = fc.nat(10_000);
const anyMinute = fc.nat(31 * 1_440);
const nothing = fc.constant(null);

/** A message of the page of the calendar that the protocol allows. */
export const anyCalendarMessage: fc.Arbitrary<EnvelopeOf<ToHost>> = fc.oneof(
  message('ready', fc.option(anyView)),
  message('view', anyView),
  message('move', fc.integer({ min: -farthestMove, max: farthestMove })),
  message('rows', fc.record({ revision: fc.nat(), from: fc.nat(5_000).map((page) => page * rowsPerPage) }, plain)),
  message('unfold', fc.array(fc.record({ key: anyKey, isUnfolded: fc.boolean() }, plain), { maxLength: 20 })),
  message('edit', anyKey),
  message('create', fc.record({ key: anyKey, from: anyMinute, until: anyMinute }, plain)),
  message('ask', fc.record({ date: fc.string({ maxLength: 40 }), time: fc.string({ maxLength: 40 }) }, plain)),
  message('refresh', nothing),
  message('copy', nothing),
  message('save', nothing),
);

function message<N extends keyof ToHost>(name: N, body: fc.Arbitrary<ToHost[N]>) {
  return fc.record({ panel: fc.constant(panel), name: fc.constant(name), body }, plain);
}
