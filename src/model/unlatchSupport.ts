import { Emitter } from '../base/event.ts';
import type { Memento } from './memento.ts';

const key = 'nuki.cannotUnlatch';

/**
 * Which locks have refused to pull their latch, as those sold in the US do. The API tells it by no field, only by its answer to the
 * attempt, so it is remembered until somebody says otherwise.
 */
export class UnlatchSupport {
  readonly #memento: Memento;
  readonly #changed = new Emitter<{ readonly accountId: string; readonly smartlockId: number }>();
  readonly onDidChange = this.#changed.event;

  constructor(memento: Memento) {
    this.#memento = memento;
  }

  canUnlatch(accountId: string, smartlockId: number): boolean {
    return !this.#refused.includes(nameOf(accountId, smartlockId));
  }

  async setCanUnlatch(accountId: string, smartlockId: number, canUnlatch: boolean): Promise<void> {
    const name = nameOf(accountId, smartlockId);
    const others = this.#refused.filter((refused) => refused !== name);
    await this.#memento.update(key, canUnlatch ? others : [...others, name]);
    this.#changed.fire({ accountId, smartlockId });
  }

  get #refused(): readonly string[] {
    const kept = this.#memento.get(key);
    return Array.isArray(kept) ? kept.filter((name) => typeof name === 'string') : [];
  }
}

function nameOf(accountId: string, smartlockId: number): string {
  return `${accountId}/${smartlockId}`;
}
