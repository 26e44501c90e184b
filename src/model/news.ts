import type { ActivityEntry } from '../nuki/activityLog.ts';
import type { Authorization } from '../nuki/authorization/authorization.ts';
import { instantOf } from '../nuki/time/instant.ts';
import type { Smartlock } from '../nuki/smartlock.ts';

/** What an answer said of a device; `asked` numbers our requests, `askedAt` is when it was sent, in ms since 1970. */
export interface Answer {
  readonly device: Smartlock;
  readonly asked: number;
  readonly askedAt: number;
}

/**
 * What an answer is beside those before it: `news` is as new as anything that was known or newer, `older` comes from an older copy,
 * `contradictory` tells another state under the same date.
 */
export type News = 'news' | 'older' | 'contradictory';

/** Why what is known of a device may not be so. */
export type Doubt =
  /** `other`, too, was reported under the same date, and nothing says which is right. */
  | { readonly kind: 'contradictory'; readonly other: Smartlock }
  /** For a while only a copy has answered that is older than one seen before; what is shown is that copy. */
  | { readonly kind: 'outdated' };

/** Answers in a row that are not what was known: how many, and when the first and the last were asked for, in ms since 1970. */
export interface Row {
  readonly count: number;
  readonly firstAt: number;
  readonly lastAt: number;
}

/** Such answers about a device. */
interface Run extends Row {
  readonly news: 'older' | 'contradictory';
  readonly last: Answer;
}

/** What the answers about a device so far come to. */
export interface Evidence {
  /** The newest answer by the device's own date; where answers contradict each other, the last with the state that was known first. */
  readonly latest: Answer;
  /** The last answer that told another state under the date of `latest`. */
  readonly other?: Answer | undefined;
  readonly run?: Run | undefined;
  /** Whether the device has been seen to change its state without changing its date. */
  readonly isUndated?: boolean | undefined;
}

/** So many answers in a row that agree are believed against what was known, if there is at least as much time between them, in ms. */
export const enough = { answers: 3, ms: 60_000 };

/** A date that is so many ms ahead of Nuki's clock orders nothing: it would make all that follow look old. */
const longestAhead = 5 * 60_000;

/**
 * What is known once `answer` has come as well. Any server of Nuki's may answer, each from a copy of its own, so that a later answer may
 * tell an earlier state. The rule, with `updateDate` as the device's own date and `now` (ms since 1970) by Nuki's clock:
 *
 * - A newer date is news, whenever it was asked for.
 * - An older date is no news. {@link enough} such answers in a row are shown as what they are, old: no other copy may be left.
 * - The same date and the same state is news. The same date and another state is a contradiction, and neither is right until a newer date
 *   comes or {@link enough} answers in a row agree. A device that was so seen to change without its date goes by the order of our requests.
 * - Without a date, with one that cannot be read, or with one in the future, the order of our requests decides.
 *
 * The same holds of lists of authorizations ({@link isOlderList}) and of logs ({@link isOlderLog}), but for contradictions.
 */
export function weigh(
  known: Evidence | undefined,
  answer: Answer,
  now: number,
): { readonly evidence: Evidence; readonly news: News } {
  if (!known) return news(answer);
  const order = orderOf(known.latest.device, answer.device, now);
  if (order === 'newer') {
    const isUndated = known.isUndated && isSameState(known.latest.device, answer.device);
    return news(answer, isUndated);
  }
  if (answer.asked < (known.run?.last ?? known.latest).asked) return { evidence: known, news: 'older' };
  if (order === 'older') return { evidence: { ...known, run: continued(known.run, answer, 'older') }, news: 'older' };
  if (order === 'unknown') return news(answer, known.isUndated);
  const agrees = isSameState(known.latest.device, answer.device);
  if (!known.other && (agrees || known.isUndated)) return news(answer, known.isUndated);
  const run = continued(known.run, answer, 'contradictory');
  if (isEnough(run)) return news(answer, !agrees);
  const evidence = agrees ? { ...known, latest: answer, run } : { ...known, other: answer, run };
  return { evidence, news: 'contradictory' };
}

