import assert from 'node:assert/strict';
import { Doorkeeper, type ActResult } from '../../../../src/model/actions/doorkeeper.ts';
import type { Outcome } from '../../../../src/model/actions/operation.ts';
import type { ActivityEntry } from '../../../../src/nuki/activityLog.ts';
import type { Smartlock } from '../../../../src/nuki/smartlock.ts';
import { kindOf, type ActionName } from '../../../../src/nuki/vocabulary/kinds.ts';
import { lock, opener, ref } from '../../devices.ts';
import { FakeClock } from '../../fakeClock.ts';
import { accountId, failing, ScriptedApi, storeOf } from '../fakes.ts';

// Scenes at a door: what the device and its log report from the request on, and what is said of the action. Times in seconds.

interface Said {
  readonly outcome: Outcome;
  readonly after: number;
}

/** A change at a time: of the device's state, which then has that time as its date, or a further log entry, which is listed first. */
type Change = readonly [at: number, change: State | Entry];
interface State {
  readonly entry?: never;
  readonly [field: string]: unknown;
}
interface Entry {
  readonly entry: Partial<ActivityEntry>;
}

interface Scene {
  readonly action?: ActionName;
  readonly device?: Smartlock;
  /** Entries that are listed before the request, with the seconds before it as their dates. */
  readonly before?: readonly (Partial<ActivityEntry> & { readonly ago: number })[];
  /** Whether the token may read the log. */
  readonly log?: boolean;
  readonly changes?: readonly Change[];
  /** By how many seconds the clock of the device is ahead of the others. */
  readonly ahead?: number;
}

async function play(scene: Scene): Promise<Said> {
  const { action = 'unlock', device = lock(), before = [], log = true, changes = [], ahead = 0 } = scene;
  const clock = new FakeClock();
  const api = new ScriptedApi(clock);
  const start = clock.now();
  const dateAt = (seconds: number): string => new Date(start + seconds * 1_000).toISOString();
  const entryAt = (seconds: number, fields: Partial<ActivityEntry>): ActivityEntry => ({
    id: `${seconds}/${api.log.length}`,
    action: kindOf(device.type).actions[action] ?? 0,
    trigger: 4,
    state: 0,
    date: dateAt(Math.floor(seconds + ahead)),
    name: undefined,
    source: undefined,
    ...fields,
  });
  const make = kindOf(device.type).bolt ? lock : opener;
  api.devices = [device];
  let fields: State = { state: device.state?.state, lastAction: device.state?.lastAction };
  for (const { ago, ...entry } of before) api.log = [entryAt(-ago, entry), ...api.log];
  if (!log) api.onActivity = () => failing('unauthorized', 401);
  const happen = (at: number, change: State | Entry): void => {
    if (change.entry) {
      api.log = [entryAt(at, change.entry), ...api.log];
      return;
    }
    fields = { ...fields, ...change };
    api.devices = [make({ type: device.type, updateDate: dateAt(at) }, fields)];
  };
  const { store } = storeOf(clock, api);
  await store.refresh(accountId);
  api.onAct = () => {
    for (const [at, change] of changes) void clock.wait(at * 1_000).then(() => happen(at, change));
    return Promise.resolve();
  };
  const doorkeeper = new Doorkeeper(store, clock, () => Promise.resolve(true));
  let ended: { result: ActResult; at: number } | undefined;
  const acting = doorkeeper
    .act(ref(device.smartlockId), action)
    .then((result) => void (ended = { result, at: clock.now() }));
  await clock.advance(180_000);
  await acting;
  assert.ok(ended?.result.sent);
  return { outcome: ended.result.outcome, after: (ended.at - start) / 1_000 };
}

const wrongCode = { state: 224, lastAction: 2, trigger: 0 };
const locked = { state: 1, lastAction: 2, trigger: 0 };
const unlocked = { state: 3, lastAction: 1, trigger: 0 };
const own = (fields: Partial<ActivityEntry> = {}): Entry => ({ entry: fields });

