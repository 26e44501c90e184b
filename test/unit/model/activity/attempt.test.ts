import assert from 'node:assert/strict';
import { attemptOf } from '../../../../src/model/activity/attempt.ts';
import { decode } from '../../../../src/nuki/http/decode.ts';
import { accountActivitySchema } from '../../../../src/nuki/http/schemas.ts';

/** An entry of an Opener's log: an unlatching that succeeded. */
const strike = { id: '1', smartlockId: 1, action: 3, trigger: 0, state: 0, source: 0 };
const ring = { ...strike, action: 224 };
const attempt = (fields: object) => attemptOf(decode(accountActivitySchema, { ...strike, ...fields }), 2);

describe('an attempt', () => {
  it('is an opening only where it has succeeded, whatever was tried', () => {
    assert.ok(attempt(strike).isOpening);
    for (const fields of [{ state: 1 }, { state: 224 }, { state: null }, { action: 1 }, { action: 99 }])
      assert.ok(!attempt(fields).isOpening, JSON.stringify(fields));
  });

  it('at the doorbell is an opening only where ring to open or the continuous mode has let someone in', () => {
    assert.ok(attempt({ ...ring, openerLog: { activeRto: true } }).isOpening);
    assert.ok(attempt({ ...ring, openerLog: { activeCm: true } }).isOpening);
    for (const fields of [
      {},
      { openerLog: { activeRto: false, activeCm: false } },
      { openerLog: { activeRto: true }, state: 1 },
    ])
      assert.ok(!attempt({ ...ring, ...fields }).isOpening, JSON.stringify(fields));
  });

  it('was refused where a credential was, has failed for any other reason, and is unknown where the log does not say', () => {
    const outcomes = (states: readonly (number | null)[], fields = {}): readonly string[] =>
      states.map((state) => attempt({ state, ...fields }).outcome);
    assert.deepEqual([...new Set(outcomes([9, 10, 224, 225, 226]))], ['refused']);
    assert.deepEqual(outcomes([0, 1, 3, 37, 77, null]), ['done', 'failed', 'failed', 'failed', 'failed', 'unknown']);
    assert.deepEqual(outcomes([3], { autoUnlock: true }), ['heldBack']);
    assert.deepEqual(outcomes([0, 37, 9, 224], { source: 3, trigger: 253 }), [
      'refused',
      'refused',
      'failed',
      'failed',
    ]);
  });
});
