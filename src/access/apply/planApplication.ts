import type { Clock } from '../../base/clock.ts';
import { untilAborted } from '../../base/untilAborted.ts';
import type { Unconfirmed } from '../../model/authorizations/authorizationFollower.ts';
import type {
  AuthorizationWriter,
  ChangeResult,
  RemovalResult,
  Sent,
} from '../../model/authorizations/authorizationWriter.ts';
import { occupancyOf, type CreationProblem } from '../../model/authorizations/creationProblem.ts';
import { isOfGone } from '../../model/authorizations/codeRotation.ts';
import { isUntold, type PendingChange } from '../../model/authorizations/pendingChanges.ts';
import type { DeviceRef } from '../../model/deviceRef.ts';
import { PersonCreation } from '../../model/people/personCreation.ts';
import type { Store } from '../../model/store.ts';
import type { Authorization } from '../../nuki/authorization/authorization.ts';
import {
  replacedFields,
  type AuthorizationsWithCodes,
  type RawAuthorization,
} from '../../nuki/authorization/authorizationWrites.ts';
import { generateKeypadCode, isKeypadCode } from '../../nuki/authorization/keypadCode.ts';
import { ignoreNukiError, NukiError, type Reason } from '../../nuki/http/errors.ts';
import { isOnline } from '../../nuki/smartlock.ts';
import { wireInstant } from '../../nuki/time/instant.ts';
import {
  doorOf,
  type AddStep,
  type ChangeStep,
  type Plan,
  type RemoveStep,
  type Step,
  type Wanted,
} from '../plan/accessPlan.ts';
import { listedAs, mayBe } from '../plan/ownedAt.ts';
import type { Asked, Owned } from '../record/accessRecord.ts';
import type { NotBegun, RecordFile, StepOutcome, StepState } from './applyPlan.ts';
import { askedFor, isAt, matching, requestOf, type Holder } from './askedFor.ts';
import { KeptRecord } from './keptRecord.ts';
import { stepsBefore, stepsTogether } from './stepOrder.ts';

interface Applying {
  readonly store: Store;
  readonly writer: AuthorizationWriter;
  readonly record: RecordFile;
  /** What the record's file was when the plan was made. */
  readonly recordText: string | undefined;
  readonly clock: Clock;
  /** Ms since 1970 by Nuki's clock. */
  readonly now: () => number;
  /** A whole number from 0 to below `max` from a cryptographic source. */
  readonly randomInt: (max: number) => number;
  /** Whether it is still this window that applies a plan; asked before each request. */
  readonly hasTurn: () => boolean;
}

interface Watch {
  readonly signal: AbortSignal;
  readonly onChange?: (() => void) | undefined;
}

/** What a removal at the same door may end. */
const untilRemoved: readonly CreationProblem[] = ['codesFull', 'othersFull', 'personHasOne'];

/** After these Nuki answers nothing else to any other request of the account. */
const ofAccount: readonly Reason[] = [
  'accountRemoved',
  'permissionMissing',
  'subscription',
  'tokenMissing',
  'tokenRefused',
  'unauthorized',
];

const locksAtOnce = 4;

/** The longest time in ms that Nuki may ask to wait before the next step. */
const longestPause = 5 * 60_000;

/** How long to wait before each reading of a list after Nuki was asked to read its lock, in ms. */
const waitsForSyncMs = [5_000, 10_000, 15_000];

/** How long to wait for another copy of a list before each reading of it, in ms. */
const waitsForNewerCopyMs = [0, 1_000, 3_000, 8_000];

/**
 * Does the chosen steps of a plan, each once: asks, and reads the lists until the lock has confirmed it. What is asked for is written to the
 * record before it is sent, and what the lists show of it after that, so that it can end anywhere.
 */
