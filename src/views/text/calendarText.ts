import type { Locale } from '../../base/locale.ts';
import { inOrder, nameOf, typeOf, type Entry } from '../../model/authorizations/entries.ts';
import { type EntryAccess } from '../../model/calendar/entryAccess.ts';
import type { RowMark } from '../../model/calendar/calendar.ts';
import type { DoorAnswer, Entrant, Hindrance, Moment } from '../../model/calendar/whoCanEnter.ts';
import { dateFormat } from '../../nuki/time/dateFormat.ts';
import { doubtfulTimeZoneIds } from '../../nuki/time/timeZones.ts';
import type { WallTime } from '../../nuki/time/zonedTime.ts';
import { authorizationTypes, word } from '../../nuki/vocabulary/words.ts';
import { authorizationName } from './authorizationText.ts';
import { deviceName, errorOf } from './deviceText.ts';
import type { Devices } from './duplicateNames.ts';
import { pendingChangeSummary, waitingText } from './pendingChangeText.ts';
import type { RenderContext } from './renderContext.ts';
import { cityOf, shortSchedule } from './shortSchedule.ts';

const markWords: Readonly<Record<RowMark, string>> = {
  pending: waitingText,
  waiting: waitingText,
  unconfirmed: 'not yet confirmed',
  error: 'error: {0}',
  keypadDisabled: 'keypad disabled',
  incompleteLimits: 'limits incomplete, the lock may ignore them',
  unclearHours: 'unclear hours',
  unclearDates: 'validity unknown',
  unknownZone: 'time zone unknown',
  disabled: 'disabled',
  expired: 'expired',
  expiresSoon: 'expires soon',
  upcoming: 'upcoming',
};

/** A mark of an entry in a few words. */
export function markText(mark: RowMark, { entry, standing }: EntryAccess, { t }: Locale): string {
  if (mark === 'pending' && standing.pending) return pendingChangeSummary(standing.pending, t);
  return t(markWords[mark], entry.kind === 'listed' ? errorOf(entry.authorization) : '');
}

/** The name of an entry, fit to be shown. */
function entryName(entry: Entry, locale: Locale): string {
  return authorizationName({ name: nameOf(entry) }, locale);
}

/** With what someone opens: `keypad code`. */
export function entryType(entry: Entry, { t }: Locale): string {
  return word(authorizationTypes, typeOf(entry), t);
}

/** A date with a time of any clock: `Sun, 6 Dec 2026, 15:00`. */
function wallTimeText({ date, time }: WallTime, { language }: Locale): string {
  const format = dateFormat(language, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: 'UTC',
  });
  return format.format(Date.parse(`${date}T${time}Z`));
}

/** What is asked for, as a title. */
export function questionText(moment: Moment, locale: Locale): string {
  return moment.kind === 'instant'
    ? locale.t('Who can enter now?')
    : locale.t('Who can enter at {0}?', wallTimeText(moment, locale));
}

/** A part of an answer: what is said of some entries of one door. */
export interface AnswerPart {
  readonly heading: string;
  readonly lines: readonly AnswerLine[];
}

export interface AnswerLine {
  readonly text: string;
  readonly detail: string;
  /** The one entry that it is about. */
  readonly entry?: Entry;
}

/** Who can enter through a door, who may, and how many cannot. `doors`: those of its account, among which its name may be ambiguous. */
export function answerParts(
  answer: DoorAnswer,
  moment: Moment,
  doors: Devices,
  context: RenderContext,
): readonly AnswerPart[] {
  const { t } = context;
  const door = deviceName(answer.state.device, doors, context);
  const entrants = new Map(answer.entrants.map((entrant) => [entrant.access.entry, entrant]));
  const ordered = inOrder([...entrants.keys()], context.language).flatMap((entry) => entrants.get(entry) ?? []);
  const linesOf = (kind: Entrant['answer']): readonly AnswerLine[] =>
    ordered.filter((each) => each.answer === kind).map((entrant) => entrantLine(entrant, answer, context));
  const sure = linesOf('yes');
  const unsure = [...linesOf('unknown'), ...unreadLines(answer, context)];
  const none = t(unsure.length === 0 ? 'No one' : 'No one for certain');
  return [
    {
      heading: `${door} · ${clockText(answer, moment, context)}`,
      lines: [...(sure.length === 0 ? [{ text: none, detail: '' }] : sure), ...othersLines(answer, context)],
    },
    ...(unsure.length === 0 ? [] : [{ heading: t('{0} · not certain', door), lines: unsure }]),
  ];
}

