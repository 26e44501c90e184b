import type { Clock } from '../../base/clock.ts';
import { untilAborted } from '../../base/untilAborted.ts';
import { entryKey, listedEntriesOf, type ListedEntry, type RequestedEntry } from '../authorizations/entries.ts';
import { emailKey, type Account, type Person } from '../../nuki/account.ts';
import { NukiError } from '../../nuki/http/errors.ts';
import { isOnline } from '../../nuki/smartlock.ts';
import { instantOf } from '../../nuki/time/instant.ts';
import { doubtOf, type AuthorizationWriter, type Sent } from '../authorizations/authorizationWriter.ts';
import { requestedByHolder, holderIdOf, keyOfHolder, comparableName, type HolderId } from './holders.ts';
import { isBeingChanged, isListed, youth } from '../authorizations/pendingChanges.ts';
import { refOf } from '../deviceRef.ts';
import type { AccountState } from '../snapshots.ts';
import type { AccessOptions, Store } from '../store.ts';

/** What someone has on the doors of an account, as it was just read. */
export interface HolderAccess {
  readonly held: readonly ListedEntry[];
  /** What was asked for and is not listed: there is nothing yet that could be deleted. */
  readonly requested: readonly RequestedEntry[];
  /** What others have under the same name: nothing but that connects it, so it is not deleted. */
  readonly namesakes: readonly ListedEntry[];
  /** The account user, as long as Nuki lists one that may be deleted. */
  readonly person: Person | undefined;
  /** Whether the person owns the account, so that nothing of it is to be deleted. */
  readonly isOwner: boolean;
  /** Whether some authorizations could not be read, which may be this person's too. */
  readonly hasUnreadable: boolean;
}

/** Reads all that someone has anew. @throws {NukiError} where any of it cannot be read */
export async function readHolderAccess(
  store: Store,
  accountId: string,
  holder: HolderId,
  options: Pick<AccessOptions, 'signal' | 'onPage'> = {},
): Promise<HolderAccess> {
  await store.readDevices(accountId, 'follow');
  const [person] = await Promise.all([
    'name' in holder ? undefined : readPerson(store, accountId, holder.accountUserId, options.signal),
    store.readAllAuthorizations(accountId, 'follow', options),
  ]);
  const account = store.account(accountId);
  if (!account) throw new NukiError('accountRemoved');
  return {
    ...holderAccessOf(account, holder, person?.person.name),
    person: person?.isOwner ? undefined : person?.person,
    isOwner: person?.isOwner ?? false,
  };
}

async function readPerson(store: Store, accountId: string, accountUserId: number, signal?: AbortSignal) {
  const { items, unreadable } = await store.readPeople(accountId, signal);
  const person = items.find((each) => each.accountUserId === accountUserId);
  // Who is not among those that could be read may be the owner.
  if (!person && unreadable.length > 0) throw new NukiError('unexpectedAnswer', { path: 'accountUserId' });
  if (!person) return undefined;
  const owner = await (await store.client(accountId)).account({ lane: 'follow', signal });
  return { person, isOwner: isSamePerson(owner, person) };
}

/** By the email, and where one of them has none by the name: an owner must not be shut out of the own account. */
export function isSamePerson(owner: Pick<Account, 'name' | 'email'>, person: Person): boolean {
  const [a, b] = [emailKey(owner.email), emailKey(person.email)];
  return a && b ? a === b : owner.name !== undefined && owner.name === person.name;
}

function holderAccessOf(
  account: AccountState,
  holder: HolderId,
  name = '',
): Pick<HolderAccess, 'held' | 'requested' | 'namesakes' | 'hasUnreadable'> {
  const key = keyOfHolder(holder);
  const devices = account.devices ?? [];
  const all = devices.flatMap(listedEntriesOf);
  const isOwn = ({ authorization }: ListedEntry): boolean => keyOfHolder(holderIdOf(authorization)) === key;
  const held = all.filter(isOwn);
  const names = new Set([name, ...held.map(({ authorization }) => authorization.name)].map(comparableName));
  names.delete('');
  return {
    held,
    requested: requestedByHolder(account).get(key) ?? [],
    namesakes: all.filter((each) => names.has(comparableName(each.authorization.name)) && !isOwn(each)),
    hasUnreadable:
      account.unreadable.length > 0 ||
      devices.some(({ authorizations }) => authorizations && authorizations.unreadable.length > 0),
  };
}

/**
 * What became of an authorization, by the newest list of its device. `listed`, `offline`: Nuki still lists it, and the device can be reached
 * or not. `unknown`: no list was read since, or it is not known whether Nuki has taken the request. `left`: nothing was sent for it, as it was
 * changed or a change of it was under way. `appeared`: it is new, so the question was not about it. `young`: no longer listed, which may come
 * from a copy that has not heard of it yet.
 */
export type DeletionResult = 'gone' | 'young' | 'listed' | 'offline' | 'unknown' | 'left' | 'appeared';

/** What a deletion depends on. */
interface Departing {
  readonly store: Store;
  readonly writer: Pick<AuthorizationWriter, 'remove'>;
  readonly clock: Pick<Clock, 'now'>;
  /** Ms since 1970 by Nuki's clock. */
  readonly nukiNow: () => number;
}