export class PlanApplication {
  readonly #plan: Plan;
  readonly #applying: Applying;
  readonly #record: KeptRecord;
  readonly #persons: PersonCreation;
  readonly #before: ReadonlyMap<Step, readonly Step[]>;
  readonly #states = new Map<Step, StepState>();
  readonly #withOwnCode = new Set<Step>();
  /** Additions that have to wait for removals, by the plan or by a problem that they have met: these are tried once more. */
  readonly #deferred = new Set<Step>();
  #watch: Watch = { signal: new AbortController().signal };
  /** Resolves when the user no longer waits. */
  #isGivenUp = new Promise<undefined>(() => undefined);
  #isRefused = false;
  #pauseUntil = 0;

  constructor(plan: Plan, applying: Applying) {
    this.#plan = plan;
    this.#applying = applying;
    this.#record = new KeptRecord(applying.record, applying.recordText, plan.record);
    this.#persons = new PersonCreation(applying.store, plan.accountId);
    this.#before = stepsBefore(plan.steps);
  }

  get outcomes(): readonly StepOutcome[] {
    return this.#plan.steps.map((step) => ({
      step,
      state: this.#stateOf(step),
      hasOwnCode: this.#withOwnCode.has(step),
    }));
  }

  /** To be called once. An abort of `watch.signal` begins nothing more, and waits for nothing that is under way. */
  async run(chosen: ReadonlySet<Step>, watch: Watch): Promise<void> {
    this.#watch = watch;
    this.#isGivenUp = untilAborted(this.#isGivenUp, watch.signal).then(() => undefined);
    for (const step of this.#plan.steps) if (!chosen.has(step)) this.#leave([step], 'leftOut');
    for (const step of chosen) if (step.kind === 'add' && step.waitsForRemovals) this.#deferred.add(step);
    await this.#record.change((owned) => owned);
    await this.#runAll(this.#plan.steps.filter((step) => chosen.has(step)));
  }

  /** One after the other at each lock. What waits for a removal is tried again when nothing else is left to do. */
  async #runAll(steps: readonly Step[]): Promise<void> {
    const open = new Set(stepsTogether(steps.filter((step) => !this.#deferred.has(step))));
    const running = new Map<readonly Step[], Promise<void>>();
    for (;;) {
      const busy = new Set([...running.keys()].flat().map(doorOf));
      for (const together of open) {
        if (running.size === locksAtOnce) break;
        if (together.some((step) => busy.has(doorOf(step)) || !this.#isNext(step))) continue;
        for (const step of together) busy.add(doorOf(step));
        open.delete(together);
        running.set(
          together,
          this.#do(together).finally(() => running.delete(together)),
        );
      }
      if (running.size > 0) {
        await Promise.race(running.values());
        continue;
      }
      const again = stepsTogether(steps.filter((step) => this.#deferred.has(step) && this.#isOpen(step)));
      if (again.length === 0) return;
      for (const together of again) open.add(together);
    }
  }

  /** Whether all that has to be done before it has an end. */
  #isNext(step: Step): boolean {
    return this.#stepsBefore(step).every((other) => !this.#isOpen(other) && this.#stateOf(other).kind !== 'underWay');
  }

  async #do(together: readonly Step[]): Promise<void> {
    await this.#applying.clock.wait(this.#pauseUntil - this.#applying.clock.now(), this.#watch.signal);
    const steps = together.filter((step) => {
      const why = this.#obstacleOf(step);
      if (why) this.#leave([step], why);
      return !why;
    });
    for (const step of steps) this.#set(step, { kind: 'underWay' });
    const [first] = steps;
    try {
      if (first?.kind === 'change') await this.#change(first);
      else if (first?.kind === 'remove') await this.#remove(first);
      else await this.#add(steps.filter((step) => step.kind === 'add'));
    } catch (error) {
      for (const step of steps) if (this.#stateOf(step).kind === 'underWay') this.#failBy(step, error);
    }
  }

  #obstacleOf(step: Step): NotBegun | undefined {
    if (this.#watch.signal.aborted) return 'cancelled';
    if (this.#record.stopped) return this.#record.stopped;
    if (!this.#applying.hasTurn()) return 'record';
    if (this.#isRefused) return 'refused';
    if (this.#stepsBefore(step).some((other) => this.#stateOf(other).kind !== 'done')) return 'waits';
    const device = this.#applying.store.device(this.#refOf(step))?.device;
    if (device && !isOnline(device)) return 'offline';
    return undefined;
  }

  /** What an entry is given at several doors: in one request where its limits are the same, and with one code where that is free. */
  async #add(all: readonly AddStep[]): Promise<void> {
    const steps = await this.#missing(all);
    const [first] = steps;
    if (!first) return;
    const lists = await this.#applying.writer.look(this.#plan.accountId, steps.map(doorOf));
    if (first.wanted.entry.by !== 'code') {
      const accountUserId = await this.#personOf(first.wanted);
      if (accountUserId !== undefined) await this.#addTo(steps, lists, { accountUserId });
      else for (const step of steps) this.#fail(step, 'noSuchPerson');
      return;
    }
    const isTaken = (step: Step, code: string): boolean => this.#takenCodes(step, lists).has(code);
    const known = await this.#codeElsewhere(first.wanted, steps);
    const isAlike = (step: Step): boolean => known !== undefined && !isTaken(step, known);
    await this.#addTo(steps.filter(isAlike), lists, { code: Number(known) });
    const others = steps.filter((step) => !isAlike(step));
    const has = (code: string): boolean => others.some((step) => isTaken(step, code));
    const code = generateKeypadCode({ has }, this.#applying.randomInt);
    if (code === undefined) for (const step of others) this.#fail(step, 'codeTaken');
    else await this.#addTo(others, lists, { code: Number(code) });
    if (known !== undefined) for (const step of others) this.#withOwnCode.add(step);
  }

  /** Those that no lock has. What was asked for before and never listed a lock may have: Nuki is asked to read it, and looked at again. */
  async #missing(steps: readonly AddStep[]): Promise<readonly AddStep[]> {
    const before = new Map(
      steps.flatMap((step) => {
        const owned = this.#askedBefore(step);
        return owned ? [[step, owned] as const] : [];
      }),
    );
    if (before.size === 0) return steps;
    const { store, clock, now } = this.#applying;
    const client = await store.client(this.#plan.accountId);
    for (const step of before.keys()) await client.sync(doorOf(step)).catch(ignoreNukiError);
    const isOurs = new Set(this.#record.owned.map(({ id }) => id));
    for (const wait of waitsForSyncMs) {
      await clock.wait(wait, this.#watch.signal);
      const lists = await this.#look([...before.keys()].map(doorOf));
      for (const [step, owned] of before) {
        const items = lists.get(doorOf(step))?.items ?? [];
        if (items.some((item) => !isOurs.has(item.id) && mayBe(owned, item, now()))) this.#fail(step, 'changed');
      }
    }
    return steps.filter((step) => this.#stateOf(step).kind === 'underWay');
  }

  /** What was asked for in its place and no list has shown. */
  #askedBefore({ wanted }: AddStep): Owned | undefined {
    return this.#record.owned.find((owned) => owned.id === undefined && isAt(owned, wanted));
  }

  #takenCodes(step: Step, lists: ReadonlyMap<number, AuthorizationsWithCodes>): Pick<ReadonlySet<string>, 'has'> {
    const state = this.#applying.store.device(this.#refOf(step));
    const list = lists.get(doorOf(step));
    if (!state || !list) throw new NukiError('notFound');
    return occupancyOf(state, list.items, list.codes).takenCodes;
  }

  /** The code that an entry has at a door that it is not added to now. @throws {NukiError} */
  async #codeElsewhere({ entry, part }: Wanted, steps: readonly Step[]): Promise<string | undefined> {
    const doors = steps.map(doorOf);
    for (const { id, smartlockId, ...owned } of this.#record.owned) {
      const isOfPart = owned.entry === entry.key && owned.part === part && owned.by === 'code';
      if (!isOfPart || id === undefined || doors.includes(smartlockId)) continue;
      const raw = await this.#read({ accountId: this.#plan.accountId, smartlockId }, id);
      const code = String(raw?.fields.code);
      if (isKeypadCode(code)) return code;
    }
    return undefined;
  }

  /** The id of the account user of an entry, who is created where there is none. @throws {NukiError} */
  async #personOf({ entry, accountUserId }: Wanted): Promise<number | undefined> {
    const { name, email } = entry;
    if (accountUserId !== undefined || email === undefined) return accountUserId;
    const found = await this.#persons.find(email);
    if (found) return found.accountUserId;
    return await this.#persons.create(name, email).catch(undefinedWhereNotFound);
  }

  async #addTo(
    steps: readonly AddStep[],
    lists: ReadonlyMap<number, AuthorizationsWithCodes>,
    holder: Holder,
  ): Promise<void> {
    for (const alike of Map.groupBy(steps, ({ wanted }) => JSON.stringify(wanted.as)).values()) {
      const earlier = new Map(alike.map((step) => [step, this.#askedBefore(step)]));
      const before = [...earlier.values()].filter((owned) => owned !== undefined);
      const asked = new Map(
        alike.map((step) => {
          const list = lists.get(doorOf(step));
          return [step, askedFor(step.wanted, list, holder, this.#at, earlier.get(step))];
        }),
      );
      const isWritten = await this.#writeAsked(alike, (all) => [
        ...all.filter((owned) => !before.includes(owned)),
        ...asked.values(),
      ]);
      if (isWritten) await this.#create(asked, before, holder);
    }
  }

  /** Asks for what the record says that is `asked` for. What was not sent is as it was `before`. */
  async #create(asked: ReadonlyMap<AddStep, Owned>, before: readonly Owned[], holder: Holder): Promise<void> {
    let left = [...asked.keys()];
    let sent: Sent | undefined;
    try {
      while (!sent && left[0]) {
        const result = await this.#applying.writer.create(
          this.#plan.accountId,
          left.map(doorOf),
          requestOf(left[0].wanted, holder),
          { signal: this.#watch.signal },
        );
        if (result.sent) sent = result;
        else if (result.kind === 'withdrawn') this.#leave(left.splice(0), 'cancelled');
        else {
          const { kind, smartlockId } = result;
          for (const step of left) if (doorOf(step) === smartlockId) this.#meet(step, kind);
          left = left.filter((step) => doorOf(step) !== smartlockId);
        }
      }
    } catch (error) {
      for (const step of left.splice(0)) this.#failBy(step, error);
    }
    const notSent = [...asked].filter(([step]) => !left.includes(step));
    const taken = new Set(notSent.map(([, owned]) => owned));
    const again = before.filter((owned) => notSent.some(([{ wanted }]) => isAt(owned, wanted)));
    if (taken.size > 0) await this.#record.change((all) => [...all.filter((owned) => !taken.has(owned)), ...again]);
    if (sent) await this.#followAdditions(left, asked, holder, sent);
  }

  async #followAdditions(
    steps: readonly AddStep[],
    asked: ReadonlyMap<AddStep, Owned>,
    holder: Holder,
    sent: Sent,
  ): Promise<void> {
    const unconfirmed = await this.#follow(sent);
    const isListed = (step: Step): boolean => {
      const pending = pendingAt(step, unconfirmed);
      return unconfirmed !== undefined && (pending?.kind !== 'create' || pending.listed !== 'no');
    };
    const shown = await this.#shownFor(
      new Map([...asked].filter(([step]) => steps.includes(step) && isListed(step))),
      holder,
    );
    const withIds = (owned: Owned): Owned => {
      const item = shown.get(owned);
      return item ? listedAs(owned, item) : owned;
    };
    if (shown.size > 0) await this.#record.change((all) => all.map(withIds));
    for (const step of steps) this.#set(step, stateAfter(step, sent, unconfirmed));
  }

  /** What the lists show of what was asked for: found by its code or its person, and alone. */
  async #shownFor(asked: ReadonlyMap<AddStep, Owned>, holder: Holder): Promise<ReadonlyMap<Owned, Authorization>> {
    const shown = new Map<Owned, Authorization>();
    for (const wait of waitsForNewerCopyMs) {
      const missing = [...asked].filter(([, owned]) => !shown.has(owned));
      if (missing.length === 0 || this.#watch.signal.aborted) break;
      await this.#applying.clock.wait(wait, this.#watch.signal);
      const lists = await this.#look(missing.map(([step]) => doorOf(step)));
      for (const [step, owned] of missing) {
        const found = matching(owned, step.wanted, holder, lists.get(doorOf(step)));
        if (found) shown.set(owned, found);
      }
    }
    return shown;
  }

  /** The lists of these doors, none of them where they cannot be read now. */
  async #look(doors: readonly number[]): Promise<ReadonlyMap<number, AuthorizationsWithCodes>> {
    try {
      return await this.#applying.writer.look(this.#plan.accountId, doors);
    } catch (error) {
      ignoreNukiError(error);
      return new Map();
    }
  }

  async #change(step: ChangeStep): Promise<void> {
    const { owned, wanted, changes, gains } = step;
    const { writer, store } = this.#applying;
    const ref = this.#refOf(step);
    const raw = await this.#readAsPlanned(step);
    if (!raw) return;
    const { id } = raw.authorization;
    const asked: Asked = { kind: 'change', at: this.#at, to: wanted.as };
    const sent = await this.#ask(step, asked, () =>
      writer.change(ref, id, changes, raw, {
        signal: this.#watch.signal,
        confirmBroaderAccess: (question) => Promise.resolve(question.gains.every((gain) => gains.includes(gain))),
      }),
    );
    if (!sent) return;
    const unconfirmed = await this.#follow(sent);
    const state = stateAfter(step, sent, unconfirmed);
    const now = store.device(ref)?.authorizations?.items.find((each) => each.id === id);
    if (now && (state.kind === 'done' || state.kind === 'untold'))
      await this.#record.change((all) => all.map((each) => (each.id === owned.id ? listedAs(each, now) : each)));
    this.#set(step, state);
  }

  async #remove(step: RemoveStep): Promise<void> {
    const { owned } = step;
    const raw = await this.#readAsPlanned(step);
    if (!raw) return;
    const sent = await this.#ask(step, { kind: 'remove', at: this.#at }, () =>
      this.#applying.writer.removeUnchanged(this.#refOf(step), raw, { signal: this.#watch.signal }),
    );
    if (!sent) return;
    const unconfirmed = await this.#follow(sent);
    const state = stateAfter(step, sent, unconfirmed);
    if (state.kind === 'done') await this.#record.change((all) => all.filter(({ id }) => id !== owned.id));
    this.#set(step, state);
  }

  /** Writes down what is asked of an authorization, and asks it. What was not sent is not written down any more. */
  async #ask(
    step: ChangeStep | RemoveStep,
    asked: Asked,
    send: () => Promise<ChangeResult | RemovalResult>,
  ): Promise<Sent | undefined> {
    const { id } = step.owned;
    const withAsked = (what: Asked | undefined) => (all: readonly Owned[]) =>
      all.map((owned) => (owned.id === id ? { ...owned, asked: what } : owned));
    if (!(await this.#writeAsked([step], withAsked(asked)))) return undefined;
    try {
      const result = await send();
      if (result.sent) return result;
      if (result.kind === 'withdrawn') this.#leave([step], 'cancelled');
      else if (result.kind === 'busy') this.#leave([step], 'waits');
      else this.#fail(step, 'changed');
    } catch (error) {
      this.#failBy(step, error);
    }
    await this.#record.change(withAsked(step.owned.asked));
    return undefined;
  }

  /** An authorization as it is now, where it is as the plan saw it. @throws {NukiError} */
  async #readAsPlanned(step: ChangeStep | RemoveStep): Promise<RawAuthorization | undefined> {
    const raw = await this.#read(this.#refOf(step), step.before.id);
    if (raw && isSame(step.before, raw.authorization)) return raw;
    this.#fail(step, 'changed');
    return undefined;
  }

  /** @returns `undefined` where it is gone @throws {NukiError} */
  async #read(ref: DeviceRef, id: string): Promise<RawAuthorization | undefined> {
    try {
      return await this.#applying.writer.read(ref, id);
    } catch (error) {
      if (error instanceof NukiError && isOfGone(error)) return undefined;
      throw error;
    }
  }

  /** Writes down what is asked before it is sent. @returns whether it may be sent */
  async #writeAsked(steps: readonly Step[], update: (all: readonly Owned[]) => readonly Owned[]): Promise<boolean> {
    const { hasTurn } = this.#applying;
    if (!hasTurn()) this.#leave(steps, 'record');
    else if (await this.#record.change(update)) return true;
    else this.#leave(steps, this.#record.stopped ?? 'record');
    return false;
  }

  /** @returns what the lists have not shown done when they are no longer read; `undefined` when the user no longer waits */
  async #follow({ followed }: Sent): Promise<readonly Unconfirmed[] | undefined> {
    return await Promise.race([followed, this.#isGivenUp]);
  }

  /** A problem of an addition: one that a removal at its door may end is waited for, once. */
  #meet(step: AddStep, problem: CreationProblem): void {
    const isRemoving = (other: Step): boolean =>
      other.kind === 'remove' && doorOf(other) === doorOf(step) && this.#stateOf(other).kind !== 'done';
    if (!untilRemoved.includes(problem) || !this.#plan.steps.some(isRemoving)) this.#fail(step, problem);
    else if (this.#deferred.has(step)) this.#leave([step], 'waits');
    else {
      this.#deferred.add(step);
      this.#set(step, { kind: 'notBegun' });
    }
  }

  /** @throws what is no failure of the API */
  #failBy(step: Step, error: unknown): void {
    if (!(error instanceof NukiError)) throw error;
    const { reason, retryAt = 0 } = error;
    this.#pauseUntil = Math.max(this.#pauseUntil, retryAt);
    if (ofAccount.includes(reason) || retryAt > this.#applying.clock.now() + longestPause) this.#isRefused = true;
    this.#fail(step, error);
  }

  #fail(step: Step, why: Extract<StepState, { kind: 'failed' }>['why']): void {
    this.#set(step, { kind: 'failed', why });
  }

  #leave(steps: readonly Step[], why: NotBegun): void {
    for (const step of steps) this.#set(step, { kind: 'notBegun', why });
  }

  #set(step: Step, state: StepState): void {
    this.#states.set(step, state);
    this.#watch.onChange?.();
  }

  #stateOf(step: Step): StepState {
    return this.#states.get(step) ?? { kind: 'notBegun' };
  }

  /** Whether its turn is still to come. */
  #isOpen(step: Step): boolean {
    const state = this.#stateOf(step);
    return state.kind === 'notBegun' && state.why === undefined;
  }

  #stepsBefore(step: Step): readonly Step[] {
    return this.#before.get(step) ?? [];
  }

  #refOf(step: Step): DeviceRef {
    return { accountId: this.#plan.accountId, smartlockId: doorOf(step) };
  }

  /** Now, as the record has it. */
  get #at(): string {
    return wireInstant(this.#applying.now());
  }
}

