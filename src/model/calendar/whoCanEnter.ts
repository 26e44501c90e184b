import { inPages, yieldToEventLoop } from '../../base/eventLoop.ts';
import { instantOf } from '../../nuki/time/instant.ts';
import { timeZoneName } from '../../nuki/time/timeZones.ts';
import {
  clockReading,
  resolveWallTime,
  wallTimeAt,
  type ClockReading,
  type WallTime,
} from '../../nuki/time/zonedTime.ts';
import type { DeviceState } from '../snapshots.ts';
import { answerAt, accessOn, type EntryAccess } from './entryAccess.ts';
import { entriesOf, type Entry } from '../authorizations/entries.ts';

/** A moment: the same for all doors, or what the clock of each lock shows. */
export type Moment =
  | { readonly kind: 'instant'; readonly instant: number }
  | ({ readonly kind: 'wallTime' } & WallTime);

/** Someone who can enter, or may. */
export interface Entrant {
  readonly access: EntryAccess;
  readonly answer: 'yes' | 'unknown';
  /** It opens at one of the two instants at which the clock shows the time, and not at the other. */
  readonly onlyOnce: boolean;
}

/** Why a listed authorization does not open at a moment. */
export type Hindrance = 'disabled' | 'expired' | 'upcoming' | 'outside';

/** Who can enter through one door. */
export interface DoorAnswer {
  readonly state: DeviceState;
  /** Of the lock (IANA); `undefined` where it is not known, and the time is one of UTC. */
  readonly zone: string | undefined;
  /** What the lock's clock shows then: of a time that it skips the next one. */
  readonly shown: WallTime;
  /** `gap`: the clock skips the time that was asked for; `overlap`: it shows it twice. */
  readonly clock: 'exact' | 'gap' | 'overlap';
  readonly entrants: readonly Entrant[];
  /** How many are listed and cannot enter, by the reason. */
  readonly others: ReadonlyMap<Hindrance, number>;
}

/** As many entries as are worked through in one turn. */
const entriesInTurn = 1_000;

/**
 * Who can enter through each of these doors at a moment, as far as is known of their authorizations, with turns for everything else.
 * @throws {RangeError} for a wall time that is none of the calendar
 */
export async function whoCanEnter(devices: readonly DeviceState[], moment: Moment): Promise<readonly DoorAnswer[]> {
  const clockOf = clocksAt(moment);
  const answers: DoorAnswer[] = [];
  let worked = 0;
  for (const state of devices) {
    const entries = entriesOf(state);
    worked += entries.length;
    if (worked > entriesInTurn) {
      await yieldToEventLoop();
      worked = entries.length;
    }
    answers.push(await answerOf(state, entries, clockOf(timeZoneName(state.device.config?.timezoneId))));
  }
  return answers;
}

/** What is asked for on the clocks of one zone: each instant at which they show it. */
interface Asked extends Pick<DoorAnswer, 'zone' | 'shown' | 'clock'> {
  readonly readings: readonly ClockReading[];
}

async function answerOf(
  state: DeviceState,
  entries: readonly Entry[],
  { readings, ...clock }: Asked,
): Promise<DoorAnswer> {
  const accessOf = accessOn(state);
  const entrants: Entrant[] = [];
  const others = new Map<Hindrance, number>();
  for await (const page of inPages(entries)) {
    for (const entry of page) {
      const access = accessOf(entry);
      const answers = new Set(readings.map((reading) => answerAt(access, reading)));
      const onlyOnce = answers.size > 1;
      if (answers.has('yes') || answers.has('unknown')) {
        entrants.push({ access, answer: onlyOnce || answers.has('unknown') ? 'unknown' : 'yes', onlyOnce });
      } else {
        const hindrance = hindranceOf(access, readings[0]?.instant ?? 0);
        others.set(hindrance, (others.get(hindrance) ?? 0) + 1);
      }
    }
  }
  return { state, ...clock, entrants, others };
}

function hindranceOf({ isDisabled, limits }: EntryAccess, instant: number): Hindrance {
  if (isDisabled) return 'disabled';
  if ((instantOf(limits.allowedUntilDate) ?? Infinity) <= instant) return 'expired';
  return (instantOf(limits.allowedFromDate) ?? -Infinity) > instant ? 'upcoming' : 'outside';
}

/** What a moment is on the clock of each zone (IANA; UTC where it is not known), looked up once. */
function clocksAt(moment: Moment): (zone: string | undefined) => Asked {
  const known = new Map<string | undefined, Asked>();
  return (zone) => {
    const asked = known.get(zone) ?? askedOf(moment, zone);
    known.set(zone, asked);
    return asked;
  };
}

function askedOf(moment: Moment, zone: string | undefined): Asked {
  const clock = zone ?? 'UTC';
  const at = (...instants: readonly number[]): readonly ClockReading[] =>
    instants.map((instant) => clockReading(instant, clock));
  if (moment.kind === 'instant') {
    const { date, time } = wallTimeAt(moment.instant, clock);
    return { zone, shown: { date, time }, clock: 'exact', readings: at(moment.instant) };
  }
  const shown = { date: moment.date, time: moment.time };
  const resolution = resolveWallTime(shown, clock);
  switch (resolution.kind) {
    case 'exact':
      return { zone, shown, clock: 'exact', readings: at(Date.parse(resolution.instant)) };
    case 'overlap': {
      const { earlier, later } = resolution;
      return { zone, shown, clock: 'overlap', readings: at(Date.parse(earlier.instant), Date.parse(later.instant)) };
    }
    case 'gap':
      return { ...askedOf({ kind: 'wallTime', ...resolution.firstValid }, zone), clock: 'gap' };
    case 'invalid':
      throw new RangeError('No time of the calendar.');
  }
}
