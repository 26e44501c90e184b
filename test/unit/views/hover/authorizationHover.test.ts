import assert from 'node:assert/strict';
import { inEnglish } from '../../../../src/base/locale.ts';
import type { DeviceState } from '../../../../src/model/snapshots.ts';
import { authorizationDetails } from '../../../../src/views/hover/authorizationHover.ts';
import type { RenderContext } from '../../../../src/views/text/renderContext.ts';
import { authorization, lock } from '../../devices.ts';

const now = Date.UTC(2026, 10, 23, 12);
const context: RenderContext = { t: inEnglish, language: 'en', now, ownNow: now, refreshIntervalMs: 60_000 };
/** What is known of a device whose list has one authorization. */
const stateOf = (fields: Parameters<typeof authorization>[0], device = lock()): DeviceState => ({
  accountId: '7',
  device,
  seenAt: now,
  authorizations: { items: [authorization(fields)], unreadable: [], readAt: now },
});
const unlimited = {
  allowedFromDate: null,
  allowedUntilDate: null,
  allowedWeekDays: null,
  allowedFromTime: null,
  allowedUntilTime: null,
};

describe('everything there is to say of an authorization', () => {
  const details = (fields = {}, device = lock()): string[] =>
    authorizationDetails(authorization(fields), stateOf(fields, device), context).split('\n');

  it('is a line each', () => {
    assert.deepEqual(details(), [
      'Type: keypad code',
      'Schedule: Mon–Fri 09:00–17:00, from 1 Jan 2026, 09:00, until 30 Jun 2027, 18:00',
      'Status: active',
      'Time zone: Europe/Berlin',
      'Remote access: no',
      'Used: 12 times',
      'Last used: 20 Nov 2026, 10:00',
      'Created: 20 Dec 2025, 09:00',
      'Changed: 2 Jan 2026, 09:00',
    ]);
  });

  it('leaves out what is not known', () => {
    const bare = {
      remoteAllowed: null,
      lockCount: null,
      lastActiveDate: 'never',
      creationDate: null,
      updateDate: null,
    };
    assert.deepEqual(details({ ...unlimited, ...bare }), [
      'Type: keypad code',
      'Schedule: always',
      'Status: active',
      'On the lock: listed by Nuki, not yet confirmed by the lock',
      'Time zone: Europe/Berlin',
    ]);
  });

  it('says what is doubtful about the zone: unknown ones, and the summers of Cairo and Mexico City', () => {
    const zoneOf = (timezoneId: unknown): string | undefined =>
      details({}, lock({}, {}, { timezoneId })).find((line) => line.startsWith('Time zone'));
    assert.equal(zoneOf(null), "Time zone: unknown: dates in UTC, hours by the lock's own clock");
    assert.equal(zoneOf(65_535), zoneOf(null));
    const doubtful = ": the lock's firmware may use another offset in summer";
    assert.equal(zoneOf(0), `Time zone: Africa/Cairo${doubtful}`);
    assert.equal(zoneOf(11), `Time zone: America/Mexico_City${doubtful}`);
    assert.equal(zoneOf(40), 'Time zone: Europe/London');
  });

  it('says the error that Nuki names, and how many fingerprints open', () => {
    assert.ok(details({ error: 'gone' }).includes('Error: gone'));
    assert.ok(details({ fingerprints: { 1: 'thumb', 2: 'finger' } }).includes('Fingerprints: 2'));
    for (const fingerprints of [{}, null, 7]) assert.doesNotMatch(details({ fingerprints }).join('\n'), /Finger/);
  });

  it('says who may use it from afar', () => {
    assert.ok(details({ remoteAllowed: true }).includes('Remote access: yes'));
  });
});
