import assert from 'node:assert/strict';
import { deadline, lookTimes } from '../../src/model/follow.ts';
import { missed } from '../bench/bench.ts';
import { drawEnds, gatesOf, measure } from '../bench/schedule.ts';

const ends = drawEnds(1, 20_000);

describe('the bench of the looks', () => {
  it('the looks of an action keep within their gates', () => {
    assert.deepEqual(
      missed(
        gatesOf(
          measure(
            lookTimes.filter((time) => time < deadline),
            ends,
          ),
        ),
      ),
      [],
    );
  });

  it('sees a schedule that looks too seldom, and one that looks too often', () => {
    const names = (ms: number): string[] => {
      const times = Array.from({ length: deadline / ms }, (_, n) => (n + 1) * ms);
      return missed(gatesOf(measure(times, ends))).map(({ name }) => name);
    };
    assert.deepEqual(names(2_000), ['mean lag, s', '95 % lag, s']);
    assert.deepEqual(names(500), ['looks per action']);
  });

  it('counts the lag of what is seen, and the looks of everything', () => {
    const { meanLag, lag95, requests, unseen } = measure([1_000, 2_000], [500, 1_000, 1_200, 9_000]);
    assert.deepEqual([meanLag, lag95, requests, unseen], [1_300 / 3, 800, 1.5, 0.25]);
  });

  it('misses a gate by a figure that is none', () => {
    assert.equal(missed([{ name: 'lag', value: NaN, limit: 1 }]).length, 1);
  });

  it('draws operations of which half are over after 3 s, and 95 % after 10 s', () => {
    const before = (ms: number): number => ends.filter((end) => end < ms).length / ends.length;
    assert.ok(Math.abs(before(3_000) - 0.5) < 0.02);
    assert.ok(Math.abs(before(10_000) - 0.95) < 0.01);
  });
});
