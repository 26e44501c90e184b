import assert from 'node:assert/strict';
import { ApplicationTurn } from '../../../../src/access/apply/applicationTurn.ts';
import { FakeRecords } from '../../model/fakes.ts';

const account = '7';
const minute = 60_000;
const now = 1_000 * minute;

describe('the turn to apply a plan', () => {
  it('is of one window at a time', () => {
    const disk = new Map<string, unknown>();
    const [first, second] = [new FakeRecords(disk), new FakeRecords(disk)];
    const turn = ApplicationTurn.take(first, account, now);
    assert.ok(turn);
    assert.equal(ApplicationTurn.take(second, account, now + minute), undefined);
    assert.ok(turn.keep(now + minute));
    turn.giveBack();
    assert.ok(ApplicationTurn.take(second, account, now + 2 * minute));
  });

  it('is of one of two windows that want it at the same moment', () => {
    const disk = new Map<string, unknown>();
    const first = new FakeRecords(disk);
    const second = new FakeRecords(disk);
    second.reload = () => undefined; // it has looked just before the other took it
    assert.ok(ApplicationTurn.take(first, account, now));
    assert.equal(ApplicationTurn.take(second, account, now), undefined);
  });

  it('of one account is none of another', () => {
    const disk = new Map<string, unknown>();
    assert.ok(ApplicationTurn.take(new FakeRecords(disk), account, now));
    assert.ok(ApplicationTurn.take(new FakeRecords(disk), '77', now));
  });

  it('that a window has left behind blocks for ten minutes after its last sign, and no longer', () => {
    const disk = new Map<string, unknown>();
    const crashed = ApplicationTurn.take(new FakeRecords(disk), account, now);
    crashed?.keep(now + 5 * minute);
    const other = new FakeRecords(disk);
    assert.equal(ApplicationTurn.take(other, account, now + 14 * minute), undefined);
    assert.ok(ApplicationTurn.take(other, account, now + 15 * minute));
    assert.equal(disk.size, 1);
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
