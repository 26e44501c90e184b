import assert from 'node:assert/strict';
import type { Sent } from '../../../../src/model/actions/evidence.ts';
import { deadline, follow, lockNGoDeadline, lookTimes } from '../../../../src/model/actions/follow.ts';
import type { Outcome } from '../../../../src/model/actions/operation.ts';
import type { ActivityEntry } from '../../../../src/nuki/activityLog.ts';
import { NukiError } from '../../../../src/nuki/http/errors.ts';
import type { Smartlock } from '../../../../src/nuki/smartlock.ts';
import type { ActionName } from '../../../../src/nuki/vocabulary/kinds.ts';
import { lock, opener } from '../../devices.ts';
import { FakeClock } from '../../fakeClock.ts';

const second = 1_000;
const start = new FakeClock().now();

const locked = lock();
const since = { updateDate: '2026-11-23T12:00:01.000Z' };
const unlocked = lock(since, { state: 3, lastAction: 1 });
const unlocking = lock(since, { state: 2, lastAction: 1 });

const entry = (fields: Partial<ActivityEntry> = {}): ActivityEntry => ({
  id: 'new',
  action: 1,
  trigger: 4,
  state: 0,
  date: '2026-11-23T12:00:01.000Z',
  name: undefined,
  source: undefined,
  ...fields,
});
const old = entry({ id: 'old', date: '2026-11-23T11:00:00.000Z' });
const success = [entry(), old];

interface Scene {
  readonly action?: ActionName;
  /** The device before, and its log. */
  readonly before?: Smartlock;
  readonly logBefore?: readonly ActivityEntry[] | undefined;
  /** What the device is, by seconds since the action was sent. */
  readonly device?: (seconds: number) => Smartlock;
  readonly log?: (seconds: number) => readonly ActivityEntry[];
  /** How long each reading of the device takes, in milliseconds. */
  readonly takes?: (seconds: number) => number;
}

/** Follows an action on a clock whose hands are turned to the end, and tells when it looked. */
function play(scene: Scene) {
  const { action = 'unlock', before = locked, device, log, takes } = scene;
  const sent: Sent = { action, at: start, device: before, log: 'logBefore' in scene ? scene.logBefore : [old] };
  const clock = new FakeClock();
  const stop = new AbortController();
  const looks: number[] = [];
  const logs: number[] = [];
  const seconds = (): number => (clock.now() - start) / second;
  const reading = {
    device: async (signal: AbortSignal): Promise<Smartlock> => {
      looks.push(clock.now() - start);
      await clock.wait(takes?.(seconds()) ?? 0, signal);
      if (signal.aborted) throw new NukiError('cancelled');
      return device?.(seconds()) ?? before;
    },
    log: async (): Promise<readonly ActivityEntry[]> => {
      logs.push(clock.now() - start);
      return log?.(seconds()) ?? [old];
    },
  };
  const following = follow(sent, reading, clock, stop.signal);
  const end = async (ms = 2 * lockNGoDeadline): Promise<{ outcome: Outcome; after: number }> => {
    await clock.advance(ms);
    const outcome = await following;
    assert.equal(clock.waiting, 0, 'a wait was left behind');
    return { outcome, after: outcome.at - start };
  };
  return { clock, stop, looks, logs, end };
}

/** What an outcome says, without its time. */
function said(outcome: Outcome): unknown {
  const { at, ...rest } = outcome;
  assert.ok(at >= start);
  return rest;
}

