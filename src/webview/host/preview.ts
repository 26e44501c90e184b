import { safeText } from '../../base/safeText.ts';
import { replacement } from '../../nuki/authorization/authorizationWrites.ts';
import { withCompleteLimits } from '../../nuki/authorization/completeLimits.ts';
import { instantOf } from '../../nuki/time/instant.ts';
import { keypadNameBytes, longestName, olderKeypadCodeLimit } from '../../nuki/authorization/authorization.ts';
import { fitsKeypad, keypadName, nameBytes } from '../../nuki/authorization/keypadName.ts';
import { nextDays, type OpenDay } from '../../nuki/authorization/openTimes.ts';
import type { Locale } from '../../base/locale.ts';
import { dateLanguage, formatLimit, scheduleInWords, type Schedule } from '../../nuki/authorization/schedule.ts';
import { hoursOf, wholeDay } from '../../nuki/authorization/scheduleRanges.ts';
import { scheduleNotes } from '../../nuki/authorization/scheduleRules.ts';
import { clockTime, formatTimeOfDay, minutesPerDay } from '../../nuki/time/timeOfDay.ts';
import { clockChangesBetween, dayLength, offsetAt, wallTimeAt, type WallTime } from '../../nuki/time/zonedTime.ts';
import { changesOf, clockOf, scheduleParts, newAuthorizationOf } from './draft.ts';
import type { FormDevice } from './formDevices.ts';
import { deviceDetail } from './formModel.ts';
import { problemsOf, type ProblemContext } from './problems.ts';
import type { DayPreview, Draft, Disambiguation, Preview } from '../protocol.ts';
import { noteSentence } from './scheduleSentences.ts';

export interface PreviewContext extends ProblemContext {
  /** The zone of the user. */
  readonly ownZone: string;
}

/** What the page shows beside the form: what the lock will do, what is sent, and what is wrong. */
export function previewOf(draft: Draft, context: PreviewContext): Preview {
  const { devices, locale, original, times } = context;
  const { zone, schedule } = times;
  const problems = problemsOf(draft, context);
  const hasScheduleProblem = scheduleParts.some((part) => problems[part] !== undefined);
  const isClear = devices.length > 0 && !times.zonesDiffer && !hasScheduleProblem;
  return {
    problems,
    disambiguations: disambiguationsOf(draft, context),
    nameCount: nameCount(draft, locale),
    shorterName: problems.name === undefined ? undefined : shorterName(draft, locale),
    details: devices.map((device) => ({ id: device.id, detail: deviceDetail(device, locale) })),
    sentences: isClear ? sentencesOf(draft, context) : [locale.t('Complete or correct the form first.')],
    notes: [
      ...(isClear ? scheduleNotes(schedule, locale.now, clockOf(zone)).map((note) => noteSentence(note, locale)) : []),
      ...notesOf(draft, context),
    ],
    days: isClear ? dayPreviews(nextDays(schedule, startOf(schedule, locale.now), clockOf(zone), 7), locale) : [],
    payload: isClear ? payloadOf(draft, context) : [],
    submit: submitText(context),
    canSplit: !original && draft.credential === 'code' && isOvernight(schedule),
  };
}

function isOvernight({ allowedFromTime: from, allowedUntilTime: until }: Schedule): boolean {
  return from !== undefined && until !== undefined && from > until;
}

function startOf({ allowedFromDate }: Schedule, now: number): number {
  return Math.max(now, instantOf(allowedFromDate) ?? now);
}

function nameCount({ credential, name }: Draft, { t }: Locale): string {
  return credential === 'code'
    ? t('{0} of {1} bytes', nameBytes(name.trim()), keypadNameBytes)
    : t('{0} of {1} characters', name.trim().length, longestName);
}

/** What the page offers where a name is too long for a keypad. */
function shorterName({ credential, name }: Draft, { t }: Locale): Preview['shorterName'] {
  const shorter = keypadName(name.trim());
  if (credential !== 'code' || fitsKeypad(name.trim()) || safeText(shorter) === '') return undefined;
  return { name: shorter, label: t('Shorten to "{0}"', safeText(shorter)) };
}

