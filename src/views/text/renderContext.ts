import type { Locale } from '../../base/locale.ts';

/** Everything that texts depend on besides what they describe: the user's language, the time, and how often states are read. */
export interface RenderContext extends Locale {
  /** By Nuki's clock, which dates what the API answers; ms since 1970. */
  readonly now: number;
  /** By this computer's clock, which dates what was read; ms since 1970. */
  readonly ownNow: number;
  /** Between two readings of the states, in milliseconds. */
  readonly refreshIntervalMs: number;
}
