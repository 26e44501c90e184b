import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { authorizationLimit, instantOf, validityOf } from '../../../../src/nuki/authorization/authorization.ts';
import { authorization, codeJson, lock } from '../../devices.ts';

const from = Date.UTC(2026, 0, 1, 8);
const until = Date.UTC(2027, 5, 30, 16);

describe('whether an authorization lets anybody in', () => {
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

  it('counts as enabled when nothing is said of it', () => {
    assert.equal(validityOf(authorization({ enabled: null }), from), 'active');
  });

  it('the code of a keypad code is not kept anywhere in it', () => {
    assert.ok(!JSON.stringify(authorization()).includes(String(codeJson()['code'])));
  });
});

describe('an instant', () => {
  it('is read with and without seconds and milliseconds, in UTC or with an offset', () => {
    for (const date of [
      '2026-01-01T08:00:00.000Z',
      '2026-01-01T08:00:00Z',
      '2026-01-01T08:00Z',
      '2026-01-01T09:00:00+01:00',
      '2026-01-01T00:30:00.000-07:30',
    ]) {
      assert.equal(instantOf(date), from, date);
    }
  });

  it('without an offset means nothing certain', () => {
    for (const date of ['2026-01-01T08:00:00.000', '2026-01-01T08:00', '2026-01-01', '2026-01-01 08:00:00Z'])
      assert.equal(instantOf(date), undefined, date);
  });

  it('is no day that the calendar does not have', () => {
    for (const date of ['2025-02-30T00:00:00Z', '2026-02-29T00:00Z', '2026-04-31T10:00:00Z', '2026-13-01T00:00:00Z'])
      assert.equal(instantOf(date), undefined, date);
    assert.equal(instantOf('2028-02-29T00:00:00Z'), Date.UTC(2028, 1, 29));
    for (const date of ['2026-01-01T25:00:00Z', '2026-01-01T00:60:00Z', '2026-00-10T00:00:00Z'])
      assert.equal(instantOf(date), undefined, date);
  });

  it('is nothing in any other text', () => {
    for (const date of [undefined, '', '-1', '0', 'tomorrow', 'Thu, 01 Jan 2026 08:00:00 GMT', '1767254400'])
      assert.equal(instantOf(date), undefined, date);
    fc.assert(fc.property(fc.string(), (text) => assert.equal(instantOf(text), undefined)));
  });

  it('comes back from its own ISO text', () => {
    const instants = fc.date({ min: new Date(0), max: new Date('2099-12-31T23:59:59Z'), noInvalidDate: true });
    fc.assert(fc.property(instants, (date) => assert.equal(instantOf(date.toISOString()), date.getTime())));
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
