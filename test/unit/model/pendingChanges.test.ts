import assert from 'node:assert/strict';
import {
  editMatcher,
  creationMatcher,
  stillPending,
  type PendingChange,
  type PendingCreation,
} from '../../../src/model/pendingChanges.ts';
import type { Authorization } from '../../../src/nuki/authorization/authorization.ts';
import type { AuthorizationsWithCodes, NewAuthorization } from '../../../src/nuki/authorization/authorizationWrites.ts';

const since = Date.UTC(2026, 10, 23, 12);
const requested: NewAuthorization = {
  type: 13,
  name: 'Guest Weber',
  remoteAllowed: false,
  code: 345678,
  allowedFromDate: '2027-06-16T08:30:00.000Z',
  allowedWeekDays: 124,
};
const entry = (changes: Partial<Authorization> = {}): Authorization => ({
  id: 'new',
  type: 13,
  name: 'Guest Weber',
  operationId: false,
  allowedFromDate: '2027-06-16T08:30:00Z',
  allowedWeekDays: 124,
  ...changes,
});
const listOf = (items: readonly Authorization[], codes: Record<string, string> = {}): AuthorizationsWithCodes => ({
  items,
  unreadable: [],
  codes: new Map(Object.entries(codes)),
});
const creation = (changes: Partial<PendingCreation> = {}): PendingCreation => ({
  kind: 'create',
  key: 'create/1',
  since,
  givenUp: false,
  requested,
  listedAs: [],
  hasCode: (code) => code === '345678',
  isIt: creationMatcher(requested, new Set(['old'])),
  ...changes,
});
const left = (work: PendingChange, list: AuthorizationsWithCodes, readAt = since + 1_000) =>
  stillPending([work], list, readAt, readAt)[0];

describe('a new authorization', () => {
  it('is done once a list shows it by its code and limits, however the instant is written', () => {
    assert.equal(left(creation(), listOf([entry()], { new: '345678' })), undefined);
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
      const work = creation({ requested: always, isIt: creationMatcher(always, new Set()) });
      assert.equal(left(work, listOf([entry({ allowedWeekDays: kept })], { new: '345678' })), undefined);
    });
  }

  it('of an app user is recognized by the person', () => {
    const app: NewAuthorization = { type: 0, name: 'Anna', remoteAllowed: true, accountUserId: 5 };
    const work = creation({ requested: app, isIt: creationMatcher(app, new Set()) });
    const anna: Authorization = { id: 'new', type: 0, name: 'Anna', operationId: false, accountUserId: 5 };
    assert.equal(left(work, listOf([{ ...anna, accountUserId: 6 }]))?.kind, 'create');
    assert.equal(left(work, listOf([anna])), undefined);
  });
});

describe('a change', () => {
  const asked = entry({ enabled: undefined, allowedFromTime: 540, allowedUntilTime: 1_020 });
  const work: PendingChange = {
    kind: 'change',
    key: 'change/new',
    id: 'new',
    since,
    givenUp: false,
    isIt: editMatcher(asked, { code: 345679 }),
  };

  it('is done once a list shows everything as it was asked for', () => {
    assert.equal(left(work, listOf([{ ...asked, enabled: true }], { new: '345679' })), undefined);
  });

  it('is done with a name that the keypad has cut after 20 bytes, whole letters, and with no shorter one', () => {
    const isDoneAs = (wanted: string, kept: string): boolean => {
      const renamed = { ...work, isIt: editMatcher(entry({ name: wanted }), {}) };
      return left(renamed, listOf([entry({ name: kept })])) === undefined;
    };
    assert.ok(isDoneAs('Guest Weber Apartment', 'Guest Weber Apartmen'));
    assert.ok(isDoneAs('Ferienwohnung am S\u{1f512}', 'Ferienwohnung am S'));
    assert.ok(!isDoneAs('Family and friends', 'Family'), 'as it was before');
    assert.ok(!isDoneAs('Guest Weber Apartment', 'Guest Weber Apar'));
  });

  it('is done with a name too short for a keypad to have cut it', () => {
    const renamed = { ...work, isIt: editMatcher(entry({ name: 'Jo' }), {}) };
    assert.equal(left(renamed, listOf([entry({ name: 'Jo' })])), undefined);
  });

  it('is not done with hours whose digits are the same, split elsewhere', () => {
    const untilForty = { ...asked, allowedFromTime: 5, allowedUntilTime: 40 };
    const late = { ...asked, allowedFromTime: 54, allowedUntilTime: 0 };
    const hours = { ...work, isIt: editMatcher(untilForty, {}) };
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
    const renaming = { ...work, isIt: editMatcher(asked, { name: asked.name }) };
    assert.equal(left(renaming, listOf([asked], { new: '345678' })), undefined);
  });
});

describe('a deletion', () => {
  const deletion: PendingChange = { kind: 'delete', key: 'delete/1/new', id: 'new', since, givenUp: true };

  it('is done when a list no longer has it, and only then', () => {
    assert.equal(left(deletion, listOf([entry()]))?.checkedAt, since + 1_000);
    assert.equal(left(deletion, listOf([])), undefined);
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
