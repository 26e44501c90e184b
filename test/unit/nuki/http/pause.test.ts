import assert from 'node:assert/strict';
import { Pause } from '../../../../src/nuki/http/pause.ts';
import { FakeClock } from '../../fakeClock.ts';

const second = 1_000;
const hour = 3_600_000;

describe('a pause that the API has asked for', () => {
  it('lasts until its time, to the millisecond, and tells that time without a status', () => {
    const clock = new FakeClock();
    const pause = new Pause(clock);
    pause.throwIfActive();
    const retryAt = clock.now() + 120 * second;
    pause.begin(retryAt);
    const refused = { name: 'NukiError', reason: 'rateLimited', retryAt, status: undefined };
    assert.throws(() => pause.throwIfActive(), refused);
    clock.jump(120 * second - 1);
    assert.throws(() => pause.throwIfActive(), refused);
    clock.jump(1);
    pause.throwIfActive();
  });

  it('is not shortened by an answer that asks for less', () => {
    const clock = new FakeClock();
    const pause = new Pause(clock);
    pause.begin(clock.now() + 120 * second);
    pause.begin(clock.now() + 10 * second);
    clock.jump(60 * second);
    assert.throws(() => pause.throwIfActive(), { reason: 'rateLimited' });
  });

  it('does not last for days when the clock was set back, but as long as it would have', () => {
    const clock = new FakeClock();
    const pause = new Pause(clock);
    pause.begin(clock.now() + 60 * second);
    clock.jump(-24 * hour);
    assert.throws(() => pause.throwIfActive(), { retryAt: clock.now() + 60 * second });
    clock.jump(60 * second);
    pause.throwIfActive();
  });
});
