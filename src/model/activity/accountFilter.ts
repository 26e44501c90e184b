import { kindWords } from '../../nuki/vocabulary/kindWords.ts';
import { activityKindOf, type ActivityKind, type Attempt, type AttemptOutcome } from './attempt.ts';
import type { HolderId } from '../people/holders.ts';
import { dayLength } from '../../nuki/time/timeOfDay.ts';

/** Days that end now, a stretch between two instants (ms since 1970, both included), or all that the log has. */
export type TimeRange =
  | { readonly kind: 'last'; readonly days: number }
  | { readonly kind: 'between'; readonly from?: number | undefined; readonly until?: number | undefined }
  | { readonly kind: 'all' };

/** What is to be seen of an account's activity; an empty list limits nothing. */
export interface AccountFilter {
  readonly time: TimeRange;
  /** Account users; or whoever the log calls so, as it names codes and fobs without one. */
  readonly people: readonly HolderId[];
  /** The ids of devices. */
  readonly doors: readonly number[];
  readonly kinds: readonly ActivityKind[];
  readonly outcomes: readonly AttemptOutcome[];
}

export const everything: AccountFilter = { time: { kind: 'all' }, people: [], doors: [], kinds: [], outcomes: [] };

/** What Nuki is asked for: the log of one device, or of all; times in ms since 1970. */
export interface LogRequest {
  readonly smartlockId?: number | undefined;
  readonly from?: number | undefined;
  readonly to: number;
  readonly action?: number | undefined;
  readonly accountUserId?: number | undefined;
}

/**
 * What of a filter Nuki can answer: time, one device, one account user, one action.
 * @param now ms since 1970 by Nuki's clock
 */
export function requestOf({ time, people, doors, kinds: chosen }: AccountFilter, now: number): LogRequest {
  const [door, ...otherDoors] = doors;
  const [someone, ...otherPeople] = people;
  const [action, ...otherActions] = actionsOf(chosen);
  return {
    smartlockId: otherDoors.length === 0 ? door : undefined,
    from: time.kind === 'last' ? now - time.days * dayLength : time.kind === 'between' ? time.from : undefined,
    // Fixed, so that all pages are of one list. A day ahead: the clock of a lock may be ahead of Nuki's.
    to: (time.kind === 'between' ? time.until : undefined) ?? now + dayLength,
    action: otherActions.length === 0 ? action : undefined,
    accountUserId:
      someone !== undefined && otherPeople.length === 0 && 'accountUserId' in someone
        ? someone.accountUserId
        : undefined,
  };
}

/** The codes of the actions of these kinds; empty where they cannot be counted. */
function actionsOf(chosen: readonly ActivityKind[]): readonly number[] {
  if (chosen.length === 0 || chosen.includes('other')) return [];
  const codes = Object.entries(kindWords).flatMap(([type, { logActions }]) =>
    Object.keys(logActions)
      .map(Number)
      .filter((code) => chosen.includes(activityKindOf(code, Number(type)))),
  );
  return [...new Set(codes)];
}

/** Who applies a filter: Nuki, which answers with nothing else, or Keyturner among all that it reads. */
export type AppliedBy = { readonly [F in keyof AccountFilter]?: 'nuki' | 'here' };

/** By whom each filter is applied that limits something. */
export function appliedBy(filter: AccountFilter): AppliedBy {
  const { smartlockId, action, accountUserId } = requestOf(filter, 0);
  const by = (isAsked: boolean): 'nuki' | 'here' => (isAsked ? 'nuki' : 'here');
  return {
    ...(filter.time.kind !== 'all' && { time: 'nuki' as const }),
    ...(filter.people.length > 0 && { people: by(accountUserId !== undefined) }),
    ...(filter.doors.length > 0 && { doors: by(smartlockId !== undefined) }),
    ...(filter.kinds.length > 0 && { kinds: by(action !== undefined) }),
    ...(filter.outcomes.length > 0 && { outcomes: 'here' as const }),
  };
}

/**
 * Whether an attempt passes a filter, in the time that was asked for. One without a readable date may be of any time.
 */
export function passes(
  { entry, at, kind, outcome }: Attempt,
  filter: AccountFilter,
  { from, to }: LogRequest,
): boolean {
  const { people, doors, kinds: chosen, outcomes } = filter;
  return (
    (at === undefined || ((from === undefined || at >= from) && at <= to)) &&
    (doors.length === 0 || doors.includes(entry.smartlockId)) &&
    (chosen.length === 0 || chosen.includes(kind)) &&
    (outcomes.length === 0 || outcomes.includes(outcome)) &&
    (people.length === 0 ||
      people.some((someone) =>
        'accountUserId' in someone
          ? someone.accountUserId === entry.accountUserId
          : someone.name === entry.name && entry.accountUserId === undefined,
      ))
  );
}
