import type { AccessFile, Entry, Moment } from '../../../../src/access/file/accessFile.ts';
import { partsOf, scheduleAt } from '../../../../src/access/file/scheduleOf.ts';
import type { Part } from '../../../../src/access/file/accessFile.ts';
import type { Written } from '../../../../src/access/record/accessRecord.ts';
import { accessGains, type Access, type AccessGain } from '../../../../src/nuki/authorization/accessGains.ts';
import { typeOfCredential } from '../../../../src/nuki/authorization/credential.ts';
import { pick, type Random } from '../../../../src/simulator/random.ts';
import type { AuthorizationJson } from '../../../../src/simulator/wire.ts';
import { fileDoor } from '../entries.ts';

export const zone = 'Europe/Berlin';
export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;
export const start = Date.UTC(2026, 10, 23, 12);
/** An entry of a file, told by its number, which its name begins with, also where its key is another one. */
export interface Spec extends Omit<Entry, 'index' | 'name' | 'doors'> {
  readonly number: number;
  readonly doors: readonly number[];
}

const moment = (at: number): Moment => {
  const wall = new Date(at + hour).toISOString(); // winter in Berlin
  return { date: wall.slice(0, 10), time: wall.slice(11, 16), seconds: 0 };
};

const drawDoors = (random: Random, doors: readonly number[]): readonly number[] => {
  const some = doors.filter(() => random.next() < 0.7);
  return some.length > 0 ? some : doors.slice(0, 1);
};

type Limits = Pick<Spec, 'days' | 'hours' | 'from' | 'until'>;

function drawLimits(random: Random): Limits {
  const days = pick(random, [127, 127, 124, 3, 65]);
  const [hours] = pick<readonly { from: number; until: number }[]>(random, [
    [],
    [{ from: 540, until: 1_020 }],
    [{ from: 480, until: 720 }],
    [{ from: 1_320, until: 360 }],
  ]);
  const [from] = pick<readonly Moment[]>(random, [[], [], [moment(start - 20 * day)], [moment(start + day)]]);
  const [until] = pick<readonly Moment[]>(random, [[], [], [moment(start + 20 * day)], [moment(start + 40 * day)]]);
  return { days, hours, from, until };
}

/** An app opens at one time of the day: a person has one at a door. */
const overnightAsCode = (spec: Spec): Spec =>
  spec.hours && spec.hours.from > spec.hours.until ? { ...spec, by: 'code' } : spec;

export function drawSpec(random: Random, number: number, doors: readonly number[]): Spec {
  return overnightAsCode({
    number,
    key: `e${number}`,
    by: random.next() < 0.7 ? 'code' : 'app',
    email: `e${number}@example.com`,
    remote: random.next() < 0.3,
    enabled: true,
    doors: drawDoors(random, doors),
    ...drawLimits(random),
  });
}

/** Whether its name is another one later: with another key, too, it would be another entry. */
const isRenamed = ({ number }: Spec): boolean => number % 3 === 0;

/** The entry as it is wanted later; none where it is removed. */
export function changedSpec(random: Random, spec: Spec, doors: readonly number[]): readonly Spec[] {
  const chance = random.next();
  if (chance < 0.15) return [];
  if (chance < 0.45) return [overnightAsCode({ ...spec, ...drawLimits(random) })];
  if (chance < 0.6) return [{ ...spec, doors: drawDoors(random, doors) }];
  if (chance < 0.7) return [overnightAsCode({ ...spec, by: spec.by === 'code' ? 'app' : 'code' })];
  if (chance < 0.75 && !isRenamed(spec)) return [{ ...spec, key: `${spec.key}-renamed` }];
  if (chance < 0.8) return [{ ...spec, enabled: false }];
  return [spec];
}

const aliasOf = (door: number): string => `door-${door}`;

export function fileOf(specs: readonly Spec[], doors: readonly number[], version: string): AccessFile {
  return {
    doors: doors.map((smartlockId) => fileDoor(aliasOf(smartlockId), { smartlockId, name: 'Door' })),
    entries: specs.map((spec, index) => ({
      ...spec,
      index,
      name: `E${spec.number} ${isRenamed(spec) ? version : 'same'}`,
      doors: spec.doors.map(aliasOf),
    })),
    sources: [],
  };
}

/** What a file wants at a door. */
export interface Expected {
  readonly number: number;
  readonly type: number;
  readonly part: Part;
  readonly entry: Entry;
  readonly as: Written;
}

export function expectedAt(file: AccessFile, door: number): readonly Expected[] {
  return file.entries
    .filter(({ doors }) => doors.includes(aliasOf(door)))
    .flatMap((entry) =>
      partsOf(entry).map((part) => {
        const found = scheduleAt(entry, part, zone);
        if (!('schedule' in found)) throw new Error('not a schedule');
        const { name, enabled, by } = entry;
        const as = { name, enabled, remoteAllowed: by === 'app' && entry.remote, ...found.schedule };
        return { number: numberOf(name), type: typeOfCredential[by], part, entry, as };
      }),
    );
}

export const numberOf = (name: string): number => Number(/^E(\d+) /.exec(name)?.[1] ?? -1);

/** Of hours over midnight the morning begins at midnight; no other hours of these files do. */
export function partOf({ allowedFromTime = 0, allowedUntilTime = 0 }: Partial<AuthorizationJson>): Part {
  return allowedFromTime === 0 && allowedUntilTime > 0 ? 1 : 0;
}

export const placeOf = (number: number, door: number, type: number, part: number): string =>
  `E${number} at ${door}, type ${type}, part ${part}`;

/** In which ways `after` lets in who `before` did not. A start that is past at `now` limits nothing. */
export function gainsOf(before: Access, after: Access, now: number): readonly AccessGain[] {
  const withoutPast = (each: Access): Access =>
    Date.parse(each.allowedFromDate ?? '') <= now ? { ...each, allowedFromDate: undefined } : each;
  return accessGains(withoutPast(before), withoutPast(after));
}
