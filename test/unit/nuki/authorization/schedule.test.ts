import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { inEnglish, type Locale } from '../../../../src/base/locale.ts';
import { formatInstant, scheduleInWords } from '../../../../src/nuki/authorization/schedule.ts';

const english: Locale = { t: inEnglish, language: 'en' };
const german: Locale = { t: inEnglish, language: 'de' };
const berlin = 'Europe/Berlin';

describe('a schedule in words', () => {
  it('says days and hours, then from when and until when, by the clock of the lock', () => {
    const schedule = {
      allowedFromDate: '2026-01-01T08:00:00.000Z',
      allowedUntilDate: '2027-06-30T16:00:00.000Z',
      allowedWeekDays: 124,
      allowedFromTime: 540,
      allowedUntilTime: 1_020,
    };
    assert.equal(
      scheduleInWords(schedule, berlin, english),
      'Mon–Fri 09:00–17:00, from 1 Jan 2026, 09:00, until 30 Jun 2027, 18:00',
    );
    assert.match(scheduleInWords(schedule, 'America/New_York', english), /^Mon–Fri 09:00–17:00, .* 03:00, .* 12:00$/);
  });

  it('dates move with the zone of the lock; minutes and weekdays never do', () => {
    const late = {
      allowedUntilDate: '2026-07-01T22:30:00Z',
      allowedWeekDays: 64,
      allowedFromTime: 30,
      allowedUntilTime: 60,
    };
    assert.equal(scheduleInWords(late, berlin, english), 'Mon 00:30–01:00, until 2 Jul 2026, 00:30');
    assert.equal(scheduleInWords(late, 'Asia/Kathmandu', english), 'Mon 00:30–01:00, until 2 Jul 2026, 04:15');
    assert.equal(scheduleInWords(late, 'Pacific/Pago_Pago', english), 'Mon 00:30–01:00, until 1 Jul 2026, 11:30');
  });

  it('says that dates are in UTC where the zone of the lock is not known', () => {
    const schedule = { allowedUntilDate: '2027-06-30T16:00:00.000Z' };
    assert.equal(scheduleInWords(schedule, undefined, english), 'until 30 Jun 2027, 16:00 UTC');
    assert.match(scheduleInWords(schedule, undefined, german), /16:00 UTC$/);
  });

  it('is "always" without limits, however the API says that there are none', () => {
    for (const allowedWeekDays of [undefined, 0, 127]) {
      for (const minutes of [{}, { allowedFromTime: 0, allowedUntilTime: 0 }, { allowedFromTime: 0 }]) {
        assert.equal(scheduleInWords({ allowedWeekDays, ...minutes }, berlin, english), 'always');
      }
    }
  });

  it('says one end of the hours, or of the dates, where there is only one', () => {
    assert.equal(scheduleInWords({ allowedFromTime: 540 }, berlin, english), 'from 09:00');
    assert.equal(scheduleInWords({ allowedUntilTime: 1_440 }, berlin, english), 'until 24:00');
    assert.equal(scheduleInWords({ allowedFromTime: 0, allowedUntilTime: 60 }, berlin, english), '00:00–01:00');
    assert.equal(scheduleInWords({ allowedFromDate: '2026-01-01T00:00Z' }, berlin, english), 'from 1 Jan 2026, 01:00');
  });

  it('tells no start that is not after the creation, and the seconds of a limit where it has any', () => {
    const creationDate = '2026-11-23T12:00:03.000Z';
    const until = { allowedUntilDate: '2027-06-30T21:59:59.000Z', creationDate };
    for (const start of ['2026-11-23T12:00:03.000Z', '2026-11-23T12:00:00Z', '2020-01-01T00:00:00.000Z']) {
      const words = scheduleInWords({ ...until, allowedFromDate: start }, berlin, english);
      assert.equal(words, 'until 30 Jun 2027, 23:59:59');
    }
    const later = { allowedFromDate: '2026-11-23T12:00:04.000Z', creationDate };
    assert.equal(scheduleInWords(later, berlin, english), 'from 23 Nov 2026, 13:00:04');
    assert.equal(scheduleInWords({ allowedFromDate: 'soon', creationDate }, berlin, english), 'from unknown date');
  });

  it('does not guess at numbers and dates that mean nothing', () => {
    assert.equal(scheduleInWords({ allowedWeekDays: 200 }, berlin, english), 'unknown days (200)');
    assert.equal(scheduleInWords({ allowedWeekDays: -1 }, berlin, english), 'unknown days (-1)');
    assert.equal(
      scheduleInWords({ allowedFromTime: 540, allowedUntilTime: 2_000 }, berlin, english),
      '09:00–unknown (2000)',
    );
    for (const date of ['tomorrow', '2026-01-01T00:00:00', '2026-02-30T00:00:00Z'])
      assert.equal(scheduleInWords({ allowedUntilDate: date }, berlin, english), 'until unknown date');
  });

  it('reads German to a German', () => {
    const schedule = { allowedUntilDate: '2027-06-30T16:00:00.000Z', allowedWeekDays: 124 };
    assert.equal(scheduleInWords(schedule, berlin, german), 'Mo–Fr, until 30. Juni 2027, 18:00');
  });

  it('has British dates in a language that has none of its own', () => {
    const pseudo: Locale = { t: inEnglish, language: 'qps-ploc' };
    assert.equal(formatInstant(0, 'Europe/London', pseudo), '1 Jan 1970, 01:00');
    assert.equal(formatInstant(0, undefined, pseudo), '1 Jan 1970, 00:00 UTC');
  });

  for (const zone of ['UTC', 'Pacific/Auckland', 'America/St_Johns']) {
    it(`says the same on a computer in ${zone}`, () => {
      const schedule = join(import.meta.dirname, '../../../../src/nuki/authorization/schedule.ts');
      const t = join(import.meta.dirname, '../../../../src/base/locale.ts');
      const script = `
        import { scheduleInWords } from ${JSON.stringify(schedule)};
        import { inEnglish } from ${JSON.stringify(t)};
        const limits = { allowedUntilDate: '2027-06-30T16:00:00.000Z', allowedWeekDays: 64, allowedFromTime: 30, allowedUntilTime: 60 };
        process.stdout.write(scheduleInWords(limits, 'Europe/Berlin', { t: inEnglish, language: 'en' }));`;
      const said = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
        env: { ...process.env, TZ: zone },
        encoding: 'utf8',
      });
      assert.equal(said, 'Mon 00:30–01:00, until 30 Jun 2027, 18:00');
    });
  }
});
