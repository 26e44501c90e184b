import assert from 'node:assert/strict';
import { inEnglish } from '../../../../src/base/locale.ts';
import { actions, isActionName } from '../../../../src/nuki/vocabulary/kinds.ts';
import type { Uncertainty, Outcome } from '../../../../src/model/operation.ts';
import { outcomeSentence, progressTitles, questions, warnings } from '../../../../src/views/text/actionText.ts';
import { lock } from '../../devices.ts';

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
    assert.match(warnings.lockNGo ?? '', /^It opens first/);
    assert.match(warnings.lockNGoUnlatch ?? '', /^It opens first and pulls the latch.*stand open\./);
    assert.match(warnings.open ?? '', /strike is released.*can enter\.$/);
    assert.match(warnings.activateRingToOpen ?? '', /^Whoever rings next is let in\.$/);
    assert.match(warnings.activateContinuousMode ?? '', /^Whoever rings is let in until/);
  });
});

describe('how an action has ended', () => {
  const at = Date.UTC(2026, 10, 23, 12);
  const say = (outcome: Outcome, device = lock({}, { state: 3 })): string =>
    outcomeSentence(outcome, 'unlatch', 'Garage', device, { t: inEnglish, language: 'en' });
  const doubt = (reason: Uncertainty, retryAt?: number): string =>
    say({ kind: 'unconfirmed', at, reason, ...(retryAt !== undefined && { retryAt }) });

  it('names device and action', () => {
    assert.equal(say({ kind: 'confirmed', at }), 'Garage: "Unlatch" confirmed.');
    assert.equal(
      say({ kind: 'confirmed', at, now: lock() }),
      'Garage: "Unlatch" confirmed. It is now reported as locked.',
    );
    assert.equal(say({ kind: 'failed', at, completion: 2 }), 'Garage: "Unlatch" failed: cancelled. Check the door.');
    assert.equal(say({ kind: 'failed', at }), 'Garage: "Unlatch" failed. Check the door.');
    assert.equal(say({ kind: 'fault', at, state: 254 }), 'Garage: "Unlatch" failed: motor blocked. Check the door.');
    assert.match(say({ kind: 'unwatched', at }), /^Garage: "Unlatch" is no longer followed\./);
  });

  it('has a sentence of its own for every reason why it is not known', () => {
    const reasons: readonly (readonly [Uncertainty, RegExp])[] = [
      ['unseen', /^Garage did not confirm "Unlatch" within 30 s\./],
      ['perhapsNotTaken', /not known whether Nuki has taken "Unlatch"/],
      ['unreadable', /"Unlatch" was sent, and the device could not be read/],
      ['rateLimited', /"Unlatch" was sent, and then Nuki asked to wait until \d\d:\d\d\./],
      ['anyone', /^Garage is unlocked, but by whom is not known/],
      ['unlogged', /^Garage is reported as unlocked after "Unlatch"\. Its log could not be read\.$/],
      ['mixed', /another client acted at the same time/],
      ['earlier', /its log tells of one "Unlatch", which may be the one you sent before/],
      ['lockingUnseen', /^Garage has opened for "Unlatch", but was not seen to lock\./],
    ];
    for (const [reason, sentence] of reasons) assert.match(doubt(reason), sentence);
  });

  it('tells until when Nuki asks to wait', () => {
    assert.notEqual(doubt('rateLimited', at), doubt('rateLimited', at + 900_000));
  });
});
