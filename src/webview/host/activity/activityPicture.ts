import type { AccountActivity } from '../../../model/activity/accountActivity.ts';
import { daysOfDoors, type DaysOfDoor, type DoorDay } from '../../../model/activity/doorDays.ts';
import { minutesPerDay, dayLength } from '../../../nuki/time/timeOfDay.ts';
import { timeZoneName } from '../../../nuki/time/timeZones.ts';
import type { Smartlock } from '../../../nuki/smartlock.ts';
import { cityOf } from '../../../views/text/shortSchedule.ts';
import { dateInWords } from '../../../views/text/timeText.ts';
import type { Picture, PictureDay } from '../../protocol/activity.ts';
import type { RowContext } from './activityRows.ts';

/** So many days are shown beside each other. */
export const daysShown = 7;

/** More doors than these have no room. */
const mostDoors = 30;

/** Which days are looked at. */
export interface PictureDays {
  /** The noon of the last of them by this computer's clock, ms since 1970: then all clocks but few show the same date. */
  readonly end: number;
  readonly count: number;
  readonly hasLater: boolean;
}

/**
 * Of a log that is read on, the newest picture has the days alone that were looked at.
 * @param daysBack how many days before the last one the picture ends
 */
export function pictureDays({ filter, request, reach }: AccountActivity, daysBack: number, now: number): PictureDays {
  const last = Math.min(now, request.to);
  const isDay = filter.time.kind === 'last' && filter.time.days === 1;
  const { kind, lookedBackTo = last } = reach;
  const looked = kind === 'open' && daysBack === 0 ? Math.floor((last - lookedBackTo) / dayLength) + 1 : daysShown;
  const noon = new Date(last);
  noon.setHours(12, 0, 0, 0);
  noon.setDate(noon.getDate() - daysBack);
  return { end: noon.getTime(), count: isDay ? 2 : Math.min(daysShown, Math.max(2, looked)), hasLater: daysBack > 0 };
}

/** The first instant that a picture may show, on whatever clock; ms since 1970. */
export function firstInstantOf({ end, count }: PictureDays): number {
  return end - (count + 1) * dayLength;
}

/** When doors were opened, and when someone was refused, day by day. */
export async function pictureOf(
  activity: AccountActivity,
  devices: readonly Smartlock[],
  shown: PictureDays,
  context: RowContext,
): Promise<Picture> {
  const doors = devices.map(({ smartlockId, config }) => ({ smartlockId, zone: timeZoneName(config?.timezoneId) }));
  const all = await daysOfDoors(activity, doors, shown);
  const drawn = all.length <= mostDoors ? all : all.toSorted((a, b) => marksOf(b) - marksOf(a)).slice(0, mostDoors);
  const { t } = context;
  const dayStarts = Array.from(
    { length: shown.count },
    (_, index) => shown.end - (shown.count - 1 - index) * dayLength,
  );
  const from = firstInstantOf(shown);
  return {
    days: dayStarts.map((noon) => columnHeading(noon, context)),
    doors: drawn.map((door) => ({
      name: context.deviceName(door.smartlockId),
      zone: door.zone === undefined || door.zone === context.ownZone ? '' : cityOf(door.zone),
      days: door.days.map((day) => pictureDay(day, door, activity, context)),
    })),
    others:
      all.length > drawn.length ? t('{0} devices with less activity are not drawn.', all.length - drawn.length) : '',
    hasEarlier:
      from > (activity.request.from ?? -Infinity) &&
      (activity.reach.kind === 'open' || from > (activity.reach.lookedBackTo ?? Infinity)),
    hasLater: shown.hasLater,
  };
}

function columnHeading(noon: number, context: RowContext): string {
  const { ownNow: now, ownZone, t } = context;
  const words = dateInWords(noon, now, ownZone, context);
  return words === dateInWords(now, now, ownZone, context) ? t('Today') : words;
}

function marksOf({ days }: DaysOfDoor): number {
  return days.reduce((sum, { marks }) => sum + marks.length, 0);
}

function pictureDay(
  day: DoorDay,
  { zone = 'UTC' }: DaysOfDoor,
  activity: AccountActivity,
  context: RowContext,
): PictureDay {
  const { from, until, reading } = day;
  const minuteAt = (instant: number): number => {
    const share = (Math.min(until, Math.max(from, instant)) - from) / (until - from);
    return Math.round(share * minutesPerDay);
  };
  const { now } = context;
  const { reach, request } = activity;
  const begin = Math.max(
    request.from ?? -Infinity,
    reach.kind === 'complete' ? -Infinity : (reach.lookedBackTo ?? Infinity),
  );
  const known = { from: minuteAt(begin), until: minuteAt(Math.min(now, request.to)) };
  return {
    spoken: spokenDay(day, zone, context),
    marks: day.marks.map(({ attempt, minute }) => ({
      at: minute,
      isRefused: !attempt.isOpening,
      id: attempt.entry.id,
    })),
    known: reading === 'none' || known.from >= known.until ? null : known,
    now: minuteAt(now),
  };
}

function spokenDay({ from, openings, refused, reading }: DoorDay, zone: string, context: RowContext): string {
  const { t } = context;
  const date = dateInWords(from, context.ownNow, zone, context);
  if (reading === 'none') return t('{0}: not read', date);
  const counts = [
    t(openings === 1 ? '{0} opening' : '{0} openings', openings),
    t(refused === 1 ? '{0} refused attempt' : '{0} refused attempts', refused),
  ].join(', ');
  return reading === 'all' ? `${date}: ${counts}` : t('{0}: {1}, there may be more', date, counts);
}
