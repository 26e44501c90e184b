import assert from 'node:assert/strict';
import { inEnglish } from '../../../../src/base/locale.ts';
import { pendingName, type PendingChange } from '../../../../src/model/authorizations/pendingChanges.ts';
import { endText, pendingChangeSummary, pendingChangeText } from '../../../../src/views/text/pendingChangeText.ts';
import { pendingCreation, pendingDeletion, pendingEdit } from '../../pendingChanges.ts';

const locale = { t: inEnglish, language: 'en' };
const now = Date.UTC(2026, 10, 23, 12);
const text = (change: PendingChange): string => pendingChangeText(change, locale);

const unknown = { answer: 'unknown' } as const;
const over = { givenUp: true } as const;

describe('a pending change', () => {
  it('says how far it is while it is followed', () => {
    assert.deepEqual(
      [pendingCreation({ answer: 'awaited' }), pendingCreation(), pendingCreation({ listed: 'yes' })].map(text),
      ['sending…', 'waiting for the lock', 'listed by Nuki, not yet confirmed by the lock'],
    );
    assert.deepEqual([pendingEdit({ answer: 'awaited' }), pendingEdit(), pendingEdit({ listed: 'yes' })].map(text), [
      'sending change…',
      'change waiting for the lock',
      'change listed by Nuki, not yet confirmed by the lock',
    ]);
    assert.deepEqual([pendingDeletion({ answer: 'awaited' }), pendingDeletion()].map(text), ['deleting…', 'deleting…']);
  });

  it('does not say that Nuki has taken what it may not have, followed or not', () => {
    for (const stage of [unknown, { ...unknown, ...over }]) {
      assert.deepEqual([pendingCreation(stage), pendingEdit(stage), pendingDeletion(stage)].map(text), [
        'result unknown: Nuki may or may not have accepted it',
        'result unknown: Nuki may or may not have accepted the change',
        'result unknown: Nuki may or may not have accepted the deletion',
      ]);
    }
  });

  it('says what was not seen once it is followed no longer, and when it was last looked for', () => {
    assert.deepEqual([pendingCreation(over), pendingEdit(over), pendingDeletion(over)].map(text), [
      "hasn't reached the lock yet",
      "change hasn't reached the lock yet",
      'deletion not confirmed, still listed by Nuki',
    ]);
    assert.match(text(pendingEdit({ ...over, checkedAt: now })), / \(checked \d\d:\d\d\)$/);
    assert.doesNotMatch(text(pendingEdit({ checkedAt: now })), /checked/);
  });

  it('says that it is listed more than once', () => {
    assert.equal(text(pendingCreation({ listed: 'yes', listedAs: ['a', 'b'] })), 'listed more than once');
  });

  it('claims nothing of a device that never tells', () => {
    assert.equal(text(pendingCreation({ ...over, listed: 'untold' })), 'listed by Nuki; this lock never confirms');
  });
});

describe('a pending change in a row', () => {
  const short = (change: PendingChange): string => pendingChangeSummary(change, inEnglish);

  it('says the same in at most 24 characters', () => {
    for (const kind of [pendingCreation, pendingEdit, pendingDeletion]) {
      for (const stage of [{ answer: 'awaited' }, {}, unknown, over, { ...over, ...unknown }] as const) {
        const words = short(kind(stage));
        assert.ok(words.length > 0 && words.length <= 24, words);
      }
    }
    assert.equal(short(pendingCreation({ ...over, listed: 'yes', listedAs: ['a'] })), 'not yet confirmed');
    assert.equal(short(pendingEdit()), 'waiting for the lock');
    assert.equal(short(pendingEdit(over)), 'change not saved yet');
  });

  it('does not say that Nuki has taken what it may not have', () => {
    const stage = { ...over, ...unknown };
    assert.deepEqual([pendingCreation(stage), pendingEdit(stage), pendingDeletion(stage)].map(short), [
      'result unknown',
      'result unknown',
      'deletion not confirmed',
    ]);
  });
});

describe('what became of what was sent', () => {
  const end = (...changes: readonly PendingChange[]): string =>
    endText(
      changes.map((pendingChange) => ({ pendingChange })),
      (some) => some.map((each) => pendingName(each.pendingChange)).join(', '),
      locale,
    );

  it('is a sentence for each way in which it ended, with the names', () => {
    const listed = pendingCreation({ ...over, listed: 'yes', listedAs: ['a'] });
    assert.equal(
      end(pendingDeletion({ ...over, name: 'Ben' }), listed, pendingDeletion({ ...over, name: 'Clara' })),
      'Ben, Clara: deletion not confirmed, still listed by Nuki. They may still have access. ' +
        'Guest Weber: listed by Nuki, not yet confirmed by the lock. "Wake and Refresh" may help.',
    );
  });

  it('warns of doing again what Nuki may have taken', () => {
    assert.match(
      end(pendingCreation({ ...over, ...unknown })),
      /^Unknown whether .* before you create it a second time\.$/,
    );
    assert.match(end(pendingEdit({ ...over, ...unknown })), /^Unknown whether .* before you make it a second time\.$/);
    assert.match(end(pendingDeletion({ ...over, ...unknown })), /^Unknown whether .* may still have access\.$/);
  });
});
