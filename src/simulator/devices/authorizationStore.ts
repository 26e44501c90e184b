import { authorizationLimit } from '../../nuki/authorization/authorization.ts';
import { authorizationType } from '../../nuki/authorization/authorizationType.ts';
import { replaced, type CloudCopy } from './cloud.ts';
import type { Conditions } from '../conditions.ts';
import type { Connection } from './connection.ts';
import type { Timeline } from '../time/timeline.ts';
import type { Twist } from './twist.ts';
import type { AuthorizationJson } from '../wire.ts';

/** An authorization to store, or `undefined` to remove the one there is. */
type Wish = AuthorizationJson | undefined;

/** Something to store, and whose deed it is. */
interface Write {
  readonly wish: Wish;
  readonly deed: string;
}

/** Tells how a write came out. */
type Tell = (
  event: { kind: 'stored' | 'refused' | 'overtaken'; id: string; deed: string } | { kind: 'dropped'; deed: string },
) => void;

/** The authorizations that a device really stores, and how the cloud comes to list them. */
export class AuthorizationStore {
  stored: readonly AuthorizationJson[];
  readonly #cloud: CloudCopy;
  readonly #timeline: Timeline;
  readonly #conditions: Conditions;
  readonly #connection: Connection;
  readonly #whenStored: (before: Wish, after: Wish) => void;
  readonly #happened: Tell;
  /** Writes on their way to the device, by the id of their authorization. */
  readonly #onTheWay = new Map<string, Write[]>();
  /** What is listed and never reached the device; the next sync brings it there. */
  readonly #missed = new Map<string, Write>();

  constructor(
    listed: readonly AuthorizationJson[],
    device: {
      readonly cloud: CloudCopy;
      readonly timeline: Timeline;
      readonly conditions: Conditions;
      readonly connection: Connection;
      readonly whenStored: (before: Wish, after: Wish) => void;
      readonly happened: Tell;
    },
  ) {
    const isMissed = ({ updateDate }: AuthorizationJson): boolean => updateDate === null;
    this.stored = listed.filter((entry) => !isMissed(entry));
    for (const wish of listed.filter(isMissed)) this.#missed.set(wish.id, { wish, deed: 'before' });
    this.#cloud = device.cloud;
    this.#timeline = device.timeline;
    this.#conditions = device.conditions;
    this.#connection = device.connection;
    this.#whenStored = device.whenStored;
    this.#happened = device.happened;
  }

