import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';

/** Looks again until it is so. `within` in milliseconds. @throws AssertionError where it does not become so */
export async function eventually(isSo: () => boolean | Promise<boolean>, within = 30_000): Promise<void> {
  for (const end = Date.now() + within; !(await isSo());) {
    assert.ok(Date.now() < end, `it did not become so within ${within} ms`);
    await setTimeout(50); // between two looks at the condition
  }
}
