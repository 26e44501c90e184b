import assert from 'node:assert/strict';
import {
  actions,
  isActionName,
  kindOf,
  kinds,
  phaseOf,
  statesOf,
  type Kind,
} from '../../../../src/nuki/vocabulary/kinds.ts';
import { kindWords, kindWordsOf } from '../../../../src/nuki/vocabulary/kindWords.ts';
import { isBusy, isOnline, isSettled, offeredActions, phaseOfDevice } from '../../../../src/nuki/smartlock.ts';
import { lock, opener } from '../../devices.ts';

const types = [0, 1, 2, 3, 4, 5];
const lockTypes = [0, 3, 4, 5];
const everyByte = Array.from({ length: 256 }, (_, state) => state);

describe('a kind', () => {
  it('is known for every type of the guide, and for no other', () => {
    assert.deepEqual(Object.keys(kinds).map(Number), types);
    assert.deepEqual(Object.keys(kindWords).map(Number), types);
  });

  for (const type of types) {
    const kind = kindOf(type);

    it(`has exactly one phase for each state of a ${kind.name} (type ${type})`, () => {
      for (const state of everyByte) {
        const phases = Object.values(kind.states).filter((states) => states[state] !== undefined);
        assert.ok(phases.length <= 1, `state ${state}`);
      }
    });

    it(`has a word for each state that it has a phase for: ${kind.name} (type ${type})`, () => {
      for (const state of everyByte) {
        const phase = phaseOf(kind, state);
        if (phase !== 'unknown') assert.ok(statesOf(kind)[state], `state ${state}`);
      }
    });
  }

  it('only state 1 of a lock or Smart Door is secure; no state of a Box, an Opener or an unknown device is', () => {
    for (const type of [...types, 6, 99, -1]) {
      const secure = everyByte.filter((state) => phaseOf(kindOf(type), state) === 'secure');
      assert.deepEqual(secure, lockTypes.includes(type) ? [1] : [], `type ${type}`);
    }
  });

  it('an Opener that is online knows nothing of the door: its state 1 is ready, never secure', () => {
    assert.equal(phaseOf(kindOf(2), 1), 'ready');
    assert.equal(phaseOfDevice(opener()), 'ready');
  });

  it('an Opener in continuous mode is open, whatever its state says', () => {
    assert.equal(phaseOfDevice(opener({}, { mode: 3 })), 'open');
    assert.equal(phaseOfDevice(lock({ type: 3 }, { mode: 3 })), 'secure');
  });

  it('a state that needs a hand at the lock is a fault', () => {
    for (const state of [0, 224, 225, 254]) assert.equal(phaseOf(kindOf(4), state), 'fault', `state ${state}`);
    assert.equal(phaseOf(kindOf(2), 0), 'fault');
  });

  it('an unfamiliar state is unknown on every kind, a missing one too', () => {
    const guide = [0, 1, 2, 3, 4, 5, 6, 7, 253, 254, 255];
    const known = [...guide, 224, 225];
    for (const type of types) {
      for (const state of everyByte.filter((one) => !known.includes(one)))
        assert.equal(phaseOf(kindOf(type), state), 'unknown', `type ${type}, state ${state}`);
      for (const state of [undefined, -1, 1.5, 1e9]) assert.equal(phaseOf(kindOf(type), state), 'unknown');
    }
  });

  it('an unfamiliar type has no states, no words and no actions', () => {
    for (const type of [6, 99, -1, 2 ** 40]) {
      const { states, actions: offered, modes } = kindOf(type);
      const { triggers, lastActions, logActions } = kindWordsOf(type);
      assert.deepEqual([states, offered, modes, triggers, lastActions, logActions], [{}, {}, {}, {}, {}, {}]);
      for (const state of everyByte) assert.equal(phaseOf(kindOf(type), state), 'unknown');
    }
  });
});

