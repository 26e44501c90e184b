import type { Sent } from '../../model/authorizations/authorizationWriter.ts';
import { occupancyOf, type CreationProblem } from '../../model/authorizations/creationProblem.ts';
import { PersonCreation } from '../../model/people/personCreation.ts';
import type { Authorization } from '../../nuki/authorization/authorization.ts';
import type { AuthorizationsWithCodes } from '../../nuki/authorization/authorizationWrites.ts';
import { generateKeypadCode, isKeypadCode } from '../../nuki/authorization/keypadCode.ts';
import type { NukiClient } from '../../nuki/http/client.ts';
import { NukiError } from '../../nuki/http/errors.ts';
import { doorOf, type AddStep, type Plan, type Step, type Wanted } from '../plan/accessPlan.ts';
import { listedAs, mayBe } from '../plan/ownedAt.ts';
import type { Owned } from '../record/accessRecord.ts';
import { askedFor, isAt, matching, requestOf, type Holder } from './askedFor.ts';
import type { Applying, StepRequests } from './stepRequests.ts';
import { pendingAt, stateAfter, type StepStates } from './stepStates.ts';

/** How long to wait before each reading of a list after Nuki was asked to read its lock, in ms. */
const waitsForSyncMs = [5_000, 10_000, 15_000];

/** How long to wait for another copy of a list before each reading of it, in ms. */
const waitsForNewerCopyMs = [0, 1_000, 3_000, 8_000];

/** The additions of a plan: with the digits or the account user that an entry has, or gets. */
export class AddSteps {
  /** Those whose code is another one than their entry has elsewhere. */
  readonly withOwnCode = new Set<Step>();
  readonly #accountId: string;
  readonly #applying: Applying;
  readonly #states: StepStates;
  readonly #requests: StepRequests;
  readonly #persons: PersonCreation;
  readonly #onProblem: (step: AddStep, problem: CreationProblem) => void;

  /** `onProblem`: decides about a step that was not sent, as its door has a problem with it. */
  constructor(
    plan: Plan,
    applying: Applying,
    states: StepStates,
    requests: StepRequests,
    onProblem: (step: AddStep, problem: CreationProblem) => void,
  ) {
    this.#accountId = plan.accountId;
    this.#applying = applying;
    this.#states = states;
    this.#requests = requests;
    this.#persons = new PersonCreation(applying.store, plan.accountId);
    this.#onProblem = onProblem;
  }

