import { typeOfCredential } from '../../../nuki/authorization/credential.ts';
import { instantOf, wireInstant } from '../../../nuki/time/instant.ts';
import type { Authorization } from '../../../nuki/authorization/authorization.ts';
import { limitingStart, type Limits } from '../../../nuki/authorization/completeLimits.ts';
import type {
  AuthorizationChanges,
  NewAuthorization,
  RawAuthorization,
} from '../../../nuki/authorization/authorizationWrites.ts';
import type { Schedule } from '../../../nuki/authorization/schedule.ts';
import { daysOf } from '../../../nuki/authorization/scheduleRanges.ts';
import { formatTimeOfDay, minutesPerDay } from '../../../nuki/time/timeOfDay.ts';
import { everyDay } from '../../../nuki/time/weekdays.ts';
import {
  resolveWallTime,
  wallTimeAt,
  type WallTimeResolution,
  type ZonedInstant,
} from '../../../nuki/time/zonedTime.ts';
import type { FormDevice } from './formDevices.ts';
import { credentialTypes, type Draft, type Moment } from '../../protocol/form.ts';
import { longestText } from '../../protocol/page.ts';

/** Dates are entered on the lock's clock; of a lock without a known zone in UTC. */
export function clockOf(zone: string | undefined): string {
  return zone ?? 'UTC';
}

/**
 * The draft of an authorization, without its code. A name is cut to what a message may hold. A limit in `fields` that is not understood is
 * empty: a duplicate without it would give more access.
 */
export function draftOf(
  authorization: Authorization,
  smartlockId: number,
  zone: string | undefined,
  fields: Limits = authorization,
): Draft {
  const { type, name, accountUserId, remoteAllowed } = authorization;
  return {
    credential: credentialTypes.find((credential) => typeOfCredential[credential] === type) ?? 'app',
    name: name.slice(0, longestText),
    person: accountUserId ?? null,
    devices: [smartlockId],
    remoteAllowed: remoteAllowed === true,
    from: isUnclear('allowedFromDate') ? emptyMoment : momentOf(limitingStart(authorization), zone),
    until: isUnclear('allowedUntilDate') ? emptyMoment : momentOf(authorization.allowedUntilDate, zone),
    weekdays:
      isUnclear('allowedWeekDays') || authorization.allowedWeekDays === 0 ? 0 : daysOf(authorization) & everyDay,
    hours: draftHoursOf(authorization, isUnclear('allowedFromTime') || isUnclear('allowedUntilTime')),
    code: '',
  };

  function isUnclear(field: keyof Limits): boolean {
    return (fields[field] ?? undefined) !== undefined && authorization[field] === undefined;
  }
}

/** Of a date that cannot be read: it is a limit nevertheless. */
const emptyMoment: Moment = { date: '', time: '', disambiguation: null };

function momentOf(date: string | undefined, zone: string | undefined): Moment | null {
  if (date === undefined) return null;
  const instant = instantOf(date);
  if (instant === undefined) return emptyMoment;
  const shown = wallTimeAt(instant, clockOf(zone));
  const seconds = wireInstant(instant).slice(-8, -5);
  const time = seconds === ':00' ? shown.time : `${shown.time}${seconds}`;
  return { date: shown.date, time, disambiguation: shown.disambiguation ?? null };
}

/** When a clock shows a moment, whose time may have seconds, as other clients write them: `23:59:59`. */
function resolveMoment({ date, time }: Moment, zone: string): WallTimeResolution {
  const [, minute = time, seconds = '0'] = /^(\d\d:\d\d):([0-5]\d)$/.exec(time) ?? [];
  const resolution = resolveWallTime({ date, time: minute }, zone);
  const exactly = ({ instant, offset }: ZonedInstant): ZonedInstant => ({
    instant: wireInstant(Date.parse(instant) + Number(seconds) * 1_000),
    offset,
  });
  if (resolution.kind === 'exact') return { kind: 'exact', ...exactly(resolution) };
  if (resolution.kind !== 'overlap') return resolution;
  return { kind: 'overlap', earlier: exactly(resolution.earlier), later: exactly(resolution.later) };
}

function draftHoursOf(
  { allowedFromTime: from, allowedUntilTime: until }: Schedule,
  isUnclear: boolean,
): Draft['hours'] {
  if (!from && !until && !isUnclear) return null;
  return { from: inputTime(from), until: inputTime(until) };
}

