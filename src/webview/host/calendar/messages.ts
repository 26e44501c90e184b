import * as v from 'valibot';
import { minutesPerDay } from '../../../nuki/time/timeOfDay.ts';
import {
  farthestMove,
  forms,
  periods,
  rowOrders,
  rowsPerPage,
  type KeptCalendar,
  type ToHost,
  type View,
} from '../../protocol/calendar.ts';
import { longestText } from '../../protocol/page.ts';
import { decode, decoder } from '../messages.ts';

const text = v.pipe(v.string(), v.maxLength(longestText));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
/** In more days than any period has. */
const minute = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(32 * minutesPerDay));

const view: v.GenericSchema<unknown, View> = v.strictObject({
  order: v.picklist(rowOrders),
  period: v.picklist(periods),
  form: v.picklist(forms),
  date: v.pipe(v.string(), v.regex(/^(20\d\d-\d\d-\d\d)?$/)),
  smartlockId: v.nullable(v.pipe(v.number(), v.safeInteger(), v.minValue(1))),
});

const kept = v.strictObject({ panel: text, accountId: text, view });

export const decodeEnvelope = decoder<ToHost>({
  ready: v.nullable(view),
  view,
  move: v.pipe(v.number(), v.integer(), v.minValue(-farthestMove), v.maxValue(farthestMove)),
  rows: v.strictObject({ revision: count, from: v.pipe(count, v.multipleOf(rowsPerPage)) }),
  unfold: v.pipe(v.array(v.strictObject({ key: count, isUnfolded: v.boolean() })), v.maxLength(100)),
  edit: count,
  create: v.strictObject({ key: count, from: minute, until: minute }),
  ask: v.strictObject({ date: text, time: text }),
  refresh: v.null(),
  copy: v.null(),
  save: v.null(),
});

/** What VS Code has kept of a calendar, or `undefined` for anything else. */
export function decodeKeptCalendar(state: unknown): KeptCalendar | undefined {
  return decode(kept, state);
}
