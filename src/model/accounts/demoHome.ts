import { Emitter } from '../../base/event.ts';
import { once } from '../../base/once.ts';
import type { NukiClient } from '../../nuki/http/client.ts';
import type { AccountSource } from './accountBook.ts';

/** The id of the demo home among the accounts. */
export const demoHomeId = 'demo';

/** The simulated home as an account: a home of this window, which begins anew whenever it is shown again. */
export class DemoHome {
  readonly #createClient: () => Promise<NukiClient>;
  readonly #wasReset = new Emitter<void>();
  #source: AccountSource | undefined;
  readonly onDidReset = this.#wasReset.event;

  /** `createClient`: a client of a home as it is at the start. */
  constructor(createClient: () => Promise<NukiClient>) {
    this.#createClient = createClient;
  }

  /** The account, while it is shown. */
  sources(isShown: boolean): readonly AccountSource[] {
    if (!isShown) this.#source = undefined;
    else this.#source ??= { id: demoHomeId, label: 'Demo Home', simulated: true, client: once(this.#createClient) };
    return this.#source ? [this.#source] : [];
  }

  /** From now on the account is another home. */
  reset(): void {
    this.#source = undefined;
    this.#wasReset.fire();
  }
}
