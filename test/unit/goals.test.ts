import assert from 'node:assert/strict';
import { goals } from '../hardening/goals.ts';
import { judge, tableOf } from '../hardening/table.ts';

const [first, ...others] = goals;
assert.ok(first);
const verdictOn = (...holds: readonly (boolean | undefined)[]) =>
  judge(
    [first],
    holds.map((each, index) => ({
      goal: first.id,
      measured: `figure ${index}`,
      ...(each === undefined ? {} : { holds: each }),
    })),
  )[0];

describe('the table of the goals', () => {
  it('has each number once, from G1 to G25', () => {
    assert.deepEqual(
      goals.map(({ id }) => id),
      Array.from({ length: 25 }, (_, index) => `G${index + 1}`),
    );
  });

  it('passes a goal only when it was measured, and every figure holds', () => {
    assert.equal(verdictOn(true, true)?.is, 'pass');
    assert.equal(verdictOn(true, false, undefined)?.is, 'FAIL');
    assert.equal(verdictOn(true, undefined)?.is, 'not here');
    assert.equal(verdictOn()?.is, 'no figure');
  });

  it('takes figures for no other goal, and tells each once', () => {
    const figure = { goal: first.id, measured: 'the same', holds: true };
    assert.ok(judge(others, [figure]).every(({ is }) => is === 'no figure'));
    assert.deepEqual(judge([first], [figure, figure])[0]?.figures, ['the same']);
  });

  it('prints goal, threshold, figures and verdict', () => {
    const text = tableOf(judge([first], [{ goal: first.id, measured: '96 %', holds: true }]));
    for (const part of [first.id, first.threshold, '96 %', 'pass']) assert.ok(text.includes(part), part);
  });
});
