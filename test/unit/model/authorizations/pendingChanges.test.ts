import assert from 'node:assert/strict';
import {
  givenUp,
  stillPending,
  type PendingChange,
  type PendingCreation,
} from '../../../../src/model/authorizations/pendingChanges.ts';
import type { Authorization } from '../../../../src/nuki/authorization/authorization.ts';
import type { AuthorizationsWithCodes } from '../../../../src/nuki/authorization/authorizationWrites.ts';
import { pendingCreation, pendingDeletion, pendingEdit } from '../../pendingChanges.ts';

const since = Date.UTC(2026, 10, 23, 12);
const requested = {
  type: 13,
  name: 'Guest Weber',
  remoteAllowed: false,
  allowedFromDate: '2027-06-16T08:30:00.000Z',
  allowedWeekDays: 124,
};
const sentAt = '2026-11-23T12:00:00.000Z';
const confirmedAt = '2026-11-23T12:00:03.000Z';
const entry = (changes: Partial<Authorization> = {}): Authorization => ({
  id: 'new',
  type: 13,
  name: 'Guest Weber',
  operationId: false,
  allowedFromDate: '2027-06-16T08:30:00Z',
  allowedWeekDays: 124,
  updateDate: confirmedAt,
  ...changes,
});
const listOf = (items: readonly Authorization[], codes: Record<string, string> = {}): AuthorizationsWithCodes => ({
  items,
  unreadable: [],
  codes: new Map(Object.entries(codes)),
});
const creation = (changes: Partial<PendingCreation> = {}): PendingCreation =>
  pendingCreation({ since, requested, before: ['old'], hasCode: (code) => code === '345678', ...changes });
const left = (work: PendingChange, list: AuthorizationsWithCodes, readAt = since + 1_000) =>
  stillPending([work], list, readAt, readAt)[0];

describe('a new authorization', () => {
  it('is done once a list shows it by its code and limits, however the instant is written, and the lock has dated it', () => {
    assert.equal(left(creation(), listOf([entry()], { new: '345678' })), undefined);
  });

  it('is listed, and not done, while the lock has not dated it', () => {
    for (const updateDate of [undefined, 'soon']) {
      const work = left(creation({ answer: 'unknown' }), listOf([entry({ updateDate })], { new: '345678' }));
      assert.ok(work?.kind === 'create');
      assert.deepEqual([work.listed, work.listedAs, work.answer], ['yes', ['new'], 'taken']);
    }
  });

  it('is listed, and will never be more, on a device that dates nothing of what is in use', () => {
    const used = entry({ id: 'old', lockCount: 3, updateDate: undefined });
    const work = left(creation(), listOf([entry({ updateDate: undefined }), used], { new: '345678' }));
    assert.equal(work?.kind === 'create' && work.listed, 'untold');
  });

  it('is done without a date once somebody has opened with it', () => {
    const used = entry({ updateDate: undefined, lockCount: 1 });
    assert.equal(left(creation(), listOf([used], { new: '345678' })), undefined);
  });

  it('is no longer listed when a list no longer has it', () => {
    const work = left(creation({ listed: 'yes', listedAs: ['new'] }), listOf([]));
    assert.deepEqual(work?.kind === 'create' && [work.listed, work.listedAs], ['no', []]);
  });

  it('is told by its name once its code is forgotten', () => {
    const forgotten = givenUp(creation());
    assert.equal(Reflect.get(forgotten, 'hasCode'), undefined);
    assert.equal(left(forgotten, listOf([entry({ name: 'Other' })], { new: '345678' }))?.kind, 'create');
    assert.equal(left(forgotten, listOf([entry()], { new: '999999' })), undefined);
  });

  it('is not done while the lock still takes it', () => {
    const work = left(creation(), listOf([entry({ operationId: true })], { new: '345678' }));
    assert.deepEqual(work?.kind === 'create' && work.listedAs, ['new']);
  });

  for (const [what, list] of [
    ['by its name alone', listOf([entry()], { new: '999999' })],
    ['in one that was there before', listOf([entry({ id: 'old' })], { old: '345678' })],
    ['with other limits', listOf([entry({ allowedWeekDays: 127 })], { new: '345678' })],
    ['of another type', listOf([entry({ type: 3 })], { new: '345678' })],
  ] as const) {
    it(`is not recognized ${what}`, () => {
      const work = left(creation(), list);
      assert.deepEqual(work?.kind === 'create' && work.listedAs, []);
      assert.equal(work?.checkedAt, since + 1_000);
    });
  }

  it('is recognized though the keypad has cut its name', () => {
    assert.equal(left(creation(), listOf([entry({ name: 'Gue' })], { new: '345678' })), undefined);
  });

  it('that appears twice is not done, and says which', () => {
    const work = left(creation(), listOf([entry(), entry({ id: 'again' })], { new: '345678', again: '345678' }));
    assert.deepEqual(work?.kind === 'create' && work.listedAs, ['new', 'again']);
  });

  it('is not looked for in a list that was asked for before it was sent', () => {
    const work = creation();
    assert.deepEqual(stillPending([work], listOf([entry()], { new: '345678' }), since - 1, since), [work]);
  });

  it('is looked for in every list after the clock was set back to before it was sent', () => {
    assert.deepEqual(stillPending([creation()], listOf([entry()], { new: '345678' }), since - 2, since - 1), []);
  });

  it('is looked for in a list that was asked for in the millisecond in which it was sent', () => {
    assert.equal(left(creation(), listOf([entry()], { new: '345678' }), since), undefined);
  });

  for (const [what, asked, kept] of [
    ['without weekdays when the lock says none', undefined, 0],
    ['without weekdays when the lock says all', undefined, 127],
    ['with no weekday when the lock says all', 0, 127],
  ] as const) {
    it(`is recognized ${what}`, () => {
      const always = { ...requested, allowedWeekDays: asked };
      const work = creation({ requested: always });
      assert.equal(left(work, listOf([entry({ allowedWeekDays: kept })], { new: '345678' })), undefined);
    });
  }

  it('of an app user is recognized by the person', () => {
    const app = { type: 0, name: 'Anna', remoteAllowed: true, accountUserId: 5 };
    const work = creation({ requested: app, hasCode: undefined });
    const dates = { operationId: false, updateDate: confirmedAt };
    const anna: Authorization = { id: 'new', type: 0, name: 'Anna', accountUserId: 5, ...dates };
    assert.equal(left(work, listOf([{ ...anna, accountUserId: 6 }]))?.kind, 'create');
    assert.equal(left(work, listOf([anna])), undefined);
  });
});

