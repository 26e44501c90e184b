import assert from 'node:assert/strict';
import { guestMessage, type GuestAccess } from '../../../../../../src/webview/host/form/sending/guestMessage.ts';

const weber: GuestAccess = {
  credential: 'code',
  code: '345678',
  doors: ['Front Door', 'Terrace'],
  schedule: {
    allowedFromDate: '2027-06-16T08:30:00.000Z',
    allowedUntilDate: '2027-06-30T16:00:00.000Z',
    allowedWeekDays: 124,
    allowedFromTime: 540,
    allowedUntilTime: 1020,
  },
  zone: 'Europe/Berlin',
  isInvited: false,
};
const unlimited: GuestAccess = { ...weber, doors: ['Front Door'], schedule: {} };

const lines = (...how: Parameters<typeof guestMessage>): readonly string[] => guestMessage(...how).split('\n');

describe('the message for a guest', () => {
  it('says in English which doors the code opens, from when until when, on which days and at which hours', () => {
    assert.deepEqual(lines([weber], 'en', 'Europe/Berlin'), [
      'Code for Front Door and Terrace: 345678',
      'Valid from 16 Jun 2027, 10:30',
      'Valid until 30 Jun 2027, 18:00',
      'Mon–Fri 09:00–17:00',
    ]);
  });

  it('says the same in German', () => {
    assert.deepEqual(lines([weber], 'de', 'Europe/Berlin'), [
      'Code für Front Door und Terrace: 345678',
      'Gültig ab 16. Juni 2027, 10:30',
      'Gültig bis 30. Juni 2027, 18:00',
      'Mo–Fr 09:00–17:00',
    ]);
  });

  it('names the zone of the lock where it is not that of the user and there is a time', () => {
    assert.equal(lines([weber], 'en', 'America/New_York').at(-1), 'Time zone: Europe/Berlin');
    assert.equal(lines([weber], 'de', 'America/New_York').at(-1), 'Zeitzone: Europe/Berlin');
    assert.deepEqual(lines([unlimited], 'en', 'America/New_York'), ['Code for Front Door: 345678']);
  });

  it('gives dates in UTC, and says so, where the zone of the lock is not known', () => {
    const [, from] = lines([{ ...weber, zone: undefined }], 'en', 'Europe/Berlin');
    assert.equal(from, 'Valid from 16 Jun 2027, 08:30 UTC');
  });

  it('says of an app and of a fob that they open the door, and that Nuki invites, and holds no code', () => {
    const app: GuestAccess = { ...unlimited, credential: 'app', code: undefined, isInvited: true };
    assert.deepEqual(lines([app], 'en', 'Europe/Berlin'), [
      'Access to Front Door with the Nuki app',
      'Nuki sends the invitation by email. It expires, so accept it soon.',
    ]);
    assert.deepEqual(lines([{ ...app, isInvited: false }], 'de', 'Europe/Berlin'), [
      'Zugang zu Front Door mit der Nuki-App',
    ]);
    assert.deepEqual(lines([{ ...app, credential: 'fob', isInvited: false }], 'de', 'Europe/Berlin'), [
      'Zugang zu Front Door mit einem Nuki Fob',
    ]);
  });

  it('has a paragraph for each of several authorizations', () => {
    const night = (code: string, from: number, until: number): GuestAccess => ({
      ...unlimited,
      code,
      schedule: { allowedFromTime: from, allowedUntilTime: until },
    });
    assert.equal(
      guestMessage([night('345678', 1_320, 1_439), night('456789', 0, 360)], 'en', 'Europe/Berlin'),
      'Code for Front Door: 345678\n22:00–23:59\n\nCode for Front Door: 456789\n00:00–06:00',
    );
  });

  it('is in German throughout, also of limits that are not understood', () => {
    const strange: GuestAccess = { ...weber, schedule: { allowedWeekDays: 200, allowedFromTime: 9_000 } };
    assert.match(guestMessage([strange], 'de', 'Europe/Berlin'), /unbekannte Tage \(200\) ab unbekannt \(9000\)/);
    const untilNobodyKnows: GuestAccess = { ...weber, schedule: { allowedUntilDate: 'soon', allowedUntilTime: 60 } };
    assert.deepEqual(lines([untilNobodyKnows], 'de', 'Europe/Berlin').slice(1), [
      'Gültig bis unbekanntes Datum',
      'bis 01:00',
    ]);
  });
});