/** How many can enter through a door, and may; and what is not known of it. */
export function answerSummary(answer: DoorAnswer, context: RenderContext): string {
  const { t } = context;
  const { entrants, state } = answer;
  const sure = entrants.filter((each) => each.answer === 'yes').length;
  const unsure = entrants.length - sure;
  return [
    state.authorizations ? t('{0} can enter', sure) : '',
    unsure > 0 ? t('{0} not certain', unsure) : '',
    ...unreadLines(answer, context).map(({ text }) => text),
  ]
    .filter(Boolean)
    .join(' · ');
}

/** An answer for all doors as text to be pasted: a paragraph for each part. */
export function answerText(parts: readonly AnswerPart[]): string {
  const lineText = ({ text, detail }: AnswerLine): string => `  ${[text, detail].filter(Boolean).join(': ')}`;
  return parts.map(({ heading, lines }) => [heading, ...lines.map(lineText)].join('\n')).join('\n\n');
}

/** What the lock's clock shows at the moment: `Sun, 6 Dec 2026, 15:00 in Berlin`. */
function clockText({ state, shown, zone, clock }: DoorAnswer, moment: Moment, locale: Locale): string {
  const { t } = locale;
  const time = wallTimeText(shown, locale);
  const there = zone === undefined ? t('{0} UTC, time zone unknown', time) : t('{0} in {1}', time, cityOf(zone));
  if (clock === 'overlap') return t('{0} (occurs twice, clocks go back)', there);
  const asked = moment.kind === 'wallTime' ? moment.time : '';
  if (clock === 'gap') return t("{0} ({1} doesn't exist, clocks go forward)", there, asked);
  const isDoubtful = doubtfulTimeZoneIds.includes(state.device.config?.timezoneId ?? -1);
  return isDoubtful ? t("{0} (the lock's clock may be an hour off)", there) : there;
}

function entrantLine({ access, answer, onlyOnce }: Entrant, { zone }: DoorAnswer, context: RenderContext): AnswerLine {
  const { entry, limits, doubts } = access;
  const reasons = answer === 'unknown' ? doubts.map((doubt) => markText(doubt, access, context)) : [];
  const once = onlyOnce ? context.t('only at one of the two times') : '';
  const detail = [entryType(entry, context), ...reasons, once, shortSchedule(limits, zone, context)];
  return { text: entryName(entry, context), detail: detail.filter(Boolean).join(' · '), entry };
}

/** What is not known of the authorizations themselves. */
function unreadLines({ state: { authorizations } }: DoorAnswer, { t }: Locale): readonly AnswerLine[] {
  if (!authorizations) return [{ text: t('Authorizations not read'), detail: '' }];
  const { length } = authorizations.unreadable;
  return length === 0 ? [] : [{ text: t('{0} unreadable', length), detail: '' }];
}

const hindranceWords: Readonly<Record<Hindrance, string>> = {
  disabled: '{0} disabled',
  expired: '{0} expired',
  upcoming: '{0} upcoming',
  outside: '{0} at other times',
};

function othersLines({ others }: DoorAnswer, { t }: Locale): readonly AnswerLine[] {
  const sum = [...others.values()].reduce((total, count) => total + count, 0);
  if (sum === 0) return [];
  const detail = [...others].map(([hindrance, count]) => t(hindranceWords[hindrance], count)).join(' · ');
  return [{ text: sum === 1 ? t("1 other can't enter") : t("{0} others can't enter", sum), detail }];
}
