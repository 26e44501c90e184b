import { safeText } from '../../base/safeText.ts';
import type { AccountState, DeviceState } from '../../model/snapshots.ts';
import { authorizationLimit, keypadCodeLimit } from '../../nuki/authorization/authorization.ts';
import type { Schedule } from '../../nuki/authorization/schedule.ts';
import { validPeriod } from '../../nuki/authorization/scheduleRanges.ts';
import { scheduleProblems, type LimitName, type ScheduleProblem } from '../../nuki/authorization/scheduleRules.ts';
import { hasKeypad } from '../../nuki/smartlock.ts';
import { timeZoneName } from '../../nuki/time/timeZones.ts';
import type { Door, Entry } from './accessFile.ts';
import { shownProblems, type FileProblem, type ProblemKind } from './fileProblem.ts';
import type { ParsedFile } from './parseAccessFile.ts';
import type { FilePath } from './plain.ts';
import { partsOf, scheduleAt, type MomentProblem } from './scheduleOf.ts';

/** What an entry calls each limit. */
const fieldOfLimit: Readonly<Record<LimitName, string>> = {
  from: 'from',
  until: 'until',
  weekdays: 'days',
  hours: 'hours',
};

/** A door of a file, and its device in the account where that is known. */
interface KnownDoor {
  readonly door: Door;
  readonly state: DeviceState;
  /** IANA; `undefined` where it is not known. */
  readonly zone: string | undefined;
}

/**
 * What of a file does not fit an account at `now` (ms since 1970), as far as it was read: doors, keypads, the limits at each door in its own time zone,
 * and how much a door holds. Asks for nothing. At most 100 problems.
 */
export function problemsInAccount(parsed: ParsedFile, account: AccountState, now: number): readonly FileProblem[] {
  const { devices, unreadable } = account;
  if (devices === undefined) return [];
  const { doors, entries } = parsed.file;
  const problems: FileProblem[] = [];
  const report = (
    kind: ProblemKind,
    path: FilePath,
    values: readonly (string | number)[] = [],
    severity: FileProblem['severity'] = 'error',
  ): void => {
    const span = parsed.placeOf(path) ?? parsed.placeOf([...path.slice(0, 2), 'key']) ?? { from: 0, until: 0 };
    problems.push({ kind, span, values, severity });
  };
  const states = new Map(devices.map((state) => [state.device.smartlockId, state]));
  const known = new Map<string, KnownDoor>();
  for (const door of doors) {
    const { alias, smartlockId, name } = door;
    const state = states.get(smartlockId);
    if (state) known.set(alias, { door, state, zone: timeZoneName(state.device.config?.timezoneId) });
    else if (!unreadable.some(({ id }) => id === String(smartlockId))) {
      report('noSuchDoor', ['doors', alias, 'id'], [smartlockId]);
    }
    if (state && safeText(state.device.name) !== safeText(name)) {
      report('nameDisagrees', ['doors', alias, 'name'], [state.device.name]);
    }
  }
  for (const entry of entries) {
    const at = entry.doors.flatMap((alias) => known.get(alias) ?? []);
    const withoutKeypad = entry.by === 'code' ? at.filter(({ state }) => !hasKeypad(state.device)) : [];
    for (const { door } of withoutKeypad) {
      report('noKeypad', ['access', entry.index, 'doors', entry.doors.indexOf(door.alias)], [door.name]);
    }
    for (const [field, { kind, values, severity }] of limitProblemsOf(entry, at, now)) {
      report(kind, ['access', entry.index, field], values, severity);
    }
  }
  for (const { door, state } of known.values()) {
    const here = entries.filter((entry) => entry.doors.includes(door.alias));
    const countOf = (isCode: boolean): number =>
      here.filter(({ by }) => (by === 'code') === isCode).reduce((sum, entry) => sum + partsOf(entry).length, 0);
    for (const [count, limit] of [
      [countOf(true), keypadCodeLimit],
      [countOf(false), authorizationLimit(state.device)],
    ] as const) {
      if (count > limit) report('tooManyAtDoor', ['doors', door.alias], [door.name, count, limit]);
    }
  }
  return shownProblems(problems);
}

type LimitProblem = Pick<FileProblem, 'kind' | 'values' | 'severity'>;

/** The first problem of each field of an entry, an error if there is one, at whichever of its doors. Doors of one zone have the same. */
function limitProblemsOf(entry: Entry, doors: readonly KnownDoor[], now: number): ReadonlyMap<string, LimitProblem> {
  const found = new Map<string, LimitProblem>();
  const add = (field: string, problem: LimitProblem): void => {
    const before = found.get(field);
    if (before === undefined || (before.severity === 'warning' && problem.severity === 'error'))
      found.set(field, problem);
  };
  for (const [zone, { door }] of new Map(doors.map((each) => [each.zone, each]))) {
    for (const part of partsOf(entry)) {
      const read = scheduleAt(entry, part, zone);
      if ('problem' in read) {
        const { kind, field } = read.problem;
        add(field, { kind, values: valuesOf(read.problem, entry, zone ?? door.name), severity: 'error' });
        continue;
      }
      for (const [limit, kind] of Object.entries(scheduleProblems(read.schedule, now, zone))) {
        if (!kind) continue;
        const field = isLimitName(limit) ? fieldOfLimit[limit] : limit;
        const severity = isOver(kind, read.schedule, now, zone) ? 'warning' : 'error';
        add(field, { kind, values: kind === 'zoneUnknown' ? [door.name] : [field], severity });
      }
    }
  }
  return found;
}

/** Whether time alone has brought a problem about. Then it stops no plan: what is over stays until the user removes its entry. */
function isOver(kind: ScheduleProblem, schedule: Schedule, now: number, zone: string | undefined): boolean {
  if (kind !== 'neverActive') return kind === 'alreadyExpired';
  const { from } = validPeriod(schedule);
  return from === -Infinity || !Object.values(scheduleProblems(schedule, Math.min(from, now), zone)).includes(kind);
}

function isLimitName(name: string): name is LimitName {
  return Object.hasOwn(fieldOfLimit, name);
}

/** `place`: the zone, or the door whose zone is not known. */
function valuesOf(problem: MomentProblem, entry: Entry, place: string): readonly string[] {
  const { date = '', time = '' } = entry[problem.field] ?? {};
  switch (problem.kind) {
    case 'zoneUnknown':
      return [place];
    case 'noSuchDate':
      return [problem.field, date];
    case 'timeTwice':
      return [time];
    case 'timeSkipped':
      return [date, time, place, problem.next.date, problem.next.time];
  }
}
