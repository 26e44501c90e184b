import assert from 'node:assert/strict';
import {
  changesAnything,
  completedChanges,
  hasChanged,
  replacedFields,
  replacement,
  withChanges,
  type AuthorizationChanges,
  type RawAuthorization,
} from '../../../../src/nuki/authorization/authorizationWrites.ts';
import { validityOf } from '../../../../src/nuki/authorization/authorization.ts';
import { authorization, codeJson } from '../../devices.ts';

const fields = {
  name: 'Cleaner',
  enabled: true,
  remoteAllowed: false,
  code: 593_817,
  accountUserId: 11,
  allowedFromDate: '2026-01-01T08:00:00.000Z',
  allowedUntilDate: '2027-06-30T16:00:00.000Z',
  allowedWeekDays: 124,
  allowedFromTime: 540,
  allowedUntilTime: 1_020,
};
const now = Date.parse('2026-11-23T12:00:00.000Z');
const whole = (changes: object = {}, updateDate = '2026-01-02T08:00:00.000Z'): RawAuthorization => ({
  authorization: authorization({ updateDate }),
  fields: { ...fields, ...changes },
});

describe('the body that replaces an authorization', () => {
  it('has every field as it came, but for what was changed', () => {
    assert.deepEqual(replacement(whole(), {}, now), fields);
    assert.deepEqual(replacement(whole(), { name: 'Guest' }, now), { ...fields, name: 'Guest' });
    assert.deepEqual(Object.keys(fields).toSorted(), [...replacedFields].toSorted());
  });

  it('takes a limit away by null, and has no field that there is not', () => {
    const { code: _, ...others } = fields;
    const body = replacement(whole({ code: undefined }), { allowedUntilDate: null }, now);
    assert.deepEqual(Object.entries(body), Object.entries({ ...others, allowedUntilDate: null }));
  });

  it('holds no name that a keypad cannot, whatever is changed; other names stay as they are', () => {
    const name = 'PIN for guest99@example.com';
    const named = (type: number) => ({ ...whole({ name }), authorization: authorization({ name, type }) });
    assert.equal(replacement(named(13), { enabled: true }, now)['name'], 'PIN for guest99@exam');
    assert.equal(replacement(named(0), { enabled: true }, now)['name'], name);
    assert.equal(replacement(whole(), { name }, now)['name'], 'PIN for guest99@exam');
    assert.equal(completedChanges(named(13), { enabled: true }, now).name, 'PIN for guest99@exam');
  });

  it('holds what it does not understand as it came', () => {
    assert.deepEqual(replacement(whole({ allowedWeekDays: 'weekends' }), { enabled: false }, now), {
      ...fields,
      allowedWeekDays: 'weekends',
      enabled: false,
    });
  });
});

