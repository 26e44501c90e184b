import { untilAborted } from '../../base/untilAborted.ts';
import type { DeviceRef } from '../deviceRef.ts';
import type { DeviceState } from '../snapshots.ts';
import type { Store } from '../store.ts';
import { accessGains } from '../../nuki/authorization/accessGains.ts';
import { validityOf, type Authorization } from '../../nuki/authorization/authorization.ts';
import { authorizationType } from '../../nuki/authorization/authorizationType.ts';
import {
  hasChanged,
  type AuthorizationsWithCodes,
  type NewAuthorization,
  type RawAuthorization,
} from '../../nuki/authorization/authorizationWrites.ts';
import { limitFields } from '../../nuki/authorization/completeLimits.ts';
import { confirmations } from '../../nuki/authorization/confirmation.ts';
import { generateKeypadCode } from '../../nuki/authorization/keypadCode.ts';
import { fitsKeypad } from '../../nuki/authorization/keypadName.ts';
import { scheduleProblems } from '../../nuki/authorization/scheduleRules.ts';
import type { Schedule } from '../../nuki/authorization/schedule.ts';
import { NukiError } from '../../nuki/http/errors.ts';
import { hasKeypad, isOnline } from '../../nuki/smartlock.ts';
import { timeZoneName } from '../../nuki/time/timeZones.ts';
import type { AuthorizationAddress, AuthorizationWriter } from './authorizationWriter.ts';
import { occupancyOf, type CreationProblem, type Occupancy } from './creationProblem.ts';
import type { PendingChange } from './pendingChanges.ts';
import { pendingChangeOf, standingOf } from './standing.ts';

/** Why a code is not replaced by another one. */
export type RotationProblem =
  /** Nuki lists it no longer, or it has no code. */
  | 'gone'
  | 'disabled'
  | 'expired'
  /** Nothing is left of its days and hours. */
  | 'never'
  /** What its limits mean is not known, so no other code could be given the same. */
  | 'unclear'
  /** The lock has not confirmed it, or Nuki names an error: another code may open what this one never did. */
  | 'notConfirmed'
  | 'busy'
  /** The other code could not be confirmed. */
  | 'offline'
  | 'noKeypad'
  /** There is no slot for the time in which both exist. */
  | 'full'
  /** The keypad would cut its name, or it has none. */
  | 'name'
  /** They would end with the code, and can be taught at the keypad only. */
  | 'fingerprints'
  | 'noneFree';

/** A code that stays as it is. */
export interface LeftCode {
  readonly address: AuthorizationAddress;
  readonly problem: RotationProblem;
}

/** How far the other code is on a door. */
export type Made =
  /** It was not asked for. */
  | { readonly kind: 'no' }
  /** It was not asked for, as the old one was changed elsewhere meanwhile. */
  | { readonly kind: 'changed' }
  | { readonly kind: 'refused'; readonly why: CreationProblem | NukiError }
  /** It was asked for, and the lock has not confirmed it. */
  | { readonly kind: 'open'; readonly pending: PendingChange }
  | { readonly kind: 'confirmed' };

/** How far the end of the old code is on a door. */
export type Ended =
  /** It was not asked for. */
  | { readonly kind: 'no' }
  /** It was not asked for: `other`, as the other code is not listed as it was confirmed; otherwise as the old one is not what it was. */
  | { readonly kind: 'left'; readonly why: 'other' | 'changed' | 'busy' | 'gone' }
  | { readonly kind: 'refused'; readonly why: NukiError }
  /** It was asked for, and is still listed as far as is known. */
  | { readonly kind: 'open'; readonly pending: PendingChange }
  | { readonly kind: 'done' };

/** A code on a door that another one replaces. */
export interface RotatedCode {
  readonly smartlockId: number;
  readonly old: Authorization;
  /** The six digits of the other one. */
  readonly code: string;
  readonly made: Made;
  readonly ended: Ended;
}

