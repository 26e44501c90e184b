import { inPages } from '../../base/eventLoop.ts';
import { dayLength } from '../../nuki/time/timeOfDay.ts';
import { daysFrom, type ZonedDay } from '../../nuki/time/zonedTime.ts';
import type { AccountActivity } from './accountActivity.ts';
import { logDisabled, logEnabled, type Attempt } from './attempt.ts';

/** A device whose days are looked at; without a zone by UTC. */
export interface Door {
  readonly smartlockId: number;
  /** IANA. */
  readonly zone: string | undefined;
}

/** An opening or a refused attempt, at a minute of its day: 0 to 1,439 by the lock's clock. */
export interface Mark {
  readonly attempt: Attempt;
  readonly minute: number;
}

/** What the rows tell of a door on a day, by the lock's own clock. */
export interface DoorDay {
  /** `2027-06-16`. */
  readonly date: string;
  /** When it begins and ends, ms since 1970. */
  readonly from: number;
  readonly until: number;
  readonly openings: number;
  readonly refused: number;
  /** In the order of the rows. */
  readonly marks: readonly Mark[];
  /** How much of the day was read: there may be more than `some` tells of, and `none` tells nothing. */
  readonly reading: 'all' | 'some' | 'none';
}

export interface DaysOfDoor extends Door {
  /** Oldest first. */
  readonly days: readonly DoorDay[];
  /** Openings and refused attempts on other days, or without a date. */
  readonly elsewhere: { readonly openings: number; readonly refused: number };
}

/**
 * The days of each door that passes the filter: `count` of them, the last of which has the instant `end` (ms since 1970) in it.
 */
export async function daysOfDoors(
  activity: Pick<AccountActivity, 'rows' | 'attempts' | 'filter' | 'request' | 'reach'>,
  doors: readonly Door[],
  { end, count }: { readonly end: number; readonly count: number },
): Promise<readonly DaysOfDoor[]> {
  const calendars = new Map<string, readonly Day[]>();
  const shown = doors.filter(
    ({ smartlockId }) => activity.filter.doors.length === 0 || activity.filter.doors.includes(smartlockId),
  );
  const tallies = new Map(
    shown.map(({ smartlockId, zone = 'UTC' }) => {
      const days = calendars.get(zone) ?? daysUntil(end, zone, count).map(withEnds);
      calendars.set(zone, days);
      return [smartlockId, new Tally(days)];
    }),
  );
  for await (const page of inPages(activity.rows)) {
    for (const attempt of page) tallies.get(attempt.entry.smartlockId)?.add(attempt);
  }
  const silences = await silencesIn(activity.attempts);
  return shown.map((door) => {
    const tally = tallies.get(door.smartlockId);
    return {
      ...door,
      days: tally?.days(activity, silences.get(door.smartlockId)) ?? [],
      elsewhere: tally?.elsewhere ?? { openings: 0, refused: 0 },
    };
  });
}

/** From one instant to another (ms since 1970). */
interface Silence {
  readonly from: number;
  readonly until: number;
}

/** When the logs of devices were off, or may have been, as far as their entries tell. */
async function silencesIn(attempts: readonly Attempt[]): Promise<ReadonlyMap<number, readonly Silence[]>> {
  const switches: { readonly smartlockId: number; readonly at: number; readonly isOn: boolean }[] = [];
  for await (const page of inPages(attempts)) {
    for (const { entry, at } of page) {
      const { smartlockId, action } = entry;
      if (at !== undefined && (action === logEnabled || action === logDisabled))
        switches.push({ smartlockId, at, isOn: action === logEnabled });
    }
  }
  const inOrder = Map.groupBy(
    switches.toSorted((a, b) => a.at - b.at),
    ({ smartlockId }) => smartlockId,
  );
  return new Map(
    [...inOrder].map(([smartlockId, own]) => [
      smartlockId,
      own.map(({ at, isOn }, index) =>
        isOn
          ? { from: own[index - 1]?.at ?? -Infinity, until: at }
          : { from: at, until: own[index + 1]?.at ?? Infinity },
      ),
    ]),
  );
}

/** From an instant to before another, ms since 1970. */
type Day = ZonedDay & { readonly from: number; readonly until: number };

/** The day at `end` on the clock of `zone`, and those before it. */
function daysUntil(end: number, zone: string, count: number): readonly ZonedDay[] {
  const midnight = daysFrom(end, zone, 1)[0]?.stretches[0]?.from ?? end;
  // About noon of the first day, whenever clocks were changed since.
  return daysFrom(midnight + dayLength / 2 - (count - 1) * dayLength, zone, count);
}

function withEnds(day: ZonedDay): Day {
  return { ...day, from: day.stretches[0]?.from ?? 0, until: day.stretches.at(-1)?.until ?? 0 };
}

class Tally {
  readonly elsewhere = { openings: 0, refused: 0 };
  readonly #days: readonly Day[];
  readonly #marks: readonly Mark[][];
  #hasUndated = false;

  constructor(days: readonly Day[]) {
    this.#days = days;
    this.#marks = days.map(() => []);
  }

  add(attempt: Attempt): void {
    const { at, isOpening, outcome } = attempt;
    if (!isOpening && outcome !== 'refused') return;
    this.#hasUndated ||= at === undefined;
    const index = at === undefined ? -1 : this.#days.findIndex(({ from, until }) => at >= from && at < until);
    const stretch = this.#days[index]?.stretches.find(
      ({ from, until }) => at !== undefined && at >= from && at < until,
    );
    if (at === undefined || stretch === undefined) this.elsewhere[isOpening ? 'openings' : 'refused'] += 1;
    else this.#marks[index]?.push({ attempt, minute: stretch.fromMinute + Math.floor((at - stretch.from) / 60_000) });
  }

  /** `silences`: when the log of the door was off. */
  days(activity: Pick<AccountActivity, 'request' | 'reach'>, silences: readonly Silence[] = []): readonly DoorDay[] {
    return this.#days.map((day, index) => {
      const marks = this.#marks[index] ?? [];
      const openings = marks.filter(({ attempt }) => attempt.isOpening).length;
      const { date, from, until } = day;
      const reading = readingOf(day, marks, activity);
      const isSilent = silences.some((silence) => silence.from < until && silence.until > from);
      return {
        date,
        from,
        until,
        openings,
        refused: marks.length - openings,
        marks,
        reading: reading === 'all' && (this.#hasUndated || isSilent) ? 'some' : reading,
      };
    });
  }
}

/** An entry that came to Nuki late may be of any day, so that only a log that was read whole tells all of one. */
function readingOf(
  { from, until }: Day,
  marks: readonly Mark[],
  { request, reach }: Pick<AccountActivity, 'request' | 'reach'>,
): DoorDay['reading'] {
  const isAsked = from >= (request.from ?? -Infinity) && until <= request.to + 1;
  if (isAsked && reach.kind === 'complete' && reach.unreadable === 0) return 'all';
  const isLookedAt =
    (reach.kind === 'complete' || until > (reach.lookedBackTo ?? Infinity)) &&
    until > (request.from ?? -Infinity) &&
    from <= request.to;
  return marks.length > 0 || isLookedAt ? 'some' : 'none';
}
