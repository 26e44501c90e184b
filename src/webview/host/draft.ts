import { authorizationType } from '../../nuki/authorization/authorizationType.ts';
import { instantOf, type Authorization } from '../../nuki/authorization/authorization.ts';
import type {
  AuthorizationChanges,
  NewAuthorization,
  RawAuthorization,
} from '../../nuki/authorization/authorizationWrites.ts';
import type { Schedule } from '../../nuki/authorization/schedule.ts';
import { daysOf } from '../../nuki/authorization/scheduleRanges.ts';
import { formatTimeOfDay, minutesPerDay } from '../../nuki/time/timeOfDay.ts';
import { everyDay } from '../../nuki/time/weekdays.ts';
import { resolveWallTime, wallTimeAt, type WallTimeResolution } from '../../nuki/time/zonedTime.ts';
import { credentialTypes, longestText, type Draft, type CredentialType, type Moment } from '../protocol.ts';

/** The API's `type` for what the form can give. */
export const typeOfCredential: Readonly<Record<CredentialType, number>> = {
  code: authorizationType.keypadCode,
  app: authorizationType.app,
  fob: authorizationType.fob,
};

/** Dates are entered on the lock's clock; of a lock without a known zone in UTC. */
export function clockOf(zone: string | undefined): string {
  return zone ?? 'UTC';
}

/** The draft of an authorization as it is, without its code, and without the end of a name that no message could hold. */
export function draftOf(authorization: Authorization, smartlockId: number, zone: string | undefined): Draft {
  const { type, name, accountUserId, remoteAllowed } = authorization;
  return {
    credential: credentialTypes.find((credential) => typeOfCredential[credential] === type) ?? 'app',
    name: name.slice(0, longestText),
    person: accountUserId ?? null,
    devices: [smartlockId],
    remoteAllowed: remoteAllowed === true,
    from: momentOf(authorization.allowedFromDate, zone),
    until: momentOf(authorization.allowedUntilDate, zone),
    weekdays: daysOf(authorization) & everyDay,
    hours: hoursOf(authorization),
    code: '',
  };
}

/** Empty for a date that cannot be read: it is a limit all the same. */
function momentOf(date: string | undefined, zone: string | undefined): Moment | null {
  if (date === undefined) return null;
  const instant = instantOf(date);
  if (instant === undefined) return { date: '', time: '', disambiguation: null };
  const { date: day, time, pass } = wallTimeAt(instant, clockOf(zone));
  return { date: day, time, disambiguation: pass ?? null };
}

function hoursOf({ allowedFromTime: from, allowedUntilTime: until }: Schedule): Draft['hours'] {
  if (!from && !until) return null;
  return { from: clockTime(from), until: clockTime(until) };
}

/** Empty for what an input for times cannot show. */
function clockTime(minutes: number | undefined): string {
  return minutes === undefined || minutes >= minutesPerDay ? '' : (formatTimeOfDay(minutes) ?? '');
}

/** How the clock shows each end of a draft's dates; `undefined` for an open end. */
export interface Ends {
  readonly from: WallTimeResolution | undefined;
  readonly until: WallTimeResolution | undefined;
}

export function endsOf({ from, until }: Draft, zone: string | undefined): Ends {
  return {
    from: from ? resolveWallTime(from, clockOf(zone)) : undefined,
    until: until ? resolveWallTime(until, clockOf(zone)) : undefined,
  };
}

/**
 * The limits that a draft asks for. What nobody has touched since `seen` stays as the API wrote it, understood or not. A date that is
 * not certain yet is left out; {@link endsOf} says why.
 */
