import type { Clock } from '../../base/clock.ts';
import { accessGains, type AccessGain } from '../../nuki/authorization/accessGains.ts';
import type { Authorization } from '../../nuki/authorization/authorization.ts';
import { withCompleteLimits } from '../../nuki/authorization/completeLimits.ts';
import {
  changesAnything,
  completedChanges,
  hasChanged,
  replacement,
  withChanges,
  type AuthorizationChanges,
  type AuthorizationsWithCodes,
  type NewAuthorization,
  type RawAuthorization,
} from '../../nuki/authorization/authorizationWrites.ts';
import { instantOf } from '../../nuki/time/instant.ts';
import type { NukiClient } from '../../nuki/http/client.ts';
import { NukiError, outcomeIsUnknown } from '../../nuki/http/errors.ts';
import { keyOf, type DeviceRef } from '../deviceRef.ts';
import { AuthorizationFollower, type Unconfirmed } from './authorizationFollower.ts';
import { isBeingChanged, type PendingChange } from './pendingChanges.ts';
import { creationProblems, occupancyOf, type CreationProblem } from './creationProblem.ts';
import type { DeviceState } from '../snapshots.ts';
import type { Store } from '../store.ts';

/** An authorization, by where it is, and its name. */
export interface AuthorizationAddress {
  readonly smartlockId: number;
  readonly id: string;
  readonly name: string;
}

/** A request that was sent. `followed` resolves when the lists are no longer read, to the changes that they have not shown done. */
export interface Sent {
  readonly sent: true;
  /** The key of the pending change at each of the devices. */
  readonly key: string;
  /** Why it is not known whether Nuki has taken it; `undefined` where Nuki has. */
  readonly doubt: NukiError | undefined;
  readonly followed: Promise<readonly Unconfirmed[]>;
}

/** How the caller watches a wish. */
export interface Wish {
  /** Takes the wish back as long as nothing is sent. */
  readonly signal?: AbortSignal | undefined;
  /** Called when it is sent from now on, whatever the signal says. */
  readonly onSending?: (() => void) | undefined;
  /** Asked instead of the user, who has answered exactly this question already. */
  readonly confirmBroaderAccess?: ((question: BroaderAccessQuestion) => Promise<boolean>) | undefined;
}

/** The user took the wish back before it was sent. */
interface Withdrawn {
  readonly sent: false;
  readonly kind: 'withdrawn';
}

export type CreationResult =
  | Sent
  | Withdrawn
  /** Of the first device that cannot be given it. */
  | { readonly sent: false; readonly kind: CreationProblem; readonly smartlockId: number };

export type ChangeResult =
  | Sent
  | Withdrawn
  /** Nothing would have changed. */
  | { readonly sent: false; readonly kind: 'nothing' }
  /** Another change is under way. */
  | { readonly sent: false; readonly kind: 'busy' }
  /** It would have given more access, and the user said no. */
  | { readonly sent: false; readonly kind: 'declined' }
  /** Another window, app or user has changed it meanwhile. */
  | { readonly sent: false; readonly kind: 'changed'; readonly now: RawAuthorization };

/** Of the deletion of an authorization that had to be as it was. */
export type RemovalResult =
  | Sent
  | Withdrawn
  /** Another change is under way. */
  | { readonly sent: false; readonly kind: 'busy' }
  /** Another window, app or user has changed it meanwhile. */
  | { readonly sent: false; readonly kind: 'changed' };

/** What the user is asked before an authorization gives more access than it did. */
export interface BroaderAccessQuestion {
  readonly state: DeviceState;
  readonly before: Authorization;
  readonly after: Authorization;
  readonly gains: readonly AccessGain[];
}

/**
 * The one way to change who may open a door. Each request is sent once, whatever becomes of it; then the lists are read until they show it
 * done.
 */
export class AuthorizationWriter {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #confirmBroaderAccess: (question: BroaderAccessQuestion) => Promise<boolean>;
  readonly #now: () => number;
  readonly #follower: AuthorizationFollower;
  readonly #changing = new Set<string>();
  #count = 0;

  /** `now`: the time at which limits begin that have no other start, by Nuki's clock where it is known, in ms since 1970. */
  constructor(
    store: Store,
    clock: Clock,
    confirmBroaderAccess: (question: BroaderAccessQuestion) => Promise<boolean>,
    now: () => number = () => clock.now(),
  ) {
    this.#store = store;
    this.#clock = clock;
    this.#confirmBroaderAccess = confirmBroaderAccess;
    this.#now = now;
    this.#follower = new AuthorizationFollower(store, clock);
  }

