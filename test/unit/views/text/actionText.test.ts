import assert from 'node:assert/strict';
import { inEnglish } from '../../../../src/base/locale.ts';
import { actions, isActionName } from '../../../../src/nuki/vocabulary/kinds.ts';
import { progressTitles, questions, warnings } from '../../../../src/views/text/actionText.ts';

describe('the question before an action', () => {
  for (const action of Object.keys(actions).filter(isActionName)) {
    it(`names "${action}" and the device`, () => {
      const question = inEnglish(questions[action], 'Front door');
      assert.match(question, /Front door\?$/);
      assert.ok(question.toLowerCase().includes(actions[action].name.split(' ')[0]?.toLowerCase() ?? '-'), question);
    });
  }

  it('is another one for every action', () => {
    assert.equal(new Set(Object.values(questions)).size, Object.keys(actions).length);
  });

  it('warns of every action that opens a door by itself, and of none that closes', () => {
    const warned = Object.keys(warnings).filter(isActionName);
    for (const action of ['unlatch', 'lockNGoUnlatch', 'open', 'activateRingToOpen', 'activateContinuousMode'] as const)
      assert.ok(warned.includes(action), action);
    assert.ok(warned.every((action) => !actions[action].closes));
  });
});

describe('what is said while an action is under way', () => {
  for (const action of Object.keys(actions).filter(isActionName)) {
    it(`names "${action}" and the device`, () => {
      const title = inEnglish(progressTitles[action], 'Front door');
      assert.match(title, /^\w.+ing .*Front door…$|^Lock 'n' Go .*Front door…$/);
    });
  }

  it('is another sentence for every action', () => {
    assert.equal(new Set(Object.values(progressTitles)).size, Object.keys(actions).length);
  });

  it('warns in sentences of the latch, the strike and a visitor who rings', () => {
    assert.match(warnings.unlatch ?? '', /latch is pulled.*stand open\.$/);
    assert.match(warnings.lockNGoUnlatch ?? '', /latch is pulled.*for a moment\.$/);
    assert.match(warnings.open ?? '', /strike is released.*can enter\.$/);
    assert.match(warnings.activateRingToOpen ?? '', /^Whoever rings next is let in\.$/);
    assert.match(warnings.activateContinuousMode ?? '', /^Whoever rings is let in until/);
  });
});
