import assert from 'node:assert/strict';
import { formatTimeOfDay } from '../../../src/nuki/timeOfDay.ts';

describe('a time of day', () => {
  it('is read back as the same minutes, all 1,440 of them', () => {
    const shown = Array.from({ length: 1_440 }, (_, minutes) => formatTimeOfDay(minutes) ?? '');
    for (const [minutes, time] of shown.entries()) {
      assert.match(time, /^([01]\d|2[0-3]):[0-5]\d$/);
      const [hour, minute] = time.split(':').map(Number);
      assert.equal((hour ?? 0) * 60 + (minute ?? 0), minutes);
    }
    assert.deepEqual([shown[0], shown[540], shown[1_020], shown[1_439]], ['00:00', '09:00', '17:00', '23:59']);
  });

  it('1,440 is the end of the day', () => assert.equal(formatTimeOfDay(1_440), '24:00'));

  for (const minutes of [-1, 1_441, 0.5, Number.NaN, Infinity]) {
    it(`${minutes} is none`, () => assert.equal(formatTimeOfDay(minutes), undefined));
  }
});