export function scheduleOf(draft: Draft, zone: string | undefined, original?: Original): Schedule {
  const ends = endsOf(draft, zone);
  const isNew = (part: SchedulePart): boolean => original === undefined || isTouched(part, draft, original.draft);
  const old: Schedule = original?.raw.authorization ?? {};
  const [fromTime, untilTime] = minutesOf(draft.hours);
  const schedule: Mutable<Schedule> = {};
  put('allowedFromDate', isNew('from') ? instantIn(ends.from, draft.from) : old.allowedFromDate);
  put('allowedUntilDate', isNew('until') ? instantIn(ends.until, draft.until) : old.allowedUntilDate);
  put('allowedWeekDays', isNew('weekdays') ? unlessEveryDay(draft.weekdays) : old.allowedWeekDays);
  put('allowedFromTime', isNew('hours') ? fromTime : old.allowedFromTime);
  put('allowedUntilTime', isNew('hours') ? untilTime : old.allowedUntilTime);
  return schedule;

  function put<F extends keyof Schedule>(field: F, value: Schedule[F]): void {
    if (value !== undefined) schedule[field] = value;
  }
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** An authorization as an edit began with it. */
export interface Original {
  readonly raw: RawAuthorization;
  readonly draft: Draft;
}

export type SchedulePart = 'from' | 'until' | 'weekdays' | 'hours';

export const scheduleParts: readonly SchedulePart[] = ['from', 'until', 'weekdays', 'hours'];

export function isTouched(part: keyof Draft, draft: Draft, before: Draft): boolean {
  return JSON.stringify(draft[part]) !== JSON.stringify(before[part]);
}

export function isScheduleTouched(draft: Draft, before: Draft): boolean {
  return scheduleParts.some((part) => isTouched(part, draft, before));
}

function instantIn(reading: WallTimeResolution | undefined, moment: Moment | null): string | undefined {
  if (reading?.kind === 'exact') return reading.instant;
  return reading?.kind === 'overlap' && moment?.disambiguation ? reading[moment.disambiguation].instant : undefined;
}

function unlessEveryDay(mask: number): number | undefined {
  return mask === everyDay ? undefined : mask;
}

/** Minutes since midnight of a time such as `09:00`; NaN where there is none. */
function minutesOf(hours: Draft['hours']): readonly [number | undefined, number | undefined] {
  if (hours === null) return [undefined, undefined];
  const minutes = (time: string): number => {
    const [, hour, minute] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time) ?? [];
    return Number(hour) * 60 + Number(minute);
  };
  return [minutes(hours.from), minutes(hours.until)];
}

/** What is asked of the API for a draft without problems; the person of an app or a fob is known by then. */
export function newAuthorizationOf(
  draft: Draft,
  schedule: Schedule,
  accountUserId: number | undefined,
): NewAuthorization {
  return {
    type: typeOfCredential[draft.credential],
    name: draft.name.trim(),
    remoteAllowed: draft.remoteAllowed,
    ...schedule,
    ...(draft.credential === 'code' && { code: Number(draft.code) }),
    ...(draft.credential !== 'code' && accountUserId !== undefined && { accountUserId }),
  };
}

/** What an edit changes: only what somebody has touched. `null` takes a limit away. */
export function changesOf(draft: Draft, schedule: Schedule, { draft: before }: Original): AuthorizationChanges {
  const touched = (part: keyof Draft): boolean => isTouched(part, draft, before);
  return {
    ...(draft.name.trim() !== before.name.trim() && { name: draft.name.trim() }),
    ...(touched('remoteAllowed') && { remoteAllowed: draft.remoteAllowed }),
    ...(draft.credential === 'code' && draft.code !== '' && { code: Number(draft.code) }),
    ...(touched('from') && { allowedFromDate: schedule.allowedFromDate ?? null }),
    ...(touched('until') && { allowedUntilDate: schedule.allowedUntilDate ?? null }),
    ...(touched('weekdays') && { allowedWeekDays: schedule.allowedWeekDays ?? null }),
    ...(touched('hours') && {
      allowedFromTime: schedule.allowedFromTime ?? null,
      allowedUntilTime: schedule.allowedUntilTime ?? null,
    }),
  };
}