  /** What an entry is given at several doors: in one request where its limits are the same, and with one code where that is free. */
  async apply(all: readonly AddStep[]): Promise<void> {
    const steps = await this.#missing(all);
    const [first] = steps;
    if (!first) return;
    const lists = await this.#applying.writer.look(this.#accountId, steps.map(doorOf));
    if (first.wanted.entry.by !== 'code') {
      const accountUserId = await this.#personOf(first.wanted);
      if (accountUserId !== undefined) await this.#addTo(steps, lists, { accountUserId });
      else for (const step of steps) this.#states.fail(step, 'noSuchPerson');
      return;
    }
    const isTaken = (step: Step, code: string): boolean => this.#takenCodes(step, lists).has(code);
    const known = await this.#codeElsewhere(first.wanted, steps);
    const isAlike = (step: Step): boolean => known !== undefined && !isTaken(step, known);
    await this.#addTo(steps.filter(isAlike), lists, { code: Number(known) });
    const others = steps.filter((step) => !isAlike(step));
    const has = (code: string): boolean => others.some((step) => isTaken(step, code));
    const code = generateKeypadCode({ has }, this.#applying.randomInt);
    if (code === undefined) for (const step of others) this.#states.fail(step, 'codeTaken');
    else await this.#addTo(others, lists, { code: Number(code) });
    if (known !== undefined) for (const step of others) this.withOwnCode.add(step);
  }

  /**
   * Those that no lock has. What was asked for before and never listed a lock may have: Nuki is asked to read it, and looked at again. Without
   * that, or from a lock that is offline, it is not asked for again.
   */
  async #missing(steps: readonly AddStep[]): Promise<readonly AddStep[]> {
    const before = new Map(
      steps.flatMap((step) => {
        const owned = this.#askedBefore(step);
        return owned ? [[step, owned] as const] : [];
      }),
    );
    if (before.size === 0) return steps;
    const { store, writer, clock, now } = this.#applying;
    const client = await store.client(this.#accountId);
    for (const step of before.keys()) await this.#sync(step, client);
    const isOurs = new Set(this.#requests.record.owned.map(({ id }) => id));
    const isUnderWay = (step: Step): boolean => this.#states.of(step).kind === 'underWay';
    for (const wait of waitsForSyncMs) {
      const left = [...before].filter(([step]) => isUnderWay(step));
      if (left.length === 0) break;
      await clock.wait(wait, this.#requests.signal);
      await store.readDevices(this.#accountId, 'follow');
      const lists = await writer.look(
        this.#accountId,
        left.map(([step]) => doorOf(step)),
      );
      for (const [step, owned] of left) {
        const items = lists.get(doorOf(step))?.items ?? [];
        if (items.some((item) => !isOurs.has(item.id) && mayBe(owned, item, now()))) this.#states.fail(step, 'changed');
        else if (this.#requests.isOffline(step)) this.#states.leave([step], 'offline');
      }
    }
    return steps.filter(isUnderWay);
  }

  /** Has Nuki read the lock of a step, which fails where Nuki does not. */
  async #sync(step: AddStep, client: NukiClient): Promise<void> {
    try {
      await client.sync(doorOf(step));
    } catch (error) {
      // The list of the lock could be read for the plan: the token lives, and may do what other steps ask for.
      if (error instanceof NukiError && ['unauthorized', 'permissionMissing'].includes(error.reason))
        this.#states.fail(step, new NukiError('permissionMissing', { status: error.status }));
      else this.#requests.failBy(step, error);
    }
  }

  /** What was asked for in its place and no list has shown. */
  #askedBefore({ wanted }: AddStep): Owned | undefined {
    return this.#requests.record.owned.find((owned) => owned.id === undefined && isAt(owned, wanted));
  }

  #takenCodes(step: Step, lists: ReadonlyMap<number, AuthorizationsWithCodes>): Pick<ReadonlySet<string>, 'has'> {
    const state = this.#applying.store.device(this.#requests.refOf(step));
    const list = lists.get(doorOf(step));
    if (!state || !list) throw new NukiError('notFound');
    return occupancyOf(state, list.items, list.codes).takenCodes;
  }

  /** The code that an entry has at a door that it is not added to now. @throws {NukiError} */
  async #codeElsewhere({ entry, part }: Wanted, steps: readonly Step[]): Promise<string | undefined> {
    const doors = steps.map(doorOf);
    for (const { id, smartlockId, ...owned } of this.#requests.record.owned) {
      const isOfPart = owned.entry === entry.key && owned.part === part && owned.by === 'code';
      if (!isOfPart || id === undefined || doors.includes(smartlockId)) continue;
      const raw = await this.#requests.read({ accountId: this.#accountId, smartlockId }, id);
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
          return [step, askedFor(step.wanted, list, holder, this.#requests.at, earlier.get(step))];
        }),
      );
      const isWritten = await this.#requests.writeAsked(alike, (all) => [
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
          this.#accountId,
          left.map(doorOf),
          requestOf(left[0].wanted, holder),
          { signal: this.#requests.signal },
        );
        if (result.sent) sent = result;
        else if (result.kind === 'withdrawn') this.#states.leave(left.splice(0), 'cancelled');
        else {
          const { kind, smartlockId } = result;
          for (const step of left) if (doorOf(step) === smartlockId) this.#onProblem(step, kind);
          left = left.filter((step) => doorOf(step) !== smartlockId);
        }
      }
    } catch (error) {
      for (const step of left.splice(0)) this.#requests.failBy(step, error);
    }
    const notSent = [...asked].filter(([step]) => !left.includes(step));
    const taken = new Set(notSent.map(([, owned]) => owned));
    const again = before.filter((owned) => notSent.some(([{ wanted }]) => isAt(owned, wanted)));
    if (taken.size > 0)
      await this.#requests.record.change((all) => [...all.filter((owned) => !taken.has(owned)), ...again]);
    if (sent) await this.#followAdditions(left, asked, holder, sent);
  }

  async #followAdditions(
    steps: readonly AddStep[],
    asked: ReadonlyMap<AddStep, Owned>,
    holder: Holder,
    sent: Sent,
  ): Promise<void> {
    const unconfirmed = await this.#requests.follow(sent);
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
    if (shown.size > 0) await this.#requests.record.change((all) => all.map(withIds));
    for (const step of steps) this.#states.set(step, stateAfter(step, sent, unconfirmed));
  }

  /** What the lists show of what was asked for: found by its code or its person, and alone. */
  async #shownFor(asked: ReadonlyMap<AddStep, Owned>, holder: Holder): Promise<ReadonlyMap<Owned, Authorization>> {
    const shown = new Map<Owned, Authorization>();
    for (const wait of waitsForNewerCopyMs) {
      const missing = [...asked].filter(([, owned]) => !shown.has(owned));
      if (missing.length === 0 || this.#requests.signal.aborted) break;
      await this.#applying.clock.wait(wait, this.#requests.signal);
      const lists = await this.#requests.look(missing.map(([step]) => doorOf(step)));
      for (const [step, owned] of missing) {
        const found = matching(owned, step.wanted, holder, lists.get(doorOf(step)));
        if (found) shown.set(owned, found);
      }
    }
    return shown;
  }
}

function undefinedWhereNotFound(error: unknown): undefined {
  if (!(error instanceof NukiError) || error.reason !== 'notFound') throw error;
}
