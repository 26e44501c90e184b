import assert from 'node:assert/strict';
import {
  columnFields,
  doorFields,
  entryFields,
  fileFields,
  sourceFields,
  type Field,
} from '../../../../src/access/file/accessFields.ts';
import german from '../../../../l10n/bundle.l10n.de.json' with { type: 'json' };
import { inEnglish } from '../../../../src/base/locale.ts';
import { authorizationInWords, entryInWords, entryLines, leftOutText } from '../../../../src/views/text/accessText.ts';
import { entry } from '../../access/entries.ts';
import { authorization } from '../../devices.ts';

const locale = { t: inEnglish, language: 'en' };

const cleaning = entry('cleaning', { doors: ['front', 'garage'], days: 124, hours: { from: 540, until: 1_020 } });

const front = { name: 'Front Door', zone: 'Europe/Berlin' };
const garage = { name: 'Garage', zone: 'Europe/Berlin' };
const loft = { name: 'Loft', zone: 'America/New_York' };

describe('an entry in words', () => {
  it('says when it opens what, by which clock, and with what', () => {
    assert.equal(
      entryInWords(cleaning, [front, garage], locale),
      'Mon–Fri 09:00–17:00 (Europe/Berlin) · Front Door, Garage · keypad code',
    );
  });

  it('says the clock of each door where they differ, and that one is not known', () => {
    assert.deepEqual(entryLines(cleaning, [front, loft, garage, { name: 'Shed', zone: undefined }], locale), {
      when: 'Mon–Fri 09:00–17:00',
      where: [
        'Front Door, Garage (Europe/Berlin)',
        'Loft (America/New_York)',
        "Shed (dates in UTC, hours by the lock's own clock)",
      ],
    });
  });

  it('names no clock where there are no limits', () => {
    const unlimited = { days: 127 };
    assert.deepEqual(entryLines(unlimited, [front, loft], locale), { when: 'always', where: ['Front Door, Loft'] });
  });

  it('has hours over midnight as they are written, and dates to the second, with which of two times is meant', () => {
    const { when } = entryLines(
      {
        days: 127,
        hours: { from: 1_320, until: 360 },
        from: { date: '2027-06-16', time: '15:00', seconds: 0 },
        until: { date: '2027-10-31', time: '02:30', seconds: 59, disambiguation: 'later' },
      },
      [front],
      locale,
    );
    assert.equal(
      when,
      '22:00–06:00, from 16 Jun 2027, 15:00, until 31 Oct 2027, 02:30:59 (the second time) (Europe/Berlin)',
    );
  });

  it('says whose app it is, and that it is disabled', () => {
    const app = { ...cleaning, by: 'app', email: 'anna@example.org', enabled: false } as const;
    assert.match(entryInWords(app, [front], locale), / · app · anna@example\.org · disabled$/);
  });
});

describe('an authorization in words', () => {
  it('says where it is, what it is and when it opens', () => {
    const context = { context: locale, deviceName: () => 'Front Door', zone: () => 'Europe/Berlin' };
    const item = authorization({
      allowedFromDate: '2025-12-20T08:00:00.000Z',
      allowedUntilDate: undefined,
      enabled: false,
    });
    assert.equal(
      authorizationInWords({ authorization: item, smartlockId: 1 }, context),
      'Front Door · keypad code · Cleaner · Mon–Fri 09:00–17:00 (Europe/Berlin) · disabled',
    );
  });
});

describe('what is in no access file', () => {
  it('is counted by the reason', () => {
    const item = { smartlockId: 1, authorization: authorization() };
    const leftOut = (['limits', 'person', 'limits'] as const).map((why) => ({ ...item, why }));
    assert.equal(
      leftOutText(leftOut, locale),
      '2 (limits incomplete or unclear), 1 (no account user with an email address)',
    );
  });
});

describe('what a field of an access file is', () => {
  it('is said in German too', () => {
    const tables: readonly Readonly<Record<string, Field>>[] = [
      fileFields,
      doorFields,
      entryFields,
      sourceFields,
      columnFields,
    ];
    const descriptions = tables.flatMap((fields) => Object.values(fields).map(({ description }) => description));
    assert.ok(descriptions.length > 25);
    assert.deepEqual(
      descriptions.filter((description) => !Object.hasOwn(german, description)),
      [],
    );
  });
});
