import { everything, type AccountFilter, type TimeRange } from '../../../model/activity/accountFilter.ts';
import { activityKinds, attemptOutcomes } from '../../../model/activity/attempt.ts';
import type { HolderId } from '../../../model/people/holders.ts';
import { isoDate } from '../../../views/text/timeText.ts';
import type { Filter, Span } from '../../protocol/activity.ts';

const days = { day: 1, week: 7, month: 30 } as const satisfies Partial<Record<Span, number>>;

/** Everything, or everything at one door. */
export function firstFilter(smartlockId: number | undefined): Filter {
  return filterOf({ ...everything, doors: smartlockId === undefined ? [] : [smartlockId] });
}

/** What the page asks for, as the model filters. Dates are days of this computer's clock. */
export function accountFilterOf({ span, from, until, person, doors, kind, result }: Filter): AccountFilter {
  const someone = someoneOf(person);
  return {
    time: timeOf(span, from, until),
    people: someone ? [someone] : [],
    doors,
    kinds: activityKinds.filter((each) => each === kind),
    outcomes: attemptOutcomes.filter((each) => each === result),
  };
}

function timeOf(span: Span, from: string, until: string): TimeRange {
  if (span === 'all') return { kind: 'all' };
  if (span !== 'own') return { kind: 'last', days: days[span] };
  return { kind: 'between', from: midnightOf(from, 0), until: beforeMidnight(midnightOf(until, 1)) };
}

/** The midnight that begins a date such as `2026-11-20`, `later` days later, by this computer's clock in ms since 1970. */
function midnightOf(date: string, later: number): number | undefined {
  const [year = NaN, month = NaN, day = NaN] = date.split('-').map(Number);
  const midnight = new Date(year, month - 1, day + later).getTime();
  return Number.isNaN(midnight) ? undefined : midnight;
}

function beforeMidnight(midnight: number | undefined): number | undefined {
  return midnight === undefined ? undefined : midnight - 1;
}

/** The same as the page shows it; of lists the first. */
export function filterOf({ time, people, doors, kinds, outcomes }: AccountFilter): Filter {
  const [someone] = people;
  return {
    ...spanOf(time),
    person: someone === undefined ? '' : personId(someone),
    doors,
    kind: kinds[0] ?? '',
    result: outcomes[0] ?? '',
  };
}

function spanOf(time: TimeRange): Pick<Filter, 'span' | 'from' | 'until'> {
  if (time.kind === 'between') return { span: 'own', from: dateOf(time.from), until: dateOf(time.until) };
  const isThat = (span: keyof typeof days): boolean => time.kind === 'last' && days[span] === time.days;
  const span = isThat('day') ? 'day' : isThat('week') ? 'week' : isThat('month') ? 'month' : 'all';
  return { span, from: '', until: '' };
}

function dateOf(instant: number | undefined): string {
  return instant === undefined ? '' : isoDate(instant);
}

export function personId(someone: HolderId): string {
  return 'accountUserId' in someone ? `user/${someone.accountUserId}` : `name/${someone.name}`;
}

function someoneOf(id: string): HolderId | undefined {
  const [, kind, value = ''] = /^(user|name)\/(.*)$/s.exec(id) ?? [];
  if (kind === 'user' && /^\d{1,15}$/.test(value)) return { accountUserId: Number(value) };
  return kind === 'name' ? { name: value } : undefined;
}

/** What is kept when the window is loaded again, which holds no names. */
export function withoutNames(filter: Filter): Filter {
  return filter.person.startsWith('name/') ? { ...filter, person: '' } : filter;
}
