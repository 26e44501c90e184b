import assert from 'node:assert/strict';
import { readMoment } from '../../../../src/nuki/time/typedMoment.ts';

// A Friday.
const today = '2026-11-27';
const moment = (text: string, language = 'en'): string | undefined => {
  const read = readMoment(text, language, today);
  return typeof read === 'object' ? `${read.date} ${read.time}` : read;
};

describe('a moment as people type it', () => {
  const typed: Readonly<Record<string, string>> = {
    now: 'now',
    ' Now ': 'now',
    '2026-12-06 15:00': '2026-12-06 15:00',
    '2026-12-06T15:00': '2026-12-06 15:00',
    '6 Dec 2026, 15:00': '2026-12-06 15:00',
    '6 Dec 15:00': '2026-12-06 15:00',
    '6.12. 9.30': '2026-12-06 09:30',
    'Dec 6 at 3pm': '2026-12-06 15:00',
    'Sunday 15:00': '2026-11-29 15:00',
    'sun, 3 p.m.': '2026-11-29 15:00',
    'Friday 23:59': '2026-11-27 23:59',
    'tomorrow 9': '2026-11-28 09:00',
    'today 930': '2026-11-27 09:30',
    '15:00': '2026-11-27 15:00',
    'at 15:00': '2026-11-27 15:00',
    '6 Jan 8:00:59': '2027-01-06 08:00',
  };
  for (const [text, expected] of Object.entries(typed)) it(text, () => assert.equal(moment(text), expected));

  const german: Readonly<Record<string, string>> = {
    jetzt: 'now',
    now: 'now',
    'Sonntag 15 Uhr': '2026-11-29 15:00',
    'So. 15:00': '2026-11-29 15:00',
    'morgen um 9': '2026-11-28 09:00',
    'heute 18:30': '2026-11-27 18:30',
    '6. Dezember 2026, 15:00': '2026-12-06 15:00',
    'Sunday 15:00': '2026-11-29 15:00',
  };
  for (const [text, expected] of Object.entries(german)) {
    it(`${text}, in German`, () => assert.equal(moment(text, 'de'), expected));
  }

  it('is neither a date alone, nor a day that there is not, nor anything else', () => {
    for (const text of [
      '',
      'Sunday',
      '6 Dec 2026',
      '2026-12-06',
      '2026-02-30 10:00',
      '6/7/2027 10:00',
      'soon 10:00',
      '25:00',
    ]) {
      assert.equal(moment(text), undefined, text);
    }
  });
});
