import type { Exchange } from '../journal/exchange.ts';

/** What one client did. */
export interface Run {
  /** In the order in which its requests came. */
  readonly exchanges: readonly Exchange[];
  /** Whether webhooks tell it what becomes of its requests. */
  readonly webhook: boolean;
}

/** How a rule judges a run. */
export interface Judgement {
  /** Whether the run came to where the rule could have been broken. */
  readonly concerns: (run: Run) => boolean;
  /** The requests that broke it. */
  readonly broken: (run: Run) => readonly Exchange[];
}

/** Judges each request alone. */
export function each(concerns: (exchange: Exchange) => boolean, breaks: (exchange: Exchange) => boolean): Judgement {
  return {
    concerns: ({ exchanges }) => exchanges.some(concerns),
    broken: ({ exchanges }) => exchanges.filter((exchange) => concerns(exchange) && breaks(exchange)),
  };
}