describe('following an action', () => {
  it('looks first after 1.5 s, then every second until 8 s, then every 1.5 s until 30 s', async () => {
    const { looks, end } = play({});
    const { outcome, after } = await end();
    const expected = [
      1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5, 9, 10.5, 12, 13.5, 15, 16.5, 18, 19.5, 21, 22.5, 24, 25.5, 27, 28.5,
    ];
    assert.deepEqual(
      looks,
      expected.map((seconds) => seconds * second),
    );
    assert.deepEqual(
      lookTimes.filter((time) => time < deadline),
      looks,
    );
    assert.deepEqual(said(outcome), { kind: 'unconfirmed', reason: 'unseen' });
    assert.equal(after, deadline);
  });

  it('is confirmed by the first look that sees an entry of ours', async () => {
    const { outcome, after } = await play({
      device: (seconds) => (seconds < 2 ? unlocking : unlocked),
      log: (seconds) => (seconds < 4 ? [old] : success),
    }).end();
    assert.deepEqual(said(outcome), { kind: 'confirmed' });
    assert.equal(after, 4.5 * second);
  });

  it('does not read the log while the device moves', async () => {
    const { logs, end } = play({ device: (seconds) => (seconds < 6 ? unlocking : unlocked), log: () => success });
    const { outcome, after } = await end();
    assert.equal(outcome.kind, 'confirmed');
    assert.deepEqual([after, logs], [6.5 * second, [6.5 * second]]);
  });

  it('was there already only where the action could change nothing, as far as was reported', async () => {
    const alreadyThere = async (scene: Scene): Promise<boolean> => {
      const { outcome } = await play({ device: () => unlocked, log: () => success, ...scene }).end();
      assert.equal(outcome.kind, 'confirmed');
      return outcome.reportedBefore !== undefined;
    };
    const before = lock({}, { state: 3, lastAction: 1 });
    assert.equal(await alreadyThere({ before }), true);
    const pulled = [entry({ action: 3 })];
    assert.equal(await alreadyThere({ action: 'unlatch', before, log: () => pulled }), false);
    assert.equal(await alreadyThere({ before: lock({}, { state: 5 }) }), false, 'another state before');
    assert.equal(await alreadyThere({ before: lock({ state: undefined }) }), false, 'no state before');
    assert.equal(await alreadyThere({}), false, 'it has moved');
  });

  for (const [what, other] of [
    ['another action', entry({ action: 2 })],
    ['another trigger', entry({ trigger: 1 })],
    ['no trigger', entry({ trigger: undefined })],
    ['no word of how it ended', entry({ state: undefined })],
    ['the id of an earlier one', old],
    ['no date', entry({ date: undefined })],
    ['a date that is none', entry({ date: 'yesterday' })],
    ['a date more than a minute before', entry({ date: '2026-11-23T11:58:59.000Z' })],
  ] as const) {
    it(`is not confirmed by a log entry with ${what}`, async () => {
      const { outcome } = await play({ before: unlocked, log: () => [other, old] }).end();
      assert.deepEqual(said(outcome), { kind: 'unconfirmed', reason: 'unseen' });
    });
  }

  for (const completion of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 254, 255]) {
    it(`has failed for the reason that the log gives, once nothing has followed it for 6 s: ${completion}`, async () => {
      const { outcome, after } = await play({
        log: (seconds) => (seconds < 3 ? [old] : [entry({ state: completion }), old]),
      }).end();
      assert.deepEqual(said(outcome), { kind: 'failed', completion });
      assert.equal(after, 10.5 * second);
    });
  }

  it('has failed at the deadline by an entry that comes just before it', async () => {
    const { outcome, after } = await play({ log: (seconds) => (seconds < 28 ? [] : [entry({ state: 1 })]) }).end();
    assert.deepEqual([outcome.kind, after], ['failed', deadline]);
  });

  it('has not failed by an entry after which the device could not be read any more: ours may have followed it', async () => {
    const { outcome, after } = await play({
      device: (seconds) => {
        if (seconds > 2) throw new NukiError('network');
        return locked;
      },
      log: () => [entry({ state: 1 }), old],
    }).end();
    assert.deepEqual(said(outcome), { kind: 'unconfirmed', reason: 'unreadable' });
    assert.equal(after, deadline);
  });

  it('has failed for the reason that the log gives, although a hand has brought the device there', async () => {
    const byHand = lock(since, { state: 3, lastAction: 1, trigger: 1 });
    const { outcome } = await play({ device: () => byHand, log: () => [entry({ state: 1 }), old] }).end();
    assert.deepEqual(said(outcome), { kind: 'failed', completion: 1 });
  });

  it('has failed by the fault that the device reports where the log does not answer', async () => {
    const blocked = lock(since, { state: 254, lastAction: 1 });
    const log = (): never => {
      throw new NukiError('server', { status: 502 });
    };
    const { outcome, after } = await play({
      device: (seconds) => (seconds < 3 ? unlocking : blocked),
      log,
    }).end();
    assert.deepEqual(said(outcome), { kind: 'fault', state: 254 });
    assert.equal(after, 10.5 * second);
  });

  it('a fault that the device had before is not the reason', async () => {
    const blocked = lock({}, { state: 254, lastAction: 1 });
    const still = lock(since, { state: 254, lastAction: 1 });
    for (const logBefore of [[old], undefined]) {
      const { outcome } = await play({ before: blocked, logBefore, device: () => still }).end();
      assert.deepEqual(said(outcome), { kind: 'unconfirmed', reason: 'unseen' });
    }
  });

  it('asks for no log where the token may not read it', async () => {
    const { logs, end } = play({ logBefore: undefined, device: () => unlocked });
    assert.deepEqual(said((await end()).outcome), { kind: 'unconfirmed', reason: 'unlogged' });
    assert.deepEqual(logs, []);
    const there = play({ before: unlocked, logBefore: undefined, device: () => unlocked });
    assert.deepEqual(said((await there.end()).outcome), { kind: 'unconfirmed', reason: 'unseen' });
  });

  it('waits for a log that does not answer, and then goes by the state alone', async () => {
    const log = (): never => {
      throw new NukiError('server', { status: 502 });
    };
    const { outcome, after } = await play({ device: () => unlocked, log }).end();
    assert.deepEqual(said(outcome), { kind: 'unconfirmed', reason: 'unlogged' });
    assert.equal(after, deadline);
  });

  it("knows an Opener's continuous mode by its mode, and its other actions by its states", async () => {
    const reached = async (action: ActionName, before: Smartlock, now: Smartlock): Promise<unknown> => {
      const { outcome } = await play({ action, before, logBefore: undefined, device: () => now }).end();
      return said(outcome);
    };
    const unlogged = { kind: 'unconfirmed', reason: 'unlogged' };
    const continuous = opener(since, { mode: 3, lastAction: 6 });
    assert.deepEqual(await reached('activateContinuousMode', opener(), continuous), unlogged);
    const later = opener({ updateDate: '2026-11-23T12:00:09.000Z' }, { lastAction: 7 });
    assert.deepEqual(await reached('deactivateContinuousMode', continuous, later), unlogged);
    const ring = opener(since, { state: 3, lastAction: 1 });
    assert.deepEqual(await reached('activateRingToOpen', opener(), ring), unlogged);
  });

  it('goes on looking when a look fails, and sees it later', async () => {
    const { outcome, after } = await play({
      device: (seconds) => {
        if (seconds < 10) throw new NukiError(seconds < 5 ? 'network' : 'server', { status: 502 });
        return unlocked;
      },
      log: () => success,
    }).end();
    assert.equal(outcome.kind, 'confirmed');
    assert.equal(after, 10.5 * second);
  });

  it('says that the device could not be read when every look fails', async () => {
    const scene = play({
      device: () => {
        throw new NukiError('timeout');
      },
    });
    assert.deepEqual(said((await scene.end()).outcome), { kind: 'unconfirmed', reason: 'unreadable' });
  });

  it('does not hide an unforeseen error', async () => {
    const unforeseen = (): Promise<never> => Promise.reject(new RangeError('unforeseen'));
    for (const reading of [
      { device: unforeseen, log: () => Promise.resolve([]) },
      { device: () => Promise.resolve(unlocked), log: unforeseen },
    ]) {
      const clock = new FakeClock();
      const sent: Sent = { action: 'unlock', at: start, device: locked, log: [] };
      const { signal } = new AbortController();
      const following = assert.rejects(follow(sent, reading, clock, signal), RangeError);
      await clock.advance(2 * second);
      await following;
      assert.equal(clock.waiting, 0);
    }
  });

  it('gives up a look that hangs when the time is over', async () => {
    const { looks, end } = play({ takes: () => 10 * deadline });
    const { outcome, after } = await end();
    assert.deepEqual([outcome.kind, after, looks.length], ['unconfirmed', deadline, 1]);
  });

  it('does not make up for looks that a slow one has missed', async () => {
    const { looks, end } = play({ takes: (seconds) => (seconds < 2 ? 10 * second : 0) });
    await end();
    assert.deepEqual(
      looks.slice(0, 4),
      [1.5, 12, 13.5, 15].map((seconds) => seconds * second),
    );
  });

  it('stops when it is told to, which says nothing of the door', async () => {
    const { clock, stop, looks, end } = play({ device: () => unlocking });
    await clock.advance(4 * second);
    stop.abort();
    const { outcome, after } = await end(0);
    assert.deepEqual([outcome.kind, after, looks.length], ['unwatched', 4 * second, 3]);
  });

  it('does not look at all when it was stopped before', async () => {
    const clock = new FakeClock();
    const reading = { device: () => assert.fail('looked'), log: () => assert.fail('looked') };
    const sent: Sent = { action: 'lock', at: start, device: locked, log: [] };
    const outcome = await follow(sent, reading, clock, AbortSignal.abort());
    assert.equal(outcome.kind, 'unwatched');
    assert.equal(clock.waiting, 0);
  });

  it('ends by itself when the clock is set back', async () => {
    const { clock, end } = play({ device: () => unlocking });
    await clock.advance(4 * second);
    clock.jump(-3_600 * second);
    const { outcome } = await end(3_600 * second + deadline);
    assert.equal(outcome.kind, 'unconfirmed');
  });
});