describe('the limits of a body that replaces an authorization', () => {
  const noLimits = {
    allowedFromDate: undefined,
    allowedUntilDate: undefined,
    allowedWeekDays: undefined,
    allowedFromTime: undefined,
    allowedUntilTime: undefined,
  };
  const cleared = {
    allowedFromDate: null,
    allowedUntilDate: null,
    allowedWeekDays: null,
    allowedFromTime: null,
    allowedUntilTime: null,
  };
  const idle = {
    allowedFromDate: '2026-01-01T08:00:00.000Z',
    allowedWeekDays: 127,
    allowedFromTime: 0,
    allowedUntilTime: 0,
  };
  const limitsOf = (changes: object, edit: AuthorizationChanges, creationDate = '2026-01-01T08:00:00.000Z') => {
    const raw = { ...whole({ ...noLimits, ...changes }), authorization: authorization({ creationDate }) };
    const body = replacement(raw, edit, now);
    return Object.fromEntries(Object.entries(body).filter(([field]) => field.startsWith('allowed')));
  };

  it('are none where it had none', () => {
    assert.deepEqual(limitsOf({}, { enabled: false }), {});
    assert.deepEqual(limitsOf({ allowedUntilDate: null }, { enabled: false }), { allowedUntilDate: null });
  });

  it('are completed by what changes nothing where it was half limited, whatever is changed', () => {
    const { allowedUntilDate } = fields;
    assert.deepEqual(limitsOf({ allowedUntilDate }, { enabled: true }), { ...idle, allowedUntilDate });
    assert.deepEqual(limitsOf({ allowedWeekDays: 124 }, { name: 'Guest' }), { ...idle, allowedWeekDays: 124 });
    assert.deepEqual(limitsOf({}, { allowedWeekDays: 124 }), { ...idle, allowedWeekDays: 124 });
    assert.deepEqual(limitsOf({ allowedUntilDate }, { allowedWeekDays: null }), { ...idle, allowedUntilDate });
  });

  it('begin now where the creation is not known or, by a wrong clock, still to come', () => {
    for (const creation of ['', '2031-01-01T00:00:00.000Z']) {
      const { allowedFromDate } = limitsOf({}, { allowedWeekDays: 124 }, creation);
      assert.equal(allowedFromDate, '2026-11-23T12:00:00.000Z');
    }
  });

  it('begin no later than they end, so that what has expired stays expired', () => {
    const allowedUntilDate = '2025-01-01T00:00:00.000Z';
    const expired = authorization({ ...noLimits, allowedUntilDate, creationDate: undefined });
    const raw = { authorization: expired, fields: { name: 'Old', allowedUntilDate } };
    const body = replacement(raw, { name: 'Older' }, now);
    assert.equal(body['allowedFromDate'], allowedUntilDate);
    assert.equal(validityOf({ ...expired, allowedFromDate: allowedUntilDate }, now), 'expired');
  });

  it('are all taken away with the last one that limits', () => {
    const { allowedFromDate: _, ...others } = idle;
    const withEnd = { ...others, allowedUntilDate: fields.allowedUntilDate };
    assert.deepEqual(limitsOf(withEnd, { allowedUntilDate: null }), cleared);
    assert.deepEqual(limitsOf({ allowedWeekDays: 124 }, { allowedWeekDays: null }), cleared);
    assert.deepEqual(limitsOf(fields, { ...cleared, allowedFromDate: '2026-12-01T08:00:00.000Z' }), {
      ...idle,
      allowedFromDate: '2026-12-01T08:00:00.000Z',
      allowedUntilDate: null,
    });
  });

  it('are what the list is compared with', () => {
    const raw = whole({ ...noLimits, allowedWeekDays: 124 });
    const { allowedFromDate, allowedWeekDays } = completedChanges(raw, { enabled: false }, now);
    assert.deepEqual([allowedFromDate, allowedWeekDays], [raw.authorization.creationDate, undefined]);
  });
});

describe('an authorization that another client has changed', () => {
  it('is seen by its date alone', () => {
    assert.equal(hasChanged(whole(), whole({}, '2026-01-03T08:00:00.000Z')), true);
    assert.equal(hasChanged(whole(), whole()), false);
  });

  it("is no first date: that is the lock's confirmation", () => {
    const fresh = { ...whole(), authorization: authorization({ updateDate: null }) };
    assert.equal(hasChanged(fresh, whole()), false);
    assert.equal(hasChanged(fresh, whole({ name: 'another' })), true);
    assert.equal(hasChanged(whole(), fresh), true);
  });

  for (const field of replacedFields) {
    it(`is seen by the field ${field} alone, changed or gone`, () => {
      assert.equal(hasChanged(whole(), whole({ [field]: 'another' })), true);
      assert.equal(hasChanged(whole(), whole({ [field]: undefined })), true);
    });
  }
});

describe('what the user wants to change', () => {
  it('is nothing where it is so already', () => {
    assert.equal(changesAnything(whole(), {}), false);
    assert.equal(changesAnything(whole(), { name: 'Cleaner', enabled: true }), false);
    assert.equal(changesAnything(whole(), { name: 'Guest', enabled: true }), true);
    assert.equal(changesAnything(whole({ allowedWeekDays: undefined }), { allowedWeekDays: null }), false);
    assert.equal(changesAnything(whole(), { allowedWeekDays: null }), true);
  });

  it('makes an authorization, in which a limit that is taken away is not there and no code is', () => {
    const changed = withChanges(authorization(), { name: 'Guest', allowedUntilDate: null, code: 345_678 });
    const { code: _, ...others } = codeJson();
    assert.deepEqual(changed, { ...authorization(others), name: 'Guest', allowedUntilDate: undefined });
  });
});
