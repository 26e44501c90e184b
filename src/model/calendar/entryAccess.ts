import { authorizationType } from '../../nuki/authorization/authorizationType.ts';
import { limitDoubts, widestLimits, type LimitDoubt } from '../../nuki/authorization/limitDoubts.ts';
import { opensAt } from '../../nuki/authorization/openTimes.ts';
import type { DatedSchedule, Schedule } from '../../nuki/authorization/schedule.ts';
import { timeZoneName } from '../../nuki/time/timeZones.ts';
import type { ClockReading } from '../../nuki/time/zonedTime.ts';
import { typeOf, type Entry } from '../authorizations/entries.ts';
import { standingOf, type Standing } from '../authorizations/standing.ts';
import type { DeviceState } from '../snapshots.ts';

/**
 * Why it is not certain that an entry opens whenever its limits say so. `pending`: a change from here is not seen done; `waiting`: Nuki is
 * about something with it; `error`: the API names one; `keypadDisabled`: the keypad itself is, and the entry is a code.
 */
export type AccessDoubt = 'pending' | 'waiting' | 'unconfirmed' | 'error' | 'keypadDisabled' | LimitDoubt;

/** All that decides whether an entry lets someone in. */
export interface EntryAccess {
  readonly entry: Entry;
  readonly standing: Standing;
  /** As Nuki lists them, or as they were sent. */
  readonly limits: DatedSchedule;
  readonly doubts: readonly AccessDoubt[];
  /** When it may open, all doubts considered; the limits themselves where there are none. */
  readonly widest: Schedule;
  /** Whether it never opens. */
  readonly isDisabled: boolean;
}

/** Tells of the entries of one door what decides whether they let someone in. */
export function accessOn(state: DeviceState): (entry: Entry) => EntryAccess {
  const zone = timeZoneName(state.device.config?.timezoneId);
  const isKeypadDisabled = (state.authorizations?.items ?? []).some(
    ({ type, enabled }) => type === authorizationType.keypad && enabled === false,
  );
  return (entry) => {
    const standing: Standing =
      entry.kind === 'listed'
        ? standingOf(entry.authorization, state)
        : { pending: entry.creation, confirmation: 'unconfirmed' };
    const limits = limitsOf(entry);
    const ofLimits = limitDoubts(limits, zone);
    const isCode = typeOf(entry) === authorizationType.keypadCode;
    const doubts: readonly AccessDoubt[] = [
      ...standingAccessDoubts(entry, standing),
      ...(isKeypadDisabled && isCode ? ['keypadDisabled' as const] : []),
      ...ofLimits,
    ];
    const mayChange = standing.pending?.kind === 'change' || doubts.includes('waiting');
    return {
      entry,
      standing,
      limits,
      doubts,
      widest: mayChange ? {} : ofLimits.length > 0 ? widestLimits(limits, ofLimits) : limits,
      isDisabled: !mayChange && entry.kind === 'listed' && entry.authorization.enabled === false,
    };
  };
}

function standingAccessDoubts(entry: Entry, { pending, confirmation }: Standing): readonly AccessDoubt[] {
  if (pending) return ['pending'];
  const { operationId, error } = entry.kind === 'listed' ? entry.authorization : {};
  return [
    ...(operationId ? ['waiting' as const] : []),
    ...(confirmation === 'unconfirmed' ? ['unconfirmed' as const] : []),
    ...(error ? ['error' as const] : []),
  ];
}

/** When an entry opens, as Nuki lists it or as it was sent. */
function limitsOf(entry: Entry): DatedSchedule {
  return entry.kind === 'listed' ? entry.authorization : entry.creation.sent;
}

/** Whether it opens when the lock's clock shows `reading`; `unknown` where that is not certain. */
export type Answer = 'yes' | 'unknown' | 'no';

export function answerAt({ isDisabled, doubts, limits, widest }: EntryAccess, reading: ClockReading): Answer {
  if (isDisabled || !opensAt(widest, reading)) return 'no';
  return isSureWithin(doubts) && opensAt(limits, reading) ? 'yes' : 'unknown';
}

/** Whether an entry is certain to open within its limits: incomplete ones only leave open what happens outside of them. */
export function isSureWithin(doubts: readonly AccessDoubt[]): boolean {
  return doubts.every((doubt) => doubt === 'incompleteLimits');
}
