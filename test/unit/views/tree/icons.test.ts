import assert from 'node:assert/strict';
import { FileDecoration, ThemeColor, ThemeIcon, Uri, type TreeItem } from 'vscode';
import type { AccountState } from '../../../../src/model/snapshots.ts';
import { attentionDecorations } from '../../../../src/views/tree/attention.ts';
import { deviceRow } from '../../../../src/views/tree/rows.ts';
import { deviceIcon, deviceIconName } from '../../../../src/views/tree/icons.ts';
import { inEnglish } from '../../../../src/base/locale.ts';
import type { Doubt } from '../../../../src/model/news.ts';
import type { Operation } from '../../../../src/model/actions/operation.ts';
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
    assert.equal(iconOf(lock()), 'nuki-locked');
    assert.equal(iconOf(lock(), { old: 2 * minute }), 'nuki-locked');
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
    it(`is not drawn for ${what}`, () => assert.notEqual(iconOf(device, circumstances), 'nuki-locked'));
  }

  it('gives way to a warning where the door of a locked lock stands open, and nowhere else', () => {
    assert.equal(iconOf(lock({}, { doorState: 3 })), 'warning');
    assert.equal(iconOf(lock({}, { state: 3, doorState: 3 })), 'nuki-unlocked');
    for (const doorState of [0, 1, 2, 4, 5, 16, 240, 255]) assert.equal(iconOf(lock({}, { doorState })), 'nuki-locked');
  });

  it('stands for no other state of a lock, whatever number it is', () => {
    for (let state = 0; state < 256; state += 1) {
      if (state !== 1) assert.notEqual(iconOf(lock({}, { state })), 'nuki-locked', String(state));
    }
  });
});

describe('the icon of a device', () => {
  const after = (outcome: NonNullable<Operation['outcome']>): Circumstances => ({
    operation: { action: 'lock', since: now, outcome },
  });
  const unlocked = lock({}, { state: 3 });
  const unlogged = after({ kind: 'unconfirmed', at: now, reason: 'unlogged' });
  const meanings: readonly [icon: string, what: string, device: Smartlock, circumstances?: Circumstances][] = [
    ['nuki-unlocked', 'unlocked', unlocked],
    ['nuki-unlocked', 'unlatched', lock({}, { state: 5 })],
    ['sync~spin', 'on the way', lock({}, { state: 2 })],
    ['sync~spin', 'busy', lock({ operationId: 'a' })],
    ['sync~spin', 'asked to lock', unlocked, { operation: { action: 'lock', since: now } }],
    ['nuki-opener', 'an Opener that waits', opener()],
    ['nuki-ring-to-open', 'an Opener that lets in whoever rings next', opener({}, { state: 3 })],
    ['nuki-ring-to-open', 'an Opener that lets in whoever rings', opener({}, { mode: 3 })],
    ['history', 'read too long ago', lock(), { old: 2 * minute + 1 }],
    ['history', 'told by older copies only', lock(), { doubt: { kind: 'outdated' } }],
    ['debug-disconnect', 'offline', lock({ serverState: 4 })],
    ['question', 'in a state that makes no claim', lock({}, { state: 255 })],
    ['question', 'in an unfamiliar state', lock({}, { state: 226 })],
    ['question', 'reported twice', lock(), { doubt: { kind: 'contradictory', other: unlocked } }],
    ['workspace-unknown', 'not confirmed', unlocked, ended('unconfirmed')],
    ['workspace-unknown', 'not followed', unlocked, ended('unwatched')],
    [
      'workspace-unknown',
      'offline after an action that was not confirmed',
      lock({ serverState: 4 }),
      ended('unconfirmed'),
    ],
    ['error', 'offline after an action that has failed', lock({ serverState: 4 }), after({ kind: 'failed', at: now })],
    ['nuki-unlocked', 'where an action led that its log does not tell of', unlocked, unlogged],
    ['error', 'at fault', lock({}, { state: 254 })],
    ['error', 'one at which an action has failed', unlocked, after({ kind: 'failed', at: now, completion: 1 })],
  ];
  for (const [icon, what, device, circumstances] of meanings) {
    it(`is ${icon} where it is ${what}`, () => assert.equal(iconOf(device, circumstances), icon));
  }
});

describe('what is urgent', () => {
  const draw = (device: Smartlock, operation?: Operation): ThemeIcon =>
    deviceIcon(
      { accountId, device, seenAt: now, operation },
      { t: inEnglish, language: 'en', now, ownNow: now, refreshIntervalMs: minute },
    );

  it('has an icon of its own each, and a color besides', () => {
    const outcomes: readonly NonNullable<Operation['outcome']>[] = [
      { kind: 'unconfirmed', at: now, reason: 'unseen' },
      { kind: 'failed', at: now },
    ];
    const drawn = [
      ...outcomes.map((outcome) => draw(lock(), { action: 'lock', since: now, outcome })),
      draw(lock({}, { doorState: 3 })),
    ];
    assert.deepEqual(
      drawn.map(({ id }) => id),
      ['workspace-unknown', 'error', 'warning'],
    );
    for (const { color } of drawn) assert.notEqual(color, undefined);
    const plain = [lock(), lock({}, { state: 3 }), lock({}, { state: 255 }), lock({ serverState: 4 }), opener()];
    for (const device of plain) {
      const { id, color } = draw(device);
      assert.ok(!drawn.some((each) => each.id === id), id);
      assert.equal(color, undefined);
    }
  });
});

describe('what needs attention besides', () => {
  const account: AccountState = { id: accountId, label: '', simulated: false, devices: [], unreadable: [] };
  const rowOf = (device: Smartlock): TreeItem =>
    deviceRow({ accountId, device, seenAt: now }, [], account, true, {
      t: inEnglish,
      language: 'en',
      now,
      ownNow: now,
      refreshIntervalMs: minute,
    });
  const markOf = ({ resourceUri }: TreeItem): unknown =>
    resourceUri && attentionDecorations.provideFileDecoration(resourceUri, signal);
  const signal = { isCancellationRequested: false, onCancellationRequested: () => ({ dispose: () => undefined }) };

  it('has a mark at the end of its row, which leaves the icon to the state, and says so to a screen reader', () => {
    const paired = { keypadPaired: true };
    const devices: readonly Smartlock[] = [
      lock({ adminPinState: 2 }),
      lock({ error: 'unreachable' }),
      lock({}, { doorState: 240 }),
      lock({}, { keypadMountingState: 2 }, paired),
      ...['batteryCritical', 'keypadBatteryCritical', 'doorsensorBatteryCritical'].map((part) =>
        lock({}, { [part]: true }, paired),
      ),
    ];
    for (const device of devices) {
      const row = rowOf(device);
      assert.deepEqual(markOf(row), new FileDecoration('!', undefined, new ThemeColor('nuki.attentionForeground')));
      assert.match(row.accessibilityInformation?.label ?? '', /^Front door, .*locked.*, needs attention$/);
      assert.deepEqual(row.iconPath, new ThemeIcon('nuki-locked'));
    }
    const plain = rowOf(lock());
    assert.equal(markOf(plain), undefined);
    assert.equal(plain.accessibilityInformation?.label, 'Front door, locked');
  });

  it('is not put on what is not a row of ours', () => {
    assert.equal(
      attentionDecorations.provideFileDecoration(Uri.from({ scheme: 'file', path: '/a' }), signal),
      undefined,
    );
  });
});
