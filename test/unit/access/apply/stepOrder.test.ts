import assert from 'node:assert/strict';
import { stepsBefore, stepsTogether } from '../../../../src/access/apply/stepOrder.ts';
import type { ChangeStep, RemoveStep } from '../../../../src/access/plan/accessPlan.ts';
import type { Owned } from '../../../../src/access/record/accessRecord.ts';
import { entry, written } from '../entries.ts';
import { add } from './applying.ts';

const seen = { id: 'x', name: 'A', type: 13, operationId: false };
const owned = (key: string, smartlockId: number): Owned => ({ entry: key, smartlockId, part: 0, by: 'code', id: 'x' });
const removed = (key: string, door: number): RemoveStep => ({ kind: 'remove', owned: owned(key, door), before: seen });
const changed = (key: string, door: number): ChangeStep => ({
  kind: 'change',
  wanted: add(door, entry(key)).wanted,
  owned: owned('its old key', door),
  before: seen,
  changes: {},
  gains: [],
  losses: [],
  isRenamed: false,
});

describe('the order of steps', () => {
  const added = add(1, entry('a'));
  const narrowed = changed('a', 1);
  const ended = removed('a', 1);
  const others = [add(2, entry('a')), changed('b', 1), add(1, entry('b'))];

  it('has each after what the plan does before it for the same entry at the same door, and after nothing else', () => {
    const before = stepsBefore([added, ...others, narrowed, ended]);
    assert.deepEqual([before.get(added), before.get(narrowed), before.get(ended)], [[], [added], [added, narrowed]]);
    assert.deepEqual(
      others.map((step) => before.get(step)),
      [[], [], [others[1]]],
    );
  });

  it('has the additions of an entry together, each part and each way to open by itself', () => {
    const app = entry('a', { by: 'app' });
    const [first, morning, second, other, byApp] = [
      add(1, entry('a')),
      add(1, entry('a'), written('a'), 1),
      add(2, entry('a')),
      add(1, entry('b')),
      add(1, app),
    ];
    assert.deepEqual(stepsTogether([first, morning, second, other, byApp, ended, narrowed]), [
      [first, second],
      [morning],
      [other],
      [byApp],
      [ended],
      [narrowed],
    ]);
  });
});
