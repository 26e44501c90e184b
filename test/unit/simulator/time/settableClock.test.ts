import assert from 'node:assert/strict';
import { SettableClock } from '../../../../src/simulator/time/settableClock.ts';
import { FakeClock } from '../../fakeClock.ts';

const start = Date.UTC(2026, 2, 1, 12);
const hour = 3_600_000;

function clockOf(speed?: number) {
  const computer = new FakeClock();
  return { computer, clock: new SettableClock(computer, start, speed) };
}

/** Whether `wait` has ended. */
function ended(wait: Promise<void>): { is: boolean } {
  const end = { is: false };
  void wait.then(() => (end.is = true));
  return end;
}

describe('A clock that can be set', () => {
  it('starts when it is told to, and runs with the computer', async () => {
    const { computer, clock } = clockOf();
    assert.equal(clock.now(), start);
    await computer.advance(1500);
    assert.equal(clock.now(), start + 1500);
  });

  it('runs as fast as it is told to, from then on', async () => {
    const { computer, clock } = clockOf(60);
    await computer.advance(1000);
    assert.equal(clock.now(), start + 60_000);
    clock.run(0.5);
    await computer.advance(1000);
    assert.equal(clock.now(), start + 60_500);
  });

  it('stands still at speed 0 until it is advanced', async () => {
    const { computer, clock } = clockOf(0);
    await computer.advance(hour);
    assert.equal(clock.now(), start);
    clock.advance(hour);
    assert.equal(clock.now(), start + hour);
  });

  it('never goes back, also where the computer’s clock does', async () => {
    const { computer, clock } = clockOf();
    assert.throws(() => clock.set(start - 1), {
      name: 'RangeError',
      message: /does not go back: it is 2026-03-01T12:00/,
    });
    assert.throws(() => clock.advance(-1), RangeError);
    await computer.advance(1000);
    assert.equal(clock.now(), start + 1000);
    computer.jump(-hour);
    assert.equal(clock.now(), start + 1000);
    await computer.advance(1000);
    assert.equal(clock.now(), start + 2000);
  });

  it('refuses times and speeds that no clock has', () => {
    const { clock } = clockOf();
    for (const time of [NaN, Infinity, 1e15]) assert.throws(() => clock.set(time), RangeError);
    for (const speed of [NaN, Infinity, -1, 1e6]) assert.throws(() => clock.run(speed), RangeError);
    assert.throws(() => new SettableClock(new FakeClock(), -1), RangeError);
  });

  it('ends a wait at its own time', async () => {
    const { computer, clock } = clockOf(10);
    const end = ended(clock.wait(10_000));
    await computer.advance(999);
    assert.equal(end.is, false);
    await computer.advance(1);
    assert.equal(end.is, true);
  });

  it('ends a wait that it is set beyond, and prolongs one when it is slowed down', async () => {
    const { computer, clock } = clockOf();
    const end = ended(clock.wait(10_000));
    clock.run(0.1);
    await computer.advance(10_000);
    assert.equal(end.is, false);
    clock.advance(9000);
    await computer.advance(0);
    assert.equal(end.is, true);
    assert.equal(computer.waiting, 0);
  });

  it('waits for longer than the computer’s timers can', async () => {
    const { computer, clock } = clockOf();
    const end = ended(clock.wait(60 * 24 * hour));
    await computer.advance(59 * 24 * hour);
    assert.equal(end.is, false);
    await computer.advance(24 * hour);
    assert.equal(end.is, true);
  });

  it('ends a wait when its signal aborts or when it is disposed, and leaves no timer', async () => {
    const { computer, clock } = clockOf();
    const controller = new AbortController();
    const aborted = ended(clock.wait(hour, controller.signal));
    const disposed = [ended(clock.wait(hour)), ended(clock.wait(Infinity))];
    controller.abort();
    await computer.advance(0);
    assert.deepEqual([aborted.is, ...disposed.map(({ is }) => is)], [true, false, false]);
    clock.dispose();
    await computer.advance(0);
    assert.ok(disposed.every(({ is }) => is));
    assert.equal(computer.waiting, 0);
    await clock.wait(hour);
  });
});
