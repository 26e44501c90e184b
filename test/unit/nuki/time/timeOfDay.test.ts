import assert from 'node:assert/strict';
import { formatTimeOfDay, formatTwelveHours, readTimeOfDay } from '../../../../src/nuki/time/timeOfDay.ts';

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

  it('is read in four spellings, all 1,440 of them', () => {
    for (let minutes = 0; minutes < 1_440; minutes += 1) {
      const time = formatTimeOfDay(minutes) ?? '';
      const twelve = formatTwelveHours(minutes) ?? '';
      for (const spelling of [time, `${time.replace(':', '.')} Uhr`, twelve, String(minutes)]) {
        assert.equal(readTimeOfDay(spelling), minutes, spelling);
      }
    }
  });

  for (const [text, minutes] of [
    ['9:00 AM', 540],
    ['9 pm', 1_260],
    ['9pm', 1_260],
    ['12:00 a.m.', 0],
    ['12 PM', 720],
    ['9:05', 545],
    ['09:00:00', 540],
    ['23:59:59', 1_439],
    ['9:00:30 PM', 1_260],
    ['24:00', 1_440],
    ['24:00:00', 1_440],
    ['1440', 1_440],
    ['9 Uhr', 540],
  ] as const) {
    it(`"${text}" is ${minutes}`, () => assert.equal(readTimeOfDay(text), minutes));
  }

  for (const text of [
    '',
    '1441',
    '24:01',
    '9:60',
    '13:00 PM',
    '0:30 am',
    '9:00:60',
    '24:00:01',
    '-1',
    '9:0',
    'noon',
    '9,5',
  ]) {
    it(`"${text}" is none`, () => assert.equal(readTimeOfDay(text), undefined));
  }

  it('is told by a clock of twelve hours too', () => {
    assert.equal(formatTwelveHours(0), '12:00 AM');
    assert.equal(formatTwelveHours(540), '9:00 AM');
    assert.equal(formatTwelveHours(720), '12:00 PM');
    assert.equal(formatTwelveHours(1_439), '11:59 PM');
    assert.equal(formatTwelveHours(1_441), undefined);
  });
});