interface Door {
  readonly smartlockId: number;
  readonly original: RawAuthorization;
  readonly requested: NewAuthorization;
  /** The limits of the other code as they were sent. */
  sent: Schedule | undefined;
  made: Made;
  ended: Ended;
}

interface Rotating {
  readonly store: Store;
  readonly writer: AuthorizationWriter;
  /** Ms since 1970 by Nuki's clock. */
  readonly now: () => number;
  /** A whole number from 0 to below `max` from a cryptographic source. */
  readonly randomInt: (max: number) => number;
}

/** What the caller stops waiting by, and is told of each change by. */
interface Watch {
  readonly signal: AbortSignal;
  readonly onChange?: (() => void) | undefined;
}

/** A code as it was read, on a device as it was read. */
interface Read {
  readonly address: AuthorizationAddress;
  readonly state: DeviceState;
  readonly raw: RawAuthorization;
  readonly code: string;
}

/**
 * Reads codes of an account anew, with the lists of their devices, and draws another code for each that can be replaced: those with the same
 * digits get the same. Sends nothing. @throws {NukiError} `cancelled` once `signal` is aborted
 */
export async function planRotation(
  accountId: string,
  addresses: readonly AuthorizationAddress[],
  rotating: Rotating,
  signal?: AbortSignal,
): Promise<{ readonly rotation: CodeRotation; readonly left: readonly LeftCode[] }> {
  const { store, writer, now, randomInt } = rotating;
  await store.readDevices(accountId, 'follow');
  const smartlockIds = [...new Set(addresses.map(({ smartlockId }) => smartlockId))];
  const lists = await writer.look(accountId, smartlockIds);
  const occupancies = new Map<number, Occupancy>();
  for (const smartlockId of smartlockIds) {
    const state = store.device({ accountId, smartlockId });
    const list = lists.get(smartlockId);
    if (state && list) occupancies.set(smartlockId, occupancyOf(state, list.items, list.codes));
  }
  const left: LeftCode[] = [];
  const readable: Read[] = [];
  const added = new Map<number, number>();
  for (const address of addresses) {
    if (signal?.aborted) throw new NukiError('cancelled');
    const read = await readCode({ accountId, smartlockId: address.smartlockId }, address, lists, rotating);
    const problem = read ? problemOf(read, now()) : 'gone';
    const { smartlockId } = address;
    const { used = 0, limit = 0 } = occupancies.get(smartlockId)?.codes ?? {};
    const adds = (added.get(smartlockId) ?? 0) + 1;
    if (!read || problem) left.push({ address, problem: problem ?? 'gone' });
    else if (used + adds > limit) left.push({ address, problem: 'full' });
    else {
      added.set(smartlockId, adds);
      readable.push(read);
    }
  }
  const drawn = new Set<string>();
  const isTaken = (code: string): boolean =>
    drawn.has(code) || [...occupancies.values()].some(({ takenCodes }) => takenCodes.has(code));
  const doors: Door[] = [];
  for (const same of Map.groupBy(readable, ({ code }) => code).values()) {
    const code = generateKeypadCode({ has: isTaken }, randomInt);
    if (code === undefined) {
      left.push(...same.map(({ address }) => ({ address, problem: 'noneFree' as const })));
      continue;
    }
    drawn.add(code);
    for (const { address, raw } of same) doors.push(doorOf(address.smartlockId, raw, Number(code)));
  }
  return { rotation: new CodeRotation(accountId, doors, rotating), left };
}

async function readCode(
  ref: DeviceRef,
  address: AuthorizationAddress,
  lists: ReadonlyMap<number, AuthorizationsWithCodes>,
  { store, writer }: Rotating,
): Promise<Read | undefined> {
  const isListed = lists.get(ref.smartlockId)?.items.some(({ id }) => id === address.id);
  const state = store.device(ref);
  if (!isListed || !state) return undefined;
  const raw = await writer.read(ref, address.id).catch(undefinedWhereGone);
  const code = raw?.fields.code;
  if (!raw || raw.authorization.type !== authorizationType.keypadCode) return undefined;
  return typeof code === 'number' || typeof code === 'string' ? { address, state, raw, code: String(code) } : undefined;
}

