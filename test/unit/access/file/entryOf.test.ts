import assert from 'node:assert/strict';
import { emailsOf, entryOf } from '../../../../src/access/file/entryOf.ts';
import type { Authorization } from '../../../../src/nuki/authorization/authorization.ts';

const zone = 'Europe/Berlin';
const anna = { accountUserId: 3, name: 'Anna', email: 'anna@example.org' };

/** A keypad code without limits, as the API lists it. */
const code: Authorization = {
  id: 'a1',
  type: 13,
  name: 'Cleaning',
  smartlockId: 1,
  enabled: true,
  remoteAllowed: false,
  operationId: false,
};

/** All five limits, of which the start is when it was created. */
const limits = {
  creationDate: '2027-01-01T08:00:00.000Z',
  allowedFromDate: '2027-01-01T08:00:00.000Z',
  allowedWeekDays: 124,
  allowedFromTime: 540,
  allowedUntilTime: 1_020,
};

const entry = (fields: Partial<Authorization>, at: string | undefined = zone) =>
  entryOf({ ...code, ...fields }, at, emailsOf([anna, { accountUserId: 4, name: 'Ben' }]));

const always = { days: 127, hours: undefined, from: undefined, until: undefined };

describe('an authorization as an entry', () => {
  it('has no limits where it has none, however the API says so', () => {
    const expected = { name: 'Cleaning', by: 'code', email: undefined, remote: false, enabled: true, ...always };
    assert.deepEqual(entry({}), expected);
    const none = { ...limits, allowedWeekDays: 127, allowedFromTime: 0, allowedUntilTime: 0 };
    assert.deepEqual(entry(none), expected);
  });

  it('has days and hours, and not the start that was filled in', () => {
    const expected = { days: 124, hours: { from: 540, until: 1_020 }, from: undefined, until: undefined };
    assert.partialDeepStrictEqual(entry(limits), expected);
  });

  it('has its dates by the clock of the lock, to the second, and which of two times is meant', () => {
    const dates = { allowedFromDate: '2027-06-16T13:00:00.000Z', allowedUntilDate: '2027-10-31T01:30:59.000Z' };
    assert.partialDeepStrictEqual(entry({ ...limits, ...dates }), {
      from: { date: '2027-06-16', time: '15:00', seconds: 0 },
      until: { date: '2027-10-31', time: '02:30', seconds: 59, disambiguation: 'later' },
    });
  });

  it('names the account user of an app by the email address, and whether it opens remotely', () => {
    assert.partialDeepStrictEqual(entry({ type: 0, accountUserId: 3, remoteAllowed: true }), {
      by: 'app',
      email: 'anna@example.org',
      remote: true,
    });
    assert.partialDeepStrictEqual(entry({ type: 2, accountUserId: 3, remoteAllowed: true }), {
      by: 'fob',
      email: 'anna@example.org',
      remote: false,
    });
  });

  it('stays disabled', () => assert.partialDeepStrictEqual(entry({ enabled: false }), { enabled: false }));

  for (const [why, fields, at] of [
    ['limits', { ...limits, allowedWeekDays: 0 }],
    ['limits', { ...limits, allowedWeekDays: 128 }],
    ['limits', { ...limits, allowedWeekDays: undefined }],
    ['limits', { allowedUntilDate: '2027-10-31T01:30:59.000Z' }],
    ['limits', { ...limits, allowedFromTime: 1_320, allowedUntilTime: 360 }],
    ['limits', { ...limits, allowedUntilTime: 1_440 }],
    ['limits', { ...limits, allowedUntilDate: 'soon' }],
    ['limits', { ...limits, allowedUntilDate: '2027-10-31T01:30:59.500Z' }],
    ['limits', { ...limits, allowedUntilDate: '2026-10-31T01:30:59.000Z' }],
    // A Monday between a Wednesday and a Friday.
    [
      'limits',
      {
        ...limits,
        allowedWeekDays: 64,
        allowedFromDate: '2027-06-02T10:00:00.000Z',
        allowedUntilDate: '2027-06-04T10:00:00.000Z',
      },
    ],
    ['limits', limits, 'none'],
    ['name', { name: '' }],
    ['name', { name: 'Housekeeping Cleaning' }],
    ['name', { name: 'Clean\u202Eing' }],
    ['name', { type: 0, accountUserId: 3, name: 'x'.repeat(33) }],
    ['person', { type: 0, accountUserId: 4 }],
    ['person', { type: 0 }],
    ['person', { type: 2, accountUserId: 99 }],
    ['pending', { operationId: true }],
    [undefined, { type: 1 }],
    [undefined, { type: 99 }],
  ] as const) {
    it(`is none for ${why ?? 'what connects the device'}: ${JSON.stringify(fields)}`, () => {
      assert.equal(
        entryOf({ ...code, ...fields }, at === 'none' ? undefined : zone, emailsOf([anna, { accountUserId: 4 }])),
        why,
      );
    });
  }

  it('is none of a person whose email address two have', () => {
    const twin = { accountUserId: 5, email: ' ANNA@example.org' };
    assert.equal(entryOf({ ...code, type: 0, accountUserId: 3 }, zone, emailsOf([anna, twin])), 'person');
  });

  it('has an email address without spaces around it, as a file can have it', () => {
    const spaced = { ...anna, email: ' Anna@example.org ' };
    assert.partialDeepStrictEqual(entryOf({ ...code, type: 0, accountUserId: 3 }, zone, emailsOf([spaced])), {
      email: 'Anna@example.org',
    });
  });
});