function disambiguationsOf(draft: Draft, { times, locale: { t } }: PreviewContext): Preview['disambiguations'] {
  const question = (end: 'from' | 'until'): Disambiguation | undefined => {
    const resolution = times.ends[end];
    if (resolution?.kind !== 'overlap') return undefined;
    const time = draft[end]?.time ?? '';
    return {
      question: t('Clocks are put back that day, and {0} comes twice. Which one?', time),
      earlier: t('{0} at UTC{1}', time, resolution.earlier.offset),
      later: t('{0} at UTC{1}', time, resolution.later.offset),
    };
  };
  const from = question('from');
  const until = question('until');
  return { ...(from && { from }), ...(until && { until }) };
}

function sentencesOf(draft: Draft, context: PreviewContext): string[] {
  const { devices, locale, original, times } = context;
  const { zone, schedule } = times;
  const { t, language } = locale;
  const beginsWhenSent =
    !original && withCompleteLimits(schedule, locale.now).allowedFromDate !== schedule.allowedFromDate;
  const names = new Intl.ListFormat(language, { type: 'conjunction' }).format(devices.map(({ name }) => name));
  const who = safeText(draft.name);
  return [
    who === '' || names === '' ? '' : t('{0} can open {1}.', who, names),
    `${scheduleInWords(schedule, zone, locale)} (${zoneText(context)})`,
    beginsWhenSent ? t('It begins the moment it is sent.') : '',
    ...ownClockSentences(context),
  ].filter((sentence) => sentence !== '');
}

function zoneText({ times: { zone, schedule }, locale: { t, now } }: PreviewContext): string {
  if (zone === undefined) return t("dates in UTC, as the lock's time zone is not known");
  const offsets = clockChangesBetween(...shownPeriod(schedule, now), zone).map((at) => offsetAt(at, zone));
  return `${zone}, UTC${[...new Set(offsets)].join('/')}`;
}

/** From when until when clocks are looked at for what is said of them: for a year at most, as they change alike every year. */
function shownPeriod(schedule: Schedule, now: number): readonly [from: number, until: number] {
  const from = startOf(schedule, now);
  return [from, Math.min(instantOf(schedule.allowedUntilDate) ?? Infinity, from + 366 * dayLength)];
}

/** The same on the user's own clock, where that shows something else. */
function ownClockSentences({ times: { zone, schedule }, ownZone, locale }: PreviewContext): string[] {
  const { t, now } = locale;
  const start = startOf(schedule, now);
  const from = instantOf(schedule.allowedFromDate);
  const until = instantOf(schedule.allowedUntilDate);
  const differsAt = (instant: number): boolean => offsetAt(instant, clockOf(zone)) !== offsetAt(instant, ownZone);
  const date = (instant: number): string => formatLimit(instant, ownZone, locale);
  const isOther = differsAt(start) || (until !== undefined && differsAt(until));
  const sentences: string[] = [];
  if (isOther && from !== undefined) sentences.push(t('On your clock ({0}) it begins {1}.', ownZone, date(from)));
  if (isOther && until !== undefined) sentences.push(t('On your clock ({0}) it ends {1}.', ownZone, date(until)));
  return [...sentences, ...ownHoursSentence(schedule, zone, ownZone, locale)];
}

/** When the hours begin on the user's own clock: several times where a clock is put forward or back meanwhile, and the other is not. */
function ownHoursSentence(
  schedule: Schedule,
  zone: string | undefined,
  ownZone: string,
  { t, language, now }: PreviewContext['locale'],
): string[] {
  const { from } = hoursOf(schedule);
  if (zone === undefined || hoursOf(schedule) === wholeDay) return [];
  const period = shownPeriod(schedule, now);
  const instants = [zone, ownZone].flatMap((each) => clockChangesBetween(...period, each));
  const differences = new Set(instants.map((at) => minutesAhead(at, ownZone, zone)));
  if ([...differences].every((minutes) => minutes === 0)) return [];
  const there = clockTime(from);
  const here = [...differences].map((minutes) => clockTime((from + minutes + 2 * minutesPerDay) % minutesPerDay));
  if (here.length === 1) return [t('When it is {0} there it is {1} for you.', there, here.join(''))];
  const list = new Intl.ListFormat(language, { type: 'disjunction' }).format(here.toSorted());
  return [t('When it is {0} there it is {1} for you, depending on the date.', there, list)];
}

