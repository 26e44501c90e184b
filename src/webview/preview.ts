import { safeText } from '../base/safeText.ts';
import { replacement, type NewAuthorization } from '../nuki/authorizationWrites.ts';
import { instantOf, keypadNameBytes } from '../nuki/authorization.ts';
import { nextDays, type OpenDay } from '../nuki/openTimes.ts';
import { dateLanguage, formatInstant, scheduleInWords, type Reader, type Schedule } from '../nuki/schedule.ts';
import { scheduleNotes } from '../nuki/scheduleRules.ts';
import { formatTimeOfDay } from '../nuki/timeOfDay.ts';
import { offsetAt, wallTimeAt } from '../nuki/zonedTime.ts';
import { changesOf, clockOf, endsOf, scheduleOf, wishOf } from './draft.ts';
import { commonZone, type CommonZone, type FormDevice } from './formDevices.ts';
import { deviceDetail } from './formModel.ts';
import { longestName, problemsOf, type Judging } from './problems.ts';
import type { DayPreview, Draft, Passes, Preview } from './protocol.ts';
import { noteSentence } from './scheduleSentences.ts';

export interface PreviewContext extends Judging {
  /** The zone of whoever fills in the form. */
  readonly ownZone: string;
}

/** What the page shows beside the form: what the lock will do, what is sent, and what is wrong. */
export function previewOf(draft: Draft, context: PreviewContext): Preview {
  const { devices, reader, seen } = context;
  const common = commonZone(devices);
  const zone = common.is === 'one' ? common.zone : undefined;
  const schedule = scheduleOf(draft, zone, seen);
  const problems = problemsOf(draft, context);
  const isClear =
    devices.length > 0 &&
    !problems.from &&
    !problems.until &&
    !problems.weekdays &&
    !problems.hours &&
    common.is !== 'several';
  return {
    problems,
    passes: passesOf(draft, zone, reader),
    nameCount: nameCount(draft, reader),
    details: devices.map((device) => ({ id: device.id, detail: deviceDetail(device, reader) })),
    sentences: isClear
      ? sentencesOf(draft, schedule, common, context)
      : [reader.say('Complete or correct the form first.')],
    notes: [
      ...(isClear ? scheduleNotes(schedule, reader.now, clockOf(zone)).map((note) => noteSentence(note, reader)) : []),
      ...notesOf(draft, context),
    ],
    days: isClear ? dayPreviews(nextDays(schedule, startOf(schedule, reader.now), clockOf(zone), 7), reader) : [],
    payload: isClear ? payloadOf(draft, schedule, context) : [],
    submit: submitWords(devices, context),
    canSplit: !seen && draft.means === 'code' && isOvernight(schedule),
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

function nameCount({ means, name }: Draft, { say }: Reader): string {
  return means === 'code'
    ? say('{0} of {1} bytes', bytesOf(name), keypadNameBytes)
    : say('{0} of {1} characters', name.trim().length, longestName);
}

function passesOf(draft: Draft, zone: string | undefined, { say }: Reader): Preview['passes'] {
  const ends = endsOf(draft, zone);
  const ask = (end: 'from' | 'until'): { readonly [E in typeof end]?: Passes } => {
    const reading = ends[end];
    if (reading?.is !== 'overlap') return {};
    const time = draft[end]?.time ?? '';
    const choice = (offset: string): string => say('{0} at UTC{1}', time, offset);
    return {
      [end]: {
        question: say('Clocks are put back that day, and {0} comes twice. Which one?', time),
        earlier: choice(reading.earlier.offset),
        later: choice(reading.later.offset),
      },
    };
  };
  return { ...ask('from'), ...ask('until') };
}

function sentencesOf(draft: Draft, schedule: Schedule, common: CommonZone, context: PreviewContext): string[] {
  const { devices, reader } = context;
  const { say, language } = reader;
  const zone = common.is === 'one' ? common.zone : undefined;
  const names = new Intl.ListFormat(language, { type: 'conjunction' }).format(devices.map(({ name }) => name));
  const who = safeText(draft.name);
  return [
    who === '' || names === '' ? '' : say('{0} can open {1}.', who, names),
    `${scheduleInWords(schedule, zone, reader)} (${zoneWords(schedule, zone, reader)})`,
    ...ownClock(schedule, zone, context),
  ].filter((sentence) => sentence !== '');
}

function zoneWords(schedule: Schedule, zone: string | undefined, { say, now }: Judging['reader']): string {
  if (zone === undefined) return say("dates in UTC, as the lock's time zone is not known");
  const until = instantOf(schedule.allowedUntilDate);
  const offsets = [startOf(schedule, now), until].flatMap((at) => (at === undefined ? [] : [offsetAt(at, zone)]));
  return `${zone}, UTC${[...new Set(offsets)].join('/')}`;
}

/** The same on the reader's own clock, where that shows something else. */
function ownClock(schedule: Schedule, zone: string | undefined, { ownZone, reader }: PreviewContext): string[] {
  const { say, now } = reader;
  const start = startOf(schedule, now);
  const isApart = (at: number): boolean => offsetAt(at, clockOf(zone)) !== offsetAt(at, ownZone);
  const date = (instant: number): string => formatInstant(instant, ownZone, reader);
  const from = instantOf(schedule.allowedFromDate);
  const until = instantOf(schedule.allowedUntilDate);
  if (!isApart(start) && !(until !== undefined && isApart(until))) return [];
  return [
    from === undefined ? '' : say('On your clock ({0}) it begins {1}.', ownZone, date(from)),
    until === undefined ? '' : say('On your clock ({0}) it ends {1}.', ownZone, date(until)),
    zone === undefined || !schedule.allowedFromTime || !isApart(start)
      ? ''
      : say('When it is {0} there it is {1} for you.', wallTimeAt(start, zone).time, wallTimeAt(start, ownZone).time),
  ];
}

/** What is worth knowing besides the schedule. */
function notesOf(draft: Draft, { devices, reader, seen }: PreviewContext): string[] {
  const { say } = reader;
  const offline = devices.filter(({ isOnline }) => !isOnline);
  return [
    draft.means === 'code' && bytesOf(draft.name) > keypadNameBytes
      ? say('The keypad keeps only the first {0} bytes of the name.', keypadNameBytes)
      : '',
    ...offline.map(({ name }) => say('{0} is offline: it may take this late, or never.', name)),
    ...(seen ? [] : devices.map((device) => slotsLeft(device, draft, reader))),
  ].filter((note) => note !== '');
}

/** Below this many free slots it is worth saying how many there are: a tenth. */
function isScarce(left: number, limit: number): boolean {
  return left <= limit / 10;
}

function slotsLeft({ name, codes, others }: FormDevice, { means }: Draft, { say }: Reader): string {
  const { used, limit } = means === 'code' ? codes : others;
  if (used === undefined || used >= limit || !isScarce(limit - used - 1, limit)) return '';
  return say('{0}: {1} of {2} places are left after this.', name, limit - used - 1, limit);
}

function payloadOf(draft: Draft, schedule: Schedule, { devices, seen, reader }: PreviewContext): Preview['payload'] {
  const masked = '••••••';
  const rows = (fields: object): { field: string; value: string }[] =>
    Object.entries(fields).map(([field, value]) => ({
      field,
      value: field === 'code' ? masked : JSON.stringify(value),
    }));
  if (seen) {
    const changes = changesOf(draft, schedule, seen);
    if (Object.keys(changes).length === 0) return [{ field: reader.say('Nothing'), value: '' }];
    const request = `POST /smartlock/${devices[0]?.id}/auth/${seen.whole.authorization.id}`;
    return [{ field: request, value: '' }, ...rows(replacement(seen.whole, changes))];
  }
  const wish: NewAuthorization = wishOf(draft, schedule, typeof draft.person === 'number' ? draft.person : undefined);
  const ids = devices.map(({ id }) => id);
  return ids.length === 1
    ? [{ field: `PUT /smartlock/${ids[0]}/auth`, value: '' }, ...rows(wish)]
    : [{ field: 'PUT /smartlock/auth', value: '' }, ...rows({ ...wish, smartlockIds: ids })];
}

function submitWords(devices: readonly FormDevice[], { seen, reader: { say } }: PreviewContext): string {
  if (seen) return say('Save');
  const [only] = devices;
  return only && devices.length === 1 ? say('Create on {0}', only.name) : say('Create on {0} devices', devices.length);
}

/** A picture of each day, drawn with formats that are made once: that takes longer than all the rest. */
function dayPreviews(days: readonly OpenDay[], { say, language }: Reader): DayPreview[] {
  const format = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(dateLanguage(language), { ...options, timeZone: 'UTC' });
  const [weekday, day] = [format({ weekday: 'short' }), format({ day: 'numeric' })];
  const whole = format({ weekday: 'long', day: 'numeric', month: 'long' });
  return days.map(({ date, spans }) => {
    const noon = Date.parse(`${date}T12:00:00Z`);
    const hours = spans.map(({ from, until }) => `${formatTimeOfDay(from)}–${formatTimeOfDay(until)}`).join(', ');
    return {
      label: `${weekday.format(noon)} ${day.format(noon)}`,
      spoken: `${whole.format(noon)}: ${hours === '' ? say('closed') : hours}`,
      spans,
    };
  });
}