describe('a change', () => {
  const asked = entry({ enabled: undefined, allowedFromTime: 540, allowedUntilTime: 1_020 });
  const hasCode = (code: string): boolean => code === '345679';
  const renamed = { since, id: 'new', key: 'change/new', updatedBefore: sentAt };
  const work = pendingEdit({ ...renamed, asked, hasCode });

  it('is listed, and not done, until the lock has dated it anew', () => {
    for (const updateDate of [sentAt, '2026-11-23T11:00:00.000Z', '2026-11-23T13:00:00.000+01:00', undefined]) {
      const waiting = left(
        { ...work, answer: 'unknown' },
        listOf([{ ...asked, updateDate }, entry({ id: 'old' })], { new: '345679' }),
      );
      assert.deepEqual(waiting?.kind === 'change' && [waiting.listed, waiting.answer], ['yes', 'taken'], updateDate);
    }
  });

  it('is done where the lock has dated it for the first time', () => {
    const first = { ...work, updatedBefore: undefined };
    assert.equal(left(first, listOf([asked], { new: '345679' })), undefined);
  });

  it('is listed, and will never be more, on a device that dates nothing of what is in use', () => {
    const undated = { ...asked, updateDate: undefined, lockCount: 3 };
    const waiting = left({ ...work, updatedBefore: undefined }, listOf([undated], { new: '345679' }));
    assert.equal(waiting?.kind === 'change' && waiting.listed, 'untold');
  });

  it('is told without its code once that is forgotten', () => {
    assert.equal(left(givenUp(work), listOf([asked], { new: '345678' })), undefined);
  });

  it('is done once a list shows everything as it was asked for', () => {
    assert.equal(left(work, listOf([{ ...asked, enabled: true }], { new: '345679' })), undefined);
  });

  it('is done with a name that the keypad has cut after 20 bytes, whole letters, and with no shorter one', () => {
    const isDoneAs = (wanted: string, kept: string): boolean => {
      return (
        left(pendingEdit({ ...renamed, asked: entry({ name: wanted }) }), listOf([entry({ name: kept })])) === undefined
      );
    };
    assert.ok(isDoneAs('Guest Weber Apartment', 'Guest Weber Apartmen'));
    assert.ok(isDoneAs('Ferienwohnung am S\u{1f512}', 'Ferienwohnung am S'));
    assert.ok(!isDoneAs('Family and friends', 'Family'), 'as it was before');
    assert.ok(!isDoneAs('Guest Weber Apartment', 'Guest Weber Apar'));
  });

  it('is done with a name too short for a keypad to have cut it', () => {
    assert.equal(
      left(pendingEdit({ ...renamed, asked: entry({ name: 'Jo' }) }), listOf([entry({ name: 'Jo' })])),
      undefined,
    );
  });

  it('is not done with hours whose digits are the same, split elsewhere', () => {
    const untilForty = { ...asked, allowedFromTime: 5, allowedUntilTime: 40 };
    const late = { ...asked, allowedFromTime: 54, allowedUntilTime: 0 };
    const hours = pendingEdit({ ...renamed, asked: untilForty });
    assert.equal(left(hours, listOf([late]))?.kind, 'change');
  });

  for (const [what, changes] of [
    ['with another name', { name: 'Guest Lang' }],
    ['with a name that the keypad cannot have cut', { name: 'Guest' }],
    ['while it is disabled', { enabled: false }],
    ['with another right from afar', { remoteAllowed: true }],
    ['with another start', { allowedFromDate: '2027-06-17T08:30:00Z' }],
    ['with an end', { allowedUntilDate: '2027-06-17T08:30:00Z' }],
    ['with other hours', { allowedFromTime: 541 }],
    ['with hours that end later', { allowedUntilTime: 1_021 }],
    ['while the lock still takes it', { operationId: true }],
    ['under another id', { id: 'other' }],
  ] as const) {
    it(`is not done ${what}`, () => {
      assert.equal(left(work, listOf([{ ...asked, ...changes }], { new: '345679', other: '345679' }))?.kind, 'change');
    });
  }

  it('is not done with another code, but for one that has not been changed', () => {
    assert.equal(left(work, listOf([asked], { new: '345678' }))?.kind, 'change');
    const renaming = pendingEdit({ ...renamed, asked });
    assert.equal(left(renaming, listOf([asked], { new: '345678' })), undefined);
  });
});

