import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { retryAtOf } from '../../../../src/nuki/http/retryAfter.ts';

const now = Date.UTC(2026, 10, 23, 12);
const minute = 60_000;
const day = 24 * 60 * minute;

describe('when the API may be asked again', () => {
  const forms: readonly [form: string, header: string | null, wait: number][] = [
    ['seconds', '120', 2 * minute],
    ['an hour of seconds', '3600', 60 * minute],
    ['an HTTP date', 'Mon, 23 Nov 2026 12:05:00 GMT', 5 * minute],
    ['an HTTP date with another weekday', 'Fri, 23 Nov 2026 12:05:00 GMT', 5 * minute],
    ['a date that is past', 'Mon, 23 Nov 2026 11:59:59 GMT', minute],
    ['a negative number', '-1', minute],
    ['garbage', 'soon', minute],
    ['a number that is too large', '1000000000', minute],
    ['nothing', null, minute],
  ];
  for (const [form, header, wait] of forms) {
    it(`by ${form}`, () => assert.equal(retryAtOf(header, now) - now, wait));
  }

  it("by an HTTP date and the answer's own, whatever the clock of this computer says", () => {
    const date = 'Mon, 23 Nov 2026 12:00:00 GMT';
    for (const wrong of [-5 * 60 * minute, 5 * 60 * minute, -400 * day]) {
      assert.equal(retryAtOf('Mon, 23 Nov 2026 12:05:00 GMT', now + wrong, date) - (now + wrong), 5 * minute);
    }
    for (const none of ['', 'soon', null]) {
      assert.equal(retryAtOf('Mon, 23 Nov 2026 12:05:00 GMT', now, none) - now, 5 * minute);
    }
  });

  it('never later than in a day', () => {
    assert.equal(retryAtOf('999999', now) - now, day);
    assert.equal(retryAtOf('Mon, 23 Nov 2099 12:05:00 GMT', now) - now, day);
  });

  it('by no date in another form, however much JavaScript would make of it', () => {
    for (const header of [
      '2026-11-23T12:05:00Z',
      '0',
      '1.5',
      '1e2',
      ' 5',
      '5, 6',
      '0x10',
      'Mon, 23 Nov 2026 12:05:00 +0000',
      'Mon, 23 Nov 2026 25:05:00 GMT',
      'Mon, 31 Nov 2026 12:05:00 GMT',
      'Tue, 01 Dec 26 12:05:00 GMT',
      'Invalid Date',
    ])
      assert.equal(retryAtOf(header, now) - now, minute, header);
  });

  it('by whatever a server sends, between the next moment and a day', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.integer().map(String)), (header) => {
        const wait = retryAtOf(header, now) - now;
        assert.ok(wait > 0 && wait <= day);
      }),
    );
  });
});
