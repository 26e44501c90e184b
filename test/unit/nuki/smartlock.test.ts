import assert from 'node:assert/strict';
import {
  partsWithCriticalBattery,
  hasKeypad,
  isBusy,
  isOnline,
  isReady,
  isSettled,
  offeredActions,
  phaseOfDevice,
} from '../../../src/nuki/smartlock.ts';
import { lock } from '../devices.ts';

describe('the batteries of a device', () => {
  it('are in order when nothing says otherwise', () => {
    assert.deepEqual(partsWithCriticalBattery(lock()), []);
    assert.deepEqual(partsWithCriticalBattery(lock({ state: undefined })), []);
  });

  it('are each named when they are critical', () => {
    const allLow = { batteryCritical: true, keypadBatteryCritical: true, doorsensorBatteryCritical: true };
    assert.deepEqual(partsWithCriticalBattery(lock({}, allLow)), ['device', 'keypad', 'door sensor']);
  });

  it('of a keypad or a door sensor that is not there do not count', () => {
    const low = { keypadBatteryCritical: true, doorsensorBatteryCritical: true, doorState: 0 };
    assert.deepEqual(partsWithCriticalBattery(lock({}, low, { keypadPaired: false })), []);
  });

  it('of a Keypad 2 count like those of a keypad', () => {
    const device = lock({}, { keypadBatteryCritical: true }, { keypadPaired: false, keypad2Paired: true });
    assert.equal(hasKeypad(device), true);
    assert.deepEqual(partsWithCriticalBattery(device), ['keypad']);
  });
});

describe('a device', () => {
  const opener = (state: Record<string, unknown>) => lock({ type: 2 }, { state: 1, ...state });

  it('is busy while it, its state or its settings are worked on', () => {
    assert.equal(isBusy(lock()), false);
    assert.equal(isBusy(lock({ operationId: 'a' })), true);
    assert.equal(isBusy(lock({}, { operationId: 'a' })), true);
    assert.equal(isBusy(lock({}, {}, { operationId: 'a' })), true);
  });

  it('is online in one state of the server alone', () => {
    assert.deepEqual(
      [0, 1, 2, 3, 4, 77].filter((serverState) => isOnline(lock({ serverState }))),
      [0],
    );
  });

  it('is not ready while it is uninitialized, being paired or maintained', () => {
    assert.deepEqual(
      [0, 1, 2, 3, 4, 5].filter((mode) => !isReady(lock({}, { mode }))),
      [0, 1, 4],
    );
    assert.equal(isReady(lock({ state: undefined })), true);
  });

  it('that lets in a visitor who rings is open, an Opener in continuous mode alone', () => {
    assert.equal(phaseOfDevice(opener({ mode: 2 })), 'ready');
    assert.equal(phaseOfDevice(opener({ mode: 3 })), 'open');
    assert.equal(phaseOfDevice(lock({}, { mode: 3 })), 'secure');
  });

  it('is settled when it neither moves nor is busy', () => {
    assert.equal(isSettled(lock()), true);
    assert.equal(isSettled(lock({}, { state: 2 })), false);
    assert.equal(isSettled(lock({ operationId: 'a' })), false);
  });

  it('is offered the actions of its kind, and those alone that close it while it is offline', () => {
    assert.deepEqual(offeredActions(lock()).toSorted(), ['lock', 'lockNGo', 'lockNGoUnlatch', 'unlatch', 'unlock']);
    assert.deepEqual(offeredActions(lock({ serverState: 4 })), ['lock']);
    assert.deepEqual(offeredActions(lock({ type: 77 })), []);
  });

  it('that cannot pull its latch is not asked to', () => {
    assert.deepEqual(offeredActions(lock(), false).toSorted(), ['lock', 'lockNGo', 'unlock']);
  });
});
