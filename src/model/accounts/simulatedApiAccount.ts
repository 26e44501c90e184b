import { Emitter } from '../../base/event.ts';
import type { NukiClient } from '../../nuki/http/client.ts';
import type { AccountSource } from './accountBook.ts';

/** The id of the simulated Web API's home among the accounts. */
export const simulatedApiId = 'simulated-api';

/** The home behind the simulated Web API as an account, while that runs: its devices are seen to move when another client moves them. */
export class SimulatedApiAccount {
  readonly #changed = new Emitter<void>();
  #source: AccountSource | undefined;
  readonly onDidChange = this.#changed.event;

  /** The account, while it is shown. */
  sources(): readonly AccountSource[] {
    return this.#source ? [this.#source] : [];
  }

  /** Shows a home that `client` reaches, and of which nothing is known yet. */
  show(client: () => Promise<NukiClient>): void {
    this.hide(); // forgets what is known of the home before
    this.#source = { id: simulatedApiId, label: 'Simulated Web API', simulated: true, client };
    this.#changed.fire();
  }

  hide(): void {
    if (this.#source === undefined) return;
    this.#source = undefined;
    this.#changed.fire();
  }
}
