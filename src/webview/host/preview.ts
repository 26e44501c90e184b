import { safeText } from '../../base/safeText.ts';
import { replacement, type NewAuthorization } from '../../nuki/authorization/authorizationWrites.ts';
import { instantOf, keypadNameBytes } from '../../nuki/authorization/authorization.ts';
import { nextDays, type OpenDay } from '../../nuki/authorization/openTimes.ts';
import {
  dateLanguage,
  formatInstant,
  scheduleInWords,
  type Locale,
  type Schedule,
} from '../../nuki/authorization/schedule.ts';
import { scheduleNotes } from '../../nuki/authorization/scheduleRules.ts';
import { formatTimeOfDay } from '../../nuki/time/timeOfDay.ts';
import { offsetAt, wallTimeAt } from '../../nuki/time/zonedTime.ts';
import { changesOf, clockOf, endsOf, scheduleOf, newAuthorizationOf } from './draft.ts';
import { commonZone, type CommonZone, type FormDevice } from './formDevices.ts';
import { deviceDetail } from './formModel.ts';
import { longestName, problemsOf, type ProblemContext } from './problems.ts';
import type { DayPreview, Draft, Disambiguations, Preview } from '../protocol.ts';
import { noteSentence } from './scheduleSentences.ts';

export interface PreviewContext extends ProblemContext {
  /** The zone of whoever fills in the form. */
  readonly ownZone: string;
}

/** What the page shows beside the form: what the lock will do, what is sent, and what is wrong. */
export function previewOf(draft: Draft, context: PreviewContext): Preview {
  const { devices, locale, original } = context;
  const common = commonZone(devices);
  const zone = common.kind === 'one' ? common.zone : undefined;
  const schedule = scheduleOf(draft, zone, original);
  const problems = problemsOf(draft, context);
  const isClear =
    devices.length > 0 &&
    !problems.from &&
    !problems.until &&
    !problems.weekdays &&
    !problems.hours &&
    common.kind !== 'several';
  return {
    problems,
    passes: passesOf(draft, zone, locale),
    nameCount: nameCount(draft, locale),
    details: devices.map((device) => ({ id: device.id, detail: deviceDetail(device, locale) })),
    sentences: isClear
      ? sentencesOf(draft, schedule, common, context)
      : [locale.t('Complete or correct the form first.')],
    notes: [
      ...(isClear ? scheduleNotes(schedule, locale.now, clockOf(zone)).map((note) => noteSentence(note, locale)) : []),
      ...notesOf(draft, context),
    ],
    days: isClear ? dayPreviews(nextDays(schedule, startOf(schedule, locale.now), clockOf(zone), 7), locale) : [],
    payload: isClear ? payloadOf(draft, schedule, context) : [],
    submit: submitWords(devices, context),
    canSplit: !original && draft.credential === 'code' && isOvernight(schedule),
  };
}

function isOvernight({ allowedFromTime: from, allowedUntilTime: until }: Schedule): boolean {
  return from !== undefined && until !== undefined && from > until;
}

function startOf({ allowedFromDate }: Schedule, now: number): number {
  return Math.max(now, instantOf(allowedFromDate) ?? now);
}

function bytesOf(name: string): number {
  return new TextEncoder().encode(name.trim()).length;
}

function nameCount({ credential, name }: Draft, { t }: Locale): string {
  return credential === 'code'
    ? t('{0} of {1} bytes', bytesOf(name), keypadNameBytes)
    : t('{0} of {1} characters', name.trim().length, longestName);
}

function passesOf(draft: Draft, zone: string | undefined, { t }: Locale): Preview['passes'] {
  const ends = endsOf(draft, zone);
  const ask = (end: 'from' | 'until'): { readonly [E in typeof end]?: Disambiguations } => {
    const reading = ends[end];
    if (reading?.kind !== 'overlap') return {};
    const time = draft[end]?.time ?? '';
    const choice = (offset: string): string => t('{0} at UTC{1}', time, offset);
    return {
      [end]: {
        question: t('Clocks are put back that day, and {0} comes twice. Which one?', time),
        earlier: choice(reading.earlier.offset),
        later: choice(reading.later.offset),
      },
    };
  };
  return { ...ask('from'), ...ask('until') };
}

function sentencesOf(draft: Draft, schedule: Schedule, common: CommonZone, context: PreviewContext): string[] {
  const { devices, locale } = context;
  const { t, language } = locale;
  const zone = common.kind === 'one' ? common.zone : undefined;
  const names = new Intl.ListFormat(language, { type: 'conjunction' }).format(devices.map(({ name }) => name));
  const who = safeText(draft.name);
  return [
    who === '' || names === '' ? '' : t('{0} can open {1}.', who, names),
    `${scheduleInWords(schedule, zone, locale)} (${zoneWords(schedule, zone, locale)})`,
    ...ownClock(schedule, zone, context),
  ].filter((sentence) => sentence !== '');
}

