import type { Clock } from '../base/clock.ts';
import { widenings, type Widening } from '../nuki/access.ts';
import type { Authorization } from '../nuki/authorization.ts';
import {
  changesAnything,
  hasChanged,
  replacement,
  withChanges,
  type AuthorizationChanges,
  type NewAuthorization,
  type WholeAuthorization,
} from '../nuki/authorizationWrites.ts';
import type { NukiClient } from '../nuki/client.ts';
import { NukiError, outcomeIsUnknown } from '../nuki/errors.ts';
import { AuthorizationLists, type Unfinished } from './authorizationLists.ts';
import { changeRecognizer, creationRecognizer, type AuthorizationWork } from './authorizationWork.ts';
import { creationProblem, type CreationProblem } from './creationProblem.ts';
import type { DeviceState } from './snapshots.ts';
import type { Store } from './store.ts';

/** An authorization, by where it is. */
export interface AuthorizationAddress {
  readonly smartlockId: number;
  readonly id: string;
}

/** What was sent, and, once nobody looks for it any longer, the work that was not seen done. */
export interface Sent {
  readonly sent: true;
  /** The key of the work at each of the devices. */
  readonly key: string;
  readonly followed: Promise<readonly Unfinished[]>;
}

export type CreationResult =
  | Sent
  /** Of the first device that cannot be given it. */
  | { readonly sent: false; readonly why: CreationProblem; readonly smartlockId: number };

export type ChangeResult =
  | Sent
  /** Nothing would have changed. */
  | { readonly sent: false; readonly why: 'nothing' }
  /** Another change is under way. */
  | { readonly sent: false; readonly why: 'busy' }
  /** It would have given more access, and the person said no. */
  | { readonly sent: false; readonly why: 'declined' }
  /** Somebody else has changed it meanwhile. */
  | { readonly sent: false; readonly why: 'changed'; readonly now: WholeAuthorization };

/** What a person is asked before an authorization gives more access than it did. */
export interface WideningQuestion {
  readonly state: DeviceState;
  readonly before: Authorization;
  readonly after: Authorization;
  readonly widenings: readonly Widening[];
}

/**
 * The one way to change who may open a door. Each request is sent once, whatever becomes of it; then the lists are looked at until they
 * show it done.
 */
export class AuthorizationWriter {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #mayWiden: (question: WideningQuestion) => Promise<boolean>;
  readonly #lists: AuthorizationLists;
  readonly #changing = new Set<string>();
  #count = 0;

  constructor(store: Store, clock: Clock, mayWiden: (question: WideningQuestion) => Promise<boolean>) {
    this.#store = store;
    this.#clock = clock;
    this.#mayWiden = mayWiden;
    this.#lists = new AuthorizationLists(store, clock);
  }

  dispose(): void {
    this.#lists.dispose();
  }

