import { safeText } from '../../../../base/safeText.ts';
import { replacement } from '../../../../nuki/authorization/authorizationWrites.ts';
import { withCompleteLimits } from '../../../../nuki/authorization/completeLimits.ts';
import { keypadNameBytes, longestName, olderKeypadCodeLimit } from '../../../../nuki/authorization/authorization.ts';
import { fitsKeypad, keypadName, nameBytes } from '../../../../nuki/authorization/keypadName.ts';
import { nextDays, type OpenDay } from '../../../../nuki/authorization/openTimes.ts';
import type { Locale } from '../../../../base/locale.ts';
import type { Schedule } from '../../../../nuki/authorization/schedule.ts';
import { dateFormat } from '../../../../nuki/time/dateFormat.ts';
import { scheduleNotes } from '../../../../nuki/authorization/scheduleRules.ts';
import { formatTimeOfDay } from '../../../../nuki/time/timeOfDay.ts';
import { changesOf, clockOf, scheduleParts, newAuthorizationOf } from '../draft.ts';
import type { FormDevice } from '../formDevices.ts';
import { deviceDetail } from '../formModel.ts';
import { sentencesOf, startOf, type PreviewContext } from './previewSentences.ts';
import { presetsOf } from '../presets.ts';
import { problemsOf } from '../problems.ts';
import type { DayPreview, Draft, Disambiguation, Preview } from '../../../protocol/form.ts';
import { noteSentence } from '../../../../views/text/scheduleSentences.ts';

/** What the page shows beside the form: what the lock will do, what is sent, and what is wrong. */
export function previewOf(draft: Draft, context: PreviewContext): Preview {
  const { devices, locale, original, times } = context;
  const { zone, schedule } = times;
  const problems = problemsOf(draft, context);
  const hasScheduleProblem = scheduleParts.some((part) => problems[part] !== undefined);
  const detailOf = (device: FormDevice): string => deviceDetail(device, draft.credential, context.ownZone, locale);
  const isClear = devices.length > 0 && !times.zonesDiffer && !hasScheduleProblem;
  return {
    problems,
    disambiguations: disambiguationsOf(draft, context),
    nameCount: nameCount(draft),
    shorterName: problems.name === undefined ? undefined : shorterName(draft, locale),
    details: context.allDevices.map((device) => ({ id: device.id, detail: detailOf(device) })),
    obstacle: isClear ? undefined : obstacleOf(context),
    sentences: isClear ? sentencesOf(draft, context) : [],
    notes: [
      ...(isClear ? scheduleNotes(schedule, locale.now, clockOf(zone)).map((note) => noteSentence(note, locale)) : []),
      ...notesOf(draft, context),
    ],
    days: isClear ? dayPreviews(nextDays(schedule, startOf(schedule, locale.now), clockOf(zone), 7), locale) : [],
    payload: isClear ? payloadOf(draft, context) : [],
    submit: submitText(context),
    presets: presetsOf(times, devices, context.ownZone, locale.now),
    canSplit: !original && draft.credential === 'code' && isOvernight(schedule),
  };
}

/** Why it cannot be said what the lock will do. */
function obstacleOf({ devices, locale: { t } }: PreviewContext): string {
  return devices.length === 0
    ? t('Select at least one device to see a preview.')
    : t('Fill in the highlighted fields to see a preview.');
}

function isOvernight({ allowedFromTime: from, allowedUntilTime: until }: Schedule): boolean {
  return from !== undefined && until !== undefined && from > until;
}

function nameCount({ credential, name }: Draft): string {
  return credential === 'code'
    ? `${nameBytes(name.trim())}/${keypadNameBytes}`
    : `${name.trim().length}/${longestName}`;
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
      question: t('Clocks go back that day, so {0} occurs twice. Which one?', time),
      earlier: t('{0} (UTC{1})', time, resolution.earlier.offset),
      later: t('{0} (UTC{1})', time, resolution.later.offset),
    };
  };
  const from = question('from');
  const until = question('until');
  return { ...(from && { from }), ...(until && { until }) };
}

/** What is worth knowing besides the schedule. */
function notesOf(draft: Draft, { devices, locale, original }: PreviewContext): string[] {
  const { t } = locale;
  const offline = devices.filter(({ isOnline }) => !isOnline);
  return [
    original && draft.name === original.draft.name && draft.credential === 'code' && !fitsKeypad(draft.name)
      ? t('The keypad will show this name as "{0}".', safeText(keypadName(draft.name)))
      : '',
    ...offline.map(({ name }) => t('{0} is offline and may receive this late or not at all.', name)),
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
      ? t('{0} has {1} codes. Older keypads hold only {2} and reject more.', name, used, olderKeypadCodeLimit)
      : '',
    isScarce(left, limit) ? t('{0}: {1} of {2} slots left after this.', name, left, limit) : '',
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
    dateFormat(language, { ...options, timeZone: 'UTC' });
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
