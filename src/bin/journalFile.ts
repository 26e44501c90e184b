import { closeSync, openSync, writeSync } from 'node:fs';
import { withoutItsSecrets } from '../simulator/journal/withoutItsSecrets.ts';
import type { Simulation } from '../simulator/simulation.ts';
import { listedDelivery } from '../simulator/webhooks/deliveries.ts';
import { reasonOf, StartError } from './startError.ts';

/** Writes what happens in a simulation to a file, as lines of JSON without secrets: `{"exchange":…}`, `{"outcome":…}` and `{"delivery":…}`. */
export class JournalFile {
  readonly #file: number;
  readonly #subscriptions;
  readonly #complain: (sentence: string) => void;

  /**
   * Empties the file at `path`, or creates it. `complain` is told where it cannot be written any more.
   * @throws {StartError} where it cannot be written at all
   */
  constructor(path: string, simulation: Simulation, complain: (sentence: string) => void) {
    this.#complain = complain;
    try {
      this.#file = openSync(path, 'w', 0o600);
    } catch (error) {
      throw new StartError(`The journal ${path} can't be written: ${reasonOf(error)}.`);
    }
    this.#subscriptions = [
      simulation.exchanges.onDidEnd((exchange) => this.#write({ exchange: withoutItsSecrets(exchange) })),
      simulation.onDidComeOut((outcome) => this.#write({ outcome })),
      simulation.onDidDeliver((delivery) => this.#write({ delivery: listedDelivery(delivery) })),
    ];
  }

  close(): void {
    this.#stop();
    closeSync(this.#file);
  }

  #stop(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #write(entry: object): void {
    try {
      writeSync(this.#file, `${JSON.stringify(entry)}\n`);
    } catch (error) {
      this.#stop(); // the API goes on without a journal
      this.#complain(`The journal ends here: ${reasonOf(error)}.`);
    }
  }
}
