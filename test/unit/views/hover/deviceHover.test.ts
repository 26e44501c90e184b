import assert from 'node:assert/strict';
import { inEnglish } from '../../../../src/base/locale.ts';
import type { DeviceState } from '../../../../src/model/snapshots.ts';
import type { Smartlock } from '../../../../src/nuki/smartlock.ts';
import { detailLines } from '../../../../src/views/hover/detailLines.ts';
import { deviceDetails } from '../../../../src/views/hover/deviceHover.ts';
import type { RenderContext } from '../../../../src/views/text/renderContext.ts';
import { dateAndMinute } from '../../../../src/views/text/timeText.ts';
import { lock, lockId } from '../../devices.ts';
import { accountId } from '../../model/fakes.ts';

const second = 1_000;
const minute = 60 * second;
const now = Date.UTC(2026, 10, 23, 12);
const context: RenderContext = { t: inEnglish, language: 'en', now, ownNow: now, refreshIntervalMs: minute };
const seen = (device: Smartlock, { old = 0 } = {}): DeviceState => ({ accountId, device, seenAt: now - old });

describe('everything there is to say of a device', () => {
  it('is a line each', () => {
    assert.deepEqual(deviceDetails(seen(lock()), context).split('\n'), [
      'State: locked',
      'Kind: Smart Lock (3rd/4th generation)',
      'Mode: door',
      'Trigger: system',
      'Last action: lock',
      'Door sensor: door closed',
      'Battery: good, 82 %',
      'Keypad: Keypad, battery good',
      'Server state: online',
      'Admin PIN: valid',
      'Firmware: 3.10.7',
      'Time zone: Europe/Berlin',
      `ID: ${lockId} (43D1E9E4)`,
      `Reported: ${dateAndMinute(now - minute, context)}`,
      'Read: 0 sec. ago',
    ]);
  });

  it('leaves out what is not known, and says so where that matters', () => {
    const bare = lock({
      state: null,
      config: null,
      firmwareVersion: null,
      updateDate: null,
      serverState: null,
      adminPinState: null,
    });
    assert.deepEqual(deviceDetails(seen(bare, { old: 90 * second }), context).split('\n'), [
      'State: – · last known: –',
      'Kind: Smart Lock (3rd/4th generation)',
      'Mode: –',
      'Trigger: –',
      'Last action: –',
      'Door sensor: –',
      'Keypad: none paired',
      'Server state: –',
      'Admin PIN: –',
      'Time zone: unknown',
      `ID: ${lockId} (43D1E9E4)`,
      'Read: 1 min. ago',
    ]);
  });

  it('says of a door that was not heard lately what was last known', () => {
    assert.match(deviceDetails(seen(lock({ serverState: 4 })), context), /^Door sensor: last known: door closed$/m);
    assert.match(
      deviceDetails(seen(lock({}, { doorState: 3 }), { old: 5 * minute }), context),
      /^Door sensor: last known: door open$/m,
    );
  });

  it('speaks of batteries and keypads as they are', () => {
    const low = lock(
      {},
      { batteryCritical: true, batteryCharging: true, keypadBatteryCritical: true },
      { keypad2Paired: true },
    );
    const sensor = lock({}, { doorsensorBatteryCritical: true });
    assert.match(deviceDetails(seen(sensor), context), /^Door sensor: door closed, battery critical$/m);
    assert.match(deviceDetails(seen(low), context), /^Battery: critical, 82 %, charging$/m);
    assert.match(deviceDetails(seen(low), context), /^Keypad: Keypad 2, battery critical$/m);
  });

  it('is one line for each label that has a value', () => {
    assert.equal(
      detailLines([
        ['a', '1'],
        ['b', undefined],
        ['c', ''],
      ]),
      'a: 1\nc: ',
    );
  });
});