function news(latest: Answer, isUndated?: boolean): { readonly evidence: Evidence; readonly news: 'news' } {
  return { evidence: { latest, isUndated }, news: 'news' };
}

/** What is to be shown of a device: the answer, and what is to be said against it. */
export function shownOf({ latest, other, run }: Evidence): { readonly answer: Answer; readonly doubt?: Doubt } {
  if (run?.news === 'older' && isEnough(run)) return { answer: run.last, doubt: { kind: 'outdated' } };
  if (!other) return { answer: latest };
  const [answer, before] = other.asked > latest.asked ? [other, latest] : [latest, other];
  return { answer, doubt: { kind: 'contradictory', other: before.device } };
}

/** How the date of `now` stands to that of `before`; `unknown` where one of them orders nothing. */
function orderOf(before: Smartlock, after: Smartlock, now: number): 'newer' | 'same' | 'older' | 'unknown' {
  // Most answers tell nothing new; reading dates takes time.
  if (before.updateDate === after.updateDate && isSameState(before, after)) return 'same';
  const [known, answered] = [before, after].map(({ updateDate }) => usableDate(updateDate, now));
  if (known === undefined || answered === undefined) return 'unknown';
  if (known === answered) return 'same';
  return answered > known ? 'newer' : 'older';
}

/** A date (ISO 8601) that says which of two answers is the newer one, as ms since 1970. */
function usableDate(date: string | undefined, now: number): number | undefined {
  const instant = instantOf(date);
  return instant === undefined || instant > now + longestAhead ? undefined : instant;
}

/** Whether two answers say the same of the door; name, batteries, settings and connection may differ. */
function isSameState({ state: a }: Smartlock, { state: b }: Smartlock): boolean {
  return (
    a?.state === b?.state && a?.mode === b?.mode && a?.lastAction === b?.lastAction && a?.doorState === b?.doorState
  );
}

/** The run with one answer more, or another one that begins with it. */
function continued(run: Run | undefined, last: Answer, kind: Run['news']): Run {
  const goesOn = run?.news === kind && (kind === 'older' || isSameState(run.last.device, last.device));
  return { ...longer(goesOn ? run : undefined, last.askedAt), news: kind, last };
}

/** The row with one answer more, which was asked for at `askedAt`. */
export function longer(row: Row | undefined, askedAt: number): Row {
  return { count: (row?.count ?? 0) + 1, firstAt: row?.firstAt ?? askedAt, lastAt: askedAt };
}

/** Whether these are {@link enough} to be believed. */
export function isEnough({ count, firstAt, lastAt }: Row): boolean {
  return count >= enough.answers && lastAt - firstAt >= enough.ms;
}

/** Whether one of the authorizations is dated before what is known of it: the list comes from an older copy. */
export function isOlderList(
  known: readonly Authorization[],
  list: readonly Pick<Authorization, 'id' | 'updateDate'>[],
  now: number,
): boolean {
  const dates = new Map(known.map(({ id, updateDate }) => [id, updateDate]));
  return list.some(({ id, updateDate }) => isBefore(updateDate, dates.get(id), now));
}

/** Whether a log ends, at its newest, before an entry that is known. */
export function isOlderLog(known: readonly ActivityEntry[], page: readonly ActivityEntry[], now: number): boolean {
  return isBefore(newestDate(page, now), newestDate(known, now), now);
}

function newestDate(entries: readonly ActivityEntry[], now: number): string | undefined {
  let newest: string | undefined;
  for (const { date } of entries) {
    if (usableDate(date, now) !== undefined && (newest === undefined || isBefore(newest, date, now))) newest = date;
  }
  return newest;
}

function isBefore(date: string | undefined, other: string | undefined, now: number): boolean {
  if (date === other) return false;
  const [instant, than] = [usableDate(date, now), usableDate(other, now)];
  return instant !== undefined && than !== undefined && instant < than;
}
