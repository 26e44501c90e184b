import * as fc from 'fast-check';
import { wireInstant } from '../../../src/nuki/time/instant.ts';

const minute = 60_000;

/** A whole minute of a few weeks around the clock change of Europe, close enough together that dates matter. */
export const anyInstant = fc
  .integer({ min: Date.UTC(2027, 2, 7) / minute, max: Date.UTC(2027, 3, 18) / minute })
  .map((minutes) => minutes * minute);

const anyMinutes = fc.oneof(fc.constantFrom(0, 1, 60, 120, 180, 1_439, 1_440), fc.integer({ min: 0, max: 1_440 }));

/** A schedule as the API may have it: with limits missing, meaningless, and over midnight. */
export const anySchedule = fc.record(
  {
    allowedFromDate: anyInstant.map(wireInstant),
    allowedUntilDate: anyInstant.map(wireInstant),
    allowedWeekDays: fc.integer({ min: 0, max: 127 }),
    allowedFromTime: anyMinutes,
    allowedUntilTime: anyMinutes,
  },
  { requiredKeys: [] },
);
