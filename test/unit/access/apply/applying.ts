import { PlanApplication } from '../../../../src/access/apply/planApplication.ts';
import type { RecordFile, StepOutcome } from '../../../../src/access/apply/applyPlan.ts';
import type { Entry } from '../../../../src/access/file/accessFile.ts';
import type { AddStep, ChangeStep, Plan, RemoveStep, Step } from '../../../../src/access/plan/accessPlan.ts';
import type { Owned, Written } from '../../../../src/access/record/accessRecord.ts';
import { readRecord } from '../../../../src/access/record/readRecord.ts';
import { recordText } from '../../../../src/access/record/recordText.ts';
import type { AccessGain } from '../../../../src/nuki/authorization/accessGains.ts';
import type { AuthorizationChanges } from '../../../../src/nuki/authorization/authorizationWrites.ts';
import { typeOfCredential } from '../../../../src/nuki/authorization/credential.ts';
import { NukiError } from '../../../../src/nuki/http/errors.ts';
import { accountId } from '../../model/fakes.ts';
import type { TestAccount } from '../../model/testAccount.ts';
import { written } from '../entries.ts';

/** A record in memory, with each text that was written. */
export class MemoryRecord implements RecordFile {
  readonly texts: string[] = [];
  text: string | undefined;

  constructor(text?: string) {
    this.text = text;
  }

  read(): Promise<string | undefined> {
    return Promise.resolve(this.text);
  }

  write(text: string): Promise<void> {
    this.texts.push(text);
    this.text = text;
    return Promise.resolve();
  }

  get owned(): readonly Owned[] {
    return readRecord(this.text ?? '')?.owned ?? [];
  }
}

export function add(smartlockId: number, of: Entry, as: Written = written(of.name), part: 0 | 1 = 0): AddStep {
  return {
    kind: 'add',
    waitsForRemovals: false,
    wanted: { entry: of, smartlockId, part, type: typeOfCredential[of.by], as },
  };
}

/** What the plan saw of an authorization of the account. */
async function seen({ simulator }: TestAccount, smartlockId: number, name: string) {
  const found = (await simulator.authorizations(smartlockId)).find((each) => each.name === name);
  if (!found) throw new Error(`There is no ${name}.`);
  return found;
}

export async function ownedOf(account: TestAccount, smartlockId: number, name: string, key: string): Promise<Owned> {
  const before = await seen(account, smartlockId, name);
  const by = (['code', 'app', 'fob'] as const).find((each) => typeOfCredential[each] === before.type) ?? 'code';
  const { enabled = true, remoteAllowed = false } = before;
  return { entry: key, smartlockId, part: 0, by, id: before.id, written: { name, enabled, remoteAllowed } };
}

export async function change(
  account: TestAccount,
  smartlockId: number,
  name: string,
  of: Entry,
  changes: AuthorizationChanges,
  gains: readonly AccessGain[] = [],
): Promise<ChangeStep> {
  return {
    kind: 'change',
    wanted: { entry: of, smartlockId, part: 0, type: typeOfCredential[of.by], as: written(of.name) },
    changes,
    owned: await ownedOf(account, smartlockId, name, of.key),
    before: await seen(account, smartlockId, name),
    gains,
    losses: [],
    isRenamed: false,
  };
}

export async function remove(
  account: TestAccount,
  smartlockId: number,
  name: string,
  key: string,
): Promise<RemoveStep> {
  const before = await seen(account, smartlockId, name);
  return { kind: 'remove', owned: await ownedOf(account, smartlockId, name, key), before };
}

export interface Applied {
  readonly application: PlanApplication;
  readonly record: MemoryRecord;
  readonly outcomes: readonly StepOutcome[];
  readonly kinds: readonly string[];
}

interface Options {
  readonly record?: MemoryRecord;
  readonly owned?: readonly Owned[];
  readonly chosen?: readonly Step[];
  readonly signal?: AbortSignal;
  readonly onChange?: (application: PlanApplication) => void;
  readonly hasTurn?: () => boolean;
  readonly draws?: readonly number[];
}

/** The plan of these steps, with what they are about in its record. */
export function planOf(steps: readonly Step[], owned: readonly Owned[] = []): Plan {
  const known = steps.flatMap((step) => (step.kind === 'add' ? [] : [step.owned]));
  return { kind: 'plan', accountId, readAt: 0, steps, findings: [], record: [...known, ...owned] };
}

export function applicationOf(account: TestAccount, steps: readonly Step[], options: Options = {}) {
  const { owned, hasTurn = () => true } = options;
  const plan = planOf(steps, owned);
  const record = options.record ?? new MemoryRecord(recordText({ owned: plan.record }));
  let drawn = 0;
  const draws = options.draws ?? [3, 6, 1, 8, 4, 2, 7, 5, 0, 4, 1, 6, 2, 3, 8, 7, 2];
  const application = new PlanApplication(plan, {
    store: account.store,
    writer: account.writer,
    record,
    recordText: record.text,
    clock: account.simulator.clock,
    now: () => account.simulator.clock.now(),
    randomInt: (max) => (draws[drawn++ % draws.length] ?? 0) % max,
    hasTurn,
  });
  return { application, record };
}

/** Applies a plan of these steps. */
export async function apply(account: TestAccount, steps: readonly Step[], options: Options = {}): Promise<Applied> {
  const { application, record } = applicationOf(account, steps, options);
  const { chosen = steps, signal = new AbortController().signal, onChange } = options;
  await account.advanceUntil(application.run(new Set(chosen), { signal, onChange: () => onChange?.(application) }));
  return { application, record, outcomes: application.outcomes, kinds: application.outcomes.map(inWords) };
}

export function inWords({ state }: StepOutcome): string {
  if (state.kind === 'notBegun') return `notBegun: ${state.why ?? 'to come'}`;
  if (state.kind !== 'failed') return state.kind;
  return `failed: ${state.why instanceof NukiError ? state.why.reason : state.why}`;
}
