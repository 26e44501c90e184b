import assert from 'node:assert/strict';
import { inEnglish } from '../../../../src/base/locale.ts';
import { pendingName, type PendingChange } from '../../../../src/model/pendingChanges.ts';
import { endText, pendingChangeText } from '../../../../src/views/text/pendingChangeText.ts';
import { pendingCreation, pendingDeletion, pendingEdit } from '../../pendingChanges.ts';

const locale = { t: inEnglish, language: 'en' };
const now = Date.UTC(2026, 10, 23, 12);
const text = (change: PendingChange): string => pendingChangeText(change, locale);

const unknown = { answer: 'unknown' } as const;
const over = { givenUp: true } as const;

describe('a pending change in a row', () => {
  it('says how far it is while it is followed', () => {
    assert.deepEqual(
      [pendingCreation({ answer: 'awaited' }), pendingCreation(), pendingCreation({ listed: 'yes' })].map(text),
      ['being sent…', 'pending on the lock', 'listed by Nuki, not yet confirmed by the lock'],
    );
    assert.deepEqual([pendingEdit({ answer: 'awaited' }), pendingEdit(), pendingEdit({ listed: 'yes' })].map(text), [
      'change being sent…',
      'change pending on the lock',
      'change listed by Nuki, not yet confirmed by the lock',
    ]);
    assert.deepEqual([pendingDeletion({ answer: 'awaited' }), pendingDeletion()].map(text), ['deleting…', 'deleting…']);
  });

  it('does not say that Nuki has taken what it may not have, followed or not', () => {
    for (const stage of [unknown, { ...unknown, ...over }]) {
      assert.deepEqual([pendingCreation(stage), pendingEdit(stage), pendingDeletion(stage)].map(text), [
        'not known whether Nuki has taken it',
        'not known whether Nuki has taken the change',
        'not known whether Nuki has taken the deletion',
      ]);
    }
  });

  it('says what was not seen once it is followed no longer, and when it was last looked for', () => {
    assert.deepEqual([pendingCreation(over), pendingEdit(over), pendingDeletion(over)].map(text), [
      'not on the lock yet',
      'change not on the lock yet',
      'deletion not confirmed, Nuki still lists it',
    ]);
    assert.match(text(pendingEdit({ ...over, checkedAt: now })), / \(checked \d\d:\d\d\)$/);
    assert.doesNotMatch(text(pendingEdit({ checkedAt: now })), /checked/);
  });

  it('says that it is listed more than once', () => {
    assert.equal(text(pendingCreation({ listed: 'yes', listedAs: ['a', 'b'] })), 'listed more than once');
  });

  it('claims nothing of a device that never tells', () => {
    assert.equal(text(pendingCreation({ ...over, listed: 'untold' })), 'listed by Nuki; this lock confirms nothing');
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
      'Nuki still lists Ben, Clara: the deletion is not confirmed. Whoever was to lose access may still have it. ' +
        'Guest Weber: listed by Nuki, not yet confirmed by the lock. "Wake and Refresh" may help.',
    );
  });

  it('warns of doing again what Nuki may have taken', () => {
    assert.match(
      end(pendingCreation({ ...over, ...unknown })),
      /^It is not known .* before you create it a second time\.$/,
    );
    assert.match(end(pendingEdit({ ...over, ...unknown })), /^It is not known .* before you make it a second time\.$/);
    assert.match(end(pendingDeletion({ ...over, ...unknown })), /^It is not known .* may still have it\.$/);
  });
});
