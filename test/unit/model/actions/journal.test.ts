import assert from 'node:assert/strict';
import { Journal, type SentAction } from '../../../../src/model/actions/journal.ts';
import type { Outcome } from '../../../../src/model/actions/operation.ts';
import { lock, lockId, ref } from '../../devices.ts';
import { FakeClock } from '../../fakeClock.ts';
import { accountId, FakeRecords } from '../fakes.ts';

const front = ref(lockId);
const minute = 60_000;

/** Windows that share one disk and one clock. */
function setUp() {
  const clock = new FakeClock();
  const disk = new Map<string, unknown>();
  const open = (session: string): Journal => new Journal(new FakeRecords(disk), session, clock);
  return { clock, disk, open, one: open('one'), other: open('other') };
}

describe('the journal of actions under way', () => {
  it('holds an action from before it is sent until its end is told', () => {
    const { clock, one } = setUp();
    assert.equal(one.begin(front, 'unlock'), undefined);
    const sent: SentAction = { accountId, smartlockId: lockId, action: 'unlock', since: clock.now(), session: 'one' };
    assert.deepEqual(one.entries, [sent]);
    assert.equal(one.has(sent), true);
    one.end(front, { kind: 'confirmed', at: clock.now() });
    assert.deepEqual(one.entries, []);
    assert.equal(one.has(sent), false);
  });

  it('forgets at once what was not sent after all', () => {
    const { disk, one } = setUp();
    one.begin(front, 'unlock');
    one.end(front, undefined);
    assert.equal(disk.size, 0);
  });

  it('lets one window at a time act on a lock, whichever account and action it uses', () => {
    const { one, other } = setUp();
    assert.equal(one.begin(front, 'unlock'), undefined);
    const theirs = other.begin(ref(lockId, '8'), 'lock');
    assert.deepEqual([theirs?.session, theirs?.action], ['one', 'unlock']);
    assert.equal(other.begin(ref(lockId + 1), 'lock'), undefined, 'another lock');
    one.end(front, { kind: 'confirmed', at: 0 });
    assert.equal(other.begin(front, 'lock'), undefined, 'the first is over');
  });

  it('is not hindered by an action of its own whose end was never told: the doorkeeper knows what it does', () => {
    const { one, disk } = setUp();
    one.begin(front, 'unlock');
    assert.equal(one.begin(front, 'lock'), undefined);
    one.end(front, undefined);
    assert.equal(disk.size, 0);
  });

  it('lets one act of two that begin in the very same moment', () => {
    const { disk, clock } = setUp();
    /** Records that another window writes just after they were read. */
    class Overtaken extends FakeRecords {
      override create(key: string, value: unknown): boolean {
        disk.set(key, Object.assign({}, value, { session: 'faster' }));
        return super.create(key, value);
      }
    }
    const journal = new Journal(new Overtaken(disk), 'slower', clock);
    assert.equal(journal.begin(front, 'unlock')?.session, 'faster');
    assert.equal(disk.size, 1);
  });

  it('lets others act after a window that ended in the middle, and keeps its action to be told', async () => {
    const { clock, open, one } = setUp();
    one.begin(front, 'unlock');
    await clock.advance(55_000 - 1);
    assert.equal(open('later').begin(front, 'unlock')?.session, 'one');
    await clock.advance(1);
    assert.equal(open('later').begin(front, 'unlock'), undefined);
    assert.deepEqual(
      open('told').entries.map(({ session }) => session),
      ['one', 'later'],
    );
  });

  it('lets one window at a time act also after the clock was set back a little, and any after it was set back far', () => {
    const { clock, one, other } = setUp();
    one.begin(front, 'unlock');
    clock.jump(-1_000);
    assert.equal(other.begin(front, 'unlock')?.session, 'one');
    clock.jump(-55_000);
    assert.equal(other.begin(front, 'unlock'), undefined);
  });

  it("waits longer for a lock 'n' go, and not at all after the clock was set back far", () => {
    const { clock, one } = setUp();
    const since = clock.now();
    const sent: SentAction = { accountId, smartlockId: lockId, action: 'unlock', since, session: 'x' };
    assert.equal(one.followedFor(sent), 55_000);
    assert.equal(one.followedFor({ ...sent, action: 'lockNGo' }), 125_000);
    clock.jump(54_999);
    assert.equal(one.followedFor(sent), 1);
    clock.jump(1);
    assert.equal(one.followedFor(sent), 0);
    clock.jump(-110_000);
    assert.equal(one.followedFor(sent), 0);
  });

  it('tells another window how an action ended, without the devices', async () => {
    const { clock, disk, one, other } = setUp();
    one.begin(front, 'unlock');
    const theirs = other.begin(front, 'unlock');
    assert.ok(theirs);
    const { signal } = new AbortController();
    const waiting = other.endOf(theirs, signal);
    await clock.advance(3_000);
    one.end(front, { kind: 'confirmed', at: clock.now(), reportedBefore: lock() });
    await clock.advance(1_000);
    assert.deepEqual(await waiting, { kind: 'confirmed', at: clock.now() - 1_000 });
    assert.equal(clock.waiting, 0);
    assert.ok(!JSON.stringify([...disk]).includes('Front door'));
  });

  it('tells no other window that an action is done where the device has moved on since', async () => {
    const { clock, disk, one, other } = setUp();
    one.begin(front, 'lock');
    const theirs = other.begin(front, 'lock');
    assert.ok(theirs);
    const waiting = other.endOf(theirs, new AbortController().signal);
    one.end(front, { kind: 'confirmed', at: clock.now(), now: lock({}, { state: 3 }) });
    await clock.advance(1_000);
    assert.equal(await waiting, undefined);
    assert.equal(disk.size, 0);
  });

  it('tells nothing where the window that acts has ended, did not send, or is not waited for', async () => {
    const { clock, one, other } = setUp();
    one.begin(front, 'unlock');
    const theirs = other.begin(front, 'unlock');
    assert.ok(theirs);
    const stopped = new AbortController();
    const { signal } = new AbortController();
    const waiting = [other.endOf(theirs, stopped.signal), other.endOf(theirs, signal)];
    stopped.abort();
    assert.equal(await waiting[0], undefined);
    await clock.advance(minute);
    assert.equal(await waiting[1], undefined);
    one.end(front, undefined);
    assert.equal(await other.endOf(theirs, signal), undefined);
    assert.equal(clock.waiting, 0);
  });

  it('keeps no ended action for long', async () => {
    const { clock, disk, one, other } = setUp();
    one.begin(front, 'unlock');
    one.end(front, { kind: 'unwatched', at: clock.now() });
    other.begin(front, 'lock');
    assert.equal(disk.size, 1, 'replaced by the next');
    other.end(front, { kind: 'confirmed', at: clock.now() });
    one.forgetEnded();
    assert.equal(disk.size, 1, 'another window may just be waiting for it');
    await clock.advance(minute);
    const later = new Journal(new FakeRecords(disk), 'later', clock);
    later.forgetEnded();
    assert.equal(disk.size, 0);
  });

  it('acts all the same where nothing can be written', () => {
    const full = (): never => {
      throw new Error('no space left');
    };
    class FullDisk extends FakeRecords {
      override create = full;
      override write = full;
      override delete = full;
    }
    const journal = new Journal(new FullDisk(), 'one', new FakeClock());
    assert.equal(journal.begin(front, 'unlock'), undefined);
    journal.end(front, { kind: 'confirmed', at: 0 });
  });

  it('takes no notice of records that it did not write', () => {
    const clock = new FakeClock();
    const sent = { accountId, smartlockId: lockId, action: 'unlock', since: clock.now(), session: 'one' };
    const outcomes: unknown[] = [
      {},
      { kind: 'opened', at: 1 },
      { kind: 'confirmed' },
      { kind: 'fault', at: 1 },
      { kind: 'unconfirmed', at: 1, reason: 'because' },
    ];
    const odd: unknown[] = [
      { ...sent, action: 'constructor' },
      { ...sent, since: 'now' },
      { ...sent, accountId: 7 },
      { ...sent, smartlockId: '42' },
      { ...sent, session: undefined },
      ...outcomes.map((outcome) => ({ ...sent, outcome })),
      'unlock',
      null,
    ];
    const disk = new Map<string, unknown>(odd.map((value, index) => [`sent/${lockId}/${index + 2}`, value]));
    disk.set(`sent/${lockId}/1`, sent).set('account/7', sent);
    assert.deepEqual(new Journal(new FakeRecords(disk), 'other', clock).entries, [sent]);
  });

  it('knows every way in which an action ends', () => {
    const ends: readonly Outcome[] = [
      { kind: 'failed', at: 1 },
      { kind: 'failed', at: 1, completion: 1 },
      { kind: 'fault', at: 1, state: 254 },
      { kind: 'unconfirmed', at: 1, reason: 'rateLimited', retryAt: 2 },
      { kind: 'unwatched', at: 1 },
    ];
    for (const outcome of ends) {
      const { disk, one } = setUp();
      one.begin(front, 'unlock');
      one.end(front, outcome);
      assert.deepEqual(
        [...disk.values()].map((value) => Object.assign({ outcome: undefined }, value).outcome),
        [outcome],
      );
    }
  });
});
