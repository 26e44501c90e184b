import assert from 'node:assert/strict';
import { readWallTime } from '../../../../src/nuki/time/wallTime.ts';

describe('a date and time as the user writes it', () => {
  for (const [text, date, time] of [
    ['2027-06-16 10:30', '2027-06-16', '10:30'],
    ['2027-06-16T10:30', '2027-06-16', '10:30'],
    ['2027-06-16T10:30:00.000', '2027-06-16', '10:30'],
    [' 2027-06-16, 9.05 ', '2027-06-16', '09:05'],
    ['16.6.2027, 10:30', '2027-06-16', '10:30'],
    ['01.12.2027 0:00', '2027-12-01', '00:00'],
    ['2027-06-16', '2027-06-16', '00:00'],
    ['6.1.2027', '2027-01-06', '00:00'],
  ] as const) {
    it(`is read in "${text}"`, () => assert.deepEqual(readWallTime(text), { date, time }));
  }

  for (const text of [
    '',
    '10:30',
    '2027-06',
    '2027-6-16',
    '2027-06-161',
    '2027-06-16-17 10:30',
    '2027-06-16 10:30:15',
    '2027-06-16 10:3',
    '2027-06-16 10:30 x',
    'on 2027-06-16',
    '16.6.27',
  ]) {
    it(`is not read in "${text}"`, () => assert.equal(readWallTime(text), undefined));
  }
});
