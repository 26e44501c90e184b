import assert from 'node:assert/strict';
import {
  changesAnything,
  hasChanged,
  replacedFields,
  replacement,
  withChanges,
  type RawAuthorization,
} from '../../../../src/nuki/authorization/authorizationWrites.ts';
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
const whole = (changes: object = {}, updateDate = '2026-01-02T08:00:00.000Z'): RawAuthorization => ({
  authorization: authorization({ updateDate }),
  fields: { ...fields, ...changes },
});

describe('the body that replaces an authorization', () => {
  it('has every field as it came, but for what was changed', () => {
    assert.deepEqual(replacement(whole(), {}), fields);
    assert.deepEqual(replacement(whole(), { name: 'Guest' }), { ...fields, name: 'Guest' });
    assert.deepEqual(Object.keys(fields).toSorted(), [...replacedFields].toSorted());
  });

  it('takes a limit away by null, and has no field that there is not', () => {
    const { code: _, ...others } = fields;
    const body = replacement(whole({ code: undefined }), { allowedUntilDate: null });
    assert.deepEqual(Object.entries(body), Object.entries({ ...others, allowedUntilDate: null }));
  });

  it('holds what it does not understand as it came', () => {
    assert.deepEqual(replacement(whole({ allowedWeekDays: 'weekends' }), { enabled: false }), {
      ...fields,
      allowedWeekDays: 'weekends',
      enabled: false,
    });
  });
});

describe('an authorization that another client has changed', () => {
  it('is seen by its date alone', () => {
    assert.equal(hasChanged(whole(), whole({}, '2026-01-03T08:00:00.000Z')), true);
    assert.equal(hasChanged(whole(), whole()), false);
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