function undefinedWhereGone(error: unknown): undefined {
  if (!(error instanceof NukiError) || !isOfGone(error)) throw error;
}

/** What Nuki answers to the id of an authorization that there is no longer. */
export function isOfGone({ reason, status }: NukiError): boolean {
  return reason === 'notFound' || status === 403;
}

/** `now`: ms since 1970 by Nuki's clock. */
function problemOf({ state, raw }: Read, now: number): RotationProblem | undefined {
  const { authorization } = raw;
  const { device } = state;
  const { name, operationId, fingerprints = 0 } = authorization;
  if (operationId || isUnderWay(authorization, state)) return 'busy';
  const validity = validityOf(authorization, now);
  if (validity === 'disabled' || validity === 'expired') return validity;
  const limits = limitProblem(authorization, state, now);
  if (limits) return limits;
  if (!hasKeypad(device)) return 'noKeypad';
  if (!isOnline(device)) return 'offline';
  if (fingerprints > 0) return 'fingerprints';
  if (name.trim() === '' || !fitsKeypad(name)) return 'name';
  const { confirmation } = standingOf(authorization, state);
  return confirmation === 'unconfirmed' || authorization.error ? 'notConfirmed' : undefined;
}

/** Whether it is being changed, or another code of its name is on its way to the same door. */
function isUnderWay({ id, name }: Authorization, { pendingChanges = [] }: DeviceState): boolean {
  const isOther = (change: PendingChange): boolean =>
    change.kind === 'create' && change.requested.name === name && !change.givenUp;
  return pendingChangeOf(id, pendingChanges) !== undefined || pendingChanges.some(isOther);
}

/** A zone that is not known is no problem: the other code gets the same numbers on the same lock. */
function limitProblem(authorization: Authorization, { device }: DeviceState, now: number): RotationProblem | undefined {
  const found = Object.values(scheduleProblems(authorization, now, timeZoneName(device.config?.timezoneId)));
  const problems = found.filter((problem) => problem !== 'zoneUnknown');
  if (problems.length === 0) return validityOf(authorization, now) === 'unknown' ? 'unclear' : undefined;
  return problems.every((problem) => problem === 'neverActive') ? 'never' : 'unclear';
}

function doorOf(smartlockId: number, original: RawAuthorization, code: number): Door {
  const { name, remoteAllowed = false, accountUserId, ...old } = original.authorization;
  const limits = limitFields.flatMap((field) => (old[field] === undefined ? [] : [[field, old[field]] as const]));
  const requested: NewAuthorization = {
    type: authorizationType.keypadCode,
    name,
    remoteAllowed,
    code,
    ...(accountUserId !== undefined && { accountUserId }),
    ...Object.fromEntries(limits),
  };
  return { smartlockId, original, requested, sent: undefined, made: { kind: 'no' }, ended: { kind: 'no' } };
}

/**
 * Replaces codes by others that open at the same times: asks for these, follows them until each lock has confirmed its own, and ends the
 * old ones on the doors that it is told. Whatever happens on the way, one of the two stays.
 */
export class CodeRotation {
  readonly #accountId: string;
  readonly #doors: readonly Door[];
  readonly #store: Store;
  readonly #writer: AuthorizationWriter;

  constructor(accountId: string, doors: readonly Door[], { store, writer }: Pick<Rotating, 'store' | 'writer'>) {
    this.#accountId = accountId;
    this.#doors = doors;
    this.#store = store;
    this.#writer = writer;
  }