describe('a deletion', () => {
  const deletion = pendingDeletion({ key: 'delete/1/new', id: 'new', since, givenUp: true });

  it('is done when a list no longer has it, and only then', () => {
    assert.equal(left(deletion, listOf([entry()]))?.checkedAt, since + 1_000);
    assert.equal(left(deletion, listOf([])), undefined);
  });

  it('of what was just created is done when several lists in a minute no longer have it, as one may be of before that', () => {
    const created = { ...deletion, createdAt: since - 5 * 60_000 };
    const after = (change: PendingChange | undefined, seconds: number, items: readonly Authorization[] = []) =>
      change && left(change, listOf(items), since + seconds * 1_000);
    const twice = after(after(created, 2), 5);
    assert.ok(twice);
    const listedAgain = after(twice, 10, [entry()]);
    assert.equal(after(twice, 62), undefined);
    assert.ok(after(listedAgain, 62));
    assert.ok(after(after(twice, 30), 50));
    assert.equal(left({ ...deletion, createdAt: since - 11 * 60_000 }, listOf([])), undefined);
  });

  it('is not done while the list has something that cannot be read and may be it', () => {
    const nameless = { index: 0, id: undefined, problem: 'name' };
    assert.equal(left(deletion, { ...listOf([]), unreadable: [nameless] })?.kind, 'delete');
    assert.equal(left(deletion, { ...listOf([]), unreadable: [{ ...nameless, id: 'new' }] })?.kind, 'delete');
  });

  it('is done though the list has another one that cannot be read', () => {
    const unreadable = [{ index: 0, id: 'other', problem: 'name' }];
    assert.equal(left(deletion, { ...listOf([]), unreadable }), undefined);
  });
});
