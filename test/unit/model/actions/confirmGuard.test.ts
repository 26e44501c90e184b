import assert from 'node:assert/strict';
import { ignoreAccidentalYes, shortestReadingTime } from '../../../../src/model/actions/confirmGuard.ts';

/** A user who needs so many milliseconds for each answer. */
function personWhoAnswers(answers: readonly { readonly after: number; readonly yes: boolean }[]) {
  const time = { now: 0 };
  const asked: string[] = [];
  const ask = async (question: string): Promise<boolean> => {
    const answer = answers[asked.length];
    assert.ok(answer, 'asked more often than expected');
    asked.push(question);
    time.now += answer.after;
    return answer.yes;
  };
  return { ask: ignoreAccidentalYes(ask, { now: () => time.now }), asked };
}

describe('consent', () => {
  it('a yes after 300 ms counts at once', async () => {
    const { ask, asked } = personWhoAnswers([{ after: shortestReadingTime, yes: true }]);
    assert.equal(await ask('Unlock?'), true);
    assert.deepEqual(asked, ['Unlock?']);
  });

  it('a yes within 300 ms does not count: the question is asked again', async () => {
    const { ask, asked } = personWhoAnswers([
      { after: shortestReadingTime - 1, yes: true },
      { after: 0, yes: true },
      { after: 2_000, yes: true },
    ]);
    assert.equal(await ask('Unlock?'), true);
    assert.equal(asked.length, 3);
  });

  it('a no counts however fast it comes', async () => {
    const { ask, asked } = personWhoAnswers([{ after: 0, yes: false }]);
    assert.equal(await ask('Unlock?'), false);
    assert.equal(asked.length, 1);
  });
});