/** Empty for what a time input cannot show. */
function inputTime(minutes: number | undefined): string {
  return minutes === undefined || minutes >= minutesPerDay ? '' : (formatTimeOfDay(minutes) ?? '');
}

/** What a draft says of its times, read on the clock that its devices share. */
export interface DraftTimes {
  /** `undefined` where it is not known, or where there are several. */
  readonly zone: string | undefined;
  readonly zonesDiffer: boolean;
  readonly ends: Ends;
  readonly schedule: Schedule;
}

/** How the clock shows each end of a draft's dates; `undefined` for an open end. */
interface Ends {
  readonly from: WallTimeResolution | undefined;
  readonly until: WallTimeResolution | undefined;
}

/** `original`: the authorization as the edit began; none for a new one. */
export function timesOf(draft: Draft, devices: readonly Pick<FormDevice, 'zone'>[], original?: Original): DraftTimes {
  const zones = [...new Set(devices.map((device) => device.zone))];
  const zone = zones.length === 1 ? zones[0] : undefined;
  const ends = {
    from: draft.from ? resolveMoment(draft.from, clockOf(zone)) : undefined,
    until: draft.until ? resolveMoment(draft.until, clockOf(zone)) : undefined,
  };
  return { zone, zonesDiffer: zones.length > 1, ends, schedule: scheduleOf(draft, ends, original) };
}

/**
 * The limits that a draft asks for. What the user has not touched since `original` stays as the API wrote it, understood or not. A date
 * that is not certain yet is left out; `ends` says why.
 */
function scheduleOf(draft: Draft, ends: Ends, original: Original | undefined): Schedule {
  const isNew = (part: SchedulePart): boolean => original === undefined || isTouched(part, draft, original.draft);
  const before: Partial<Authorization> = original?.raw.authorization ?? {};
  const [fromTime, untilTime] = minutesOf(draft.hours);
  const schedule: Mutable<Schedule> = {};
  put('allowedFromDate', isNew('from') ? instantIn(ends.from, draft.from) : limitingStart(before));
  put('allowedUntilDate', isNew('until') ? instantIn(ends.until, draft.until) : before.allowedUntilDate);
  put('allowedWeekDays', isNew('weekdays') ? unlessEveryDay(draft.weekdays) : before.allowedWeekDays);
  put('allowedFromTime', isNew('hours') ? fromTime : before.allowedFromTime);
  put('allowedUntilTime', isNew('hours') ? untilTime : before.allowedUntilTime);
  return schedule;

  function put<F extends keyof Schedule>(field: F, value: Schedule[F]): void {
    if (value !== undefined) schedule[field] = value;
  }
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** An authorization as the edit began, and the draft that the form showed of it. */
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

function instantIn(resolution: WallTimeResolution | undefined, moment: Moment | null): string | undefined {
  if (resolution?.kind === 'exact') return resolution.instant;
  if (resolution?.kind !== 'overlap' || !moment?.disambiguation) return undefined;
  return resolution[moment.disambiguation].instant;
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

/** What is asked of the API for a draft without problems. Codes and fobs are used at the door, never remotely. `accountUserId`: the person of an app or a fob. */
export function newAuthorizationOf(
  draft: Draft,
  schedule: Schedule,
  accountUserId: number | undefined,
): NewAuthorization {
  return {
    type: typeOfCredential[draft.credential],
    name: draft.name.trim(),
    remoteAllowed: draft.credential === 'app' && draft.remoteAllowed,
    ...(draft.credential === 'code' && { code: Number(draft.code) }),
    ...(draft.credential !== 'code' && accountUserId !== undefined && { accountUserId }),
    ...schedule,
  };
}

/** What an edit changes: only what the user has touched; remote use only of an app. `null` takes a limit away. */
export function changesOf(draft: Draft, schedule: Schedule, { draft: before }: Original): AuthorizationChanges {
  const touched = (part: keyof Draft): boolean => isTouched(part, draft, before);
  return {
    ...(draft.name.trim() !== before.name.trim() && { name: draft.name.trim() }),
    ...(draft.credential === 'app' && touched('remoteAllowed') && { remoteAllowed: draft.remoteAllowed }),
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
