import assert from 'node:assert/strict';
import { inEnglish } from '../../../../src/base/locale.ts';
import { accessGains, type Access } from '../../../../src/nuki/authorization/accessGains.ts';
import { accessChangeTexts, accessInWords, canEnterText } from '../../../../src/views/text/accessChangeText.ts';

const telling = { t: inEnglish, language: 'en', zone: 'Europe/Berlin' };
const work: Access = { allowedWeekDays: 124, allowedFromTime: 540, allowedUntilTime: 1_020 };
const summer: Access = { allowedFromDate: '2027-06-16T13:00:00.000Z', allowedUntilDate: '2027-06-30T08:00:00.000Z' };

function changed(before: Access, after: Access): readonly string[] {
  const [gains, losses] = [accessGains(before, after), accessGains(after, before)];
  return accessChangeTexts({ gains, losses }, before, after, telling);
}

describe('what a change of access means', () => {
  it('is when someone can enter, by the clock of the lock', () => {
    assert.equal(canEnterText(work, telling), 'Can enter Mon–Fri 09:00–17:00');
    assert.equal(canEnterText(summer, telling), 'Can enter from 16 Jun 2027, 15:00, until 30 Jun 2027, 10:00');
    assert.equal(canEnterText({ remoteAllowed: true }, telling), 'Can always enter, also remotely');
    assert.equal(accessInWords({ ...work, enabled: false }, telling), 'disabled, Mon–Fri 09:00–17:00');
  });

  for (const [what, before, after, texts] of [
    ['more days', work, { ...work, allowedWeekDays: 126 }, ['Also Sat']],
    ['fewer days', work, { ...work, allowedWeekDays: 120 }, ['No longer Fri']],
    ['other days', work, { ...work, allowedWeekDays: 3 }, ['Also Sat, Sun', 'No longer Mon–Fri']],
    ['more hours', work, { ...work, allowedFromTime: 480, allowedUntilTime: 1_080 }, ['Also 08:00–09:00, 17:00–18:00']],
    ['fewer hours', work, { ...work, allowedUntilTime: 900 }, ['No longer 15:00–17:00']],
    ['all hours', work, { allowedWeekDays: 124 }, ['Also 00:00–09:00, 17:00–24:00']],
    ['days that may mean anything', { allowedWeekDays: 0 }, { allowedWeekDays: 124 }, ['Different days']],
    [
      'hours that may mean anything',
      { allowedFromTime: 1_320, allowedUntilTime: 360 },
      { allowedFromTime: 540, allowedUntilTime: 600 },
      ['Different hours'],
    ],
    [
      'an earlier end',
      summer,
      { ...summer, allowedUntilDate: '2027-06-20T08:00:00.000Z' },
      ['No longer after 20 Jun 2027, 10:00'],
    ],
    ['an end', {}, { allowedUntilDate: '2027-06-20T08:00:00.000Z' }, ['No longer after 20 Jun 2027, 10:00']],
    ['a later end', summer, { ...summer, allowedUntilDate: '2027-07-01T08:00:00.000Z' }, ['Until 1 Jul 2027, 10:00']],
    ['no end', summer, { allowedFromDate: summer.allowedFromDate }, ['No end']],
    [
      'a later start',
      summer,
      { ...summer, allowedFromDate: '2027-06-17T13:00:00.000Z' },
      ['Not before 17 Jun 2027, 15:00'],
    ],
    [
      'an earlier start',
      summer,
      { ...summer, allowedFromDate: '2027-06-15T13:00:00.000Z' },
      ['Already from 15 Jun 2027, 15:00'],
    ],
    ['the switch', { enabled: false }, { enabled: true, remoteAllowed: true }, ['Works again', 'Can be used remotely']],
    [
      'the switch back',
      { enabled: true, remoteAllowed: true },
      { enabled: false },
      ['Disabled', 'Can no longer be used remotely'],
    ],
    ['nothing', work, work, []],
  ] as const) {
    it(`is told of ${what}`, () => assert.deepEqual(changed(before, after), texts));
  }
});