describe("following a lock 'n' go", () => {
  const openedFirst = lock(since, { state: 6, lastAction: 4 });

  it('goes on for 100 s once it has opened, and looks every 3 s then', async () => {
    const { looks, end } = play({ action: 'lockNGo', device: () => openedFirst, log: () => [entry({ action: 4 })] });
    const { outcome, after } = await end();
    assert.deepEqual(said(outcome), { kind: 'unconfirmed', reason: 'lockingUnseen' });
    assert.equal(after, lockNGoDeadline);
    const late = looks.filter((time) => time >= deadline);
    assert.deepEqual(late.slice(0, 3), [30_500, 33_500, 36_500]);
    assert.equal(late.length, 24);
  });

  it('is not over while the device is reported as it was before, or busy', async () => {
    const log = (): ActivityEntry[] => [entry({ action: 4 }), old];
    for (const still of [lock(since), lock({ ...since, operationId: 'x' }, { lastAction: 4 })]) {
      const { outcome, after } = await play({ action: 'lockNGo', device: () => still, log }).end();
      assert.deepEqual(said(outcome), { kind: 'unconfirmed', reason: 'lockingUnseen' });
      assert.equal(after, lockNGoDeadline);
    }
  });

  it('is over where its opening was missed and it is the last action', async () => {
    const over = lock(since, { lastAction: 4 });
    const log = (): ActivityEntry[] => [entry({ action: 4 }), old];
    const { outcome } = await play({ action: 'lockNGo', device: () => over, log }).end();
    assert.deepEqual(said(outcome), { kind: 'confirmed' });
  });

  it('ends after 30 s where nothing of it was seen', async () => {
    const { outcome, after } = await play({ action: 'lockNGo' }).end();
    assert.deepEqual(said(outcome), { kind: 'unconfirmed', reason: 'unseen' });
    assert.equal(after, deadline);
  });
});

