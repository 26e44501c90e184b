import { instantOf } from '../../../nuki/time/instant.ts';
import { dayLength } from '../../../nuki/time/timeOfDay.ts';
import { resolveWallTime, wallTimeAt } from '../../../nuki/time/zonedTime.ts';
import { clockOf, type DraftTimes } from './draft.ts';
import type { FormDevice } from './formDevices.ts';
import type { Moment, Presets } from '../../protocol/form.ts';

const lastMinute = '23:59';

/** The presets at `now` (ms since 1970), on the clock of the devices; on the user's own while none is chosen. */
export function presetsOf(
  { ends, schedule }: Pick<DraftTimes, 'ends' | 'schedule'>,
  devices: readonly Pick<FormDevice, 'zone'>[],
  ownZone: string,
  now: number,
): Presets {
  const [device] = devices;
  const zone = device ? clockOf(device.zone) : ownZone;
  const start = nextFullHour(now, zone);
  const begin = ends.from === undefined ? undefined : instantOf(schedule.allowedFromDate);
  const first = begin === undefined ? start : momentAt(begin, zone);
  const today = begin === undefined ? momentAt(now, zone).date : first.date;
  return {
    start,
    today: moment(today, lastMinute, zone),
    weekend: moment(daysAfter(today, (7 - new Date(`${today}T12:00:00Z`).getUTCDay()) % 7), lastMinute, zone),
    week: moment(daysAfter(first.date, 7), first.time, zone),
  };
}

function nextFullHour(now: number, zone: string): Moment {
  const minutes = Number(momentAt(now, zone).time.slice(-2));
  return momentAt(Math.floor(now / 60_000) * 60_000 + (60 - minutes) * 60_000, zone);
}

function momentAt(instant: number, zone: string): Moment {
  const { date, time, disambiguation = null } = wallTimeAt(instant, zone);
  return { date, time, disambiguation };
}

/** A moment that the clock shows: of two the later, which ends the day, and instead of none the next. */
function moment(date: string, time: string, zone: string): Moment {
  const resolution = resolveWallTime({ date, time }, zone);
  if (resolution.kind === 'gap') return { ...resolution.firstValid, disambiguation: null };
  return { date, time, disambiguation: resolution.kind === 'overlap' ? 'later' : null };
}

function daysAfter(date: string, days: number): string {
  return new Date(Date.parse(`${date}T12:00:00Z`) + days * dayLength).toISOString().slice(0, 10);
}
