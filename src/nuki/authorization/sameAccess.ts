import { instantOf } from '../time/instant.ts';
import { keypadNameBytes } from './authorization.ts';
import { nameBytes } from './keypadName.ts';
import type { Schedule } from './schedule.ts';
import { daysOf } from './scheduleRanges.ts';
import type { LimitName } from './scheduleRules.ts';

/** The most bytes of a character in UTF-8. */
const longestCharacterBytes = 4;

/** Whether the lock has taken the name `requested`: a keypad cuts it before the first character that does not fit. */
export function isSameName(requested: string, kept: string): boolean {
  const isCut = requested.startsWith(kept) && nameBytes(kept) > keypadNameBytes - longestCharacterBytes;
  return kept === requested || isCut;
}

/** The limits in one notation: the API may write an instant otherwise, and has several ways to write "no limit". */
export function limitsOf(limits: Schedule): Readonly<Record<LimitName, string | number | undefined>> {
  const { allowedFromDate, allowedUntilDate, allowedFromTime = 0, allowedUntilTime = 0 } = limits;
  return {
    from: instantOf(allowedFromDate) ?? allowedFromDate,
    until: instantOf(allowedUntilDate) ?? allowedUntilDate,
    weekdays: daysOf(limits),
    hours: `${allowedFromTime}–${allowedUntilTime}`,
  };
}

/** Whether two schedules say the same. */
export function haveSameLimits(one: Schedule, other: Schedule): boolean {
  const [a, b] = [limitsOf(one), limitsOf(other)];
  return a.from === b.from && a.until === b.until && a.weekdays === b.weekdays && a.hours === b.hours;
}
