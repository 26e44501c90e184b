import assert from 'node:assert/strict';
import { stepsBefore, stepsTogether } from '../../../../src/access/apply/stepOrder.ts';
import type { ChangeStep, RemoveStep } from '../../../../src/access/plan/accessPlan.ts';
import type { Owned } from '../../../../src/access/record/accessRecord.ts';
import type { AccessGain } from '../../../../src/nuki/authorization/accessGains.ts';
import { add, always, entry } from './applying.ts';

const before = { id: 'x', name: 'A', type: 13, operationId: false };
const owned = (key: string, smartlockId: number): Owned => ({ entry: key, smartlockId, part: 0, by: 'code', id: 'x' });
const removed = (key: string, door: number): RemoveStep => ({ kind: 'remove', owned: owned(key, door), before });
const changed = (key: string, door: number, gains: readonly AccessGain[]): ChangeStep => ({
  kind: 'change',
  wanted: add(door, entry(key)).wanted,
  owned: owned('its old key', door),
  before,
  changes: {},
  gains,
  losses: [],
  isRenamed: false,
});

describe('the order of steps', () => {
  const added = add(1, entry('a'));
  const widened = changed('a', 1, ['until']);
  const narrowed = changed('a', 1, []);
  const ended = removed('a', 1);
  const others = [add(2, entry('a')), changed('b', 1, ['until']), add(1, entry('b'))];
  const steps = [ended, narrowed, ...others, widened, added];

  for (const [what, step, first] of [
    ['what is added', added, []],
    ['what is widened', widened, [added]],
    ['what is changed otherwise', narrowed, [widened, added]],
    ['what is removed', ended, [narrowed, widened, added]],
  ] as const) {
    it(`has ${what} of an entry at a door after ${first.length} others there, and none of others`, () => {
      assert.deepEqual(stepsBefore(steps).get(step), first);
    });
  }

  it('has the additions of an entry together, each part and each way to open by itself', () => {
    const app = entry('a', { by: 'app' });
    const [first, morning, second, other, byApp] = [
      add(1, entry('a')),
      add(1, entry('a'), always('a'), 1),
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
