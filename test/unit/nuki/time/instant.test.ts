import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { instantOf } from '../../../../src/nuki/time/instant.ts';

describe('an instant', () => {
  it('is read with and without seconds and milliseconds, in UTC or with an offset', () => {
    for (const date of [
      '2026-01-01T08:00:00.000Z',
      '2026-01-01T08:00:00Z',
      '2026-01-01T08:00Z',
      '2026-01-01T09:00:00+01:00',
      '2026-01-01T00:30:00.000-07:30',
    ]) {
      assert.equal(instantOf(date), Date.UTC(2026, 0, 1, 8), date);
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
