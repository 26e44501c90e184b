import type { Locale } from '../../../../base/locale.ts';
import { safeText } from '../../../../base/safeText.ts';
import { withCompleteLimits } from '../../../../nuki/authorization/completeLimits.ts';
import { formatLimit, scheduleInWords, type Schedule } from '../../../../nuki/authorization/schedule.ts';
import { hoursOf, wholeDay } from '../../../../nuki/authorization/scheduleRanges.ts';
import { instantOf } from '../../../../nuki/time/instant.ts';
import { clockTime, minutesPerDay, dayLength } from '../../../../nuki/time/timeOfDay.ts';
import { clockChangesBetween, offsetAt, wallTimeAt, type WallTime } from '../../../../nuki/time/zonedTime.ts';
import { clockOf } from '../draft.ts';
import type { FormDevice } from '../formDevices.ts';
import type { ProblemContext } from '../problems.ts';
import type { CredentialType, Draft } from '../../../protocol/form.ts';

export interface PreviewContext extends ProblemContext {
  /** Every device that can be chosen. */
  readonly allDevices: readonly FormDevice[];
  /** The zone of the user. */
  readonly ownZone: string;
}

/** What the lock will do, one sentence a line: who can open what, when, and the same on the user's own clock. */
export function sentencesOf(draft: Draft, context: PreviewContext): string[] {
  const { locale, original, times } = context;
  const { zone, schedule } = times;
  const beginsWhenSent =
    !original && withCompleteLimits(schedule, locale.now).allowedFromDate !== schedule.allowedFromDate;
  return [
    openerSentence(draft, context),
    `${capitalized(scheduleInWords(schedule, zone, locale), locale)}${zoneText(context)}`,
    beginsWhenSent ? locale.t('Valid as soon as you create it and the lock has it.') : '',
    ownClockSentence(context),
  ].filter((sentence) => sentence !== '');
}

function capitalized(text: string, { language }: Locale): string {
  return text.charAt(0).toLocaleUpperCase(language) + text.slice(1);
}

/** Who can open what, and with what; without a word of who where that is not known yet. */
function openerSentence(draft: Draft, context: PreviewContext): string {
  const { t, language } = context.locale;
  const doors = new Intl.ListFormat(language, { type: 'conjunction' }).format(context.devices.map(({ name }) => name));
  const who = openerOf(draft, context);
  return who === '' ? t(openings[draft.credential], doors) : t(openers[draft.credential], who, doors);
}

const openers: Readonly<Record<CredentialType, string>> = {
  code: '{0} can open {1} with a keypad code.',
  app: '{0} can open {1} with the Nuki app.',
  fob: '{0} can open {1} with a fob.',
};

const openings: Readonly<Record<CredentialType, string>> = {
  code: 'Opens {0} with a keypad code.',
  app: 'Opens {0} with the Nuki app.',
  fob: 'Opens {0} with a fob.',
};

/** Who gets in: of an app or a fob the person it belongs to, whatever it is called; of a code the one it is named after. */
function openerOf({ credential, name, person }: Draft, { people, original, locale: { t } }: PreviewContext): string {
  if (credential === 'code') return safeText(name);
  if (person === null) return original ? safeText(name) : '';
  if (typeof person === 'object') return nameAndEmail(person);
  const known = people.find(({ accountUserId }) => accountUserId === person);
  return (known && nameAndEmail(known)) || t('Account user {0}', person);
}

/** `Anna (anna@example.org)`; one of them alone where the other is not known. */
function nameAndEmail(person: { readonly name?: string | undefined; readonly email?: string | undefined }): string {
  const name = safeText(person.name ?? '');
  const email = safeText(person.email ?? '');
  return name !== '' && email !== '' ? `${name} (${email})` : name || email;
}

/** The lock's zone, where it is not the user's own and dates or hours depend on it. */
function zoneText({ times: { zone, schedule }, ownZone, locale: { t, now } }: PreviewContext): string {
  if (Object.keys(schedule).length === 0) return '';
  if (zone === undefined) return ` (${t("dates in UTC, because the lock's time zone is unknown")})`;
  if (zone === ownZone) return '';
  const offsets = clockChangesBetween(...shownPeriod(schedule, now), zone).map((at) => offsetAt(at, zone));
  return ` (${zone}, UTC${[...new Set(offsets)].join('/')})`;
}

/** When a schedule begins that is looked at `now` (ms since 1970). */
export function startOf({ allowedFromDate }: Schedule, now: number): number {
  return Math.max(now, instantOf(allowedFromDate) ?? now);
}

/** From when until when clocks are looked at for what is said of them: for a year at most, as they change alike every year. */
function shownPeriod(schedule: Schedule, now: number): readonly [from: number, until: number] {
  const from = startOf(schedule, now);
  return [from, Math.min(instantOf(schedule.allowedUntilDate) ?? Infinity, from + 366 * dayLength)];
}

/** The hours and the dates on the user's own clock, as far as that shows something else. */
function ownClockSentence({ times: { zone, schedule }, ownZone, locale }: PreviewContext): string {
  const { t } = locale;
  const parts = [ownHours(schedule, zone, ownZone, locale), ...ownDates(schedule, zone, ownZone, locale)];
  const shown = parts.filter((part) => part !== '');
  return shown.length === 0 ? '' : t('Your time ({0}): {1}', ownZone, shown.join(', '));
}

function ownDates(
  schedule: Schedule,
  zone: string | undefined,
  ownZone: string,
  locale: PreviewContext['locale'],
): readonly string[] {
  const [from, until] = [instantOf(schedule.allowedFromDate), instantOf(schedule.allowedUntilDate)];
  const isOther = [startOf(schedule, locale.now), until].some(
    (instant) => instant !== undefined && offsetAt(instant, clockOf(zone)) !== offsetAt(instant, ownZone),
  );
  if (!isOther) return [];
  return [
    from === undefined ? '' : locale.t('from {0}', formatLimit(from, ownZone, locale)),
    until === undefined ? '' : locale.t('until {0}', formatLimit(until, ownZone, locale)),
  ];
}

/** Several hours where a clock is put forward or back meanwhile, and the other is not. */
function ownHours(
  schedule: Schedule,
  zone: string | undefined,
  ownZone: string,
  { t, language, now }: PreviewContext['locale'],
): string {
  const { from, until } = hoursOf(schedule);
  if (zone === undefined || hoursOf(schedule) === wholeDay) return '';
  const period = shownPeriod(schedule, now);
  const instants = [zone, ownZone].flatMap((each) => clockChangesBetween(...period, each));
  const differences = new Set(instants.map((at) => minutesAhead(at, ownZone, zone)));
  if ([...differences].every((minutes) => minutes === 0)) return '';
  const shifted = (minutes: number): string => clockTime((minutes + 2 * minutesPerDay) % minutesPerDay);
  const here = [...differences].map((ahead) => `${shifted(from + ahead)}–${shifted(until + ahead)}`).toSorted();
  if (here.length === 1) return here.join('');
  return t('{0} depending on the date', new Intl.ListFormat(language, { type: 'disjunction' }).format(here));
}

/** How many minutes the clock of `zone` is ahead of that of `other` at an instant (ms since 1970). */
function minutesAhead(instant: number, zone: string, other: string): number {
  const shown = ({ date, time }: WallTime): number => Date.parse(`${date}T${time}Z`);
  return (shown(wallTimeAt(instant, zone)) - shown(wallTimeAt(instant, other))) / 60_000;
}
