import assert from 'node:assert/strict';
import { batteryTroubles, hasKeypad } from '../../../src/nuki/smartlock.ts';
import { lock } from '../devices.ts';

describe('the batteries of a device', () => {
  it('are in order when nothing says otherwise', () => {
    assert.deepEqual(batteryTroubles(lock()), []);
    assert.deepEqual(batteryTroubles(lock({ state: undefined })), []);
  });

  it('are each named when they are critical', () => {
    const allLow = { batteryCritical: true, keypadBatteryCritical: true, doorsensorBatteryCritical: true };
    assert.deepEqual(batteryTroubles(lock({}, allLow)), ['device', 'keypad', 'door sensor']);
  });

  it('of a keypad or a door sensor that is not there do not count', () => {
    const low = { keypadBatteryCritical: true, doorsensorBatteryCritical: true, doorState: 0 };
    assert.deepEqual(batteryTroubles(lock({}, low, { keypadPaired: false })), []);
  });

  it('of a Keypad 2 count like those of a keypad', () => {
    const device = lock({}, { keypadBatteryCritical: true }, { keypadPaired: false, keypad2Paired: true });
    assert.equal(hasKeypad(device), true);
    assert.deepEqual(batteryTroubles(device), ['keypad']);
  });
});