function undefinedWhereNotFound(error: unknown): undefined {
  if (!(error instanceof NukiError) || error.reason !== 'notFound') throw error;
}

function pendingAt(step: Step, unconfirmed: readonly Unconfirmed[] | undefined): PendingChange | undefined {
  return unconfirmed?.find(({ smartlockId }) => smartlockId === doorOf(step))?.pendingChange;
}

/** `unconfirmed`: what no list has shown done; not known where the user no longer waits. */
function stateAfter(step: Step, { doubt }: Sent, unconfirmed: readonly Unconfirmed[] | undefined): StepState {
  const pending = pendingAt(step, unconfirmed);
  if (unconfirmed && !pending) return { kind: 'done' };
  if (pending && isUntold(pending)) return { kind: 'untold' };
  const isTaken = pending ? pending.answer === 'taken' : !doubt;
  return { kind: isTaken ? 'pending' : 'unknown' };
}

/** Whether an authorization is as it was, by all that a list tells of it. The lock's first confirmation, which dates it, is no change. */
function isSame(before: Authorization, now: Authorization): boolean {
  if (now.type !== before.type || (before.updateDate !== undefined && before.updateDate !== now.updateDate))
    return false;
  return shownFields.every((field) => before[field] === now[field]);
}

const shownFields = replacedFields.filter((field) => field !== 'code');