describe('a failure', () => {
  it('is not the code that someone mistypes while our unlocking is on its way', async () => {
    const { outcome, after } = await play({
      changes: [
        [1, wrongCode],
        [5, unlocked],
        [5, own()],
      ],
    });
    assert.equal(outcome.kind, 'confirmed');
    assert.ok(after < 7);
  });

  for (const state of [224, 225, 226]) {
    it(`is not the attempt of someone at the door: state ${state} stays`, async () => {
      const attempt = own({ trigger: 255, state });
      for (const log of [true, false]) {
        const { outcome } = await play({
          log,
          changes: [
            [1, { ...locked, state }],
            [2, attempt],
          ],
        });
        assert.equal(outcome.kind, 'unconfirmed');
      }
    });
  }

  it("is not another client's failed attempt before our success", async () => {
    const { outcome } = await play({
      changes: [
        [2, own({ state: 1 })],
        [6, unlocked],
        [6, own()],
      ],
    });
    assert.deepEqual(outcome, { kind: 'unconfirmed', reason: 'mixed', at: outcome.at });
  });

  it('is not said while the device moves, or is where the action leads', async () => {
    const failedElsewhere: Change = [1, own({ state: 4 })];
    const moving = await play({ changes: [failedElsewhere, [2, { state: 2, trigger: 0, lastAction: 1 }]] });
    assert.equal(moving.outcome.kind, 'unconfirmed');
    const there = await play({ changes: [failedElsewhere, [2, unlocked]] });
    assert.deepEqual(there.outcome, { kind: 'unconfirmed', reason: 'anyone', at: there.outcome.at });
  });

  it('is said a short while after the only entry of ours, with its reason', async () => {
    const { outcome, after } = await play({ changes: [[2, own({ state: 1 })]] });
    assert.deepEqual(outcome, { kind: 'failed', completion: 1, at: outcome.at });
    assert.ok(after > 6 && after < 12, `${after}`);
  });

  it('has no reason where several have failed, each for another', async () => {
    const { outcome } = await play({
      changes: [
        [2, own({ state: 1 })],
        [2.2, own({ state: 4 })],
      ],
    });
    assert.deepEqual(outcome, { kind: 'failed', at: outcome.at });
  });

  it('of the motor is ours only with our action as the last one, and where no log can tell better', async () => {
    const blocked = (lastAction: number): Change => [3, { state: 254, lastAction, trigger: 0 }];
    assert.equal((await play({ log: false, changes: [blocked(1)] })).outcome.kind, 'fault');
    assert.equal((await play({ log: false, changes: [blocked(2)] })).outcome.kind, 'unconfirmed');
    assert.equal(
      (await play({ changes: [blocked(1)] })).outcome.kind,
      'unconfirmed',
      'its log tells of no attempt of ours',
    );
    const failed = await play({ changes: [blocked(1), [4, own({ state: 1 })]] });
    assert.deepEqual(failed.outcome, { kind: 'failed', completion: 1, at: failed.outcome.at });
  });

  it('of the motor is not ours where the log tells of another attempt', async () => {
    const keypad = own({ trigger: 255, state: 1 });
    const { outcome } = await play({
      changes: [
        [3, { state: 254, lastAction: 1, trigger: 0 }],
        [4, keypad],
      ],
    });
    assert.equal(outcome.kind, 'unconfirmed');
  });
});

describe('a success', () => {
  it('needs an entry of ours where the log can be read, whoever has moved the device', async () => {
    for (const trigger of [0, 1, 2]) {
      const { outcome } = await play({ changes: [[1, { ...unlocked, trigger }]] });
      assert.deepEqual(outcome, { kind: 'unconfirmed', reason: 'anyone', at: outcome.at }, `trigger ${trigger}`);
    }
  });

  it('is not a hand that does the same before our action is carried out', async () => {
    const byHand = { trigger: 1 };
    const { outcome, after } = await play({
      changes: [
        [1, { ...unlocked, ...byHand }],
        [1, own({ trigger: 1 })],
        [12, { ...locked, ...byHand }],
        [20, unlocked],
        [21, own()],
      ],
    });
    assert.equal(outcome.kind, 'confirmed');
    assert.ok(after > 20);
  });

  it('holds although the device has moved on, and tells where it is now', async () => {
    const autoLocked = { ...locked, trigger: 6 };
    const { outcome, after } = await play({
      action: 'unlatch',
      changes: [
        [1.1, own()],
        [1.2, autoLocked],
      ],
    });
    assert.ok(outcome.kind === 'confirmed');
    assert.equal(outcome.now?.state?.state, 1);
    assert.ok(after < 5);
    const used = await play({
      action: 'activateRingToOpen',
      device: opener(),
      changes: [
        [1, own()],
        [1.2, { state: 1, lastAction: 1 }],
      ],
    });
    assert.ok(used.outcome.kind === 'confirmed' && used.outcome.now?.state?.state === 1);
  });

  it('holds although Nuki shows the device as it was before', async () => {
    const { outcome } = await play({ action: 'activateRingToOpen', device: opener(), changes: [[0.5, own()]] });
    assert.ok(outcome.kind === 'confirmed' && outcome.now?.state?.state === 1);
  });

  it('is one for all where several attempts have succeeded, and nobody can tell where one has failed', async () => {
    const device = lock({}, { state: 3, lastAction: 1 });
    const pulled: Change = [1, { lastAction: 3 }];
    const both = await play({ action: 'unlatch', device, changes: [pulled, [1, own()], [1.1, own()]] });
    assert.equal(both.outcome.kind, 'confirmed');
    for (const [first, second] of [
      [0, 1],
      [1, 0],
    ]) {
      const changes: Change[] = [pulled, [1, own({ state: first })], [1, own({ state: second })]];
      const { outcome } = await play({ action: 'unlatch', device, changes });
      assert.deepEqual(outcome, { kind: 'unconfirmed', reason: 'mixed', at: outcome.at });
    }
  });

  it('does not need the device to be free again', async () => {
    const busy = { ...unlocked, operationId: 'stays' };
    const { outcome } = await play({
      changes: [
        [2, busy],
        [3, own()],
      ],
    });
    assert.equal(outcome.kind, 'confirmed');
  });

  for (const ahead of [-55, 55]) {
    it(`is seen where the device's clock is ${ahead} s ahead, with dates in whole seconds`, async () => {
      const { outcome } = await play({
        ahead,
        before: [{ ago: 300, action: 2 }],
        changes: [
          [2, unlocked],
          [4, own()],
        ],
      });
      assert.equal(outcome.kind, 'confirmed');
    });
  }

  it('is not an entry that comes late, of an earlier action', async () => {
    const anHourAgo = own({ date: '2026-11-23T11:00:00.000Z' });
    const reachedByHand: Change = [1, { ...unlocked, trigger: 1 }];
    assert.equal((await play({ changes: [reachedByHand, [3, anHourAgo]] })).outcome.kind, 'unconfirmed');
    // A minute is within what clocks may differ, but the same log already tells of something later.
    const earlier = own({ date: '2026-11-23T11:59:30.000Z' });
    const before = [{ ago: 20, action: 2, trigger: 1 }];
    assert.equal((await play({ before, changes: [reachedByHand, [3, earlier]] })).outcome.kind, 'unconfirmed');
    // The device's last change was of this kind, by remote, and its entry has not come yet.
    const device = lock({ updateDate: '2026-11-23T11:59:40.000Z' }, { state: 1, lastAction: 2 });
    const late = own({ date: '2026-11-23T11:59:40.000Z' });
    assert.equal((await play({ action: 'lock', device, changes: [[3, late]] })).outcome.kind, 'unconfirmed');
  });
});

