import { Emitter } from '../base/event.ts';
import { keyOf, type DeviceRef } from './deviceRef.ts';
import type { Memento } from './memento.ts';

const mementoKey = 'nuki.cannotUnlatch';

/**
 * Which locks have refused to pull their latch, as those sold in the US do. The API tells it by no field, only by its answer to the
 * attempt, so it is remembered until the user offers it again.
 */
export class UnlatchSupport {
  readonly #memento: Memento;
  readonly #changed = new Emitter<DeviceRef>();
  readonly onDidChange = this.#changed.event;

  constructor(memento: Memento) {
    this.#memento = memento;
  }

  canUnlatch(ref: DeviceRef): boolean {
    return !this.#refused.includes(keyOf(ref));
  }

  async setCanUnlatch({ accountId, smartlockId }: DeviceRef, canUnlatch: boolean): Promise<void> {
    const lock = keyOf({ accountId, smartlockId });
    const others = this.#refused.filter((refused) => refused !== lock);
    await this.#memento.update(mementoKey, canUnlatch ? others : [...others, lock]);
    this.#changed.fire({ accountId, smartlockId });
  }

  get #refused(): readonly string[] {
    const kept = this.#memento.get(mementoKey);
    return Array.isArray(kept) ? kept.filter((lock) => typeof lock === 'string') : [];
  }
}
