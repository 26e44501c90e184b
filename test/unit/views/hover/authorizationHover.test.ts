import assert from 'node:assert/strict';
import { inEnglish } from '../../../../src/base/locale.ts';
import type { DeviceState } from '../../../../src/model/snapshots.ts';
import { authorizationHover, pendingAuthorizationHover } from '../../../../src/views/hover/authorizationHover.ts';
import type { Hover } from '../../../../src/views/hover/hover.ts';
import type { RenderContext } from '../../../../src/views/text/renderContext.ts';
import { dateAndMinute } from '../../../../src/views/text/timeText.ts';
import { authorization, lock, lockId } from '../../devices.ts';
import { pendingCreation } from '../../pendingChanges.ts';
import { wordsOf } from './words.ts';

const now = Date.UTC(2026, 10, 23, 12);
const context: RenderContext = { t: inEnglish, language: 'en', now, ownNow: now, refreshIntervalMs: 60_000 };
/** What is known of a device whose list has one authorization. */
const stateOf = (fields: Parameters<typeof authorization>[0], device = lock()): DeviceState => ({
  accountId: '7',
  device,
  seenAt: now,
  authorizations: { items: [authorization(fields)], unreadable: [], readAt: now },
});
const hoverOf = (fields = {}, device = lock()): Hover =>
  authorizationHover(authorization(fields), stateOf(fields, device), context);
const lines = (fields = {}, device = lock()): readonly string[] =>
  hoverOf(fields, device).lines.map(({ text }) => text);
const titles = (fields = {}): readonly string[] => (hoverOf(fields).links ?? []).map(({ title }) => title);
const at = (...date: Parameters<typeof Date.UTC>): string => dateAndMinute(Date.UTC(...date), context);

const unlimited = {
  allowedFromDate: null,
  allowedUntilDate: null,
  allowedWeekDays: null,
  allowedFromTime: null,
  allowedUntilTime: null,
};

describe('the hover of an authorization', () => {
  it('is its name and type, when it opens by which clock, where it stands, and when it was used', () => {
    assert.deepEqual(wordsOf(hoverOf()).split('\n'), [
      'Cleaner · keypad code',
      'Mon–Fri 09:00–17:00, from 1 Jan 2026, 09:00, until 30 Jun 2027, 18:00 (Europe/Berlin)',
      'active',
      `last used ${at(2026, 10, 20, 9)} · used 12 times`,
      `Created ${at(2025, 11, 20, 8)} · Changed ${at(2026, 0, 2, 8)}`,
    ]);
  });

  it('leaves out what is not known, and a clock where there is no time to tell by it', () => {
    const bare = {
      remoteAllowed: null,
      lockCount: null,
      lastActiveDate: 'never',
      creationDate: null,
      updateDate: null,
    };
    const [schedule, standing, ...more] = lines({ ...unlimited, ...bare });
    assert.equal(schedule, 'always');
    assert.match(standing ?? '', /not yet confirmed/);
    assert.doesNotMatch(standing ?? '', /active/);
    assert.deepEqual(more, []);
    assert.deepEqual(hoverOf({ ...unlimited, ...bare }).footer, []);
  });

  it('says what is doubtful about the zone: unknown ones, and the summers of Cairo and Mexico City', () => {
    const zoned = (timezoneId: unknown): string => lines({}, lock({}, {}, { timezoneId })).join('\n');
    for (const unknown of [null, 65_535]) {
      assert.match(zoned(unknown), /\(dates in UTC, hours by the lock's own clock\)$/m);
    }
    const doubt = /^The lock's firmware may handle daylight saving time differently\./m;
    assert.match(zoned(0), doubt);
    assert.match(zoned(11), doubt);
    assert.doesNotMatch(zoned(40), doubt);
  });

  it('says the error that Nuki names, how many fingerprints open, and how often it was used', () => {
    assert.ok(lines({ error: 'gone' }).includes('error: gone'));
    assert.ok(lines({ fingerprints: { 1: 'thumb', 2: 'finger' } }).includes('fingerprints: 2'));
    for (const fingerprints of [{}, null, 7]) assert.doesNotMatch(lines({ fingerprints }).join('\n'), /finger/);
    assert.match(lines({ lockCount: 1 }).join('\n'), /used once$/m);
    assert.ok(lines({ lockCount: 0, lastActiveDate: null }).includes('never used'));
  });

  it('says of an app alone whether it opens from afar', () => {
    assert.ok(lines({ type: 0, remoteAllowed: true }).includes('can be used remotely'));
    assert.ok(lines({ type: 0, remoteAllowed: false }).includes('cannot be used remotely'));
    assert.doesNotMatch(lines({ type: 13, remoteAllowed: true }).join('\n'), /remotely/);
  });

  it('offers what fits it, for its own row', () => {
    assert.deepEqual(titles(), ['Edit…', 'Reveal Code', 'Copy Code', 'Disable']);
    assert.deepEqual(titles({ type: 0 }), ['Edit…', 'Disable']);
    assert.deepEqual(titles({ type: 0, enabled: false }), ['Edit…', 'Enable…']);
    for (const { row } of hoverOf({ id: 'a1' }).links ?? []) assert.equal(row, `account/7/device/${lockId}/auth/a1`);
  });
});

describe('the hover of an authorization that no list shows yet', () => {
  it('says what was asked for and how far it has come', () => {
    const { lines: said, title } = pendingAuthorizationHover(pendingCreation({}), stateOf({}), context);
    assert.equal(title, pendingCreation({}).requested.name);
    assert.equal(said.length, 2);
  });
});
