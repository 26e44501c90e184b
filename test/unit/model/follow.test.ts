import assert from 'node:assert/strict';
import { deadline, follow, lookTimes, type Before } from '../../../src/model/follow.ts';
import type { Outcome } from '../../../src/model/operation.ts';
import type { ActivityEntry } from '../../../src/nuki/activityLog.ts';
import { NukiError } from '../../../src/nuki/http/errors.ts';
import type { ActionName } from '../../../src/nuki/vocabulary/kinds.ts';
import type { Smartlock } from '../../../src/nuki/smartlock.ts';
import { lock, opener } from '../devices.ts';
import { FakeClock } from '../fakeClock.ts';

const second = 1_000;

const locked = lock();
const unlocked = lock({}, { state: 3, lastAction: 1 });
const unlocking = lock({}, { state: 2, lastAction: 1 });

const entry = (fields: Partial<ActivityEntry> = {}): ActivityEntry => ({
  id: 'new',
  action: 1,
  trigger: 4,
  state: 0,
  date: '2026-11-23T12:30:00.000Z', // after the last change of the device
  name: undefined,
  source: undefined,
  ...fields,
});
const old = entry({ id: 'old' });

interface Scene {
  readonly action?: ActionName;
  readonly before?: Before;
  /** What the device is, by seconds since the action was sent. */
  readonly device?: (seconds: number) => Smartlock;
  readonly log?: (seconds: number) => readonly ActivityEntry[];
  /** How long each reading of the device takes, in milliseconds. */
  readonly takes?: (seconds: number) => number;
}

