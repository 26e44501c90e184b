import assert from 'node:assert/strict';
import { authorizationLimit, validityOf } from '../../../../src/nuki/authorization/authorization.ts';
import { authorization, codeJson, lock } from '../../devices.ts';

const from = Date.UTC(2026, 0, 1, 8);
const until = Date.UTC(2027, 5, 30, 16);

describe('whether an authorization gives access', () => {
  const limited = authorization();

  it('begins at its first instant and ends before its last', () => {
    assert.equal(validityOf(limited, from - 1), 'upcoming');
    assert.equal(validityOf(limited, from), 'active');
    assert.equal(validityOf(limited, until - 1), 'active');
    assert.equal(validityOf(limited, until), 'expired');
  });

  it('is disabled whatever its dates say', () => {
    const disabled = authorization({ enabled: false });
    for (const now of [from - 1, from, until]) assert.equal(validityOf(disabled, now), 'disabled');
  });

  it('Nuki keeps expired ones enabled: expired they are all the same', () => {
    assert.equal(limited.enabled, true);
    assert.equal(validityOf(limited, until + 1), 'expired');
  });

  it('has no end without one, and no beginning without one', () => {
    const unlimited = authorization({ allowedFromDate: null, allowedUntilDate: undefined });
    for (const now of [0, from, until, Date.UTC(2100, 0)]) assert.equal(validityOf(unlimited, now), 'active');
  });

  it('is not known to be active where a limit cannot be read', () => {
    for (const unreadable of ['soon', '', '2027-06-30', '2027-06-30T16:00:00', '2025-02-30T00:00:00Z']) {
      const endless = authorization({ allowedUntilDate: unreadable });
      assert.equal(validityOf(endless, from - 1), 'upcoming');
      assert.equal(validityOf(endless, from), 'unknown', unreadable);
      const timeless = authorization({ allowedFromDate: unreadable });
      assert.equal(validityOf(timeless, until - 1), 'unknown', unreadable);
      assert.equal(validityOf(timeless, until), 'expired');
      assert.equal(validityOf(authorization({ allowedUntilDate: unreadable, enabled: false }), from), 'disabled');
    }
  });

  it('is not known to have expired where its end cannot have been meant', () => {
    const ending = (allowedUntilDate: string, fields: object = {}): string =>
      validityOf(authorization({ allowedFromDate: null, allowedUntilDate, ...fields }), until);
    assert.equal(ending('1970-01-01T00:00:00.000Z'), 'unknown');
    assert.equal(ending('1970-01-01T00:00:00.000Z', { creationDate: null }), 'unknown');
    assert.equal(ending('2025-12-20T07:59:59.999Z'), 'unknown', 'before its creation');
    assert.equal(ending('2025-12-20T08:00:00.000Z'), 'expired');
    const allowedFromDate = '2026-03-01T00:00:00.000Z';
    assert.equal(ending('2026-02-28T23:59:59.000Z', { allowedFromDate }), 'unknown', 'before its beginning');
    assert.equal(ending('2025-12-01T00:00:00.000Z', { creationDate: null }), 'expired');
  });

  it('counts as enabled when nothing is said of it', () => {
    assert.equal(validityOf(authorization({ enabled: null }), from), 'active');
  });

  it('the code of a keypad code is not kept anywhere in it', () => {
    assert.ok(!JSON.stringify(authorization()).includes(String(codeJson()['code'])));
  });
});

describe('how many authorizations a device stores', () => {
  it('are 200 on the newer locks and Smart Doors, 100 on everything older or unknown', () => {
    for (const type of [3, 4, 5]) assert.equal(authorizationLimit(lock({ type })), 200, `type ${type}`);
    for (const type of [1, 2, 99]) assert.equal(authorizationLimit(lock({ type })), 100, `type ${type}`);
    assert.equal(authorizationLimit(lock({ type: 0, firmwareVersion: 133_135 })), 200);
    assert.equal(authorizationLimit(lock({ type: 0, firmwareVersion: 65_536 + 256 })), 100);
    assert.equal(authorizationLimit(lock({ type: 0, firmwareVersion: null })), 100);
  });
});
