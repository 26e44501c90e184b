import assert from 'node:assert/strict';
import {
  afterRefresh,
  freshFault,
  hasArrived,
  isUnseen,
  wasAlready,
  type Operation,
  type Outcome,
} from '../../../../src/model/actions/operation.ts';
import { actions, isActionName, kindOf } from '../../../../src/nuki/vocabulary/kinds.ts';
import { phaseOfDevice } from '../../../../src/nuki/smartlock.ts';
import { lock, opener } from '../../devices.ts';

const inState = (state: number) => lock({}, { state });

describe('where an action leads', () => {
  it('a lock rests locked after locking and after lock and go, open after opening', () => {
    assert.equal(hasArrived(inState(1), 'lock'), true);
    assert.equal(hasArrived(inState(3), 'lock'), false);
    for (const state of [3, 5, 6]) {
      assert.equal(hasArrived(inState(state), 'unlock'), true);
      assert.equal(hasArrived(inState(state), 'unlatch'), true);
    }
    assert.equal(hasArrived(inState(1), 'lockNGo'), true);
    for (const state of [3, 5, 6]) assert.equal(hasArrived(inState(state), 'lockNGo'), false, 'it has yet to lock');
  });

  it('no device rests anywhere while it moves, or does not know', () => {
    for (const action of Object.keys(kindOf(4).actions).filter(isActionName)) {
      for (const state of [0, 2, 4, 7, 224, 225, 253, 254, 255, 77])
        assert.equal(hasArrived(inState(state), action), false, `${action}, state ${state}`);
    }
  });

  it('a device rests there though an operation is said to be under way: Nuki may never take that back', () => {
    assert.equal(hasArrived(lock({ operationId: 'x' }, { state: 1 }), 'lock'), true);
    assert.equal(hasArrived(lock({ operationId: 'x' }, { state: 3 }), 'unlock'), true);
  });

  it('an Opener rests by its modes and states', () => {
    assert.equal(hasArrived(opener({}, { state: 3 }), 'activateRingToOpen'), true);
    assert.equal(hasArrived(opener(), 'activateRingToOpen'), false);
    assert.equal(hasArrived(opener(), 'deactivateRingToOpen'), true);
    assert.equal(hasArrived(opener({}, { mode: 3 }), 'activateContinuousMode'), true);
    assert.equal(hasArrived(opener({}, { mode: 3 }), 'deactivateContinuousMode'), false);
  });

  it('an Opener leaves continuous mode though ring to open stays, and enters it by nothing else', () => {
    const ringToOpen = opener({}, { mode: 2, state: 3 });
    assert.equal(hasArrived(ringToOpen, 'deactivateContinuousMode'), true);
    assert.equal(hasArrived(ringToOpen, 'activateContinuousMode'), false);
    assert.equal(hasArrived(opener({}, { mode: 3, state: 3 }), 'deactivateContinuousMode'), false);
    assert.equal(hasArrived(opener(), 'deactivateContinuousMode'), true);
  });

  it('only a phase that says so ends a closing action', () => {
    for (const type of [0, 1, 3, 4, 5, 99]) {
      for (let state = 0; state < 256; state += 1) {
        const device = lock({ type }, { state });
        if (hasArrived(device, 'lock')) assert.equal(phaseOfDevice(device), 'secure');
      }
    }
    assert.deepEqual(actions.lock.endsIn, ['secure']);
  });
});

describe('a fault', () => {
  it('is fresh when the device did not have it before', () => {
    assert.equal(freshFault(inState(1), inState(254)), 254);
    assert.equal(freshFault(inState(254), inState(254)), undefined);
    assert.equal(freshFault(inState(1), inState(3)), undefined);
    for (const state of [0, 252, 253, 255]) assert.equal(freshFault(inState(1), inState(state)), undefined);
    assert.equal(freshFault(opener(), opener({}, { state: 254 })), undefined, 'an Opener has no motor');
    assert.equal(freshFault(inState(1), lock({ state: null })), undefined);
    assert.equal(freshFault(lock({ state: null }), inState(254)), 254);
  });

  it("is no code, fingerprint or NFC tag that was wrong: that is someone's failed attempt", () => {
    for (const state of [224, 225, 226]) assert.equal(freshFault(inState(1), inState(state)), undefined);
  });
});

