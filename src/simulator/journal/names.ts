import { safeText } from '../../base/safeText.ts';
import type { SimulatedHome } from '../home.ts';

/** How many authorizations are remembered that are gone. */
const remembered = 10_000;

interface NamedAuthorization {
  readonly name: string;
  readonly type: number;
}

/** What devices and authorizations of a simulated home are called, fit to be shown; it remembers authorizations that it was asked for. */
export class Names {
  readonly #home: () => SimulatedHome;
  readonly #asked = new Map<string, NamedAuthorization>();

  /** `home`: the one of now, as a reset makes another one. */
  constructor(home: () => SimulatedHome) {
    this.#home = home;
  }

  /** The name of a device, or its id where there is none with this id, or nothing of its name that can be shown. */
  device(smartlockId: string): string {
    const device = this.#home()
      .devices()
      .find(({ id }) => String(id) === smartlockId);
    return safeText(device?.cloud.listed.name ?? '') || safeText(smartlockId);
  }

  authorization(id: string): NamedAuthorization | undefined {
    const listed = this.#home()
      .devices()
      .flatMap(({ cloud, store }) => [...cloud.authorizations, ...store.stored])
      .find((entry) => entry.id === id);
    if (listed === undefined) return this.#asked.get(id);
    const named = { name: safeText(listed.name), type: listed.type };
    this.#asked.set(id, named);
    const [oldest] = this.#asked.keys();
    if (this.#asked.size > remembered && oldest !== undefined) this.#asked.delete(oldest);
    return named;
  }
}