/** The deletion of what someone has. */
export class Departure {
  readonly #store: Store;
  readonly #writer: Pick<AuthorizationWriter, 'remove'>;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #nukiNow: () => number;
  readonly #asked: readonly ListedEntry[];
  readonly #now: HolderAccess;
  /** By {@link entryKey}. */
  readonly #sentFor = new Set<string>();
  /** When it was sent, in ms since 1970. */
  #since = 0;
  #sent: Sent | undefined;

  /** `asked`: what the user has agreed to, and nothing else; `now`: what was read after that. */
  constructor(asked: readonly ListedEntry[], now: HolderAccess, { store, writer, clock, nukiNow }: Departing) {
    this.#store = store;
    this.#writer = writer;
    this.#clock = clock;
    this.#nukiNow = nukiNow;
    this.#asked = asked;
    this.#now = now;
  }

  /** Why it is not known whether Nuki has taken the request. */
  get doubt(): NukiError | undefined {
    return this.#sent?.doubt;
  }

  /**
   * Asks for the deletion of what is still there: in one request, and nothing that another change is under way for. Then waits until the
   * lists are no longer read, or `signal` is aborted.
   * @throws {NukiError} when Nuki clearly refuses, and nothing is deleted
   */
  async remove(signal: AbortSignal): Promise<void> {
    const still = new Map(this.#now.held.map((held) => [entryKey(held), held]));
    const [first, ...others] = this.#asked.flatMap((held) => {
      const known = still.get(entryKey(held));
      return known && !isUnderWay(known) ? [known] : [];
    });
    if (!first) return;
    for (const held of [first, ...others]) this.#sentFor.add(entryKey(held));
    this.#since = this.#clock.now();
    this.#sent = await this.#writer.remove(first.state.accountId, [addressOf(first), ...others.map(addressOf)]);
    await untilAborted(this.#sent.followed, signal);
  }

  /** How many authorizations that were asked for are seen to be gone. */
  get goneCount(): number {
    return this.#asked.filter((held) => this.#resultOf(held) === 'gone').length;
  }

  /** What became of all that was asked for, and what `holder` has besides that was not there when the user was asked. */
  results(holder: HolderId): readonly { readonly held: ListedEntry; readonly result: DeletionResult }[] {
    const offered = new Set([...this.#asked, ...this.#now.held].map(entryKey));
    const accountId = this.#asked[0]?.state.accountId;
    const account = accountId === undefined ? undefined : this.#store.account(accountId);
    const others = account ? holderAccessOf(account, holder).held.filter((held) => !offered.has(entryKey(held))) : [];
    return [
      ...this.#asked.map((held) => ({ held, result: this.#resultOf(held) })),
      ...others.map((held) => ({ held, result: 'appeared' as const })),
    ];
  }

  #isYoung({ authorization: { creationDate } }: ListedEntry): boolean {
    return this.#nukiNow() - (instantOf(creationDate) ?? -Infinity) < youth;
  }

  #resultOf(held: ListedEntry): DeletionResult {
    const state = this.#store.device(refOf(held.state));
    const list = state?.authorizations;
    const isSent = this.#sentFor.has(entryKey(held));
    if (!state || !list || (isSent && list.readAt <= this.#since)) return 'unknown';
    if (!isListed(held.authorization.id, list)) return this.#isYoung(held) ? 'young' : 'gone';
    if (!isSent) return 'left';
    if (!isOnline(state.device)) return 'offline';
    return this.doubt ? 'unknown' : 'listed';
  }
}

function addressOf({ state, authorization: { id, name } }: ListedEntry) {
  return { smartlockId: state.device.smartlockId, id, name };
}

/** Whether a request would meet a change that is not over. */
function isUnderWay({ state, authorization: { id, operationId } }: ListedEntry): boolean {
  return operationId || isBeingChanged(id, state.pendingChanges);
}

/** When the account users are read, in ms after the last reading: Nuki deletes one later than it says so. */
const waitsMs = [1.5, 2, 3, 5, 8, 12, 20, 30, 40, 60].map((seconds) => seconds * 1_000);

/**
 * Deletes an account user: sent once, then the list is read until it shows none, or `signal` is aborted.
 * @returns whether the list has shown it; otherwise the user may still be there
 * @throws {NukiError} when Nuki clearly refuses
 */
export async function removePerson(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  accountId: string,
  accountUserId: number,
  signal: AbortSignal,
): Promise<{ readonly isGone: boolean; readonly doubt: NukiError | undefined }> {
  const client = await store.client(accountId);
  const doubt = await doubtOf(() => client.deletePerson(accountUserId));
  for (const wait of waitsMs) {
    await clock.wait(wait, signal);
    if (signal.aborted) break;
    if (await isPersonGone(store, accountId, accountUserId, signal)) return { isGone: true, doubt };
  }
  return { isGone: false, doubt };
}

/** A list that cannot be read shows nothing; an entry without an id may be the one. */
async function isPersonGone(
  store: Store,
  accountId: string,
  accountUserId: number,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    const { items, unreadable } = await store.readPeople(accountId, signal);
    const id = String(accountUserId);
    return (
      !items.some((person) => person.accountUserId === accountUserId) &&
      !unreadable.some((entry) => entry.id === undefined || entry.id === id)
    );
  } catch (error) {
    if (error instanceof NukiError) return false;
    throw error;
  }
}
