import assert from 'node:assert/strict';
import { inEnglish } from '../../../../../src/base/locale.ts';
import { formModel } from '../../../../../src/webview/host/form/formModel.ts';
import { conflictOf } from '../../../../../src/webview/host/form/sending/conflict.ts';
import { progressOf } from '../../../../../src/webview/host/form/sending/progress.ts';
import type { SentAuthorization } from '../../../../../src/webview/host/form/sending/sentAuthorization.ts';
import { textNames, type Draft } from '../../../../../src/webview/protocol/form.ts';
import { authorization } from '../../../devices.ts';
import { pendingCreation, pendingEdit } from '../../../pendingChanges.ts';

const locale = { t: inEnglish, language: 'en' };

const draft: Draft = {
  credential: 'code',
  name: 'Guest Weber',
  person: null,
  devices: [17],
  remoteAllowed: false,
  from: null,
  until: null,
  weekdays: 127,
  hours: null,
  code: '345678',
};

const anyMoment = { date: '2026-11-26', time: '15:00', disambiguation: null };

const parts = {
  heading: 'New authorization',
  subheading: 'Home',
  subject: { kind: 'new', accountId: '7', smartlockId: null },
  draft,
  lacksCode: false,
  closedDraft: '',
  devices: [],
  people: [],
  ownZone: 'Europe/Berlin',
  presets: { start: anyMoment, today: anyMoment, weekend: anyMoment, week: anyMoment },
  isUnfolded: false,
} as const;

describe('what the page of the form is drawn from', () => {
  it('never holds a code', () => {
    for (const mode of ['create', 'edit'] as const) {
      const model = formModel({ ...parts, mode }, locale);
      assert.equal(model.draft.code, '');
      assert.doesNotMatch(JSON.stringify(model), /345678/);
    }
  });

  it('has the weekdays in the language of the reader, Monday first, and every text', () => {
    const model = formModel({ ...parts, mode: 'create' }, { ...locale, language: 'de' });
    assert.deepEqual(model.weekdays[0], { bit: 64, short: 'Mo', long: 'Montag' });
    assert.deepEqual(model.weekdays.at(-1), { bit: 1, short: 'So', long: 'Sonntag' });
    assert.deepEqual(Object.keys(model.texts).toSorted(), [...textNames].toSorted());
    assert.equal(model.language, 'de');
  });

  it('keeps an edit from what an edit cannot change', () => {
    assert.deepEqual(formModel({ ...parts, mode: 'edit' }, locale).locked, ['credential', 'devices', 'person']);
    assert.deepEqual(formModel({ ...parts, mode: 'create' }, locale).locked, []);
  });

  it('names people in order, by name and address, what cannot be seen left out, or by their id', () => {
    const people = [
      { accountUserId: 3, name: 'Zoë\u202E', email: 'zoe@example.com' },
      { accountUserId: 2, name: undefined, email: undefined },
      { accountUserId: 1, name: 'Ärmel', email: undefined },
    ];
    assert.deepEqual(
      formModel({ ...parts, people, mode: 'create' }, locale).people.map(({ label }) => label),
      ['2', 'Ärmel', 'Zoë · zoe@example.com'],
    );
  });
});

describe('what became of what was sent', () => {
  const change = pendingEdit();
  const create = pendingCreation();
  const sent: SentAuthorization = { isNew: true, credential: 'code', name: 'Weber', facts: [], access: undefined };
  const progress = (...pending: Parameters<typeof progressOf>[2][number]['pending'][]) =>
    progressOf(
      sent,
      [],
      pending.map((each, place) => ({ name: `Door ${place}`, pending: each })),
      undefined,
      () => 'in words',
      locale,
    );

  it('is told of each device; while one is on its way there is nothing to look again for', () => {
    const { heading, rows, note, canCheck } = progress(undefined, create);
    assert.equal(heading, 'Weber was sent');
    assert.deepEqual(rows, [
      { device: 'Door 0', state: 'done', words: 'saved on the lock' },
      { device: 'Door 1', state: 'working', words: 'in words' },
    ]);
    assert.match(note, /^Nuki has accepted it\..* You can close this page\.$/);
    assert.equal(canCheck, false);
  });

  it('is open where it is given up, and wrong where it is there twice', () => {
    const { heading, rows, note, canCheck } = progress(
      { ...change, givenUp: true },
      { ...create, listedAs: ['1', '2'] },
    );
    assert.deepEqual(
      rows.map(({ state }) => state),
      ['open', 'failed'],
    );
    assert.equal(heading, 'Weber is listed more than once');
    assert.equal(note, "Keyturner won't send it again. What is missing may still arrive.");
    assert.equal(canCheck, true);
  });

  it('is not said to be taken by Nuki where that is not known, neither while it is looked for nor after that', () => {
    const unknown = { ...create, answer: 'unknown' } as const;
    const looking =
      "It is not known whether Nuki has accepted it. Keyturner is checking and won't send it again. You can close this page.";
    assert.equal(progress(unknown, create).note, looking);
    const end = progress({ ...unknown, givenUp: true });
    assert.equal(
      end.note,
      "Keyturner won't send it again. Nuki may have it: refresh before you send it a second time.",
    );
    assert.equal(end.heading, 'Weber is not confirmed');
    assert.equal(end.canCheck, true);
  });

  it('is no proof of the lock where Nuki lists it', () => {
    const listed = { ...create, listed: 'yes', listedAs: ['a'], givenUp: true } as const;
    assert.match(progress(listed).note, /^Nuki lists it, which does not prove that it opens the door\./);
    assert.equal(progress(listed).rows[0]?.state, 'open');
  });

  it('has no note when all is done, and says on how many devices', () => {
    assert.deepEqual([progress(undefined).note, progress().canCheck], ['', false]);
    assert.equal(progress(undefined).heading, 'Weber is saved on the lock');
    assert.equal(progress(undefined, undefined).heading, 'Weber is saved on all 2 devices');
  });

  it('is, in a conflict, what differs or was changed there, a code masked', () => {
    const before = { authorization: authorization(), fields: { code: 593_817 } };
    const wanted = authorization({ name: 'Mine' });
    const theirs = { name: 'The\u202Eirs', enabled: false, remoteAllowed: true };
    const now = { authorization: authorization(theirs), fields: { code: 987_654 } };
    assert.deepEqual(conflictOf(before, wanted, now, 'Europe/Berlin', locale).rows, [
      { field: 'Name', yours: 'Mine', theirs: 'Theirs' },
      { field: 'Remote access', yours: 'no', theirs: 'yes' },
      { field: 'Enabled', yours: 'yes', theirs: 'no' },
      { field: 'Code', yours: '••••••', theirs: 'changed' },
    ]);
  });
});