  /** Asks for `wish` on each of the devices, after their lists were read anew. @throws {NukiError} when Nuki clearly refuses */
  async create(accountId: string, smartlockIds: readonly number[], wish: NewAuthorization): Promise<CreationResult> {
    const lists = await this.#lists.read(accountId, smartlockIds);
    for (const smartlockId of smartlockIds) {
      const [state, list] = [this.#store.device(accountId, smartlockId), lists.get(smartlockId)];
      if (!state || !list) throw new NukiError('notFound');
      const why = creationProblem(wish, state, list);
      if (why) return { sent: false, why, smartlockId };
    }
    const key = `create/${++this.#count}`;
    const { code, ...shown } = wish;
    for (const smartlockId of smartlockIds) {
      const before = new Set(lists.get(smartlockId)?.items.map(({ id }) => id));
      this.#begin(accountId, smartlockId, {
        what: 'create',
        key,
        since: this.#clock.now(),
        givenUp: false,
        wish: shown,
        listedAs: [],
        hasCode: (other) => String(code) === other,
        isIt: creationRecognizer(wish, before),
      });
    }
    return await this.#send(accountId, smartlockIds, key, (client) => client.createAuthorization(smartlockIds, wish));
  }

  /**
   * Changes an authorization and nothing else of it: reads it, refuses when it is no longer as it was `seen`, asks when it would give
   * more access, and sends it whole. @throws {NukiError} when Nuki clearly refuses
   */
  async change(
    accountId: string,
    { smartlockId, id }: AuthorizationAddress,
    changes: AuthorizationChanges,
    seen?: WholeAuthorization,
  ): Promise<ChangeResult> {
    const key = `change/${id}`;
    const place = `${accountId}/${smartlockId}/${id}`;
    if (this.#changing.has(place) || this.#isUnderWay(accountId, smartlockId, id)) return { sent: false, why: 'busy' };
    this.#changing.add(place);
    try {
      const base = seen ?? (await this.#lists.readWhole(accountId, smartlockId, id));
      if (!changesAnything(base, changes)) return { sent: false, why: 'nothing' };
      const after = withChanges(base.authorization, changes);
      if (!(await this.#isAllowed(accountId, smartlockId, base.authorization, after)))
        return { sent: false, why: 'declined' };
      const now = await this.#lists.readWhole(accountId, smartlockId, id);
      if (hasChanged(base, now)) return { sent: false, why: 'changed', now };
      if (now.authorization.operationId) return { sent: false, why: 'busy' };
      this.#begin(accountId, smartlockId, {
        what: 'change',
        key,
        id,
        since: this.#clock.now(),
        givenUp: false,
        isIt: changeRecognizer(after, changes),
      });
      return await this.#send(accountId, [smartlockId], key, (client) =>
        client.replaceAuthorization(smartlockId, id, replacement(now, changes)),
      );
    } finally {
      this.#changing.delete(place);
    }
  }

  /** Deletes authorizations of an account, in one request. @throws {NukiError} when Nuki clearly refuses */
  async remove(
    accountId: string,
    addresses: readonly [AuthorizationAddress, ...AuthorizationAddress[]],
  ): Promise<Sent> {
    const [only, ...more] = addresses;
    const key = `delete/${++this.#count}`;
    for (const { smartlockId, id } of addresses) {
      this.#begin(accountId, smartlockId, {
        what: 'delete',
        key: `${key}/${id}`,
        id,
        since: this.#clock.now(),
        givenUp: false,
      });
    }
    const smartlockIds = [...new Set(addresses.map(({ smartlockId }) => smartlockId))];
    return await this.#send(accountId, smartlockIds, key, (client) =>
      more.length === 0
        ? client.deleteAuthorization(only.smartlockId, only.id)
        : client.deleteAuthorizations(addresses.map(({ id }) => id)),
    );
  }

  /** Looks once, now, whether what is under way on these devices is done. @throws {NukiError} */
  async look(accountId: string, smartlockIds: readonly number[]): Promise<void> {
    await this.#lists.read(accountId, smartlockIds);
  }

  async #isAllowed(
    accountId: string,
    smartlockId: number,
    before: Authorization,
    after: Authorization,
  ): Promise<boolean> {
    const state = this.#device(accountId, smartlockId);
    const wider = widenings(before, after);
    return wider.length === 0 || (await this.#mayWiden({ state, before, after, widenings: wider }));
  }

  #isUnderWay(accountId: string, smartlockId: number, id: string): boolean {
    const { work = [] } = this.#device(accountId, smartlockId);
    return work.some((one) => one.what !== 'create' && one.id === id && !one.givenUp);
  }

  #device(accountId: string, smartlockId: number): DeviceState {
    const state = this.#store.device(accountId, smartlockId);
    if (!state) throw new NukiError('notFound');
    return state;
  }

  #begin(accountId: string, smartlockId: number, work: AuthorizationWork): void {
    this.#store.changeWork(accountId, smartlockId, (others) => [...others.filter(({ key }) => key !== work.key), work]);
  }

  /** An answer that leaves open whether the request was taken is followed like one that was. @throws {NukiError} a clear refusal */
  async #send(
    accountId: string,
    smartlockIds: readonly number[],
    key: string,
    request: (client: NukiClient) => Promise<void>,
  ): Promise<Sent> {
    const isOurs = (work: AuthorizationWork): boolean => work.key === key || work.key.startsWith(`${key}/`);
    try {
      await request(await this.#store.client(accountId));
    } catch (error) {
      if (!(error instanceof NukiError) || !outcomeIsUnknown(error)) {
        for (const id of smartlockIds) {
          this.#store.changeWork(accountId, id, (work) => work.filter((one) => !isOurs(one)));
        }
        throw error;
      }
    }
    return { sent: true, key, followed: this.#lists.follow(accountId, smartlockIds, isOurs) };
  }
}
