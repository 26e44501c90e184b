import assert from 'node:assert/strict';
import { deviceIcon, deviceIconName } from '../../../../src/views/tree/icons.ts';
import { inEnglish } from '../../../../src/base/locale.ts';
import type { Doubt } from '../../../../src/model/news.ts';
import type { Operation } from '../../../../src/model/operation.ts';
import type { Smartlock } from '../../../../src/nuki/smartlock.ts';
import { lock, opener } from '../../devices.ts';
import { accountId } from '../../model/fakes.ts';

const minute = 60_000;
const now = Date.UTC(2026, 10, 23, 12);

interface Circumstances {
  /** How long ago it was read, in ms. */
  readonly old?: number;
  readonly operation?: Operation;
  readonly doubt?: Doubt;
}

const iconOf = (device: Smartlock, { old = 0, operation, doubt }: Circumstances = {}): string =>
  deviceIconName(
    { accountId, device, seenAt: now - old, operation, doubt },
    { t: inEnglish, language: 'en', now, ownNow: now, refreshIntervalMs: minute },
  );
const ended = (result: 'unconfirmed' | 'unwatched'): Circumstances => ({
  operation: {
    action: 'lock',
    since: now,
    outcome: result === 'unwatched' ? { kind: result, at: now } : { kind: result, at: now, reason: 'unseen' },
  },
});

describe('the closed lock', () => {
  it('is drawn for a lock that is online and known to be locked, now', () => {
    assert.equal(iconOf(lock()), 'lock');
    assert.equal(iconOf(lock(), { old: 2 * minute }), 'lock');
  });

  const others: readonly [what: string, device: Smartlock, circumstances?: Circumstances][] = [
    ['a lock that was locked a while ago', lock(), { old: 2 * minute + 1 }],
    ['a lock that is offline', lock({ serverState: 4 })],
    ['a lock of which it is not known whether it can be reached', lock({ serverState: undefined })],
    ['a lock that is busy', lock({ operationId: 'a' })],
    ['a lock that is being locked', lock(), { operation: { action: 'lock', since: now } }],
    ['a lock that has not confirmed', lock(), ended('unconfirmed')],
    ['a lock whose action was not watched', lock(), ended('unwatched')],
    ['a lock of an unknown kind', lock({ type: 99 })],
    ['a Box', lock({ type: 1 })],
    ['an Opener', opener()],
    ['an Opener in continuous mode', opener({}, { mode: 3 })],
    ['a lock without a state', lock({ state: undefined })],
    ['a lock whose door stands open', lock({}, { doorState: 3 })],
    ['a lock of which only an older copy answers', lock(), { doubt: { kind: 'outdated' } }],
    [
      'a lock that is reported as unlocked, too',
      lock(),
      { doubt: { kind: 'contradictory', other: lock({}, { state: 3 }) } },
    ],
  ];
  for (const [what, device, circumstances] of others) {
    it(`is not drawn for ${what}`, () => assert.notEqual(iconOf(device, circumstances), 'lock'));
  }

  it('gives way to a warning where the door of a locked lock stands open, and nowhere else', () => {
    assert.equal(iconOf(lock({}, { doorState: 3 })), 'warning');
    assert.equal(iconOf(lock({}, { state: 3, doorState: 3 })), 'unlock');
    for (const doorState of [0, 1, 2, 4, 5, 16, 240, 255]) assert.equal(iconOf(lock({}, { doorState })), 'lock');
  });

  it('stands for no other state of a lock, whatever number it is', () => {
    for (let state = 0; state < 256; state += 1) {
      if (state !== 1) assert.notEqual(iconOf(lock({}, { state })), 'lock', String(state));
    }
  });
});

describe('the icon of a device', () => {
  const after = (outcome: NonNullable<Operation['outcome']>): Circumstances => ({
    operation: { action: 'lock', since: now, outcome },
  });
  const unlocked = lock({}, { state: 3 });
  const meanings: readonly [icon: string, what: string, device: Smartlock, circumstances?: Circumstances][] = [
    ['unlock', 'unlocked', unlocked],
    ['unlock', 'unlatched', lock({}, { state: 5 })],
    ['sync~spin', 'on the way', lock({}, { state: 2 })],
    ['sync~spin', 'busy', lock({ operationId: 'a' })],
    ['sync~spin', 'asked to lock', unlocked, { operation: { action: 'lock', since: now } }],
    ['bell', 'an Opener that waits', opener()],
    ['bell-dot', 'an Opener that lets in whoever rings next', opener({}, { state: 3 })],
    ['bell-dot', 'an Opener that lets in whoever rings', opener({}, { mode: 3 })],
    ['history', 'read too long ago', lock(), { old: 2 * minute + 1 }],
    ['history', 'told by older copies only', lock(), { doubt: { kind: 'outdated' } }],
    ['debug-disconnect', 'offline', lock({ serverState: 4 })],
    [
      'debug-disconnect',
      'offline after an action that was not confirmed',
      lock({ serverState: 4 }),
      ended('unconfirmed'),
    ],
    ['question', 'in a state that makes no claim', lock({}, { state: 255 })],
    ['question', 'in an unfamiliar state', lock({}, { state: 226 })],
    ['question', 'reported twice', lock(), { doubt: { kind: 'contradictory', other: unlocked } }],
    ['question', 'not confirmed', unlocked, ended('unconfirmed')],
    ['question', 'not followed', unlocked, ended('unwatched')],
    ['error', 'at fault', lock({}, { state: 254 })],
    ['error', 'one at which an action has failed', unlocked, after({ kind: 'failed', at: now, completion: 1 })],
  ];
  for (const [icon, what, device, circumstances] of meanings) {
    it(`is ${icon} where it is ${what}`, () => assert.equal(iconOf(device, circumstances), icon));
  }
});

describe('the color of a warning', () => {
  const colorOf = (device: Smartlock): string | undefined =>
    deviceIcon(
      { accountId, device, seenAt: now },
      { t: inEnglish, language: 'en', now, ownNow: now, refreshIntervalMs: minute },
    ).color?.id;

  it('is on a device that somebody has to look at', () => {
    const warning = 'list.warningForeground';
    for (const keypadMountingState of [2, 255]) assert.equal(colorOf(lock({}, { keypadMountingState })), warning);
    assert.equal(colorOf(lock({}, { doorState: 240 })), warning);
    assert.equal(colorOf(lock({ error: 'unreachable' })), warning);
    for (const part of ['batteryCritical', 'keypadBatteryCritical', 'doorsensorBatteryCritical']) {
      assert.equal(colorOf(lock({}, { [part]: true })), warning, part);
    }
    assert.equal(colorOf(lock()), undefined);
  });
});
