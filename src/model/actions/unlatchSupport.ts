import { Emitter } from '../../base/event.ts';
import { keyOf, parseKey, type DeviceRef } from '../deviceRef.ts';
import type { SharedRecords } from '../sharedRecords.ts';

const recordPrefix = 'cannotUnlatch/';

/** The key of the record of a lock that has refused to pull its latch. */
export function cannotUnlatchKey(ref: DeviceRef): string {
  return recordPrefix + keyOf(ref);
}

/**
 * Which locks have refused to pull their latch, as those sold in the US do. The API tells it by no field, only by its answer to the
 * attempt, so it is remembered until the user offers it again.
 */
export class UnlatchSupport {
  readonly #records: SharedRecords;
  readonly #changed = new Emitter<DeviceRef>();
  readonly onDidChange = this.#changed.event;
  #refused: readonly DeviceRef[];

  constructor(records: SharedRecords) {
    this.#records = records;
    this.#refused = this.#readRefused();
    records.onDidChange(() => this.#tell());
  }

  canUnlatch({ accountId, smartlockId }: DeviceRef): boolean {
    return !this.#refused.some((ref) => ref.accountId === accountId && ref.smartlockId === smartlockId);
  }

  setCanUnlatch(ref: DeviceRef, canUnlatch: boolean): void {
    if (canUnlatch) this.#records.delete(cannotUnlatchKey(ref));
    else this.#records.write(cannotUnlatchKey(ref), true);
    this.#tell();
  }

  /** Forgets the locks of an account that is removed. */
  forgetAccount(accountId: string): void {
    for (const ref of this.#readRefused()) if (ref.accountId === accountId) this.setCanUnlatch(ref, true);
  }

  #readRefused(): readonly DeviceRef[] {
    return [...this.#records.read().keys()].flatMap((key) => {
      const ref = key.startsWith(recordPrefix) ? parseKey(key.slice(recordPrefix.length)) : undefined;
      return ref ? [ref] : [];
    });
  }

  /** Tells of each lock that has refused since, or that is offered again. */
  #tell(): void {
    const before = new Map(this.#refused.map((ref) => [keyOf(ref), ref]));
    this.#refused = this.#readRefused();
    const now = new Map(this.#refused.map((ref) => [keyOf(ref), ref]));
    for (const [key, ref] of [...before, ...now]) if (before.has(key) !== now.has(key)) this.#changed.fire(ref);
  }
}