/** How many minutes the clock of `zone` is ahead of that of `other` at an instant (ms since 1970). */
function minutesAhead(instant: number, zone: string, other: string): number {
  const shown = ({ date, time }: WallTime): number => Date.parse(`${date}T${time}Z`);
  return (shown(wallTimeAt(instant, zone)) - shown(wallTimeAt(instant, other))) / 60_000;
}

/** What is worth knowing besides the schedule. */
function notesOf(draft: Draft, { devices, locale, original }: PreviewContext): string[] {
  const { t } = locale;
  const offline = devices.filter(({ isOnline }) => !isOnline);
  return [
    original && draft.name === original.draft.name && draft.credential === 'code' && !fitsKeypad(draft.name)
      ? t('A keypad holds {0} bytes of a name: it is sent as "{1}".', keypadNameBytes, safeText(keypadName(draft.name)))
      : '',
    ...offline.map(({ name }) => t('{0} is offline: it may take this late, or never.', name)),
    ...(original ? [] : devices.flatMap((device) => slotNotes(device, draft, locale))),
  ].filter((note) => note !== '');
}

/** Whether so few slots are left that their number is worth a note: a tenth. */
function isScarce(remaining: number, limit: number): boolean {
  return remaining <= limit / 10;
}

function slotNotes({ name, codes, others }: FormDevice, { credential }: Draft, { t }: Locale): string[] {
  const isCode = credential === 'code';
  const { used, limit } = isCode ? codes : others;
  if (used === undefined || used >= limit) return [];
  const left = limit - used - 1;
  return [
    isCode && used >= olderKeypadCodeLimit
      ? t('{0} has {1} codes: an older keypad holds {2} and refuses more.', name, used, olderKeypadCodeLimit)
      : '',
    isScarce(left, limit) ? t('{0}: {1} of {2} places are left after this.', name, left, limit) : '',
  ];
}

const maskedCode = '••••••';

function payloadOf(draft: Draft, { devices, original, times, locale }: PreviewContext): Preview['payload'] {
  const rows = (fields: object): { field: string; value: string }[] =>
    Object.entries(fields).map(([field, value]) => ({
      field,
      value: field === 'code' ? shownCode : JSON.stringify(value),
    }));
  const shownCode = !original && draft.code === '' ? locale.t('none yet') : maskedCode;
  const ids = devices.map(({ id }) => id);
  if (original) {
    const changes = changesOf(draft, times.schedule, original);
    if (Object.keys(changes).length === 0) return [{ field: locale.t('Nothing'), value: '' }];
    const request = `POST /smartlock/${ids[0]}/auth/${original.raw.authorization.id}`;
    return [{ field: request, value: '' }, ...rows(replacement(original.raw, changes, locale.now))];
  }
  const person = typeof draft.person === 'number' ? draft.person : undefined;
  const requested = withCompleteLimits(newAuthorizationOf(draft, times.schedule, person), locale.now);
  return ids.length === 1
    ? [{ field: `PUT /smartlock/${ids[0]}/auth`, value: '' }, ...rows(requested)]
    : [{ field: 'PUT /smartlock/auth', value: '' }, ...rows({ ...requested, smartlockIds: ids })];
}

function submitText({ devices, original, locale: { t } }: PreviewContext): string {
  if (original) return t('Save');
  const first = devices[0];
  return devices.length === 1 && first ? t('Create on {0}', first.name) : t('Create on {0} devices', devices.length);
}

/** A picture of each day. The formats are made once for all days: that takes longer than all the rest. */
function dayPreviews(days: readonly OpenDay[], { t, language }: Locale): DayPreview[] {
  const format = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(dateLanguage(language), { ...options, timeZone: 'UTC' });
  const weekday = format({ weekday: 'short' });
  const day = format({ day: 'numeric' });
  const fullDate = format({ weekday: 'long', day: 'numeric', month: 'long' });
  return days.map(({ date, spans }) => {
    const noon = Date.parse(`${date}T12:00:00Z`);
    const hours = spans.map(({ from, until }) => `${formatTimeOfDay(from)}–${formatTimeOfDay(until)}`).join(', ');
    return {
      label: `${weekday.format(noon)} ${day.format(noon)}`,
      spoken: `${fullDate.format(noon)}: ${hours === '' ? t('closed') : hours}`,
      spans,
    };
  });
}
