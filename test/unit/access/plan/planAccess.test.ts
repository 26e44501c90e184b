import assert from 'node:assert/strict';
import { code, door, entry, fileOf, inShort, owned, planAt } from './homes.ts';

describe('a plan', () => {
  it('adds what a door lacks, and leaves what is not of the file', () => {
    const plan = planAt(door([code('a', 'Neighbor')]), fileOf(entry('weber')), []);
    assert.deepEqual(inShort(plan), { steps: ['add weber'], findings: ['foreign a'] });
  });

  it('has no step where all is as the file wants it', () => {
    const plan = planAt(door([code('a', 'Guest Weber')]), fileOf(entry('weber')), [owned('weber', 'a')]);
    assert.deepEqual(inShort(plan), { steps: [], findings: [] });
  });

  it('removes what the file no longer has', () => {
    const plan = planAt(door([code('a', 'Guest Weber')]), fileOf(), [owned('weber', 'a')]);
    assert.deepEqual(inShort(plan), { steps: ['remove weber'], findings: [] });
  });
});