  /** Whether no more writes to this authorization are taken for now. */
  isBusy(id: string): boolean {
    const writes = this.#onTheWay.get(id)?.length ?? 0;
    if (this.#conditions.quickUpdates > 1 && writes > 0) return writes >= this.#conditions.quickUpdates;
    return this.#cloud.authorizations.find((entry) => entry.id === id)?.operationId !== undefined;
  }

  /** Whether a write to this authorization has not reached the device. */
  isUnderWay(id: string): boolean {
    return this.#onTheWay.has(id);
  }

  /** Writes `wish` to the device. `deed`: whose write it is. */
  change(id: string, wish: Wish, twist: Twist, deed: string): void {
    if (twist.vanishes) return this.#happened({ kind: 'dropped', deed });
    const onTheWay = this.#onTheWay.get(id);
    this.#listWish(id, wish, (onTheWay?.length ?? 0) + 1, twist);
    if (onTheWay !== undefined) return void onTheWay.push({ wish, deed });
    this.#onTheWay.set(id, [{ wish, deed }]);
    const { lostWrites } = this.#conditions;
    const never = twist.never ?? (lostWrites > 0 && this.#timeline.random.next() < lostWrites);
    this.#connection.reach(
      () => this.#store(id, twist),
      { ...twist, never },
      () => {
        for (const write of this.#onTheWay.get(id) ?? []) this.#happened({ kind: 'dropped', deed: write.deed });
        this.#onTheWay.delete(id);
        if (!this.#listsUnconfirmed(twist)) return this.#tell(id, wish === undefined);
        this.#missed.set(id, { wish, deed });
        this.#cloud.endChange(id);
      },
    );
  }

  /** Brings to the device what never reached it, and to the cloud what the device has. */
  sync(): void {
    for (const [id, write] of this.#missed) this.#put(id, write);
    this.#cloud.learnAuthorizations(this.stored);
  }

  /**
   * Where the cloud lists what the lock has not confirmed, a creation has no `updateDate` and a change keeps the old one. A gym saw
   * codes that stayed so for days, and its keypad refused them.
   */
  #listWish(id: string, wish: Wish, writes: number, twist: Twist): void {
    const { quickUpdates } = this.#conditions;
    const old = this.#cloud.authorizations.find((entry) => entry.id === id);
    if (this.#listsUnconfirmed(twist) && wish !== undefined) {
      const { updateDate: _, ...unconfirmed } = wish;
      const isNull = old === undefined && (twist.unconfirmed || this.#timeline.random.next() < 0.5);
      const updateDate = isNull ? null : old?.updateDate;
      this.#cloud.listAuthorization({ ...unconfirmed, ...(updateDate !== undefined && { updateDate }) });
    }
    // A fifth quick update met 423 after four that were taken: the operation was shown only then.
    if (this.#cloud.online && writes >= quickUpdates) this.#cloud.beginChange(id);
  }

  #listsUnconfirmed({ unconfirmed = this.#conditions.listsUnconfirmed }: Twist): boolean {
    return unconfirmed;
  }

  #store(id: string, twist: Twist): void {
    const writes = this.#onTheWay.get(id) ?? [];
    this.#onTheWay.delete(id);
    // Of several quick updates the last but one won, though each had been taken (forum, "update keypad code quickly").
    const write = writes.length > 1 ? writes.at(-2) : writes[0];
    if (write === undefined) return;
    const { wish } = write;
    for (const { deed } of writes.filter((other) => other !== write)) this.#happened({ kind: 'overtaken', id, deed });
    const isStored = this.#put(id, write);
    const { listsUnconfirmed, unheardWrites, ghosts } = this.#conditions;
    const share = wish === undefined ? ghosts : unheardWrites;
    const isUnheard = twist.unpublished ?? (share > 0 && this.#timeline.random.next() < share);
    // What the device refuses stays listed, and is never confirmed.
    const error = isStored || this.#conditions.oddFields === 0 ? undefined : 'The authorization could not be stored';
    if (isUnheard || (listsUnconfirmed && !isStored)) this.#cloud.endChange(id, error);
    else this.#tell(id, wish === undefined);
  }

  /** @returns whether the device has taken it */
  #put(id: string, { wish, deed }: Write): boolean {
    const before = this.stored.find((entry) => entry.id === id);
    const after = wish && { ...wish, updateDate: this.#timeline.date };
    this.#missed.delete(id);
    const isStored = after === undefined || !this.#refuses(after);
    this.#happened({ kind: isStored ? 'stored' : 'refused', id, deed });
    if (!isStored) return false;
    this.stored = replaced(this.stored, id, after);
    this.#whenStored(before, after);
    return true;
  }

  #tell(id: string, isRemoval: boolean): void {
    const { removedStay } = this.#conditions;
    const stays = isRemoval && removedStay > 0 && this.#timeline.random.next() < removedStay;
    const lag = stays ? this.#timeline.random.duration(60_000, 20_000, 300_000) : 0;
    this.#cloud.learnAuthorization(
      id,
      this.stored.find((entry) => entry.id === id),
      lag,
    );
  }

  /** Reasons that only the device knows and does not report: it is full, or has the code already. */
  #refuses(entry: AuthorizationJson): boolean {
    const isCode = entry.type === authorizationType.keypadCode;
    const others = this.stored.filter(({ id }) => id !== entry.id);
    if (isCode && others.some(({ code }) => code === entry.code)) return true;
    const { type, firmwareVersion, config } = this.#cloud.listed;
    // A gym has 137 codes on one keypad; the guide says 100 for older devices and 200 for newer ones.
    const limit = isCode ? (config.keypad2Paired ? 200 : 100) : authorizationLimit({ type, firmwareVersion });
    return others.filter((other) => (other.type === authorizationType.keypadCode) === isCode).length >= limit;
  }
}
