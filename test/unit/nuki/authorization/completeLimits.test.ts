import assert from 'node:assert/strict';
import { limitFields, withCompleteLimits } from '../../../../src/nuki/authorization/completeLimits.ts';

const now = Date.parse('2026-11-23T12:00:07.890Z');
const start = '2026-11-23T12:00:07.000Z';
const complete = {
  allowedFromDate: start,
  allowedUntilDate: '2026-12-01T09:00:00.000Z',
  allowedWeekDays: 127,
  allowedFromTime: 0,
  allowedUntilTime: 0,
};

describe('limits that are sent', () => {
  it('are none where none is asked for', () => {
    for (const none of [{ name: 'Guest' }, { name: 'Guest', allowedUntilDate: null, allowedWeekDays: undefined }]) {
      assert.deepEqual(withCompleteLimits(none, now), none);
    }
  });

  it('are complete with an end: from now on, every day, all day', () => {
    const { allowedUntilDate } = complete;
    assert.deepEqual(withCompleteLimits({ name: 'Guest', allowedUntilDate }, now), { name: 'Guest', ...complete });
  });

  it('are complete with any one of them, but that an end stays open', () => {
    const { allowedUntilDate: _, ...open } = complete;
    for (const [field, value] of [
      ['allowedFromDate', '2026-12-01T09:00:00.000Z'],
      ['allowedWeekDays', 124],
      ['allowedUntilTime', 540],
      ['allowedWeekDays', 127],
    ] as const) {
      assert.deepEqual(withCompleteLimits({ [field]: value }, now), { ...open, [field]: value });
    }
  });

  it('keep what is there, understood or not, and are complete without what is null', () => {
    const strange = {
      allowedFromDate: 'soon',
      allowedUntilDate: null,
      allowedWeekDays: 'weekends',
      allowedFromTime: null,
    };
    const sent = withCompleteLimits(strange, now);
    assert.deepEqual(sent, { ...strange, allowedFromTime: 0, allowedUntilTime: 0 });
  });

  it('end with the last minute of the day where only the beginning of the hours is there', () => {
    for (const [allowedFromTime, allowedUntilTime] of [
      [540, 1_439],
      [0, 0],
    ]) {
      const { allowedUntilDate: _, ...open } = complete;
      assert.deepEqual(withCompleteLimits({ allowedFromTime }, now), { ...open, allowedFromTime, allowedUntilTime });
    }
  });

  it('are as they came where they are complete', () => {
    assert.deepEqual(withCompleteLimits(complete, now), complete);
    assert.deepEqual(Object.keys(complete), limitFields);
  });
});