describe('an action that had nothing to do', () => {
  it('is one that led where the device was and still is, and would have changed nothing', () => {
    const ready = opener();
    const continuous = opener({}, { mode: 3 });
    for (const [action, device, already] of [
      ['lock', inState(1), true],
      ['unlock', inState(3), true],
      ['unlatch', inState(5), false],
      ['lockNGo', inState(1), false],
      ['open', ready, false],
      ['activateRingToOpen', opener({}, { state: 3 }), true],
      ['deactivateRingToOpen', ready, true],
      ['activateContinuousMode', continuous, true],
      ['deactivateContinuousMode', ready, true],
    ] as const) {
      assert.equal(wasAlready(device, device, action), already, action);
    }
    assert.equal(wasAlready(inState(3), inState(5), 'unlock'), false);
    assert.equal(wasAlready(continuous, opener({}, { mode: 3, state: 3 }), 'activateContinuousMode'), false);
    assert.equal(wasAlready(inState(1), inState(1), 'unlock'), false);
    assert.equal(wasAlready(ready, continuous, 'deactivateRingToOpen'), false);
  });
});

describe('an end that was not seen', () => {
  it('is one that was not confirmed, or not watched', () => {
    const outcomes: readonly Outcome[] = [
      { kind: 'confirmed', at: 0 },
      { kind: 'failed', at: 0, completion: 1 },
      { kind: 'fault', at: 0, state: 254 },
      { kind: 'unconfirmed', at: 0, reason: 'unseen' },
      { kind: 'unwatched', at: 0 },
    ];
    assert.deepEqual(
      outcomes.filter(isUnseen).map(({ kind }) => kind),
      ['unconfirmed', 'unwatched'],
    );
  });

  it('is none where the device has got there and only its log cannot be read', () => {
    assert.equal(isUnseen({ kind: 'unconfirmed', at: 0, reason: 'unlogged' }), false);
    assert.equal(isUnseen({ kind: 'unconfirmed', at: 0, reason: 'anyone' }), true);
  });
});

describe('an operation after a refresh', () => {
  const ended = (outcome: Outcome): Operation => ({ action: 'lock', since: 0, outcome });

  it('whose end was not seen stays until the device rests where it should', () => {
    const unconfirmed: Outcome = { kind: 'unconfirmed', at: 0, reason: 'unseen' };
    for (const outcome of [unconfirmed, { kind: 'unwatched', at: 0 } as const]) {
      const operation = ended(outcome);
      assert.equal(afterRefresh(operation, inState(3), 60_000), operation);
      assert.equal(afterRefresh(operation, inState(1), 0), undefined);
    }
  });

  it('whose end was seen stays for ten seconds, while what was said of the device holds', () => {
    const confirmed = ended({ kind: 'confirmed', at: 20_000 });
    const failed = ended({ kind: 'failed', at: 20_000, completion: 1 });
    for (const operation of [confirmed, failed]) {
      for (const askedAt of [19_999, 20_000, 29_999]) {
        assert.equal(afterRefresh(operation, inState(1), askedAt), operation, `${askedAt}`);
      }
      for (const askedAt of [30_000, -3_600_000]) assert.equal(afterRefresh(operation, inState(1), askedAt), undefined);
    }
    const unlogged = ended({ kind: 'unconfirmed', at: 20_000, reason: 'unlogged' });
    for (const operation of [confirmed, unlogged]) {
      assert.equal(afterRefresh(operation, inState(1), 20_000), operation);
      assert.equal(afterRefresh(operation, inState(3), 20_000), undefined, 'it was unlocked since');
    }
    const movedOn = ended({ kind: 'confirmed', at: 20_000, now: inState(3) });
    for (const operation of [failed, movedOn])
      assert.equal(afterRefresh(operation, inState(3), 20_000), operation, 'it was said to be unlocked');
  });

  it("that may end where the device was before stays until it was the device's last action", () => {
    const operation: Operation = { action: 'lockNGo', since: 0, outcome: { kind: 'unwatched', at: 0 } };
    assert.equal(afterRefresh(operation, lock({}, { state: 1, lastAction: 2 }), 60_000), operation);
    assert.equal(afterRefresh(operation, lock({}, { state: 3, lastAction: 4 }), 60_000), operation, 'it is not over');
    assert.equal(afterRefresh(operation, lock({}, { state: 1, lastAction: 4 }), 60_000), undefined);
  });

  it('without an outcome goes on, and nothing stays nothing', () => {
    const underWay: Operation = { action: 'unlock', since: 0 };
    assert.equal(afterRefresh(underWay, inState(3), 60_000), underWay);
    assert.equal(afterRefresh(undefined, inState(3), 60_000), undefined);
  });
});
