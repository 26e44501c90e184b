// The clock of the simulated homes and of the extension in the windows that show them: a door turns in a fraction of its seconds.
import { systemClock, type Clock } from '../../src/base/clock.ts';

const rate = 5;

/** The start of the run in milliseconds since 1970, from which both sides count, so that their clocks agree. */
const startedAt = Number(process.env['KEYTURNER_STARTED_AT'] ?? Date.now());

/** Real milliseconds in which `ms` go by on the clock. */
export function realMs(ms: number): number {
  return ms / rate;
}

export const fastClock: Clock = {
  now: () => Math.floor(startedAt + (Date.now() - startedAt) * rate),
  wait: (ms, signal) => systemClock.wait(realMs(ms), signal),
};
