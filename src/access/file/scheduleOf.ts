import type { Schedule } from '../../nuki/authorization/schedule.ts';
import { normalized, overnightHalves } from '../../nuki/authorization/scheduleRules.ts';
import { wireInstant } from '../../nuki/time/instant.ts';
import { everyDay } from '../../nuki/time/weekdays.ts';
import { resolveWallTime, type WallTime, type ZonedInstant } from '../../nuki/time/zonedTime.ts';
import type { Entry, Moment, Part } from './accessFile.ts';

/** Why a moment of an entry is none at a door. */
export type MomentProblem =
  /** The lock's time zone is not known: its clock may show anything. */
  | { readonly kind: 'zoneUnknown'; readonly field: 'from' | 'until' }
  | { readonly kind: 'noSuchDate'; readonly field: 'from' | 'until' }
  /** Clocks are put forward over it. */
  | { readonly kind: 'timeSkipped'; readonly field: 'from' | 'until'; readonly next: WallTime }
  /** Clocks are put back, and the file does not say which of the two is meant. */
  | { readonly kind: 'timeTwice'; readonly field: 'from' | 'until' };

/** The limits of an entry without its dates, for each authorization that it takes: two where its hours reach over midnight. */
export function dailyLimitsOf({
  days = everyDay,
  hours,
}: Partial<Pick<Entry, 'days' | 'hours'>>): readonly { readonly part: Part; readonly limits: Schedule }[] {
  const times = hours && { allowedFromTime: hours.from, allowedUntilTime: hours.until };
  const limits = normalized({ allowedWeekDays: days, ...times });
  if (hours === undefined || hours.from <= hours.until) return [{ part: 0, limits }];
  return overnightHalves(limits).map((half) => ({ part: half.allowedFromTime === 0 ? 1 : 0, limits: half }));
}

/** Which authorizations an entry takes at each of its doors. The morning alone of hours that begin in the last minute of a day. */
export function partsOf(entry: Partial<Pick<Entry, 'days' | 'hours'>>): readonly Part[] {
  return dailyLimitsOf(entry).map(({ part }) => part);
}

/** The limits of a part of an entry at a lock whose clock is in `zone` (IANA), or why there are none. Throws a RangeError for a part that the entry does not have. */
export function scheduleAt(
  entry: Pick<Entry, 'days' | 'hours' | 'from' | 'until'>,
  part: Part,
  zone: string | undefined,
): { readonly schedule: Schedule } | { readonly problem: MomentProblem } {
  const daily = dailyLimitsOf(entry).find((each) => each.part === part);
  if (!daily) throw new RangeError(`no part ${part}`);
  const [from, until] = [instantOf(entry.from, 'from', zone), instantOf(entry.until, 'until', zone)];
  if ('problem' in from) return from;
  if ('problem' in until) return until;
  return {
    schedule: {
      ...(from.instant !== undefined && { allowedFromDate: from.instant }),
      ...(until.instant !== undefined && { allowedUntilDate: until.instant }),
      ...daily.limits,
    },
  };
}

function instantOf(
  moment: Moment | undefined,
  field: 'from' | 'until',
  zone: string | undefined,
): { readonly instant: string | undefined } | { readonly problem: MomentProblem } {
  if (moment === undefined) return { instant: undefined };
  if (zone === undefined) return { problem: { kind: 'zoneUnknown', field } };
  const exactly = ({ instant }: ZonedInstant) => ({
    instant: wireInstant(Date.parse(instant) + moment.seconds * 1_000),
  });
  const resolution = resolveWallTime(moment, zone);
  switch (resolution.kind) {
    case 'exact':
      return exactly(resolution);
    case 'gap':
      return { problem: { kind: 'timeSkipped', field, next: resolution.firstValid } };
    case 'overlap':
      if (!moment.disambiguation) return { problem: { kind: 'timeTwice', field } };
      return exactly(resolution[moment.disambiguation]);
    case 'invalid':
      return { problem: { kind: 'noSuchDate', field } };
  }
}
