import assert from 'node:assert/strict';
import { inEnglish } from '../../../../src/base/locale.ts';
import { actions, isActionName } from '../../../../src/nuki/vocabulary/kinds.ts';
import type { Uncertainty, Outcome } from '../../../../src/model/actions/operation.ts';
import { outcomeSentence, progressTitles, questions, warnings } from '../../../../src/views/text/actionText.ts';
import { clockSecond } from '../../../../src/views/text/timeText.ts';
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
    assert.match(warnings.unlatch ?? '', /pulls the latch\. The door will open\.$/);
    assert.match(warnings.lockNGo ?? '', /^This unlocks the door/);
    assert.match(warnings.lockNGoUnlatch ?? '', /^This unlocks the door and pulls the latch, so the door will open\./);
    assert.match(warnings.open ?? '', /buzzes the door open.*can enter\.$/);
    assert.match(warnings.activateRingToOpen ?? '', /^Anyone who rings while Ring to Open is active will be let in\.$/);
    assert.match(warnings.activateContinuousMode ?? '', /^Anyone who rings will be let in until/);
  });
});

describe('how an action has ended', () => {
  const at = Date.UTC(2026, 10, 23, 12);
  const locale = { t: inEnglish, language: 'en' };
  const say = (outcome: Outcome, device = lock({}, { state: 3 })): string =>
    outcomeSentence(outcome, 'unlatch', 'Garage', device, locale);
  const doubt = (reason: Uncertainty, retryAt?: number): string =>
    say({ kind: 'unconfirmed', at, reason, ...(retryAt !== undefined && { retryAt }) });

  it('names device and action', () => {
    const time = clockSecond(at, locale);
    assert.equal(say({ kind: 'confirmed', at }), `Garage unlatched, confirmed at ${time}.`);
    assert.equal(
      say({ kind: 'confirmed', at, now: lock() }),
      `Garage: "Unlatch" confirmed at ${time}, but the device now reports: locked.`,
    );
    assert.equal(say({ kind: 'failed', at, completion: 2 }), 'Garage: "Unlatch" failed: cancelled. Check the door.');
    assert.equal(say({ kind: 'failed', at }), 'Garage: "Unlatch" failed. Check the door.');
    assert.equal(say({ kind: 'fault', at, state: 254 }), 'Garage: "Unlatch" failed: motor blocked. Check the door.');
    assert.match(say({ kind: 'unwatched', at }), /^Stopped waiting for Garage\. "Unlatch" was already sent/);
  });

  it('says that a lock has locked while a door sensor says that its door is open', () => {
    const sentence = outcomeSentence({ kind: 'confirmed', at }, 'lock', 'Garage', lock({}, { doorState: 3 }), locale);
    assert.equal(sentence, `Garage locked with the door open, confirmed at ${clockSecond(at, locale)}.`);
  });

  it('has a sentence of its own for every reason why it is not known', () => {
    const reasons: readonly (readonly [Uncertainty, RegExp])[] = [
      ['unseen', /^Garage didn't confirm "Unlatch" within 30 seconds\./],
      ['perhapsNotTaken', /unknown whether Nuki accepted "Unlatch"/],
      ['unreadable', /"Unlatch" was sent, but the device couldn't be read/],
      ['rateLimited', /"Unlatch" was sent, but then Nuki asked Keyturner to wait until \d\d:\d\d\./],
      ['anyone', /^Garage is unlocked, but its log has no entry for "Unlatch"/],
      ['unlogged', /^Garage is reported as unlocked after "Unlatch", but its log couldn't be read\.$/],
      ['mixed', /another program acted at the same time/],
      ['earlier', /its log has one entry for "Unlatch", which may belong to your previous command/],
      ['lockingUnseen', /^Garage opened for "Unlatch", but it is unknown whether it locked again\./],
    ];
    for (const [reason, sentence] of reasons) assert.match(doubt(reason), sentence);
  });

  it('tells until when Nuki asks to wait', () => {
    assert.notEqual(doubt('rateLimited', at), doubt('rateLimited', at + 900_000));
  });
});
