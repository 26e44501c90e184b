import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { dateText, readDate, readTime } from '../../../../src/nuki/time/typedTime.ts';

const today = '2026-11-26';
const anyDate = fc
  .date({ min: new Date('1970-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('a date in a field', () => {
  for (const language of ['en', 'de', 'fr', 'qps-ploc', 'ru', 'ja', 'ar']) {
    it(`is read as it is shown, in the language ${language}`, () => {
      fc.assert(
        fc.property(anyDate, (date) => assert.equal(readDate(dateText(date, language), language, today), date)),
      );
    });
  }

  it('is shown as a schedule shows it', () => {
    assert.deepEqual(
      ['en', 'de'].map((language) => dateText('2027-03-06', language)),
      ['6 Mar 2027', '6. März 2027'],
    );
  });

  for (const [text, date] of [
    ['2026-11-27', '2026-11-27'],
    ['2026/1/2', '2026-01-02'],
    [' 27.11.2026 ', '2026-11-27'],
    ['27. 11. 26', '2026-11-27'],
    ['27.11.', '2026-11-27'],
    ['25.11.', '2027-11-25'],
    ['26-11', '2026-11-26'],
    ['27 Nov 2026', '2026-11-27'],
    ['Fri, 27 November 2026', '2026-11-27'],
    ['27. Dez. 2026', '2026-12-27'],
    ['27dezember', '2026-12-27'],
    ['1 mar', '2027-03-01'],
    ['March 1st', '2027-03-01'],
    ['Nov 27, 2026', '2026-11-27'],
    ['29 Feb 2028', '2028-02-29'],
    ['11/27/2026', '2026-11-27'],
    ['27/11/2026', '2026-11-27'],
    ['5/5/2027', '2027-05-05'],
  ] as const) {
    it(`may be typed as "${text}"`, () => assert.equal(readDate(text, 'de', today), date));
  }

  for (const text of [
    '',
    '2027-02-29',
    '30.2.2027',
    '6/7/2027',
    '27 Ju 2026',
    '27 Foo',
    'tomorrow',
    '27',
    '13.13.2026',
  ]) {
    it(`is not "${text}"`, () => assert.equal(readDate(text, 'de', today), undefined));
  }

  it('that is none is shown as it was typed', () => {
    for (const text of ['', '2027-02-30', 'tomorrow', '2027-6-1']) assert.equal(dateText(text, 'en'), text);
  });

  it('is found in no text that would make it fail', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const date = readDate(text, 'de', today);
        assert.ok(date === undefined || /^\d{4}-\d\d-\d\d$/.test(date));
      }),
    );
  });
});

describe('a time in a field', () => {
  for (const [text, time] of [
    ['15:00', '15:00'],
    ['9', '09:00'],
    ['930', '09:30'],
    ['1530', '15:30'],
    ['9.30', '09:30'],
    ['9h30', '09:30'],
    ['9 Uhr', '09:00'],
    ['9.30 Uhr', '09:30'],
    ['3pm', '15:00'],
    ['3:15 p.m.', '15:15'],
    ['12 AM', '00:00'],
    ['12pm', '12:00'],
    ['23:59:59', '23:59:59'],
    ['23:59:00', '23:59'],
    [' 00:00 ', '00:00'],
  ] as const) {
    it(`may be typed as "${text}"`, () => assert.equal(readTime(text), time));
  }

  for (const text of ['', '24:00', '24', '13pm', '0am', '9:60', '12345', 'noon', '9:5']) {
    it(`is not "${text}"`, () => assert.equal(readTime(text), undefined));
  }
});
