import { instantOf, wireInstant } from '../time/instant.ts';
import { minutesPerDay } from '../time/timeOfDay.ts';
import { everyDay } from '../time/weekdays.ts';
import type { Authorization } from './authorization.ts';

/** The fields of a body that limit when an authorization opens. */
export const limitFields = [
  'allowedFromDate',
  'allowedUntilDate',
  'allowedWeekDays',
  'allowedFromTime',
  'allowedUntilTime',
] as const satisfies readonly (keyof Authorization)[];

const lastMinute = minutesPerDay - 1;

/** Limits with values that limit nothing. */
interface FilledLimits {
  readonly allowedFromDate?: string;
  readonly allowedWeekDays?: number;
  readonly allowedFromTime?: number;
  readonly allowedUntilTime?: number;
}

/** A request body, or a part of one: its limits may be missing, null or not understood. */
export type Limits = { readonly [F in (typeof limitFields)[number]]?: unknown };

/** `body` with all limits where it has any, see {@link missingLimits}. */
export function withCompleteLimits<B extends Limits>(body: B, start: number): B {
  return { ...body, ...missingLimits(body, start) };
}

/**
 * What `body` lacks of the limits, where it has any, filled in so that it limits nothing: a start at `start` (ms since 1970, to the second) or
 * at an earlier end, every weekday, all day. Locks are reported to ignore limits that are not complete. Without an end it stays open.
 */
export function missingLimits(body: Limits, start: number): FilledLimits {
  const { allowedFromDate, allowedUntilDate, allowedWeekDays, allowedFromTime, allowedUntilTime } = body;
  if (limitFields.every((field) => isMissing(body[field]))) return {};
  const startsWithDay = (allowedFromTime ?? 0) === 0;
  const end = typeof allowedUntilDate === 'string' ? instantOf(allowedUntilDate) : undefined;
  const from = Math.min(start, end ?? start);
  return {
    ...(isMissing(allowedFromDate) && { allowedFromDate: wireInstant(Math.floor(from / 1_000) * 1_000) }),
    ...(isMissing(allowedWeekDays) && { allowedWeekDays: everyDay }),
    ...(isMissing(allowedFromTime) && { allowedFromTime: 0 }),
    ...(isMissing(allowedUntilTime) && { allowedUntilTime: startsWithDay ? 0 : lastMinute }),
  };
}

/** Whether the limits of a body, taken together, allow everything. */
export function limitNothing(limits: Limits): boolean {
  const { allowedFromDate, allowedUntilDate, allowedWeekDays, allowedFromTime, allowedUntilTime } = limits;
  return (
    [allowedFromDate, allowedUntilDate].every(isMissing) &&
    (allowedWeekDays ?? everyDay) === everyDay &&
    [allowedFromTime, allowedUntilTime].every((minutes) => (minutes ?? 0) === 0)
  );
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null;
}

/** A start (ms since 1970) that takes nothing from an authorization: its creation, or `now` where that is not known. */
export function idleStart({ creationDate }: Pick<Authorization, 'creationDate'>, now: number): number {
  return Math.min(instantOf(creationDate) ?? now, now);
}

/** The start of an authorization; `undefined` where it is not after the creation, as one that was filled in. */
export function limitingStart({
  allowedFromDate,
  creationDate,
}: Partial<Pick<Authorization, 'allowedFromDate' | 'creationDate'>>): string | undefined {
  const start = instantOf(allowedFromDate);
  const creation = instantOf(creationDate);
  return start !== undefined && creation !== undefined && start <= creation ? undefined : allowedFromDate;
}
