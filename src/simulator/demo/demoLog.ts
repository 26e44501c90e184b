import { deviceType } from '../../nuki/vocabulary/kinds.ts';
import { cellar, frontDoor, garage, guestHouse, idAt, intercom, parcelBox, terrace } from './demoDevices.ts';
import type { LogJson, OpenerLogJson, SmartlockJson } from '../wire.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** An entry in short: how long ago (ms), action, trigger, name, and special fields. */
type Brief = readonly [ago: number, action: number, trigger: number, name?: string, details?: Partial<LogJson>];

/** An ordinary day at the front door, which ended `start` ms ago; the numbers are those of words.ts. */
function ordinaryDay(start: number): readonly Brief[] {
  return [
    [start, 2, 6],
    [start + 9 * minute, 241, 0],
    [start + 10 * minute, 240, 0],
    [start + 10.5 * minute, 3, 255, 'Family', { source: 1 }],
    [start + 6 * hour, 2, 5, 'Ben Berger'],
    [start + 6.1 * hour, 1, 1],
    [start + 11 * hour, 4, 2],
    [start + 11.2 * hour, 3, 255, 'Anna Berger', { source: 2 }],
  ];
}

const briefs: Readonly<Record<number, readonly Brief[]>> = {
  [frontDoor]: [
    ...ordinaryDay(42 * minute),
    [13 * hour, 3, 253, '', { source: 1, state: 224 }],
    [20 * hour, 2, 4, 'Anna Berger', { state: 1 }],
    [21 * hour, 3, 255, 'Housekeeping Cleanin', { source: 1 }],
    ...[1, 2, 3, 4, 5, 6, 7, 8].flatMap((days) => ordinaryDay(days * day + 40 * minute)),
    [9.5 * day, 243, 0],
  ],
  [garage]: [
    [3 * hour, 1, 1],
    [15 * hour, 2, 4, 'Anna Berger', { state: 5 }],
    [2 * day, 1, 5, 'Ben Berger', { autoUnlock: true }],
  ],
  [cellar]: [
    [4 * day, 1, 1],
    [5 * day, 2, 7, 'Cellar Fob'],
  ],
  [intercom]: [
    [2 * minute, 1, 5, 'Anna Berger', { openerLog: openerLog(2) }],
    [1 * day, 224, 0, '', { openerLog: openerLog(0) }],
    [1 * day + minute, 3, 5, 'Ben Berger', { openerLog: openerLog(2) }],
  ],
  [parcelBox]: [[26 * hour, 1, 5, 'Anna Berger']],
  [terrace]: [
    [6 * hour, 208, 0, '', { ajarTimeout: 60 }],
    [7 * hour, 240, 0],
    [7.01 * hour, 1, 1],
    [30 * hour, 3, 255, 'Family', { source: 1 }],
  ],
  [guestHouse]: [
    [9 * hour, 2, 3],
    [10 * hour, 1, 255, 'Guest Gerda', { source: 1 }],
    [40 * hour, 1, 255, 'Guest Hanna', { source: 1, state: 9 }],
  ],
};

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
  return [...(briefs[smartlockId] ?? [])]
    .toSorted(([a], [b]) => a - b)
    .map(([ago, action, trigger, name = '', details]) => ({
      id: idAt(now - ago, smartlockId),
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
