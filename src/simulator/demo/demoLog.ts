import { deviceType } from '../../nuki/vocabulary/kinds.ts';
import { cellar, frontDoor, garage, guestHouse, idAt, intercom, parcelBox, terrace } from './demoDevices.ts';
import type { LogJson, OpenerLogJson, SmartlockJson } from '../wire.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** An entry in short: how long ago (ms), action, trigger, name, and special fields. */
type Brief = readonly [ago: number, action: number, trigger: number, name?: string, details?: Partial<LogJson>];

/** An ordinary day at the front door, which ended `start` ms ago; the numbers are those of words.ts. */
function ordinaryDay(start: number, early: string): readonly Brief[] {
  return [
    [start, 2, 6],
    [start + 9 * minute, 241, 0],
    [start + 10 * minute, 240, 0],
    [start + 10.5 * minute, 3, 255, 'Family', { source: 1 }],
    [start + 6 * hour, 2, 5, 'Ben Berger'],
    [start + 6.1 * hour, 1, 1],
    [start + 11 * hour, 4, 2],
    [start + 11.2 * hour, 3, 255, early, { source: 2 }],
  ];
}

/** How an attempt at a keypad ended. */
const byCode = { source: 1 };
const refusedCode = { source: 1, state: 9 };
const unknownCode = { source: 1, state: 224 };
const unknownFinger = { source: 2, state: 225 };

/** What happened at each door before `now`, in no order. */
function briefsOf(now: number): Readonly<Record<number, readonly Brief[]>> {
  const midnight = now - (now % day);
  /** How long ago it was `time` (UTC) on the day that began `days` before today. */
  const on = (days: number, time: number): number => now - midnight + days * day - time;
  /** How many days ago someone came, the last `count` times before yesterday, on these weekdays. Monday is 64, Sunday 1. */
  const visits = (weekdays: number, count: number): readonly number[] =>
    Array.from({ length: 7 * count }, (_, index) => index + 2)
      .filter((days) => {
        const fromMonday = (new Date(midnight - days * day).getUTCDay() + 6) % 7;
        return (weekdays & (64 >> fromMonday)) !== 0;
      })
      .slice(0, count);
  return {
    [frontDoor]: [
      ...ordinaryDay(42 * minute, 'Anna Berger'),
      [13 * hour, 3, 253, '', unknownCode],
      [20 * hour, 2, 4, 'Anna Berger', { state: 1 }],
      ...[1, 2, 3, 4, 5, 6, 7, 8].flatMap((days) => {
        const later = ((days * 7) % 8) * 11 * minute;
        return ordinaryDay(days * day + 40 * minute + later, days % 3 === 0 ? 'Ben Berger' : 'Anna Berger');
      }),
      ...visits(124, 6).map((days): Brief => [on(days, 7.4 * hour), 1, 5, 'Clara Novak']),
      ...visits(36, 5).map((days): Brief => [on(days, 8.2 * hour), 3, 255, 'Housekeeping Cleanin', byCode]),
      [on(3, 17.3 * hour), 3, 255, '', unknownFinger],
      [5.3 * day, 1, 5, 'Dora Lind', { state: 9 }],
      [6.4 * day, 3, 255, 'Plumber', refusedCode],
      [9.5 * day, 243, 0],
      [19 * day, 3, 255, 'Plumber', byCode],
      [22.2 * day, 3, 255, 'Guest Emil', refusedCode],
      ...[24, 26.1, 28.7].map((days): Brief => [days * day, 3, 255, 'Guest Emil', byCode]),
    ],
    [garage]: [
      [3 * hour, 1, 1],
      [15 * hour, 2, 4, 'Anna Berger', { state: 5 }],
      [2 * day, 1, 5, 'Ben Berger', { autoUnlock: true }],
      ...visits(124, 8).flatMap((days): readonly Brief[] => [
        [on(days, 5.8 * hour), 1, 5, 'Ben Berger', { autoUnlock: true }],
        [on(days, 6.1 * hour), 2, 5, 'Ben Berger'],
      ]),
      ...visits(3, 3).map((days): Brief => [on(days, 9.6 * hour), 1, 4, 'Anna Berger']),
    ],
    [cellar]: [
      [4 * day, 1, 1],
      [5 * day, 2, 7, 'Cellar Fob'],
      [11 * day, 1, 7, "Ben's Fob"],
    ],
    [intercom]: [
      [2 * minute, 1, 5, 'Anna Berger', { openerLog: openerLog(2) }],
      [5 * hour, 224, 0, '', { openerLog: openerLog(0) }],
      [1 * day, 224, 0, '', { openerLog: openerLog(0) }],
      [1 * day + minute, 3, 5, 'Ben Berger', { openerLog: openerLog(2) }],
      [3.2 * day, 224, 0, '', { openerLog: { ...openerLog(0), activeRto: true } }],
      [3.3 * day, 1, 5, 'Anna Berger', { openerLog: openerLog(2) }],
      [9 * day, 224, 0, '', { openerLog: openerLog(0) }],
    ],
    [parcelBox]: [26, 74, 190, 336].map((hours, index) => [
      hours * hour,
      1,
      5,
      index % 2 === 0 ? 'Anna Berger' : 'Ben Berger',
    ]),
    [terrace]: [
      [6 * hour, 208, 0, '', { ajarTimeout: 60 }],
      [7 * hour, 240, 0],
      [7.01 * hour, 1, 1],
      [30 * hour, 3, 255, 'Family', byCode],
      // Someone tries codes at night.
      ...[0, 0.4, 1.1].map((later): Brief => [on(2, 1.7 * hour) - later * minute, 3, 255, '', unknownCode]),
      ...visits(126, 3).map((days): Brief => [on(days, 6.2 * hour), 3, 255, 'Painter', byCode]),
      ...visits(18, 5).map((days): Brief => [on(days, 13.4 * hour), 3, 255, 'Gardener', byCode]),
      [8.1 * day, 3, 255, 'Ben', byCode],
    ],
    [guestHouse]: [
      [9 * hour, 2, 3],
      ...[10, 14, 21, 27, 30, 33].map((hours): Brief => [hours * hour, 1, 255, 'Guest Gerda', byCode]),
      [36 * hour, 1, 255, 'Guest Hanna', refusedCode],
      ...visits(36, 5).map((days): Brief => [on(days, 14.5 * hour), 1, 255, 'Housekeeping Cleanin', byCode]),
      ...[3.2, 4.6, 6, 7.7].map((days): Brief => [days * day, 1, 255, 'Guest Hanna', byCode]),
    ],
  };
}

function openerLog(source: number): OpenerLogJson {
  return {
    activeCm: false,
    activeRto: false,
    source,
    flagGeoFence: false,
    flagForce: false,
    flagDoorbellSuppression: false,
  };
}

/** What happened at a device of the demo home before `now` (ms since 1970), newest first. */
export function demoLog({ smartlockId, type }: SmartlockJson, now: number): readonly LogJson[] {
  return [...(briefsOf(now)[smartlockId] ?? [])]
    .toSorted(([a], [b]) => a - b)
    .map(([ago, action, trigger, name = '', details], index, { length }) => ({
      id: idAt(now - ago, smartlockId, length - index),
      smartlockId,
      deviceType: type === deviceType.box ? deviceType.smartLock1 : type,
      name,
      action,
      trigger,
      state: 0,
      autoUnlock: false,
      date: new Date(now - ago).toISOString(),
      source: 0,
      ...details,
    }));
}
