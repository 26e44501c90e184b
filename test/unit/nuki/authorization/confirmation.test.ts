import assert from 'node:assert/strict';
import { confirmationSince, confirmations } from '../../../../src/nuki/authorization/confirmation.ts';
import type { Authorization } from '../../../../src/nuki/authorization/authorization.ts';
import { authorization } from '../../devices.ts';

const unused = { lockCount: 0, lastActiveDate: null };
/** A code that the API lists without saying that the lock has taken it. */
const fresh = (fields: object = {}): Authorization =>
  authorization({ id: 'fresh', ...unused, updateDate: null, ...fields });
const dated = (fields: object = {}): Authorization => authorization({ id: 'dated', ...unused, ...fields });
const usedWithoutDate = (fields: object = {}): Authorization =>
  authorization({ id: 'used', updateDate: null, lockCount: 3, ...fields });

function confirmationOf(one: Authorization, ...others: readonly Authorization[]): string {
  return confirmations([one, ...others])(one);
}

describe('whether a lock has confirmed what Nuki lists', () => {
  it('is told by the date of the last update', () => {
    assert.equal(confirmationOf(dated()), 'confirmed');
    for (const updateDate of [null, undefined, '', 'soon']) {
      assert.equal(confirmationOf(fresh({ updateDate }), dated()), 'unconfirmed', String(updateDate));
    }
  });

  it('is told by its use: whoever has opened with it was let in', () => {
    assert.equal(confirmationOf(usedWithoutDate(), dated()), 'confirmed');
    assert.equal(confirmationOf(fresh({ lastActiveDate: '2026-11-20T09:00:00.000Z' }), dated()), 'confirmed');
  });

  it('is not so of one that is alone on its list', () => {
    assert.equal(confirmationOf(fresh()), 'unconfirmed');
    assert.equal(confirmationOf(fresh(), fresh({ id: 'other' })), 'unconfirmed');
  });

  it('is not told where the device dates nothing of what is in use', () => {
    assert.equal(confirmationOf(fresh(), usedWithoutDate()), 'untold');
    assert.equal(confirmationOf(fresh(), usedWithoutDate({ type: 0 })), 'untold');
  });

  it('goes by those of the same type where these tell', () => {
    assert.equal(confirmationOf(fresh({ type: 0 }), usedWithoutDate({ type: 0 }), dated()), 'untold');
    assert.equal(confirmationOf(fresh(), usedWithoutDate({ type: 0 }), dated()), 'unconfirmed');
    assert.equal(confirmationOf(fresh({ type: 0 }), dated()), 'unconfirmed');
  });

  it('is no question for what was paired at the device', () => {
    for (const type of [1, 3, 14, 15, 99]) assert.equal(confirmationOf(fresh({ type }), dated()), 'confirmed');
  });
});

describe('whether a lock has confirmed a change', () => {
  const before = '2026-11-23T12:00:00.000Z';
  const since = (updateDate: string | null, ...others: readonly Authorization[]): string => {
    const now = authorization({ id: 'changed', updateDate });
    return confirmationSince(before, now, [now, ...others]);
  };

  it('is told by a newer date of the API alone', () => {
    assert.equal(since('2026-11-23T12:00:01.000Z'), 'confirmed');
    assert.equal(since(before), 'unconfirmed');
    assert.equal(since('2026-11-23T11:59:59.000Z'), 'unconfirmed');
    assert.equal(since(null, dated()), 'unconfirmed');
  });

  it('is told by a first date', () => {
    assert.equal(confirmationSince(undefined, dated(), [dated()]), 'confirmed');
  });

  it('is not told where nothing that is in use has a date, nor of what connects the device', () => {
    assert.equal(since(null), 'untold');
    const bridge = fresh({ type: 1 });
    assert.equal(confirmationSince(undefined, bridge, [bridge, dated()]), 'untold');
  });
});
