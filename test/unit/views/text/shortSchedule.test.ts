import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { inEnglish, type Translate } from '../../../../src/base/locale.ts';
import type { DatedSchedule } from '../../../../src/nuki/authorization/schedule.ts';
import { shortSchedule } from '../../../../src/views/text/shortSchedule.ts';
import { setOwnClock } from '../ownClock.ts';

const now = Date.UTC(2026, 10, 26, 12);
const bundle = join(import.meta.dirname, '../../../../l10n/bundle.l10n.de.json');
const german = v.parse(v.record(v.string(), v.string()), JSON.parse(readFileSync(bundle, 'utf8')));
const inGerman: Translate = (sentence, ...values) => inEnglish(german[sentence] ?? sentence, ...values);

const said = (schedule: DatedSchedule, zone: string | undefined = 'Europe/Berlin'): string =>
  shortSchedule(schedule, zone, { t: inEnglish, language: 'en', now });
const gesagt = (schedule: DatedSchedule): string =>
  shortSchedule(schedule, 'Europe/Berlin', { t: inGerman, language: 'de', now });

const from = (date: string) => ({ allowedFromDate: date });
const until = (date: string) => ({ allowedUntilDate: date });
const forenoons = { allowedWeekDays: 124, allowedFromTime: 480, allowedUntilTime: 720 };
const halfPast = { allowedFromTime: 510, allowedUntilTime: 720 };
const weekend = { ...from('2026-11-27T13:00:00Z'), ...until('2026-12-04T09:00:00Z') };

describe('a schedule in a row, on a computer in Vienna', () => {
  setOwnClock('Europe/Vienna');

  it('is its days and hours, without minutes where they are full', () => {
    assert.equal(said(forenoons), 'Mon–Fri 08–12');
    assert.equal(said(halfPast), '08:30–12:00');
    assert.equal(said({ allowedFromTime: 0, allowedUntilTime: 1_440 }), '00–24');
    assert.equal(said({ allowedFromTime: 540, allowedUntilTime: undefined }), 'from 09:00');
    assert.equal(said({ allowedWeekDays: 65 }), 'Mon, Sun');
    assert.equal(said({ allowedFromTime: 1_441, allowedUntilTime: 720 }), 'unknown hours');
    assert.equal(said({ allowedWeekDays: 127, allowedFromTime: 0, allowedUntilTime: 0 }), '');
  });

  it('is the days of its dates that are still to come, before the hours where it has not begun', () => {
    assert.equal(said(weekend), '27 Nov–4 Dec');
    assert.equal(said({ ...weekend, ...until('2026-11-30T09:00:00Z') }), '27–30 Nov');
    assert.equal(said({ ...weekend, ...forenoons }), '27 Nov–4 Dec · Mon–Fri 08–12');
    assert.equal(said({ ...weekend, ...from('2026-11-01T13:00:00Z'), ...forenoons }), 'Mon–Fri 08–12 · until 4 Dec');
    assert.equal(said(from('2026-12-01T13:00:00Z')), 'from 1 Dec');
    assert.equal(said(from('2026-11-26T11:59:59Z')), '');
  });

  it('says the time on the day that it is', () => {
    assert.equal(said(until('2026-11-26T17:00:00Z')), 'until today 18:00');
    assert.equal(said({ ...from('2026-11-26T13:00:00Z'), ...until('2026-11-26T17:00:00Z') }), 'today 14:00–18:00');
    assert.equal(said({ ...from('2026-11-26T13:00:00Z'), ...until('2026-12-01T17:00:00Z') }), 'today 14:00–1 Dec');
  });

  it('ends on the day before midnight', () => {
    assert.equal(said(until('2026-12-04T23:00:00Z')), 'until 4 Dec');
    assert.equal(said(until('2026-11-26T23:00:00Z')), 'until today 24:00');
  });

  it('has a year where that of the next months could be meant', () => {
    assert.equal(said(until('2027-06-30T16:00:00Z')), 'until 30 Jun');
    assert.equal(said(until('2027-11-25T16:00:00Z')), 'until 25 Nov 2027');
    const inJanuary = { t: inEnglish, language: 'en', now: Date.UTC(2026, 0, 5) };
    assert.equal(shortSchedule(until('2026-12-20T16:00:00Z'), 'Europe/Berlin', inJanuary), 'until 20 Dec');
  });

  it('says so of a date that cannot be read', () => {
    assert.equal(said({ ...forenoons, ...until('30.06.2027') }), 'Mon–Fri 08–12 · unknown date');
  });

  it('is as short in German', () => {
    assert.equal(gesagt(forenoons), 'Mo–Fr 08–12');
    assert.equal(gesagt(weekend), '27. Nov.–4. Dez.');
    assert.equal(gesagt(until('2026-11-26T17:00:00Z')), 'bis heute 18:00');
  });

  it('is at most 24 characters with days and hours, or with both dates', () => {
    for (const words of [said, gesagt]) {
      for (const schedule of [forenoons, weekend, halfPast, until('2026-11-26T17:00:00Z')])
        assert.ok(words(schedule).length <= 24, words(schedule));
    }
  });

  it('has its dates in UTC, which it names, where the zone of the lock is not known', () => {
    assert.equal(
      shortSchedule(until('2026-11-26T17:00:00Z'), undefined, { t: inEnglish, language: 'en', now }),
      'until today 17:00 UTC',
    );
    assert.equal(shortSchedule(forenoons, undefined, { t: inEnglish, language: 'en', now }), 'Mon–Fri 08–12');
  });
});

describe('a schedule in a row, on a computer whose clock shows something else', () => {
  setOwnClock('America/New_York');

  it('names the place of the lock beside its times', () => {
    assert.equal(said(forenoons), 'Mon–Fri 08–12 Berlin');
    assert.equal(said(until('2026-11-26T17:00:00Z')), 'until today 18:00 Berlin');
    assert.equal(said(forenoons, 'America/Argentina/Buenos_Aires'), 'Mon–Fri 08–12 Buenos Aires');
  });

  it('names it beside a day alone where that is another one here', () => {
    assert.equal(said(weekend), '27 Nov–4 Dec');
    assert.equal(said(until('2026-12-04T02:00:00Z')), 'until 4 Dec Berlin');
  });
});