describe('following while Nuki asks to wait', () => {
  const pausedFor = (seconds: number) => (now: number) => {
    if (now < seconds) throw new NukiError('rateLimited', { retryAt: start + seconds * second });
    return unlocked;
  };

  it('looks again at the time that Nuki names, and not before', async () => {
    const { looks, end } = play({ device: pausedFor(20), log: () => success });
    const { outcome } = await end();
    assert.equal(outcome.kind, 'confirmed');
    assert.deepEqual(looks, [1_500, 21_000]);
  });

  it('ends at once where that is later than an action is followed, and tells the time', async () => {
    for (const seconds of [30, 900]) {
      const { looks, end } = play({ device: pausedFor(seconds) });
      const { outcome, after } = await end();
      const retryAt = start + seconds * second;
      assert.deepEqual(said(outcome), { kind: 'unconfirmed', reason: 'rateLimited', retryAt });
      assert.deepEqual([after, looks], [1_500, [1_500]]);
    }
  });

  it('keeps to it also where the log asks', async () => {
    const { looks, end } = play({
      device: () => unlocked,
      log: (seconds) => {
        if (seconds < 10) throw new NukiError('rateLimited', { retryAt: start + 10 * second });
        return success;
      },
    });
    const { outcome, after } = await end();
    assert.deepEqual([outcome.kind, after, looks.length], ['confirmed', 10_500, 2]);
  });
});
