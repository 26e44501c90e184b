import assert from 'node:assert/strict';
import { decodeEnvelope, decodeKeptCalendar } from '../../../../../src/webview/host/calendar/messages.ts';
import { panel, weekOfDoors } from '../../calendarHarness.ts';

const kept = { panel: 'a', accountId: '7', view: weekOfDoors };

describe('what VS Code has kept of a calendar', () => {
  it('is taken as it was kept', () => assert.deepEqual(decodeKeptCalendar(kept), kept));

  it('is not taken where anything else is in it', () => {
    for (const other of [
      null,
      'calendar',
      { ...kept, name: 'Anna' },
      { ...kept, accountId: 7 },
      { ...kept, accountId: 'x'.repeat(400) },
      { ...kept, view: { ...weekOfDoors, period: 'year' } },
      { ...kept, view: { ...weekOfDoors, date: '1999-01-01' } },
      { ...kept, view: { ...weekOfDoors, smartlockId: 0 } },
      { ...kept, view: undefined },
    ]) {
      assert.equal(decodeKeptCalendar(other), undefined, JSON.stringify(other));
    }
  });
});

describe('a message of the page of a calendar', () => {
  it('is read where it follows the protocol, and from its own page alone', () => {
    const message = { panel, name: 'create', body: { key: 3, from: 540, until: 1_020 } };
    assert.deepEqual(decodeEnvelope(message, panel), message);
    assert.equal(decodeEnvelope(message, 'another'), undefined);
  });

  it('is not read with times outside of a period, or rows that are none', () => {
    for (const [name, body] of [
      ['create', { key: 3, from: -1, until: 60 }],
      ['create', { key: 3, from: 0, until: 60_000 }],
      ['create', { key: 3, from: 0.5, until: 60 }],
      ['create', { key: -3, from: 0, until: 60 }],
      ['edit', '3'],
      ['edit', 1e300],
      ['rows', { revision: 1, from: 49 }],
      ['unfold', { key: 1, isUnfolded: true }],
      ['unfold', [{ key: 1, isUnfolded: 'yes' }]],
      ['unfold', Array.from({ length: 101 }, (_, key) => ({ key, isUnfolded: true }))],
      ['move', 51],
      ['move', 'next'],
      ['ask', { date: 'x'.repeat(400), time: '' }],
      ['__proto__', null],
    ] as const) {
      assert.equal(decodeEnvelope({ panel, name, body }, panel), undefined, `${name} ${JSON.stringify(body)}`);
    }
  });
});
