import assert from 'node:assert/strict';
import { ApplicationTurn } from '../../../../src/access/apply/applicationTurn.ts';
import { FakeClock } from '../../fakeClock.ts';
import { FakeRecords } from '../../model/fakes.ts';

const account = '7';
const minute = 60_000;
const second = 1_000;
const now = 1_000 * minute;

describe('the turn to apply a plan', () => {
  it('is of one window at a time', () => {
    const disk = new Map<string, unknown>();
    const [one, other] = [new FakeRecords(disk), new FakeRecords(disk)];
    const turn = ApplicationTurn.take(one, account, now);
    assert.ok(turn);
    assert.equal(ApplicationTurn.take(other, account, now + second), undefined);
    assert.ok(turn.keep(now + second));
    turn.giveBack();
    assert.ok(ApplicationTurn.take(other, account, now + 2 * second));
  });

  it('is of one of two windows that want it at the same moment', () => {
    const disk = new Map<string, unknown>();
    const one = new FakeRecords(disk);
    const other = new FakeRecords(disk);
    other.reload = () => undefined; // it has looked just before the other took it
    assert.ok(ApplicationTurn.take(one, account, now));
    assert.equal(ApplicationTurn.take(other, account, now), undefined);
  });

  it('of one account is none of another', () => {
    const disk = new Map<string, unknown>();
    assert.ok(ApplicationTurn.take(new FakeRecords(disk), account, now));
    assert.ok(ApplicationTurn.take(new FakeRecords(disk), '77', now));
  });

  it('that a window has left behind blocks for half a minute after its last sign, and no longer', () => {
    const disk = new Map<string, unknown>();
    const crashed = ApplicationTurn.take(new FakeRecords(disk), account, now);
    crashed?.keep(now + 5 * minute);
    const other = new FakeRecords(disk);
    assert.equal(ApplicationTurn.take(other, account, now + 5 * minute + 29 * second), undefined);
    assert.ok(ApplicationTurn.take(other, account, now + 5 * minute + 30 * second));
    assert.equal(disk.size, 1);
  });

  it('is of the same window for as long as that lives, however long one step takes', async () => {
    const disk = new Map<string, unknown>();
    const clock = new FakeClock(now);
    const ended = new AbortController();
    const kept = ApplicationTurn.take(new FakeRecords(disk), account, now)?.keepUntil(ended.signal, clock);
    const other = new FakeRecords(disk);
    await clock.advance(4 * minute);
    assert.equal(ApplicationTurn.take(other, account, clock.now()), undefined);
    ended.abort();
    await kept;
    assert.equal(clock.waiting, 0);
    await clock.advance(minute);
    assert.ok(ApplicationTurn.take(other, account, clock.now()));
  });

  it('is lost by a window that slept while another one took it', () => {
    const disk = new Map<string, unknown>();
    const asleep = ApplicationTurn.take(new FakeRecords(disk), account, now);
    const other = ApplicationTurn.take(new FakeRecords(disk), account, now + 30 * minute);
    assert.equal(asleep?.keep(now + 30 * minute), false);
    assert.ok(other?.keep(now + 30 * minute));
  });

  it('is lost by a window whose turn another one has given back since', () => {
    const disk = new Map<string, unknown>();
    const asleep = ApplicationTurn.take(new FakeRecords(disk), account, now);
    ApplicationTurn.take(new FakeRecords(disk), account, now + 30 * minute)?.giveBack();
    assert.equal(asleep?.keep(now + 31 * minute), false);
  });

  it('is not blocked by what no window has written, nor by a clock that was set back', () => {
    const disk = new Map<string, unknown>([['applying/7/x', 'nonsense']]);
    assert.ok(ApplicationTurn.take(new FakeRecords(disk), account, now));
    assert.ok(ApplicationTurn.take(new FakeRecords(disk), account, now - 60 * minute));
  });
});
