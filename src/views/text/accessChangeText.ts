import type { Locale } from '../../base/locale.ts';
import type { Access, AccessGain } from '../../nuki/authorization/accessGains.ts';
import { limitingStart } from '../../nuki/authorization/completeLimits.ts';
import { formatLimit, scheduleInWords, type DatedSchedule } from '../../nuki/authorization/schedule.ts';
import { daysOf, hoursOf, type Range } from '../../nuki/authorization/scheduleRanges.ts';
import { dateLanguage } from '../../nuki/time/dateFormat.ts';
import { instantOf } from '../../nuki/time/instant.ts';
import { clockTime, isMinuteOfDay } from '../../nuki/time/timeOfDay.ts';
import { weekdaysInWords } from '../../nuki/time/weekdays.ts';

/** An access, with the creation of the authorization where there is one. */
export type DatedAccess = Access & DatedSchedule;

/** What words of a lock's limits need: the zone is that of the lock, by whose clock they are. */
interface Telling extends Locale {
  readonly zone: string | undefined;
}

/** When someone can enter: `Can enter Mon–Fri 09:00–17:00, until 30 Jun 2027, 18:00`. */
export function canEnterText(access: DatedAccess, telling: Telling): string {
  const { t, zone } = telling;
  const schedule = scheduleInWords(access, zone, telling);
  const words = schedule === t('always') ? t('Can always enter') : t('Can enter {0}', schedule);
  return withRemote(words, access, telling);
}

/** When someone who could enter then no longer can: `Can no longer enter: Mon–Fri 09:00–17:00`. */
export function cannotEnterText(access: DatedAccess, telling: Telling): string {
  const { t, zone } = telling;
  const isAlways = scheduleInWords(access, zone, telling) === t('always');
  return isAlways ? t('Can no longer enter') : t('Can no longer enter: {0}', accessInWords(access, telling));
}

/** The same in the few words of a comparison: `Mon–Fri 09:00–17:00`. */
export function accessInWords(access: DatedAccess, telling: Telling): string {
  const { t, zone } = telling;
  const schedule = scheduleInWords(access, zone, telling);
  return withRemote(access.enabled === false ? `${t('disabled')}, ${schedule}` : schedule, access, telling);
}

function withRemote(words: string, { remoteAllowed }: DatedAccess, { t }: Telling): string {
  return remoteAllowed === true ? `${words}, ${t('also remotely')}` : words;
}

/** What a change gives and what it takes, each way once: `Also Sat`, `No longer after 30 Jun 2027, 10:00`. */
export function accessChangeTexts(
  { gains, losses }: { readonly gains: readonly AccessGain[]; readonly losses: readonly AccessGain[] },
  before: DatedAccess,
  after: DatedAccess,
  telling: Telling,
): readonly string[] {
  const { t } = telling;
  const isUnclear = (way: AccessGain): boolean =>
    gains.includes(way) && losses.includes(way) && valueOf(way, after, before, telling) === undefined;
  const gained = gains.map((way) => {
    const value = valueOf(way, after, before, telling);
    if (value !== undefined) return t(gainSentences[way], value);
    if (way === 'until' && after.allowedUntilDate === undefined) return t('No end');
    return isUnclear(way) ? t(otherWords[way]) : t(gainWords[way]);
  });
  const lost = losses.flatMap((way) => {
    const value =
      way === 'from' || way === 'until' ? limitOf(way, after, telling) : valueOf(way, before, after, telling);
    if (value !== undefined) return [t(lossSentences[way], value)];
    return isUnclear(way) ? [] : [t(lossWords[way])];
  });
  return [...gained, ...lost];
}

const gainSentences: Readonly<Record<AccessGain, string>> = {
  enabled: 'Works again',
  remote: 'Can be used remotely',
  from: 'Already from {0}',
  until: 'Until {0}',
  weekdays: 'Also {0}',
  hours: 'Also {0}',
};

const lossSentences: Readonly<Record<AccessGain, string>> = {
  enabled: 'Disabled',
  remote: 'Can no longer be used remotely',
  from: 'Not before {0}',
  until: 'No longer after {0}',
  weekdays: 'No longer {0}',
  hours: 'No longer {0}',
};

/** What `wider` has more than `other` in one way; `undefined` where that can't be told. */
function valueOf(way: AccessGain, wider: DatedAccess, other: DatedAccess, telling: Telling): string | undefined {
  if (way === 'weekdays') return daysMore(wider, other, telling);
  if (way === 'hours') return hoursMore(wider, other);
  return way === 'from' || way === 'until' ? limitOf(way, wider, telling) : undefined;
}

function limitOf(way: 'from' | 'until', access: DatedAccess, telling: Telling): string | undefined {
  const instant = instantOf(way === 'from' ? limitingStart(access) : access.allowedUntilDate);
  return instant === undefined ? undefined : formatLimit(instant, telling.zone, telling);
}

function daysMore(wider: DatedAccess, other: DatedAccess, { language }: Telling): string | undefined {
  const mask = daysOf(wider) & ~daysOf(other);
  const areKnown = [wider, other].every(({ allowedWeekDays }) => allowedWeekDays !== 0);
  return mask > 0 && areKnown ? weekdaysInWords(mask, dateLanguage(language)) : undefined;
}

function hoursMore(wider: DatedAccess, other: DatedAccess): string | undefined {
  const [all, without] = [hoursOf(wider), hoursOf(other)];
  const areClear = [all, without].every(({ from, until }) => from < until && [from, until].every(isMinuteOfDay));
  const parts: readonly Range[] = [
    { from: all.from, until: Math.min(all.until, without.from) },
    { from: Math.max(all.from, without.until), until: all.until },
  ];
  const words = parts
    .filter(({ from, until }) => from < until)
    .map(({ from, until }) => `${clockTime(from)}–${clockTime(until)}`);
  return areClear && words.length > 0 ? words.join(', ') : undefined;
}

export const gainWords: Readonly<Record<AccessGain, string>> = {
  enabled: 'Works again',
  remote: 'Can be used remotely',
  from: 'Earlier start',
  until: 'Later end or none',
  weekdays: 'More days',
  hours: 'More hours',
};

export const lossWords: Readonly<Record<AccessGain, string>> = {
  enabled: 'Disabled',
  remote: 'Can no longer be used remotely',
  from: 'Later start',
  until: 'Earlier end',
  weekdays: 'Fewer days',
  hours: 'Fewer hours',
};

/** Of what is both more and less, or cannot be compared. */
export const otherWords: Readonly<Record<AccessGain, string>> = {
  enabled: 'Works again',
  remote: 'Can be used remotely',
  from: 'Different start',
  until: 'Different end',
  weekdays: 'Different days',
  hours: 'Different hours',
};
