import assert from 'node:assert/strict';
import { dateAndMinute } from '../../../src/views/text/timeText.ts';
import { inEnglish } from '../../../src/base/locale.ts';
import type { AccountState, DeviceState } from '../../../src/model/snapshots.ts';
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
  return { id: '7', label: 'Home', demo: false, devices: states, unreadable: [] };
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
      'Front: battery critical',
      `Cellar: offline · last known: locked, reported ${dateAndMinute(Date.UTC(2026, 10, 23, 11, 59), context)}`,
      'Shed: admin PIN invalid',
      'Gate: motor blocked',
      'Barn: keypad moved, door sensor removed or tampered with',
      'Loft: error: unreachable',
    ]);
  });

  it('counts an action whose end was not seen', () => {
    const operation = {
      action: 'unlock',
      since: 0,
      outcome: { kind: 'unconfirmed', at: 0, reason: 'unseen' },
    } as const;
    assert.equal(badgeOf([accountOf({ operation })], context)?.value, 1);
  });
});
