import assert from 'node:assert/strict';
import type { StepOutcome, StepState } from '../../../../src/access/apply/applyPlan.ts';
import type { Step } from '../../../../src/access/plan/accessPlan.ts';
import { inEnglish } from '../../../../src/base/locale.ts';
import { NukiError } from '../../../../src/nuki/http/errors.ts';
import { accessOutcomeText } from '../../../../src/views/text/accessOutcomeText.ts';
import { entry, written } from '../../access/entries.ts';

const now = Date.UTC(2026, 10, 23, 12);
const context = {
  context: { t: inEnglish, language: 'en', now, ownNow: now, refreshIntervalMs: 60_000 },
  account: 'Home',
  fileName: 'club',
  deviceName: () => 'Front Door',
  zone: () => 'Europe/Berlin',
};
const removal: Step = {
  kind: 'remove',
  owned: { entry: 'x', smartlockId: 1, part: 0, by: 'code', id: 'x' },
  before: { id: 'x', name: 'Weber', type: 13, operationId: false },
};
const addition: Step = {
  kind: 'add',
  waitsForRemovals: false,
  wanted: {
    entry: entry('x', { name: 'Weber' }),
    smartlockId: 1,
    part: 0,
    type: 13,
    as: written('Weber'),
  },
};

function textOf(step: Step, ...states: readonly (StepState & { readonly hasOwnCode?: boolean })[]): string {
  const outcomes = states.map(({ hasOwnCode = false, ...state }): StepOutcome => ({ step, state, hasOwnCode }));
  return accessOutcomeText({ outcomes, wasStopped: false }, context);
}
const resultsOf = (text: string): readonly (string | undefined)[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('| Front Door'))
    .map((line) => line.split(' | ').at(-1)?.replace(/ \|$/, ''));

describe('the outcome of a plan', () => {
  it('says of each step how far it is seen to be, what needs a look first', () => {
    const text = textOf(
      addition,
      { kind: 'done' },
      { kind: 'done', hasOwnCode: true },
      { kind: 'untold' },
      { kind: 'notBegun', why: 'waits' },
      { kind: 'notBegun', why: 'record' },
      { kind: 'pending' },
      { kind: 'unknown' },
      { kind: 'failed', why: 'codesFull' },
      { kind: 'failed', why: 'changed' },
      { kind: 'failed', why: new NukiError('server', { status: 500 }) },
    );
    assert.match(
      text,
      /^# Plan for club: result\n\nHome · .*\n\nDone: 3 · Not confirmed: 2 · Failed: 3 · Not started: 2\n/,
    );
    assert.deepEqual(resultsOf(text), [
      'not sent: no free code slot',
      'not sent: changed elsewhere in the meantime',
      'failed: Nuki server problem',
      'result unknown: Nuki may or may not have accepted it',
      'accepted by Nuki, waiting for the lock',
      "not started: what has to be done before it isn't confirmed",
      'not started: the record of the file has been changed elsewhere, or another window is applying a plan',
      'listed by Nuki; this lock never confirms',
      'saved on the lock',
      'saved on the lock, with a code of its own',
    ]);
    assert.match(text, /"Plan Access File" shows what is still to be done/);
  });

  it('never says of a removal that is not confirmed that it is gone', () => {
    const text = textOf(removal, { kind: 'pending' }, { kind: 'unknown' }, { kind: 'underWay' });
    assert.deepEqual(resultsOf(text), [
      'result unknown: Nuki may or may not have accepted the deletion',
      'deletion not confirmed, may still open the door',
      'deletion not confirmed, may still open the door',
    ]);
    assert.doesNotMatch(text, /no longer listed/);
    assert.deepEqual(resultsOf(textOf(removal, { kind: 'done' })), ['no longer listed by Nuki']);
  });
});
