import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import {
  countOnDay,
  countsOf,
  drawnCounts,
  inPeriod,
  without,
} from '../../../../../src/webview/host/calendar/rowCounts.ts';
import type { Range } from '../../../../../src/nuki/authorization/scheduleRanges.ts';

const days = 7;
const end = days * 1_440;

/** Ranges in order that do not touch, as a day or a period has them. */
function ranges(until: number): fc.Arbitrary<readonly Range[]> {
  return fc.uniqueArray(fc.integer({ min: 0, max: until }), { maxLength: 8 }).map((edges) => {
    const sorted = edges.toSorted((a, b) => a - b);
    return Array.from({ length: Math.floor(sorted.length / 2) }, (_, index) => ({
      from: sorted[2 * index] ?? 0,
      until: sorted[2 * index + 1] ?? 0,
    }));
  });
}

const covers = (all: readonly Range[], minute: number): boolean =>
  all.some(({ from, until }) => minute >= from && minute < until);

const openings = fc.record({ sure: ranges(end), more: ranges(end) }).map(({ sure, more }) => ({
  sure,
  possible: inPeriod([[...sure, ...more].toSorted((a, b) => a.from - b.from)]),
}));

describe('how many can enter at the same time', () => {
  it('is at every minute the number of those that open then', () => {
    fc.assert(
      fc.property(fc.array(openings, { maxLength: 6 }), fc.integer({ min: 0, max: end - 1 }), (all, minute) => {
        const counts = countsOf(all);
        const step = counts.find(({ from, until }) => minute >= from && minute < until);
        assert.equal(step?.sure ?? 0, all.filter(({ sure }) => covers(sure, minute)).length);
        assert.equal(step?.possible ?? 0, all.filter(({ possible }) => covers(possible, minute)).length);
        for (const [index, { from, until }] of counts.entries()) {
          assert.ok(from < until && from >= (counts[index - 1]?.until ?? 0));
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('is never less than it is where there are too many steps to be drawn', () => {
    const all = Array.from({ length: 400 }, (_, index) => {
      const spans = Array.from({ length: days }, (__, day) => ({
        from: day * 1_440 + index * 2,
        until: day * 1_440 + index * 2 + 500,
      }));
      return { sure: spans, possible: spans };
    });
    const counts = drawnCounts(countsOf(all), days);
    assert.ok(counts.length <= 250, `${counts.length} steps`);
    for (let minute = 0; minute < end; minute += 97) {
      const exact = all.filter(({ sure }) => covers(sure, minute)).length;
      const step = counts.find(({ from, until }) => minute >= from && minute < until);
      assert.ok((step?.sure ?? 0) >= exact, `minute ${minute}`);
    }
  });

  it('is told of a day by the fewest and the most, none where there is a stretch without anyone', () => {
    const counts = countsOf([
      { sure: [{ from: 0, until: 2_880 }], possible: [{ from: 0, until: 2_880 }] },
      { sure: [{ from: 600, until: 700 }], possible: [{ from: 600, until: 3_000 }] },
    ]);
    assert.deepEqual(countOnDay(counts, 0, 1_440), { least: 1, most: 2, possible: 2 });
    assert.deepEqual(countOnDay(counts, 1, 1_440), { least: 1, most: 1, possible: 2 });
    assert.deepEqual(countOnDay(counts, 2, 1_440), { least: 0, most: 0, possible: 1 });
    assert.deepEqual(countOnDay(counts, 3, 1_440), { least: 0, most: 0, possible: 0 });
  });
});

describe('ranges without others', () => {
  it('cover what the first cover and the second do not', () => {
    fc.assert(
      fc.property(ranges(200), ranges(200), fc.integer({ min: 0, max: 199 }), (some, others, minute) => {
        assert.equal(covers(without(some, others), minute), covers(some, minute) && !covers(others, minute));
      }),
      { numRuns: 2_000 },
    );
  });
});
