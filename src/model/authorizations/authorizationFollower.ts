import type { Clock } from '../../base/clock.ts';
import type { AuthorizationsWithCodes, RawAuthorization } from '../../nuki/authorization/authorizationWrites.ts';
import { ignoreNukiError, NukiError } from '../../nuki/http/errors.ts';
import type { DeviceRef } from '../deviceRef.ts';
import { givenUp, isUntold, type PendingChange } from './pendingChanges.ts';
import type { Store } from '../store.ts';

/** When the lists are read, in ms after the API has accepted a request: the lock takes it within seconds, sometimes minutes. */
const lookTimesMs = [1.5, 3, 5, 8, 12, 18, 25, 35, 50, 70, 95, 125, 160, 200, 240].map((seconds) => seconds * 1_000);

/** For more devices than this the list of the whole account is read, unless that takes more requests. */
const devicesLookedAtAlone = 2;

/** How many authorizations an answer for the whole account holds. */
const entriesInAnswer = 1_000;

/** How long to wait for another copy to answer before each reading of one authorization, in ms. */
const waitsForNewerCopyMs = [0, 500, 1_000, 2_000];

/** A change that no list has shown done, and its device. */
export interface Unconfirmed {
  readonly smartlockId: number;
  readonly pendingChange: PendingChange;
}

/** Reads the lists of authorizations again and again, until they show what was asked for. */
export class AuthorizationFollower {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #closed = new AbortController();

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  dispose(): void {
    this.#closed.abort();
  }

  /**
   * Reads the lists until they show every pending change that `isFollowed` accepts done, or all that the device tells of it, or the last of
   * {@link lookTimesMs} has passed.
   * @returns the changes that no list has shown done, without their codes
   */
  async follow(
    accountId: string,
    smartlockIds: readonly number[],
    isFollowed: (pending: PendingChange) => boolean,
  ): Promise<readonly Unconfirmed[]> {
    const since = this.#clock.now();
    const { signal } = this.#closed;
    const pendingOn = (smartlockId: number): readonly PendingChange[] =>
      this.#store.pendingChanges({ accountId, smartlockId }).filter(isFollowed);
    const pendingAtStart = new Map(smartlockIds.map((id) => [id, pendingOn(id)]));
    // An account that is gone proves nothing: its changes stay unconfirmed.
    const unconfirmedOn = (id: number): readonly PendingChange[] =>
      this.#store.account(accountId)?.devices ? pendingOn(id) : (pendingAtStart.get(id) ?? []);
    const isWaiting = (change: PendingChange): boolean => !isUntold(change);
    const waiting = (): readonly number[] => smartlockIds.filter((id) => unconfirmedOn(id).some(isWaiting));
    for (const [index, after] of lookTimesMs.entries()) {
      const isLast = index === lookTimesMs.length - 1;
      if (since + after < this.#clock.now() && !isLast) continue; // a slow look has missed this one; the next is soon enough
      const sinceLast = after - (lookTimesMs[index - 1] ?? 0); // a clock that is set back makes no wait longer
      await this.#clock.wait(Math.min(since + after - this.#clock.now(), sinceLast), signal);
      if (signal.aborted || waiting().length === 0) break;
      const retryAt = await this.#tryToLook(accountId, waiting());
      if (retryAt === 0 || retryAt > since + (lookTimesMs.at(-1) ?? 0)) continue;
      await this.#clock.wait(retryAt - this.#clock.now(), signal);
      if (!signal.aborted) await this.#tryToLook(accountId, waiting());
    }
    const unconfirmed = smartlockIds.flatMap((smartlockId) =>
      unconfirmedOn(smartlockId).map((change) => ({ smartlockId, pendingChange: givenUp(change) })),
    );
    // When the window closes, the next one takes them up.
    if (signal.aborted) return unconfirmed;
    for (const smartlockId of new Set(unconfirmed.map((each) => each.smartlockId))) {
      this.#store.updatePendingChanges({ accountId, smartlockId }, (pending) =>
        pending
          .filter((change) => !isFollowed(change) || isWaiting(change))
          .map((change) => (isFollowed(change) ? givenUp(change) : change)),
      );
    }
    return unconfirmed;
  }

  /** @returns when the API may be asked again, in milliseconds since 1970, where it has asked to wait; otherwise 0 */
  async #tryToLook(accountId: string, smartlockIds: readonly number[]): Promise<number> {
    try {
      await this.read(accountId, smartlockIds);
      return 0;
    } catch (error) {
      if (!(error instanceof NukiError)) throw error;
      return error.retryAt ?? 0;
    }
  }

  /** Reads the lists of devices, or that of the whole account where this takes fewer requests. @throws {NukiError} */
  async read(
    accountId: string,
    smartlockIds: readonly number[],
  ): Promise<ReadonlyMap<number, AuthorizationsWithCodes>> {
    if (smartlockIds.length > this.#requestsForAll(accountId))
      return await this.#store.readAllAuthorizations(accountId, 'follow');
    const lists = smartlockIds.map(
      async (smartlockId) =>
        [smartlockId, await this.#store.readAuthorizationsWithCodes({ accountId, smartlockId }, 'follow')] as const,
    );
    return new Map(await Promise.all(lists));
  }

  /** Reads the list of a device, so that what is shown is what is there now; where that fails, the next reading shows it. */
  async tryToRead({ accountId, smartlockId }: DeviceRef): Promise<void> {
    await this.read(accountId, [smartlockId]).catch(ignoreNukiError);
  }

  /** About how many requests the list of the whole account takes, from what is known of it. */
  #requestsForAll(accountId: string): number {
    const devices = this.#store.account(accountId)?.devices ?? [];
    const known = devices.reduce((sum, { authorizations }) => sum + (authorizations?.items.length ?? 0), 0);
    return Math.max(devicesLookedAtAlone, Math.ceil(known / entriesInAnswer));
  }

  /** An authorization as it is now; asks again where an older copy answers. @throws {NukiError} `outdated` where none but older ones do */
  async readAuthorization(ref: DeviceRef, id: string): Promise<RawAuthorization> {
    const client = await this.#store.client(ref.accountId);
    for (const wait of waitsForNewerCopyMs) {
      await this.#clock.wait(wait, this.#closed.signal);
      const raw = await client.authorization(ref.smartlockId, id, { lane: 'follow' });
      const { authorization } = raw;
      if (this.#store.newest(ref.accountId, authorization, ref.smartlockId) === authorization) return raw;
    }
    throw new NukiError('outdated');
  }
}
