import type { ChangeResult, RemovalResult, Sent } from '../../model/authorizations/authorizationWriter.ts';
import type { CreationProblem } from '../../model/authorizations/creationProblem.ts';
import type { Authorization } from '../../nuki/authorization/authorization.ts';
import { replacedFields, type RawAuthorization } from '../../nuki/authorization/authorizationWrites.ts';
import { doorOf, type AddStep, type ChangeStep, type Plan, type RemoveStep, type Step } from '../plan/accessPlan.ts';
import { listedAs } from '../plan/ownedAt.ts';
import type { Asked, Owned } from '../record/accessRecord.ts';
import { AddSteps } from './addSteps.ts';
import type { NotBegun, StepOutcome } from './applyPlan.ts';
import { stepsBefore, stepsTogether } from './stepOrder.ts';
import { StepRequests, type Applying } from './stepRequests.ts';
import { stateAfter, StepStates } from './stepStates.ts';

interface Watch {
  readonly signal: AbortSignal;
  readonly onChange?: (() => void) | undefined;
}

/** What a removal at the same door may end. */
const untilRemoved: readonly CreationProblem[] = ['codesFull', 'othersFull', 'personHasOne'];

const locksAtOnce = 4;

/**
 * Does the chosen steps of a plan, each once: asks, and reads the lists until the lock has confirmed it. What is asked for is written to the
 * record before it is sent, and what the lists show of it after that, so that it can end anywhere.
 */
export class PlanApplication {
  readonly #plan: Plan;
  readonly #applying: Applying;
  readonly #states: StepStates;
  readonly #requests: StepRequests;
  readonly #adds: AddSteps;
  readonly #before: ReadonlyMap<Step, readonly Step[]>;
  /** Additions that have to wait for removals, by the plan or by a problem that they have met: these are tried once more. */
  readonly #deferred = new Set<Step>();
  #onChange: (() => void) | undefined;

