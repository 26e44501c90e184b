import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/event.ts';
import type { Translate } from '../base/locale.ts';
import type { Exchange } from '../simulator/journal/exchange.ts';
import { exchangeText, outcomeText } from '../simulator/journal/exchangeText.ts';
import { Names } from '../simulator/journal/names.ts';
import type { Outcome } from '../simulator/journal/outcomes.ts';
import { maskedAddress } from '../simulator/journal/withoutItsSecrets.ts';
import type { Simulation } from '../simulator/simulation.ts';
import { outcomeLines, requestLines } from './requestLines.ts';
import type { Lines } from './requestTerminal.ts';
import type { Style } from './terminalText.ts';

/** In ms: a request that is answered later is told of before that, too. */
const slowAfter = 1000;

/** What clients ask of a simulation, line by line, and how much it is. */
export class Transcript implements Disposable {
  readonly #simulation: Simulation;
  readonly #names: Names;
  readonly #write: (lines: Lines) => void;
  readonly #clock: Clock;
  readonly #t: Translate;
  readonly #subscriptions: readonly Disposable[];
  /** When each request that is under way came, in ms since 1970 by the computer's clock. */
  readonly #begun = new Map<number, number>();
  readonly #over = new AbortController();
  #requests = 0;
  #failed = 0;

  constructor(simulation: Simulation, write: (lines: Lines) => void, clock: Clock, t: Translate) {
    this.#simulation = simulation;
    this.#names = new Names(() => simulation.home);
    this.#t = t;
    this.#write = write;
    this.#clock = clock;
    this.#subscriptions = [
      simulation.exchanges.onDidBegin((exchange) => void this.#begin(exchange)),
      simulation.exchanges.onDidEnd((exchange) => this.#end(exchange)),
      simulation.onDidComeOut((outcome) => this.#comeOut(outcome)),
    ];
  }

  /** Since the start, or since the home was reset. */
  get counts(): { readonly requests: number; readonly failed: number } {
    return { requests: this.#requests, failed: this.#failed };
  }

  /** The requests count from 1 again. */
  restart(): void {
    this.#begun.clear();
    this.#requests = this.#failed = 0;
  }

  dispose(): void {
    this.#over.abort();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  async #begin(exchange: Exchange): Promise<void> {
    const { number, fault } = exchange;
    const now = this.#clock.now();
    this.#begun.set(number, now);
    await this.#clock.wait(slowAfter, this.#over.signal);
    if (this.#begun.get(number) !== now || this.#over.signal.aborted) return;
    const words = [fault, exchangeText(exchange, this.#names, this.#t)]
      .filter((part) => part !== undefined)
      .join(' · ');
    this.#write((columns) => outcomeLines(number, this.#t('{0}: no answer yet', words), 'quiet', columns));
  }

  #end(exchange: Exchange): void {
    const { number, status = 0 } = exchange;
    const now = this.#clock.now();
    const took = now - (this.#begun.get(number) ?? now);
    this.#begun.delete(number);
    this.#requests += 1;
    if (status === 0 || status >= 400) this.#failed += 1;
    const words = exchangeText(exchange, this.#names, this.#t);
    const path = maskedAddress(exchange.path);
    this.#write((columns) => requestLines({ ...exchange, path, took, words }, columns));
  }

  #comeOut(outcome: Outcome): void {
    const exchange = this.#simulation.exchanges.numbered(outcome.exchange);
    const sentence = outcomeText(outcome, exchange, this.#names, this.#t);
    this.#write((columns) => outcomeLines(outcome.exchange, sentence, styleOf(outcome), columns));
  }
}

function styleOf(outcome: Outcome): Style {
  switch (outcome.kind) {
    case 'ended':
      return outcome.completion === 0 ? 'good' : 'bad';
    case 'stored':
    case 'configured':
      return 'good';
    case 'overtaken':
      return 'odd';
    case 'refused':
    case 'dropped':
      return 'bad';
  }
}
