import { overnightHalves } from '../../../nuki/authorization/scheduleRules.ts';
import { clockTime } from '../../../nuki/time/timeOfDay.ts';
import { everyDay } from '../../../nuki/time/weekdays.ts';
import { timesOf } from './draft.ts';
import type { Draft } from '../../protocol/form.ts';

/** A draft whose hours reach over midnight, as two whose hours do not. Only the first keeps the code: a lock takes each code once. */
export function overnightDrafts(draft: Draft): readonly Draft[] {
  const { schedule } = timesOf({ ...draft, from: null, until: null }, []);
  return overnightHalves(schedule).map(({ allowedWeekDays, allowedFromTime, allowedUntilTime }, index) => ({
    ...draft,
    weekdays: allowedWeekDays ?? everyDay,
    hours: { from: clockTime(allowedFromTime), until: clockTime(allowedUntilTime) },
    code: index === 0 ? draft.code : '',
  }));
}