function zoneWords(schedule: Schedule, zone: string | undefined, { t, now }: ProblemContext['locale']): string {
  if (zone === undefined) return t("dates in UTC, as the lock's time zone is not known");
  const until = instantOf(schedule.allowedUntilDate);
  const offsets = [startOf(schedule, now), until].flatMap((at) => (at === undefined ? [] : [offsetAt(at, zone)]));
  return `${zone}, UTC${[...new Set(offsets)].join('/')}`;
}

/** The same on the reader's own clock, where that shows something else. */
function ownClock(schedule: Schedule, zone: string | undefined, { ownZone, locale }: PreviewContext): string[] {
  const { t, now } = locale;
  const start = startOf(schedule, now);
  const isSkewed = (at: number): boolean => offsetAt(at, clockOf(zone)) !== offsetAt(at, ownZone);
  const date = (instant: number): string => formatInstant(instant, ownZone, locale);
  const from = instantOf(schedule.allowedFromDate);
  const until = instantOf(schedule.allowedUntilDate);
  if (!isSkewed(start) && !(until !== undefined && isSkewed(until))) return [];
  return [
    from === undefined ? '' : t('On your clock ({0}) it begins {1}.', ownZone, date(from)),
    until === undefined ? '' : t('On your clock ({0}) it ends {1}.', ownZone, date(until)),
    zone === undefined || !schedule.allowedFromTime || !isSkewed(start)
      ? ''
      : t('When it is {0} there it is {1} for you.', wallTimeAt(start, zone).time, wallTimeAt(start, ownZone).time),
  ];
}

/** What is worth knowing besides the schedule. */
function notesOf(draft: Draft, { devices, locale, original }: PreviewContext): string[] {
  const { t } = locale;
  const offline = devices.filter(({ isOnline }) => !isOnline);
  return [
    draft.credential === 'code' && bytesOf(draft.name) > keypadNameBytes
      ? t('The keypad keeps only the first {0} bytes of the name.', keypadNameBytes)
      : '',
    ...offline.map(({ name }) => t('{0} is offline: it may take this late, or never.', name)),
    ...(original ? [] : devices.map((device) => slotsLeft(device, draft, locale))),
  ].filter((note) => note !== '');
}

/** Below this many free slots it is worth saying how many there are: a tenth. */
function isScarce(left: number, limit: number): boolean {
  return left <= limit / 10;
}

function slotsLeft({ name, codes, others }: FormDevice, { credential }: Draft, { t }: Locale): string {
  const { used, limit } = credential === 'code' ? codes : others;
  if (used === undefined || used >= limit || !isScarce(limit - used - 1, limit)) return '';
  return t('{0}: {1} of {2} places are left after this.', name, limit - used - 1, limit);
}

function payloadOf(
  draft: Draft,
  schedule: Schedule,
  { devices, original, locale }: PreviewContext,
): Preview['payload'] {
  const masked = '••••••';
  const rows = (fields: object): { field: string; value: string }[] =>
    Object.entries(fields).map(([field, value]) => ({
      field,
      value: field === 'code' ? masked : JSON.stringify(value),
    }));
  if (original) {
    const changes = changesOf(draft, schedule, original);
    if (Object.keys(changes).length === 0) return [{ field: locale.t('Nothing'), value: '' }];
    const request = `POST /smartlock/${devices[0]?.id}/auth/${original.raw.authorization.id}`;
    return [{ field: request, value: '' }, ...rows(replacement(original.raw, changes))];
  }
  const requested: NewAuthorization = newAuthorizationOf(
    draft,
    schedule,
    typeof draft.person === 'number' ? draft.person : undefined,
  );
  const ids = devices.map(({ id }) => id);
  return ids.length === 1
    ? [{ field: `PUT /smartlock/${ids[0]}/auth`, value: '' }, ...rows(requested)]
    : [{ field: 'PUT /smartlock/auth', value: '' }, ...rows({ ...requested, smartlockIds: ids })];
}

function submitWords(devices: readonly FormDevice[], { original, locale: { t } }: PreviewContext): string {
  if (original) return t('Save');
  const [only] = devices;
  return only && devices.length === 1 ? t('Create on {0}', only.name) : t('Create on {0} devices', devices.length);
}

/** A picture of each day, drawn with formats that are made once: that takes longer than all the rest. */
function dayPreviews(days: readonly OpenDay[], { t, language }: Locale): DayPreview[] {
  const format = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(dateLanguage(language), { ...options, timeZone: 'UTC' });
  const [weekday, day] = [format({ weekday: 'short' }), format({ day: 'numeric' })];
  const whole = format({ weekday: 'long', day: 'numeric', month: 'long' });
  return days.map(({ date, spans }) => {
    const noon = Date.parse(`${date}T12:00:00Z`);
    const hours = spans.map(({ from, until }) => `${formatTimeOfDay(from)}–${formatTimeOfDay(until)}`).join(', ');
    return {
      label: `${weekday.format(noon)} ${day.format(noon)}`,
      spoken: `${whole.format(noon)}: ${hours === '' ? t('closed') : hours}`,
      spans,
    };
  });
}