  constructor(plan: Plan, applying: Applying) {
    this.#plan = plan;
    this.#applying = applying;
    this.#states = new StepStates(() => this.#onChange?.());
    this.#requests = new StepRequests(plan, applying, this.#states);
    this.#adds = new AddSteps(plan, applying, this.#states, this.#requests, (step, problem) =>
      this.#meet(step, problem),
    );
    this.#before = stepsBefore(plan.steps);
  }

  get outcomes(): readonly StepOutcome[] {
    return this.#plan.steps.map((step) => ({
      step,
      state: this.#states.of(step),
      hasOwnCode: this.#adds.withOwnCode.has(step),
    }));
  }

  /** To be called once. An abort of `watch.signal` begins nothing more, and waits for nothing that is under way. */
  async run(chosen: ReadonlySet<Step>, watch: Watch): Promise<void> {
    this.#onChange = watch.onChange;
    this.#requests.begin(watch.signal);
    for (const step of this.#plan.steps) if (!chosen.has(step)) this.#states.leave([step], 'leftOut');
    for (const step of chosen) if (step.kind === 'add' && step.waitsForRemovals) this.#deferred.add(step);
    await this.#requests.record.change((owned) => owned);
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
      const again = stepsTogether(steps.filter((step) => this.#deferred.has(step) && this.#states.isOpen(step)));
      if (again.length === 0) return;
      for (const together of again) open.add(together);
    }
  }

  /** Whether all that has to be done before it has an end. */
  #isNext(step: Step): boolean {
    return this.#stepsBefore(step).every(
      (other) => !this.#states.isOpen(other) && this.#states.of(other).kind !== 'underWay',
    );
  }

  async #do(together: readonly Step[]): Promise<void> {
    await this.#requests.pause();
    const steps = together.filter((step) => {
      const why = this.#obstacleOf(step);
      if (why) this.#states.leave([step], why);
      return !why;
    });
    for (const step of steps) this.#states.set(step, { kind: 'underWay' });
    const [first] = steps;
    try {
      if (first?.kind === 'change') await this.#change(first);
      else if (first?.kind === 'remove') await this.#remove(first);
      else await this.#adds.apply(steps.filter((step) => step.kind === 'add'));
    } catch (error) {
      for (const step of steps) if (this.#states.of(step).kind === 'underWay') this.#requests.failBy(step, error);
    }
  }

  #obstacleOf(step: Step): NotBegun | undefined {
    if (this.#requests.signal.aborted) return 'cancelled';
    if (this.#requests.record.stopped) return this.#requests.record.stopped;
    if (!this.#applying.hasTurn()) return 'record';
    if (this.#requests.isRefused) return 'refused';
    if (this.#stepsBefore(step).some((other) => this.#states.of(other).kind !== 'done')) return 'waits';
    if (this.#requests.isOffline(step)) return 'offline';
    return undefined;
  }

  async #change(step: ChangeStep): Promise<void> {
    const { owned, wanted, changes, gains } = step;
    const { writer, store } = this.#applying;
    const ref = this.#requests.refOf(step);
    const raw = await this.#readAsPlanned(step);
    if (!raw) return;
    const { id, updateDate: updatedBefore } = raw.authorization;
    const asked: Asked = { kind: 'change', at: this.#requests.at, to: wanted.as, updatedBefore };
    const sent = await this.#ask(step, asked, () =>
      writer.change(ref, id, changes, raw, {
        signal: this.#requests.signal,
        confirmBroaderAccess: (question) => Promise.resolve(question.gains.every((gain) => gains.includes(gain))),
      }),
    );
    if (!sent) return;
    const unconfirmed = await this.#requests.follow(sent);
    const state = stateAfter(step, sent, unconfirmed);
    const now = store.device(ref)?.authorizations?.items.find((each) => each.id === id);
    if (now && (state.kind === 'done' || state.kind === 'untold'))
      await this.#requests.record.change((all) =>
        all.map((each) => (each.id === owned.id ? listedAs(each, now) : each)),
      );
    this.#states.set(step, state);
  }

  async #remove(step: RemoveStep): Promise<void> {
    const { owned } = step;
    const raw = await this.#readAsPlanned(step);
    if (!raw) return;
    const sent = await this.#ask(step, { kind: 'remove', at: this.#requests.at }, () =>
      this.#applying.writer.removeUnchanged(this.#requests.refOf(step), raw, { signal: this.#requests.signal }),
    );
    if (!sent) return;
    const unconfirmed = await this.#requests.follow(sent);
    const state = stateAfter(step, sent, unconfirmed);
    if (state.kind === 'done') await this.#requests.record.change((all) => all.filter(({ id }) => id !== owned.id));
    this.#states.set(step, state);
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
    if (!(await this.#requests.writeAsked([step], withAsked(asked)))) return undefined;
    try {
      const result = await send();
      if (result.sent) return result;
      if (result.kind === 'withdrawn') this.#states.leave([step], 'cancelled');
      else if (result.kind === 'busy') this.#states.leave([step], 'waits');
      else this.#states.fail(step, 'changed');
    } catch (error) {
      this.#requests.failBy(step, error);
    }
    await this.#requests.record.change(withAsked(step.owned.asked));
    return undefined;
  }

  /** An authorization as it is now, where it is as the plan saw it. @throws {NukiError} */
  async #readAsPlanned(step: ChangeStep | RemoveStep): Promise<RawAuthorization | undefined> {
    const raw = await this.#requests.read(this.#requests.refOf(step), step.before.id);
    if (raw && isSame(step.before, raw.authorization)) return raw;
    this.#states.fail(step, 'changed');
    return undefined;
  }

  /** A problem of an addition: one that a removal at its door may end is waited for, once. */
  #meet(step: AddStep, problem: CreationProblem): void {
    const isRemoving = (other: Step): boolean =>
      other.kind === 'remove' && doorOf(other) === doorOf(step) && this.#states.of(other).kind !== 'done';
    if (!untilRemoved.includes(problem) || !this.#plan.steps.some(isRemoving)) this.#states.fail(step, problem);
    else if (this.#deferred.has(step)) this.#states.leave([step], 'waits');
    else {
      this.#deferred.add(step);
      this.#states.set(step, { kind: 'notBegun' });
    }
  }

  #stepsBefore(step: Step): readonly Step[] {
    return this.#before.get(step) ?? [];
  }
}

/** Whether an authorization is as it was, by all that a list tells of it. The lock's first confirmation, which dates it, is no change. */
function isSame(before: Authorization, now: Authorization): boolean {
  if (now.type !== before.type || (before.updateDate !== undefined && before.updateDate !== now.updateDate))
    return false;
  return shownFields.every((field) => before[field] === now[field]);
}

const shownFields = replacedFields.filter((field) => field !== 'code');
