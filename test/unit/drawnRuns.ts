import assert from 'node:assert/strict';

/** Holds that nothing has broken a rule, or tells of the first few that did. */
export function assertNone(broken: readonly string[]): void {
  assert.ok(broken.length === 0, `${broken.length} times, such as\n${broken.slice(0, 5).join('\n')}`);
}

/** Prints how to play runs again, how long they took since `began` (`performance.now()`), and what came of them, most often first. */
export function printRuns(seed: number, began: number, counts: ReadonlyMap<string, number>): void {
  const told = [...counts].toSorted(([, a], [, b]) => b - a).map(([what, times]) => `${what} ${times}`);
  const seconds = ((performance.now() - began) / 1_000).toFixed(1);
  console.log(`    KEYTURNER_SEED=${seed}, ${seconds} s: ${told.join(', ')}`);
}