  get codes(): readonly RotatedCode[] {
    return this.#doors.map(({ smartlockId, original, requested, made, ended }) => ({
      smartlockId,
      old: original.authorization,
      code: String(requested.code),
      made,
      ended,
    }));
  }

  /** Asks for the other codes, once, those that are alike in one request, and waits until each lock has confirmed its own. */
  async create(watch: Watch): Promise<void> {
    const follows: Promise<void>[] = [];
    for (const alike of Map.groupBy(this.#doors, ({ requested }) => JSON.stringify(requested)).values()) {
      if (watch.signal.aborted) break;
      follows.push(...(await this.#createOn(alike, watch)));
      watch.onChange?.();
    }
    await untilAborted(Promise.all(follows), watch.signal);
  }

  /** @returns what ends when the lists are read no longer for what was sent, if it was */
  async #createOn(alike: readonly Door[], watch: Watch): Promise<readonly Promise<void>[]> {
    let doors = await this.#unchanged(alike);
    for (;;) {
      const [first] = doors;
      if (!first) return [];
      const ids = doors.map(({ smartlockId }) => smartlockId);
      try {
        const result = await this.#writer.create(this.#accountId, ids, first.requested, { signal: watch.signal });
        if (result.sent) return [this.#followCreation(doors, result.key, result.followed, watch)];
        if (result.kind === 'withdrawn') return [];
        const { kind, smartlockId } = result;
        for (const door of doors.filter((each) => each.smartlockId === smartlockId))
          door.made = { kind: 'refused', why: kind };
        doors = doors.filter((door) => door.smartlockId !== smartlockId);
      } catch (error) {
        if (!(error instanceof NukiError)) throw error;
        for (const door of doors) door.made = { kind: 'refused', why: error };
        return [];
      }
    }
  }

  /** Those whose old code is as it was: of one that was narrowed meanwhile the other would give more. */
  async #unchanged(doors: readonly Door[]): Promise<readonly Door[]> {
    for (const door of doors) {
      try {
        const now = await this.#writer.read(this.#refOf(door), door.original.authorization.id);
        if (hasChanged(door.original, now) || now.authorization.operationId) door.made = { kind: 'changed' };
      } catch (error) {
        if (!(error instanceof NukiError)) throw error;
        door.made = isOfGone(error) ? { kind: 'changed' } : { kind: 'refused', why: error };
      }
    }
    return doors.filter(({ made }) => made.kind === 'no');
  }

  async #followCreation(
    doors: readonly Door[],
    key: string,
    followed: Promise<readonly { readonly smartlockId: number; readonly pendingChange: PendingChange }[]>,
    { onChange }: Watch,
  ): Promise<void> {
    const look = (): void => {
      for (const door of doors) {
        const pending = this.#pendingOn(door, key);
        if (pending?.kind === 'create') door.sent = pending.sent;
        if (pending) door.made = { kind: 'open', pending };
        else if (this.#isKnown) door.made = { kind: 'confirmed' };
      }
      onChange?.();
    };
    look();
    const subscription = this.#store.onDidChange(look);
    const unconfirmed = await followed.finally(() => subscription.dispose());
    for (const door of doors) {
      const pending = unconfirmed.find(({ smartlockId }) => smartlockId === door.smartlockId)?.pendingChange;
      door.made = pending ? { kind: 'open', pending } : { kind: 'confirmed' };
    }
    onChange?.();
  }

  /** Reads the lists once more, for what the locks have not confirmed. @throws {NukiError} */
  async check(): Promise<void> {
    const open = this.#doors.filter(({ made }) => made.kind === 'open');
    if (open.length === 0) return;
    const ids = open.map(({ smartlockId }) => smartlockId);
    const lists = await this.#writer.look(this.#accountId, [...new Set(ids)]);
    for (const door of open) {
      if (this.#otherOn(door, lists.get(door.smartlockId)) === 'confirmed') door.made = { kind: 'confirmed' };
    }
  }

  /**
   * Ends the old codes of these, each once the list shows the other code as it was confirmed, and the old one is as it was, and waits until
   * no list shows them. `isTried`: someone has opened with the other codes, where the locks never tell.
   */
  async end(codes: readonly RotatedCode[], isTried: boolean, watch: Watch): Promise<void> {
    const follows: Promise<void>[] = [];
    for (const door of this.#doors) {
      if (!mayEnd(door) || !codes.some(({ old }) => old === door.original.authorization)) continue;
      if (watch.signal.aborted) break;
      follows.push(...(await this.#endOn(door, isTried, watch)));
      watch.onChange?.();
    }
    await untilAborted(Promise.all(follows), watch.signal);
  }

  async #endOn(door: Door, isTried: boolean, watch: Watch): Promise<readonly Promise<void>[]> {
    try {
      const lists = await this.#writer.look(this.#accountId, [door.smartlockId]);
      const other = this.#otherOn(door, lists.get(door.smartlockId));
      if (other !== 'confirmed' && !(other === 'untold' && isTried)) door.ended = { kind: 'left', why: 'other' };
      else {
        const result = await this.#writer.removeUnchanged(this.#refOf(door), door.original, { signal: watch.signal });
        if (result.sent) return [this.#followRemoval(door, result.key, result.followed, watch)];
        if (result.kind !== 'withdrawn') door.ended = { kind: 'left', why: result.kind };
      }
    } catch (error) {
      if (!(error instanceof NukiError)) throw error;
      door.ended = isOfGone(error) ? { kind: 'left', why: 'gone' } : { kind: 'refused', why: error };
    }
    return [];
  }

  async #followRemoval(
    door: Door,
    key: string,
    followed: Promise<readonly { readonly pendingChange: PendingChange }[]>,
    { onChange }: Watch,
  ): Promise<void> {
    const [pending] = this.#pendingChanges(door).filter((change) => change.key.startsWith(`${key}/`));
    if (pending) door.ended = { kind: 'open', pending };
    onChange?.();
    const [unconfirmed] = await followed;
    door.ended = unconfirmed ? { kind: 'open', pending: unconfirmed.pendingChange } : { kind: 'done' };
    onChange?.();
  }

  /** How far the other code is by a list: found by its digits, alone, enabled, with the limits that were sent, without an error, and under no change. */
  #otherOn(door: Door, list: AuthorizationsWithCodes | undefined): 'confirmed' | 'untold' | 'no' {
    const { original, requested, sent } = door;
    const found = (list?.items ?? []).filter(
      ({ id }) => id !== original.authorization.id && list?.codes.get(id) === String(requested.code),
    );
    const [other] = found;
    if (!list || !sent || !other || found.length > 1 || other.operationId || other.error) return 'no';
    const asked = { ...requested, ...sent };
    if (accessGains(asked, other).length > 0 || accessGains(other, asked).length > 0) return 'no';
    const pending = pendingChangeOf(other.id, this.#pendingChanges(door));
    if (pending && pending.kind !== 'create') return 'no';
    const confirmation = confirmations(list.items)(other);
    return confirmation === 'unconfirmed' ? 'no' : confirmation;
  }

  #pendingOn(door: Door, key: string): PendingChange | undefined {
    return this.#pendingChanges(door).find((change) => change.key === key);
  }

  #pendingChanges(door: Door): readonly PendingChange[] {
    return this.#store.pendingChanges(this.#refOf(door));
  }

  /** An account that is gone proves nothing. */
  get #isKnown(): boolean {
    return this.#store.account(this.#accountId)?.devices !== undefined;
  }

  #refOf({ smartlockId }: Door): DeviceRef {
    return { accountId: this.#accountId, smartlockId };
  }
}

/** Whether the end of its old code was not asked for, for no reason that stays. */
function mayEnd({ ended }: Door): boolean {
  const isForNow = ended.kind === 'left' && (ended.why === 'other' || ended.why === 'busy');
  return ended.kind === 'no' || ended.kind === 'refused' || isForNow;
}
