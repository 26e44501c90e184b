// What the extension under test leaves for the tests, which run in the same process.
import assert from 'node:assert/strict';
import type { SimulatedHome } from '../../src/simulator/home.ts';

declare global {
  /** The home behind the extension that the host tests run beside. */
  var keyturnerHome: SimulatedHome | undefined;
  /** What has been asked of a network since then. */
  var keyturnerAsked: string[] | undefined;
  /** How much computing its start has taken, in ms: other programs do not count. */
  var keyturnerStart: number | undefined;
}

export function homeUnderTest(): SimulatedHome {
  return globalThis.keyturnerHome ?? assert.fail('the extension under test has not started');
}
