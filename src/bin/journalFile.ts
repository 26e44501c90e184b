import { closeSync, openSync, writeSync } from 'node:fs';
import { withoutItsSecrets } from '../simulator/exchanges.ts';
import type { Simulation } from '../simulator/simulation.ts';
import { listedDelivery } from '../simulator/webhooks/deliveries.ts';
import { reasonOf, StartError } from './startError.ts';

/** Writes what happens in a simulation to a file, as lines of JSON without secrets: `{"exchange":…}`, `{"outcome":…}` and `{"delivery":…}`. */
export class JournalFile {
  readonly #file: number;
  readonly #subscriptions;

  /** Empties the file at `path`, or creates it. @throws {StartError} where it cannot be written */
  constructor(path: string, simulation: Simulation) {
    try {
      this.#file = openSync(path, 'w', 0o600);
    } catch (error) {
      throw new StartError(`The journal ${path} can't be written: ${reasonOf(error)}.`);
    }
    this.#subscriptions = [
      simulation.exchanges.onDidEnd((exchange) => this.#write({ exchange: withoutItsSecrets(exchange) })),
      simulation.outcomes((outcome) => this.#write({ outcome })),
      simulation.onDidDeliver((delivery) => this.#write({ delivery: listedDelivery(delivery) })),
    ];
  }

  close(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    closeSync(this.#file);
  }

  #write(entry: object): void {
    writeSync(this.#file, `${JSON.stringify(entry)}\n`);
  }
}