describe('the codes of actions', () => {
  // Nuki guide, "Actions".
  const lockActions = { unlock: 1, lock: 2, unlatch: 3, lockNGo: 4, lockNGoUnlatch: 5 };
  const guide: Readonly<Record<number, Kind['actions']>> = {
    0: lockActions,
    1: { unlock: 1 },
    2: {
      activateRingToOpen: 1,
      deactivateRingToOpen: 2,
      open: 3,
      activateContinuousMode: 6,
      deactivateContinuousMode: 7,
    },
    3: lockActions,
    4: lockActions,
    5: lockActions,
  };
  for (const type of types) {
    it(`of a ${kindOf(type).name} (type ${type}) are those of the guide and no others`, () => {
      assert.deepEqual(kindOf(type).actions, guide[type]);
    });
  }

  it('have a name of ours each, and nothing that an object inherits is one', () => {
    for (const kind of Object.values(kinds)) assert.ok(Object.keys(kind.actions).every(isActionName));
    for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty', '', 'Unlock'])
      assert.equal(isActionName(name), false, name);
  });

  it('only locking and switching off the ways of an Opener close; everything else asks', () => {
    const closing = Object.keys(actions).filter((name) => isActionName(name) && actions[name].closes);
    assert.deepEqual(closing, ['lock', 'deactivateRingToOpen', 'deactivateContinuousMode']);
  });
});

describe('what a device is offered', () => {
  it('are the actions of its kind while it is online', () => {
    assert.deepEqual(offeredActions(lock()), ['unlock', 'lock', 'unlatch', 'lockNGo', 'lockNGoUnlatch']);
    assert.deepEqual(offeredActions(lock({ type: 1 })), ['unlock']);
  });

  it('are only closing actions while it is not online, or that is not known', () => {
    for (const serverState of [1, 2, 3, 4, 77, undefined]) {
      assert.deepEqual(offeredActions(lock({ serverState })), ['lock']);
      assert.deepEqual(offeredActions(lock({ type: 1, serverState })), []);
      assert.deepEqual(offeredActions(opener({ serverState })), ['deactivateRingToOpen', 'deactivateContinuousMode']);
      assert.equal(isOnline(lock({ serverState })), false);
    }
  });

  it('is, of the two ways to switch, the one that changes something, and both where that is not known', () => {
    const switches = (state: Readonly<Record<string, unknown>>, isKnown = true): readonly string[] =>
      offeredActions(opener({}, state), true, isKnown).filter((action) => action !== 'open');
    assert.deepEqual(switches({ state: 1, mode: 2 }), ['activateRingToOpen', 'activateContinuousMode']);
    assert.deepEqual(switches({ state: 3, mode: 2 }), ['deactivateRingToOpen', 'activateContinuousMode']);
    assert.deepEqual(switches({ state: 1, mode: 3 }), ['activateRingToOpen', 'deactivateContinuousMode']);
    assert.deepEqual(switches({ state: 3, mode: 3 }), ['deactivateRingToOpen', 'deactivateContinuousMode']);
    const all = ['activateRingToOpen', 'deactivateRingToOpen', 'activateContinuousMode', 'deactivateContinuousMode'];
    for (const unclear of [
      { state: 5, mode: 4 },
      { state: 255, mode: undefined },
    ]) {
      assert.deepEqual(switches(unclear), all);
    }
    assert.deepEqual(switches({ state: 1, mode: 2 }, false), all);
  });

  it('is to lock what is locked too: nothing else tells a lock to turn again', () => {
    assert.ok(offeredActions(lock({}, { state: 1 })).includes('lock'));
    assert.ok(offeredActions(lock({}, { state: 3 })).includes('unlock'));
  });

  it('is nothing when its type is unknown', () => assert.deepEqual(offeredActions(lock({ type: 99 })), []));
});

describe('a device at rest', () => {
  it('is neither moving nor busy', () => {
    assert.equal(isSettled(lock()), true);
    for (const state of [2, 4, 7]) assert.equal(isSettled(lock({}, { state })), false);
    assert.equal(isSettled(lock({ operationId: 'a' })), false);
    assert.equal(isSettled(opener({}, { state: 7 })), false);
  });

  it('is busy by an operationId anywhere in it, a string or an object alike', () => {
    for (const operationId of ['5f0c', {}, { timestamp: 1 }, 0]) {
      assert.equal(isBusy(lock({ operationId })), true);
      assert.equal(isBusy(lock({}, { operationId })), true);
      assert.equal(isBusy(lock({}, {}, { operationId })), true);
      for (const settings of ['advancedConfig', 'openerAdvancedConfig', 'smartdoorAdvancedConfig'])
        assert.equal(isBusy(lock({ [settings]: { operationId } })), true, settings);
    }
    assert.equal(isBusy(lock({ operationId: null }, { operationId: null }, { operationId: null })), false);
    assert.equal(isBusy(lock({ state: null, config: null })), false);
  });
});
