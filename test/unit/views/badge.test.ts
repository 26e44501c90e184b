import assert from 'node:assert/strict';
import { dayOrMinute } from '../../../src/views/text/timeText.ts';
import { inEnglish } from '../../../src/base/locale.ts';
import type { AccountState, DeviceState } from '../../../src/model/snapshots.ts';
import type { Outcome } from '../../../src/model/actions/operation.ts';
import type { Smartlock } from '../../../src/nuki/smartlock.ts';
import { badgeOf } from '../../../src/views/badge.ts';
import { lock } from '../devices.ts';

const context = { t: inEnglish, language: 'en', now: 1_000, ownNow: 1_000, refreshIntervalMs: 60_000 };

function accountOf(...devices: (Smartlock | Partial<DeviceState>)[]): AccountState {
  const states = devices.map((device): DeviceState =>
    'smartlockId' in device
      ? { accountId: '7', device, seenAt: 1_000 }
      : { accountId: '7', device: lock(), seenAt: 1_000, ...device },
  );
  return { id: '7', label: 'Home', simulated: false, devices: states, unreadable: [] };
}

describe('the badge', () => {
  it('is not there where all is well, however many locks there are', () => {
    assert.equal(badgeOf([accountOf(lock(), lock({ smartlockId: 5, name: 'Back door' }))], context), undefined);
    assert.equal(badgeOf([], context), undefined);
  });

  it('counts the devices in need, and names each with its reason', () => {
    const badge = badgeOf(
      [
        accountOf(
          lock({ name: 'Front' }, { batteryCritical: true }),
          lock({ name: 'Cellar', serverState: 4 }),
          lock({ name: 'Shed', adminPinState: 2 }),
          lock({ name: 'Gate' }, { state: 254 }),
          lock({ name: 'Attic' }),
          lock({ name: 'Barn' }, { keypadMountingState: 2, doorState: 240 }),
          lock({ name: 'Loft', error: 'unreachable' }),
        ),
      ],
      context,
    );
    assert.equal(badge?.value, 6);
    assert.deepEqual(badge.tooltip.split('\n'), [
      'Front: battery low',
      `Cellar: offline · reported ${dayOrMinute(Date.UTC(2026, 10, 23, 11, 59), context.ownNow, context)}, locked`,
      'Shed: admin PIN invalid',
      'Gate: motor blocked',
      'Barn: keypad moved, door sensor removed or tampered with',
      'Loft: error: unreachable',
    ]);
  });

  const after = (outcome: Outcome): AccountState => accountOf({ operation: { action: 'unlock', since: 0, outcome } });

  it('counts an action whose end was not seen, and one that has failed', () => {
    const unseen = badgeOf([after({ kind: 'unconfirmed', at: 0, reason: 'unseen' })], context);
    assert.equal(unseen?.tooltip, 'Front door: not confirmed – check the door');
    const failed = badgeOf([after({ kind: 'failed', at: 0, completion: 1 })], context);
    assert.equal(failed?.tooltip, 'Front door: failed: motor blocked · locked');
  });

  it('does not count one that was done, nor one of which only the log is missing', () => {
    assert.equal(badgeOf([after({ kind: 'confirmed', at: 0 })], context), undefined);
    assert.equal(badgeOf([after({ kind: 'unconfirmed', at: 0, reason: 'unlogged' })], context), undefined);
  });

  it('names eight devices, and counts the rest', () => {
    const low = Array.from({ length: 10 }, (_, id) =>
      lock({ smartlockId: id + 1, name: `Lock ${id}` }, { batteryCritical: true }),
    );
    const lines = badgeOf([accountOf(...low)], context)?.tooltip.split('\n');
    assert.equal(lines?.length, 9);
    assert.deepEqual([lines[0], lines[8]], ['Lock 0: battery low', 'and 2 more']);
  });
});