/** Follows an action on a clock whose hands are turned to the end, and tells when it looked. */
function play({ action = 'unlock', before = { device: locked, log: [old] }, device, log, takes }: Scene) {
  const clock = new FakeClock();
  const start = clock.now();
  const stop = new AbortController();
  const looks: number[] = [];
  const logs: number[] = [];
  const seconds = (): number => (clock.now() - start) / second;
  const reading = {
    device: async (signal: AbortSignal): Promise<Smartlock> => {
      looks.push(clock.now() - start);
      await clock.wait(takes?.(seconds()) ?? 0, signal);
      if (signal.aborted) throw new NukiError('cancelled');
      return device?.(seconds()) ?? before.device;
    },
    log: async (): Promise<readonly ActivityEntry[]> => {
      logs.push(clock.now() - start);
      return log?.(seconds()) ?? [old];
    },
  };
  const following = follow(action, before, reading, clock, stop.signal);
  const end = async (ms = 2 * deadline): Promise<{ outcome: Outcome; after: number }> => {
    await clock.advance(ms);
    const outcome = await following;
    assert.equal(clock.waiting, 0, 'a wait was left behind');
    return { outcome, after: outcome.at - start };
  };
  return { clock, stop, looks, logs, end };
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
    assert.equal(outcome.kind, 'unconfirmed');
    assert.equal(after, 30 * second);
  });

  it('says "unconfirmed" after 30 s when nothing happens', async () => {
    const { outcome, after } = await play({}).end();
    assert.equal(outcome.kind, 'unconfirmed');
    assert.equal(after, deadline);
  });

  it('is confirmed when the device rests where the action leads, by an action of this kind', async () => {
    const { outcome, after } = await play({
      device: (seconds) => (seconds < 2 ? unlocking : unlocked),
    }).end();
    assert.equal(outcome.kind, 'confirmed');
    assert.equal(after, 2.5 * second);
  });

  it('is not confirmed while the device moves or is busy', async () => {
    const busy = { ...unlocked, operationId: true };
    const { outcome, after } = await play({
      device: (seconds) => (seconds < 5 ? unlocking : seconds < 12 ? busy : unlocked),
      log: () => [entry(), old],
    }).end();
    assert.equal(outcome.kind, 'confirmed');
    assert.equal(after, 12 * second);
  });

  it('takes no entry for its own that is not dated after the last change of the device', async () => {
    for (const date of [locked.updateDate, '2020-01-01T00:00:00.000Z', 'yesterday', undefined]) {
      const { end } = play({
        action: 'lock',
        before: { device: locked, log: [] },
        device: () => locked,
        log: () => [entry({ action: 2, date })],
      });
      assert.equal((await end()).outcome.kind, 'unconfirmed', date);
    }
  });

  it('is confirmed by a log entry that was not there before, of this action, by the Web API', async () => {
    const { outcome, after } = await play({
      before: { device: unlocked, log: [old] },
      log: (seconds) => (seconds < 4 ? [old] : [entry(), old]),
    }).end();
    assert.deepEqual(outcome, { kind: 'confirmed', reportedBefore: unlocked, at: outcome.at });
    assert.equal(after, 4.5 * second);
  });

  it('was there already only where the action could change nothing, as far as was reported', async () => {
    const alreadyThere = async (scene: Scene): Promise<boolean> => {
      const { outcome } = await play({ device: () => unlocked, ...scene }).end();
      assert.equal(outcome.kind, 'confirmed');
      return outcome.reportedBefore !== undefined;
    };
    const there: Before = { device: unlocked, log: [old] };
    assert.equal(await alreadyThere({ before: there, log: () => [entry()] }), true);
    const pulled = [entry({ action: 3 })];
    assert.equal(
      await alreadyThere({ action: 'unlatch', before: there, log: () => pulled }),
      false,
      'a latch is pulled',
    );
    const unlatched: Before = { device: lock({}, { state: 5 }), log: [old] };
    assert.equal(await alreadyThere({ before: unlatched, log: () => [entry()] }), false, 'another state before');
    const untold: Before = { device: lock({ state: undefined }), log: [old] };
    assert.equal(await alreadyThere({ before: untold, log: () => [entry()] }), false, 'no state before');
    assert.equal(await alreadyThere({ log: () => [entry()] }), false, 'it has moved');
  });

  it('is not confirmed by the state of a device that was there already', async () => {
    const { outcome } = await play({ before: { device: unlocked, log: [old] }, device: () => unlocked }).end();
    assert.equal(outcome.kind, 'unconfirmed');
  });

  it('is not confirmed by a device that was there already, was busy with something, and is there again', async () => {
    const { outcome } = await play({
      before: { device: unlocked, log: [old] },
      device: (seconds) => (seconds < 4 ? { ...unlocked, operationId: true } : unlocked),
    }).end();
    assert.equal(outcome.kind, 'unconfirmed');
  });

  it('is not confirmed by the state of a device that may have been there: it was busy', async () => {
    const { outcome } = await play({
      before: { device: { ...unlocked, operationId: true }, log: [old] },
      device: () => unlocked,
    }).end();
    assert.equal(outcome.kind, 'unconfirmed');
  });

  it('takes any new entry for its own where it is not known when the device last changed, if that is dated itself', async () => {
    for (const [date, result] of [
      ['2026-11-23T12:30:00.000Z', 'confirmed'],
      ['yesterday', 'unconfirmed'],
    ]) {
      const device = lock({ updateDate: undefined }, { state: 3 });
      const { outcome } = await play({ before: { device, log: [] }, log: () => [entry({ date })] }).end();
      assert.equal(outcome.kind, result);
    }
  });

  it('is not confirmed by the state of a device that may have been there: its state was not told', async () => {
    const { outcome } = await play({
      action: 'lock',
      before: { device: lock({ state: undefined }), log: [old] },
      device: () => locked,
    }).end();
    assert.equal(outcome.kind, 'unconfirmed');
  });

  it('has not ended while the device still moves, whatever the log says already', async () => {
    const { outcome, after } = await play({
      device: (seconds) => (seconds < 6 ? unlocking : locked),
      log: () => [entry({ state: 2 }), old],
    }).end();
    assert.equal(outcome.kind, 'failed');
    assert.equal(after, 6.5 * second);
  });

  for (const [what, other] of [
    ['another action', entry({ action: 2 })],
    ['another trigger', entry({ trigger: 1 })],
    ['no trigger', entry({ trigger: undefined })],
    ['no word of how it ended', entry({ state: undefined })],
    ['the id of an earlier one', old],
  ] as const) {
    it(`is not confirmed by a log entry with ${what}`, async () => {
      const { outcome } = await play({
        before: { device: unlocked, log: [old] },
        log: () => [other, old],
      }).end();
      assert.equal(outcome.kind, 'unconfirmed');
    });
  }

  it('a success in the log of a device that rests elsewhere confirms nothing', async () => {
    const { outcome } = await play({ device: () => locked, log: () => [entry(), old] }).end();
    assert.equal(outcome.kind, 'unconfirmed');
  });

  it('the right place by another action confirms nothing', async () => {
    const { outcome } = await play({ device: () => lock({}, { state: 3, lastAction: 3 }) }).end();
    assert.equal(outcome.kind, 'unconfirmed');
  });

  for (const completion of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 254, 255]) {
    it(`has failed for the reason that the log gives: ${completion}`, async () => {
      const { outcome, after } = await play({
        log: (seconds) => (seconds < 3 ? [old] : [entry({ state: completion }), old]),
      }).end();
      assert.deepEqual(outcome, { kind: 'failed', completion, at: outcome.at });
      assert.equal(after, 3.5 * second);
    });
  }

  it('has failed for the reason that the log gives, although another hand has brought the device there', async () => {
    const { logs, end } = play({
      device: (seconds) => (seconds < 3 ? unlocking : unlocked),
      log: () => [entry({ state: 1 }), old],
    });
    const { outcome } = await end();
    assert.deepEqual(outcome, { kind: 'failed', completion: 1, at: outcome.at });
    assert.equal(logs.length, 1, 'the log is read when something is about to be claimed');
  });

  it('is confirmed by the state of the device where its log does not answer', async () => {
    const { outcome } = await play({
      device: () => unlocked,
      log: () => {
        throw new NukiError('server', { status: 502 });
      },
    }).end();
    assert.equal(outcome.kind, 'confirmed');
  });

  it('has failed by the fault that the device reports where the log says nothing, or does not answer', async () => {
    const blocked = lock({}, { state: 254, lastAction: 1 });
    const silent = (): never => {
      throw new NukiError('server', { status: 502 });
    };
    for (const log of [() => [old], silent]) {
      const { outcome } = await play({ device: (seconds) => (seconds < 3 ? unlocking : blocked), log }).end();
      assert.deepEqual(outcome, { kind: 'fault', state: 254, at: outcome.at });
    }
  });

  it('a fault that the device had before is not the reason', async () => {
    const blocked = lock({}, { state: 254 });
    const { outcome } = await play({ before: { device: blocked, log: [old] }, device: () => blocked }).end();
    assert.equal(outcome.kind, 'unconfirmed');
  });

  it('goes by the state alone where the token may not read the log', async () => {
    const { logs, end } = play({ before: { device: locked, log: undefined }, device: () => unlocked });
    assert.equal((await end()).outcome.kind, 'confirmed');
    assert.deepEqual(logs, []);
    const there = play({ before: { device: unlocked, log: undefined }, device: () => unlocked });
    assert.equal((await there.end()).outcome.kind, 'unconfirmed', 'it was there already');
    assert.deepEqual(there.logs, []);
  });

  it("knows an Opener's continuous mode by its mode, and its other actions by its states", async () => {
    const before: Before = { device: opener(), log: undefined };
    const continuous = opener({}, { mode: 3, lastAction: 6 });
    const on = await play({ action: 'activateContinuousMode', before, device: () => continuous }).end();
    assert.equal(on.outcome.kind, 'confirmed');
    const off = await play({
      action: 'deactivateContinuousMode',
      before: { device: continuous, log: undefined },
      device: () => opener({}, { lastAction: 7 }),
    }).end();
    assert.equal(off.outcome.kind, 'confirmed');
    const ring = await play({
      action: 'activateRingToOpen',
      before,
      device: () => opener({}, { state: 3, lastAction: 1 }),
    }).end();
    assert.equal(ring.outcome.kind, 'confirmed');
  });

  it('goes on looking when a look fails, and sees it later', async () => {
    const { outcome, after } = await play({
      device: (seconds) => {
        if (seconds < 10) throw new NukiError(seconds < 5 ? 'network' : 'server', { status: 502 });
        return unlocked;
      },
    }).end();
    assert.equal(outcome.kind, 'confirmed');
    assert.equal(after, 10.5 * second);
  });

  it('is not confirmed when every look fails', async () => {
    const scene = play({
      device: () => {
        throw new NukiError('timeout');
      },
    });
    assert.equal((await scene.end()).outcome.kind, 'unconfirmed');
  });

  it('does not hide an unforeseen error', async () => {
    const unforeseen = (): Promise<never> => Promise.reject(new RangeError('unforeseen'));
    for (const reading of [
      { device: unforeseen, log: () => Promise.resolve([]) },
      { device: () => Promise.resolve(unlocked), log: unforeseen },
    ]) {
      const clock = new FakeClock();
      const before = { device: locked, log: [] };
      const { signal } = new AbortController();
      const following = assert.rejects(follow('unlock', before, reading, clock, signal), RangeError);
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
    const outcome = await follow('lock', { device: locked, log: [] }, reading, clock, AbortSignal.abort());
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
