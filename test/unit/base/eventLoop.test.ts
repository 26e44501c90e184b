import assert from 'node:assert/strict';
import { inPages } from '../../../src/base/eventLoop.ts';

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

describe('a long list in pages', () => {
  it('is the whole list, in order', async () => {
    for (const count of [0, 1, 999, 1_000, 1_001, 2_500]) {
      const seen: number[] = [];
      for await (const page of inPages(numbers(count))) seen.push(...page);
      assert.deepEqual(seen, numbers(count));
    }
  });

  it('lets others have their turn between its pages, and only there', async () => {
    const course: string[] = [];
    const yieldTurn = async (): Promise<void> => void course.push('turn');
    for await (const page of inPages(numbers(2_500), 1_000, yieldTurn)) course.push(`${page.length} entries`);
    assert.deepEqual(course, ['1000 entries', 'turn', '1000 entries', 'turn', '500 entries']);
  });

  it('lets a timer of others go off while it is worked through', async () => {
    const went = { off: false };
    setImmediate(() => (went.off = true));
    let before = 0;
    for await (const page of inPages(numbers(200_000))) if (!went.off) before += page.length;
    assert.ok(before <= 2_000, `${before} entries before`);
  });
});
