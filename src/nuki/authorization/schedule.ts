import type { Locale, Translate } from '../../base/locale.ts';
import { instantOf } from '../time/instant.ts';
import type { Authorization } from './authorization.ts';
import { limitingStart } from './completeLimits.ts';
import { dateFormat, dateLanguage } from '../time/dateFormat.ts';
import { formatTimeOfDay } from '../time/timeOfDay.ts';
import { everyDay, isEveryDay, weekdaysInWords } from '../time/weekdays.ts';

/** The five fields of an authorization that say when it opens. Dates are UTC instants, minutes and weekdays the lock's own clock. */
export type Schedule = Pick<
  Authorization,
  'allowedFromDate' | 'allowedUntilDate' | 'allowedWeekDays' | 'allowedFromTime' | 'allowedUntilTime'
>;

/** A schedule, with the creation of the authorization where there is one. */
export type DatedSchedule = Schedule & Partial<Pick<Authorization, 'creationDate'>>;

/**
 * When an authorization opens, on the lock's own clock: `Mon–Fri 09:00–17:00, until 30 Jun 2027, 18:00`. A start that is not after its
 * creation is none. Where the lock's zone is unknown the dates are in UTC and say so; hours and weekdays are the lock's in any case.
 */
export function scheduleInWords(schedule: DatedSchedule, timeZone: string | undefined, locale: Locale): string {
  const { t } = locale;
  const daily = [daysInWords(schedule, locale), hoursInWords(schedule, t)].filter(Boolean).join(' ');
  const parts = [
    daily,
    dateInWords('from {0}', limitingStart(schedule), timeZone, locale),
    dateInWords('until {0}', schedule.allowedUntilDate, timeZone, locale),
  ].filter(Boolean);
  return parts.length === 0 ? t('always') : parts.join(', ');
}

/** `Mon–Fri`; nothing for every day. */
export function daysInWords({ allowedWeekDays: mask }: Schedule, { t, language }: Locale): string {
  if (mask === undefined || isEveryDay(mask)) return '';
  return mask > 0 && mask < everyDay ? weekdaysInWords(mask, dateLanguage(language)) : t('unknown days ({0})', mask);
}

/** 0 and 0 is how the API says that there is no limit. */
function hoursInWords({ allowedFromTime: from, allowedUntilTime: until }: Schedule, t: Translate): string {
  if (!from && !until) return '';
  const shown = (minutes: number | undefined): string =>
    minutes === undefined ? '–' : (formatTimeOfDay(minutes) ?? t('unknown ({0})', minutes));
  if (until === undefined) return t('from {0}', shown(from));
  if (from === undefined) return t('until {0}', shown(until));
  return `${shown(from)}–${shown(until)}`;
}

function dateInWords(
  sentence: string,
  date: string | undefined,
  timeZone: string | undefined,
  locale: Locale,
): string | undefined {
  if (date === undefined) return undefined;
  const instant = instantOf(date);
  return locale.t(sentence, instant === undefined ? locale.t('unknown date') : formatLimit(instant, timeZone, locale));
}

/** An instant (ms since 1970) by the clock of `timeZone`, or of UTC, named, where that is unknown: `30 Jun 2027, 18:00`. */
export function formatInstant(instant: number, timeZone: string | undefined, { language }: Locale): string {
  return formatFor(language, timeZone, false).format(instant);
}

/** The same for the start or the end of an authorization, with its seconds where it has any. */
export function formatLimit(instant: number, timeZone: string | undefined, { language }: Locale): string {
  return formatFor(language, timeZone, instant % 60_000 !== 0).format(instant);
}

function formatFor(language: string, timeZone: string | undefined, hasSeconds: boolean): Intl.DateTimeFormat {
  return dateFormat(language, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    ...(hasSeconds && { second: '2-digit' }),
    hourCycle: 'h23',
    timeZone: timeZone ?? 'UTC',
    ...(timeZone === undefined && { timeZoneName: 'short' }),
  });
}