  dispose(): void {
    this.#follower.dispose();
  }

  /** Asks for `requested` on each of the devices, after their lists were read anew. @throws {NukiError} when Nuki clearly refuses */
  async create(
    accountId: string,
    smartlockIds: readonly number[],
    requested: NewAuthorization,
    { signal, onSending }: Wish = {},
  ): Promise<CreationResult> {
    const lists = await this.#follower.read(accountId, smartlockIds);
    for (const smartlockId of smartlockIds) {
      const state = this.#store.device({ accountId, smartlockId });
      const list = lists.get(smartlockId);
      if (!state || !list) throw new NukiError('notFound');
      const [problem] = creationProblems(requested, occupancyOf(state, list.items, list.codes));
      if (problem) return { sent: false, kind: problem, smartlockId };
    }
    if (signal?.aborted) return { sent: false, kind: 'withdrawn' };
    onSending?.();
    const key = this.#newKey('create');
    const complete = withCompleteLimits(requested, this.#now());
    const { code, ...sent } = complete;
    const { code: _, ...shown } = requested;
    for (const smartlockId of smartlockIds) {
      this.#addPending(
        { accountId, smartlockId },
        {
          kind: 'create',
          ...this.#unanswered(key),
          requested: shown,
          before: (lists.get(smartlockId)?.items ?? []).map(({ id }) => id),
          listedAs: [],
          sent,
          listed: 'no',
          hasCode: codeTest(code),
        },
      );
    }
    return await this.#send(accountId, smartlockIds, key, (client) =>
      client.createAuthorization(smartlockIds, complete),
    );
  }

  /**
   * Changes an authorization and nothing else of it: reads it, refuses when it is no longer as in `original`, asks when it would give
   * more access, and sends it whole. @throws {NukiError} when Nuki clearly refuses
   */
  async change(
    ref: DeviceRef,
    id: string,
    changes: AuthorizationChanges,
    original?: RawAuthorization,
    { signal, onSending, confirmBroaderAccess = this.#confirmBroaderAccess }: Wish = {},
  ): Promise<ChangeResult> {
    const key = `change/${id}`;
    const { accountId, smartlockId } = ref;
    const authorizationKey = `${keyOf(ref)}/${id}`;
    if (this.#changing.has(authorizationKey) || this.#isUnderWay(ref, id)) return { sent: false, kind: 'busy' };
    this.#changing.add(authorizationKey);
    try {
      const base = original ?? (await this.#follower.readAuthorization(ref, id));
      if (!changesAnything(base, changes)) return { sent: false, kind: 'nothing' };
      const after = withChanges(base.authorization, changes);
      const question = this.#questionOf(ref, base.authorization, after);
      if (question && !(await confirmBroaderAccess(question))) return { sent: false, kind: 'declined' };
      const now = await this.#follower.readAuthorization(ref, id);
      if (hasChanged(base, now)) {
        await this.#follower.tryToRead(ref);
        return { sent: false, kind: 'changed', now };
      }
      if (now.authorization.operationId) return { sent: false, kind: 'busy' };
      if (signal?.aborted) return { sent: false, kind: 'withdrawn' };
      onSending?.();
      const sentAt = this.#now();
      const asked = withChanges(now.authorization, completedChanges(now, changes, sentAt));
      this.#addPending(
        { accountId, smartlockId },
        {
          kind: 'change',
          ...this.#unanswered(key),
          id,
          asked,
          updatedBefore: now.authorization.updateDate,
          listed: 'no',
          hasCode: codeTest(changes.code),
        },
      );
      return await this.#send(accountId, [smartlockId], key, (client) =>
        client.replaceAuthorization(smartlockId, id, replacement(now, changes, sentAt)),
      );
    } finally {
      this.#changing.delete(authorizationKey);
    }
  }

  /** Deletes authorizations of an account, in one request. @throws {NukiError} when Nuki clearly refuses */
  async remove(
    accountId: string,
    addresses: readonly [AuthorizationAddress, ...AuthorizationAddress[]],
  ): Promise<Sent> {
    const [first] = addresses;
    const key = this.#newKey('delete');
    for (const { smartlockId, id, name } of addresses) {
      const ref = { accountId, smartlockId };
      const createdAt = this.#createdAt(ref, id);
      this.#addPending(ref, { kind: 'delete', ...this.#unanswered(`${key}/${id}`), id, name, createdAt });
    }
    const smartlockIds = [...new Set(addresses.map(({ smartlockId }) => smartlockId))];
    return await this.#send(accountId, smartlockIds, key, (client) =>
      addresses.length === 1
        ? client.deleteAuthorization(first.smartlockId, first.id)
        : client.deleteAuthorizations(addresses.map(({ id }) => id)),
    );
  }

  /** Deletes an authorization that is still as in `original`, which is read once more first. @throws {NukiError} when Nuki clearly refuses */
  async removeUnchanged(
    ref: DeviceRef,
    original: RawAuthorization,
    { signal, onSending }: Wish = {},
  ): Promise<RemovalResult> {
    const { id, name } = original.authorization;
    const now = await this.read(ref, id);
    if (hasChanged(original, now)) return { sent: false, kind: 'changed' };
    if (now.authorization.operationId || this.#isUnderWay(ref, id)) return { sent: false, kind: 'busy' };
    if (signal?.aborted) return { sent: false, kind: 'withdrawn' };
    onSending?.();
    return await this.remove(ref.accountId, [{ smartlockId: ref.smartlockId, id, name }]);
  }

  /** Looks once, now, whether what is under way on these devices is done. @returns their lists @throws {NukiError} */
  async look(
    accountId: string,
    smartlockIds: readonly number[],
  ): Promise<ReadonlyMap<number, AuthorizationsWithCodes>> {
    return await this.#follower.read(accountId, smartlockIds);
  }

  /** An authorization as it is now. @throws {NukiError} */
  async read(ref: DeviceRef, id: string): Promise<RawAuthorization> {
    return await this.#follower.readAuthorization(ref, id);
  }

  #questionOf(ref: DeviceRef, before: Authorization, after: Authorization): BroaderAccessQuestion | undefined {
    const state = this.#device(ref);
    const gains = accessGains(before, after);
    return gains.length === 0 ? undefined : { state, before, after, gains };
  }

  #isUnderWay(ref: DeviceRef, id: string): boolean {
    return isBeingChanged(id, this.#device(ref).pendingChanges);
  }

  /** When an authorization was created, in ms since 1970 by this computer's clock, where that is known. */
  #createdAt(ref: DeviceRef, id: string): number | undefined {
    const known = this.#store.device(ref)?.authorizations?.items.find((each) => each.id === id);
    const created = instantOf(known?.creationDate);
    return created === undefined ? undefined : created + this.#clock.now() - this.#now();
  }

  #device(ref: DeviceRef): DeviceState {
    const state = this.#store.device(ref);
    if (!state) throw new NukiError('notFound');
    return state;
  }

  /** Distinct over restarts and other windows too, as pending changes outlive a window. */
  #newKey(kind: 'create' | 'delete'): string {
    return `${kind}/${this.#clock.now()}.${++this.#count}`;
  }

  /** What every change has in common before its request is sent. */
  #unanswered(key: string) {
    return { key, since: this.#clock.now(), answer: 'awaited', givenUp: false } as const;
  }

  #addPending(ref: DeviceRef, change: PendingChange): void {
    this.#store.updatePendingChanges(ref, (others) => [...others.filter(({ key }) => key !== change.key), change]);
  }

  /** Follows the request also where the answer leaves open whether it was accepted. @throws {NukiError} when it was clearly refused */
  async #send(
    accountId: string,
    smartlockIds: readonly number[],
    key: string,
    request: (client: NukiClient) => Promise<void>,
  ): Promise<Sent> {
    const isFollowed = (change: PendingChange): boolean => change.key === key || change.key.startsWith(`${key}/`);
    const update = (change: (pending: PendingChange) => readonly PendingChange[]): void => {
      for (const smartlockId of smartlockIds) {
        this.#store.updatePendingChanges({ accountId, smartlockId }, (all) =>
          all.flatMap((each) => (isFollowed(each) ? change(each) : [each])),
        );
      }
    };
    const doubt = await doubtOf(async () => request(await this.#store.client(accountId))).catch((error: unknown) => {
      update(() => []);
      throw error;
    });
    const answer = doubt ? 'unknown' : 'taken';
    // A list that has shown it meanwhile is a better answer.
    update((change) => [change.answer === 'awaited' ? { ...change, answer } : change]);
    return { sent: true, key, doubt, followed: this.#follower.follow(accountId, smartlockIds, isFollowed) };
  }
}

/** The error that leaves open whether a request was accepted, if there is one. @throws every other one */
export async function doubtOf(request: () => Promise<void>): Promise<NukiError | undefined> {
  try {
    await request();
    return undefined;
  } catch (error) {
    if (error instanceof NukiError && outcomeIsUnknown(error)) return error;
    throw error;
  }
}

function codeTest(code: number | undefined): ((other: string) => boolean) | undefined {
  return code === undefined ? undefined : (other) => other === String(code);
}