describe('without a readable log', () => {
  it('a device that has got there by a remote action is reported, which confirms nothing', async () => {
    const { outcome, after } = await play({ log: false, changes: [[2, unlocked]] });
    assert.deepEqual(outcome, { kind: 'unconfirmed', reason: 'unlogged', at: outcome.at });
    assert.ok(after < 5);
  });

  for (const [what, change] of [
    ['by hand', { ...unlocked, trigger: 1 }],
    ['by another action', { ...unlocked, lastAction: 3 }],
  ] as const) {
    it(`a device that has got there ${what} is not taken for ours`, async () => {
      const { outcome, after } = await play({ log: false, changes: [[2, change]] });
      assert.deepEqual(outcome, { kind: 'unconfirmed', reason: 'anyone', at: outcome.at });
      assert.equal(after, 30);
    });
  }

  it('a Box says that the Web has opened it', async () => {
    const device = lock({ type: 1 }, { state: 1, lastAction: 0 });
    const opened = (trigger: number): Change => [2, { state: 3, lastAction: 1, trigger }];
    const reasonOf = async (trigger: number): Promise<unknown> => {
      const { outcome } = await play({ log: false, device, changes: [opened(trigger)] });
      return outcome.kind === 'unconfirmed' && outcome.reason;
    };
    assert.deepEqual([await reasonOf(4), await reasonOf(5)], ['unlogged', 'anyone']);
  });
});

describe("lock 'n' go", () => {
  const opened = { state: 6, lastAction: 4, trigger: 0 };
  const relocked = { state: 1, lastAction: 4, trigger: 0 };
  const device = lock({}, { state: 3, lastAction: 1 });

  it('is confirmed when it has locked, and not before', async () => {
    const { outcome, after } = await play({
      action: 'lockNGo',
      device,
      changes: [
        [1, opened],
        [1, own()],
        [45, relocked],
      ],
    });
    assert.equal(outcome.kind, 'confirmed');
    assert.ok(after >= 45 && after < 50);
  });

  it('tells of a motor that blocks while it locks', async () => {
    const blocked = { ...opened, state: 254 };
    const { outcome } = await play({
      action: 'lockNGo',
      device,
      changes: [
        [1, opened],
        [1, own()],
        [42, blocked],
      ],
    });
    assert.deepEqual(outcome, { kind: 'fault', state: 254, at: outcome.at });
  });

  it("takes another's blocked motor for nothing of its own", async () => {
    const blocked = { state: 254, lastAction: 2, trigger: 0 };
    const { outcome } = await play({
      action: 'lockNGo',
      device,
      changes: [
        [1, opened],
        [1, own()],
        [42, blocked],
      ],
    });
    assert.deepEqual(outcome, { kind: 'unconfirmed', reason: 'lockingUnseen', at: outcome.at });
  });

  it('that does not lock has opened, and its locking was not seen', async () => {
    const { outcome } = await play({
      action: 'lockNGo',
      device,
      changes: [
        [1, opened],
        [1, own()],
      ],
    });
    assert.deepEqual(outcome, { kind: 'unconfirmed', reason: 'lockingUnseen', at: outcome.at });
  });

  it('does not take a lock for locked that Nuki still shows as before', async () => {
    const changes: readonly Change[] = [
      [1, own()],
      [6, opened],
      [26, relocked],
    ];
    const { outcome, after } = await play({ action: 'lockNGo', changes });
    assert.equal(outcome.kind, 'confirmed');
    assert.ok(after >= 26);
  });
});
