import assert from 'node:assert/strict';
import type { AddStep, ChangeStep, Plan, RemoveStep } from '../../../../src/access/plan/accessPlan.ts';
import { isSamePlan } from '../../../../src/access/plan/isSamePlan.ts';
import { lockId } from '../../devices.ts';
import { code, door, entry, fileOf, garageId, ownNow, owned, planAt } from './homes.ts';

const plan = planAt(
  door([code('a', 'Guest Weber'), code('b', 'Guest Weber')]),
  fileOf(entry('added', { name: 'New' }), entry('changed', { days: 124 })),
  [owned('changed', 'a'), owned('removed', 'b')],
);
const [added, changed, removed] = plan.steps;
assert.ok(added?.kind === 'add' && changed?.kind === 'change' && removed?.kind === 'remove');

const adding = (changes: Partial<AddStep>): Partial<Plan> => ({ steps: [{ ...added, ...changes }, changed, removed] });
const wanting = (changes: Partial<AddStep['wanted']>): Partial<Plan> =>
  adding({ wanted: { ...added.wanted, ...changes } });
const changing = (changes: Partial<ChangeStep>): Partial<Plan> => ({
  steps: [added, { ...changed, ...changes }, removed],
});
const removing = (changes: Partial<RemoveStep>): Partial<Plan> => ({
  steps: [added, changed, { ...removed, ...changes }],
});

describe('a plan', () => {
  const same: Readonly<Record<string, Partial<Plan>>> = {
    'was made of what was read later': { readAt: ownNow + 1 },
    'finds something else to say, which it does nothing about': {
      findings: [{ kind: 'unknown', smartlockId: garageId, why: 'offline' }],
    },
    'is of an entry that stands elsewhere in the file': wanting({ entry: { ...added.wanted.entry, index: 5 } }),
    'is of an authorization that has opened meanwhile': removing({ before: { ...removed.before, lockCount: 99 } }),
  };
  for (const [what, changes] of Object.entries(same)) {
    it(`is the same where it ${what}`, () => assert.ok(isSamePlan(plan, { ...plan, ...changes })));
  }

  const { as, entry: ofFile } = added.wanted;
  const others: Readonly<Record<string, Partial<Plan>>> = {
    'is of another account': { accountId: '8' },
    'does more': { steps: [...plan.steps, removed] },
    'does less': { steps: plan.steps.slice(1) },
    'does it in another order': { steps: plan.steps.toReversed() },
    'gives other limits': wanting({ as: { ...as, allowedWeekDays: 3 } }),
    'gives another name': wanting({ as: { ...as, name: 'Other' } }),
    'adds it at another door': wanting({ smartlockId: lockId + 1 }),
    'adds the other part of its hours': wanting({ part: 1 }),
    'adds something of another type': wanting({ type: 0 }),
    'adds it for another person': wanting({ accountUserId: 2 }),
    'creates a person with another email': wanting({ entry: { ...ofFile, email: 'other@example.com' } }),
    'is of another entry': wanting({ entry: { ...ofFile, key: 'other' } }),
    'adds it after a removal': adding({ waitsForRemovals: true }),
    'changes something else': changing({ changes: { name: 'Other' } }),
    'changes another authorization': changing({ owned: owned('changed', 'c') }),
    'changes what is otherwise by now': changing({ before: { ...changed.before, enabled: false } }),
    'removes another authorization': removing({ owned: owned('removed', 'c') }),
    'removes what is otherwise by now': removing({ before: { ...removed.before, allowedWeekDays: 3 } }),
  };
  for (const [what, changes] of Object.entries(others)) {
    it(`is another one where it ${what}`, () => {
      assert.ok(!isSamePlan(plan, { ...plan, ...changes }));
      assert.ok(!isSamePlan({ ...plan, ...changes }, plan));
    });
  }
});
