import assert from 'node:assert/strict';
import { writtenOf } from '../../../../src/access/plan/asWritten.ts';
import { listedAs } from '../../../../src/access/plan/ownedAt.ts';
import { planAccess } from '../../../../src/access/plan/planAccess.ts';
import type { Asked, Owned, Written } from '../../../../src/access/record/accessRecord.ts';
import type { AccountState } from '../../../../src/model/snapshots.ts';
import type { Authorization } from '../../../../src/nuki/authorization/authorization.ts';
import { NukiError } from '../../../../src/nuki/http/errors.ts';
import { lockId } from '../../devices.ts';
import { pendingCreation, pendingDeletion } from '../../pendingChanges.ts';
import {
  accountWith,
  app,
  code,
  door,
  emptyGarage,
  entry,
  fileOf,
  garageId,
  inShort,
  minutesAgo,
  now,
  owned,
  ownNow,
  planAt,
  planOf,
} from './homes.ts';

const weber = entry('weber');
const nightly = entry('night', { hours: { from: 1_320, until: 360 } });
const anna = entry('anna', { by: 'app', name: 'Anna Berger', email: ' ANNA@example.com' });
const written: Written = { name: 'Guest Weber', enabled: true, remoteAllowed: false };
const ownedApp = owned('anna', 'a', { by: 'app', written: { ...written, name: 'Anna Berger' } });

/** What was asked for so many minutes ago and has no id yet. */
function added(key: string, minutes: number, changes: Partial<Extract<Asked, { kind: 'add' }>> = {}): Owned {
  const asked: Asked = { kind: 'add', at: minutesAgo(minutes), to: written, others: [], ...changes };
  return { entry: key, smartlockId: lockId, part: 0, by: 'code', asked };
}

function codes(count: number): readonly Authorization[] {
  return Array.from({ length: count }, (_, index) => code(`other ${index}`, `Other ${index}`));
}

describe('a plan', () => {
  it('adds what a door lacks, and leaves what is not of the file', () => {
    const plan = planAt(door([code('b', 'Neighbor')]), fileOf(weber), []);
    assert.deepEqual(inShort(plan), { steps: ['add weber'], findings: ['foreign b'] });
  });

  it('has no step where all is as the file wants it', () => {
    const plan = planAt(door([code('a', 'Guest Weber')]), fileOf(weber), [owned('weber', 'a')]);
    assert.deepEqual(inShort(plan), { steps: [], findings: [] });
  });

  it('does not mind which of the ways to write no limit Nuki lists', () => {
    const listed = code('a', 'Guest Weber', { allowedWeekDays: 0, allowedFromTime: 0, allowedUntilTime: 0 });
    const plan = planAt(door([listed]), fileOf(weber), [owned('weber', 'a')]);
    assert.deepEqual(inShort(plan), { steps: [], findings: [] });
  });

  it('removes what the file no longer has', () => {
    const plan = planAt(door([code('a', 'Guest Weber')]), fileOf(), [owned('weber', 'a')]);
    assert.deepEqual(inShort(plan), { steps: ['remove weber'], findings: [] });
  });

  it('lets be whether what is no app may be used remotely: nothing else can be far away', () => {
    const plan = planAt(door([code('a', 'Guest Weber', { remoteAllowed: true })]), fileOf(entry('weber')), [
      owned('weber', 'a'),
    ]);
    assert.deepEqual(inShort(plan), { steps: [], findings: [] });
  });

  it('says nothing of what connects the door itself', () => {
    const plan = planAt(door([code('a', 'Bridge', { type: 1 }), code('b', 'Neighbor')]), fileOf(), []);
    assert.deepEqual(inShort(plan), { steps: [], findings: ['foreign b'] });
  });

  it('says what a change gains and loses, and asks for nothing else', () => {
    const limits = { allowedWeekDays: 124, allowedFromTime: 540, allowedUntilTime: 1_020 };
    const listed = code('a', 'Guest Weber', { ...limits, allowedFromDate: minutesAgo(9_000) });
    const file = fileOf(entry('weber', { name: 'Weber', days: 127, hours: { from: 600, until: 1_020 } }));
    const [step] = planAt(door([listed]), file, [owned('weber', 'a', { written: { ...written, ...limits } })]).steps;
    assert.ok(step?.kind === 'change');
    assert.deepEqual(step.changes, {
      name: 'Weber',
      allowedWeekDays: null,
      allowedFromTime: 600,
      allowedUntilTime: 1_020,
    });
    assert.deepEqual([step.gains, step.losses, step.isRenamed], [['weekdays'], ['hours'], true]);
  });

  it('adds nothing that is disabled or over', () => {
    const over = entry('over', { until: { date: '2026-11-23', time: '13:00', seconds: 0 } });
    const plan = planAt(door([]), fileOf(entry('off', { enabled: false }), over), []);
    assert.deepEqual(inShort(plan), { steps: [], findings: [] });
  });

  it('adds nothing of which the last day and hour are over before it ends', () => {
    const morning = { from: 540, until: 600 };
    const until = (date: string) => ({ date, time: '18:00', seconds: 0 });
    const over = entry('over', { hours: morning, until: until('2026-11-23') });
    const weekend = entry('weekend', { days: 3, until: until('2026-11-27') });
    const tomorrow = entry('tomorrow', { hours: morning, until: until('2026-11-24') });
    assert.deepEqual(inShort(planAt(door([]), fileOf(over, weekend, tomorrow), [])).steps, ['add tomorrow']);
  });

  it('makes two codes of hours over midnight, and one again', () => {
    const plan = planAt(door([]), fileOf(nightly), []);
    assert.deepEqual(
      plan.steps.map((step) => step.kind === 'add' && [step.wanted.part, step.wanted.as.allowedFromTime]),
      [
        [0, 1_320],
        [1, 0],
      ],
    );
    const listed = [
      code('a', 'Guest Weber', { allowedFromTime: 1_320, allowedUntilTime: 1_439 }),
      code('b', 'Guest Weber', { allowedFromTime: 0, allowedUntilTime: 360 }),
    ];
    const record = [
      owned('night', 'a', { written: { ...written, allowedFromTime: 1_320, allowedUntilTime: 1_439 } }),
      owned('night', 'b', { part: 1, written: { ...written, allowedFromTime: 0, allowedUntilTime: 360 } }),
    ];
    const daily = fileOf(entry('night', { hours: { from: 60, until: 300 } }));
    const again = planAt(door(listed), daily, record).steps;
    assert.deepEqual(
      again.map((step) => step.kind !== 'add' && [step.kind, step.before.id]),
      [
        ['change', 'a'],
        ['remove', 'b'],
      ],
    );
  });

  it('widens the part of hours over midnight first that covers what the other part loses', () => {
    const listed = [
      code('a', 'Guest Weber', { allowedWeekDays: 64, allowedFromTime: 720, allowedUntilTime: 1_439 }),
      code('b', 'Guest Weber', { allowedWeekDays: 32, allowedFromTime: 0, allowedUntilTime: 360 }),
    ];
    const record = listed.map((item, index) =>
      owned('night', item.id, { part: index === 0 ? 0 : 1, written: writtenOf(item) }),
    );
    const later = fileOf(entry('night', { days: 127, hours: { from: 1_200, until: 1_080 } }));
    assert.deepEqual(
      planAt(door(listed), later, record).steps.map((step) => step.kind === 'change' && step.before.id),
      ['b', 'a'],
    );
  });

  it('does first what gives, then what takes', () => {
    const items = [
      code('a', 'Guest Weber'),
      code('b', 'Guest Weber', { allowedWeekDays: 64 }),
      code('c', 'Guest Weber'),
    ];
    const record = [
      owned('less', 'a'),
      owned('more', 'b', { written: { ...written, allowedWeekDays: 64 } }),
      owned('gone', 'c'),
    ];
    const file = fileOf(entry('less', { days: 64 }), entry('more'), entry('novak', { name: 'Guest Novak' }));
    assert.deepEqual(inShort(planAt(door(items), file, record)).steps, [
      'add novak',
      'change more',
      'change less',
      'remove gone',
    ]);
  });

  it('does nothing at a door that is offline, was not read, or has something unreadable', () => {
    const unreadable = { items: [], unreadable: [{ index: 0, id: 'x', problem: 'type' }], readAt: ownNow };
    const doors = {
      offline: door([], {}, { serverState: 4 }),
      notRead: door([], { authorizations: undefined }),
      unreadable: door([], { authorizations: unreadable }),
    };
    for (const [why, front] of Object.entries(doors)) {
      const plan = planAt(front, fileOf(weber), [owned('other', 'a')]);
      assert.deepEqual(inShort(plan), { steps: [], findings: [`unknown: ${why}`] });
      assert.deepEqual(plan.record, [owned('other', 'a')]);
    }
  });

  it('does nothing where the lists that it has could not be read again', () => {
    const error = new NukiError('timeout');
    const listed = [code('a', 'Guest Weber')];
    const file = fileOf(entry('other', { name: 'Other' }));
    for (const account of [
      accountWith([door(listed, { authorizationsError: error }), emptyGarage]),
      accountWith([door(listed), emptyGarage], { allAuthorizationsError: error }),
    ]) {
      const { steps, findings, record } = planOf(
        planAccess(file, { owned: [owned('weber', 'a')] }, account, { now, ownNow }),
      );
      assert.deepEqual(
        [steps, findings.find(({ kind }) => kind === 'unknown')],
        [[], { kind: 'unknown', smartlockId: lockId, why: 'notRead' }],
      );
      assert.deepEqual(record, [owned('weber', 'a')]);
    }
  });

  it('does nothing at doors of persons as long as the account users are not known', () => {
    for (const changes of [
      { people: undefined },
      { peopleError: new NukiError('timeout') },
    ] as Partial<AccountState>[]) {
      const planned = planAccess(fileOf(anna), { owned: [] }, accountWith([door([]), emptyGarage], changes), {
        now,
        ownNow,
      });
      assert.deepEqual(inShort(planOf(planned)), { steps: [], findings: ['unknown: notRead'] });
    }
  });

  it('is as old as the oldest of what it is made of', () => {
    const front = door([], { authorizations: { items: [], unreadable: [], readAt: ownNow - 7_000 } });
    assert.equal(planAt(front, fileOf(), []).readAt, ownNow - 7_000);
  });

  it('notes where bookings have no Smart Hosting', () => {
    const booked = fileOf(entry('weber', { booking: 'flat' }));
    const withState = (state: string) => door([], {}, { currentSubscription: { type: 'B2B', state } });
    assert.deepEqual(inShort(planAt(withState('INACTIVE'), booked, [])).findings, ['smartHosting']);
    assert.deepEqual(inShort(planAt(door([]), booked, [])).findings, ['smartHosting']);
    assert.deepEqual(inShort(planAt(withState('ACTIVE'), booked, [])).findings, []);
    assert.deepEqual(inShort(planAt(withState('INACTIVE'), fileOf(weber), [])).findings, []);
  });
});

describe('what was changed elsewhere', () => {
  const changed = code('a', 'Guest Weber', { allowedWeekDays: 64 });

  it('is shown and left alone, whether the file still has it or not', () => {
    for (const file of [fileOf(weber), fileOf(entry('weber', { days: 64 })), fileOf()]) {
      const plan = planAt(door([changed]), file, [owned('weber', 'a')]);
      assert.deepEqual(inShort(plan), { steps: [], findings: ['drifted weber'] });
      assert.deepEqual(plan.record, [owned('weber', 'a')]);
    }
  });

  it('and is gone is shown as long as the file wants it', () => {
    const plan = planAt(door([]), fileOf(weber), [owned('weber', 'a')]);
    assert.deepEqual(inShort(plan), { steps: [], findings: ['drifted weber'] });
    assert.deepEqual(planAt(door([]), fileOf(), [owned('weber', 'a')]).record, []);
  });

  it('and was created in the last ten minutes may only be missing in an older copy', () => {
    const plan = planAt(door([]), fileOf(weber), [owned('weber', 'a', { created: minutesAgo(9) })]);
    assert.deepEqual(inShort(plan), { steps: [], findings: ['pending weber'] });
  });

  it('stays dated where a list does not say when it was created', () => {
    const { creationDate: _, ...undated } = code('a', 'Guest Weber');
    const created = minutesAgo(9);
    assert.equal(listedAs(owned('weber', 'a', { created }), undated).created, created);
  });

  it('holds back what would be taken from its entry', () => {
    const items = [
      code('a', 'Guest Weber', { allowedFromTime: 1_320, allowedUntilTime: 1_400 }),
      code('b', 'Guest Weber', { allowedFromTime: 0, allowedUntilTime: 360 }),
    ];
    const record = [
      owned('night', 'a', { written: { ...written, allowedFromTime: 1_320, allowedUntilTime: 1_439 } }),
      owned('night', 'b', { part: 1, written: { ...written, allowedFromTime: 0, allowedUntilTime: 360 } }),
    ];
    const plan = planAt(door(items), fileOf(entry('night', { hours: { from: 60, until: 300 } })), record);
    assert.deepEqual(inShort(plan), { steps: [], findings: ['drifted night', 'waiting: remove'] });
  });

  it('does not displace what is as it was written', () => {
    const items = [code('x', 'Neighbor'), code('a', 'Guest Weber')];
    for (const record of [
      [owned('weber', 'x'), owned('weber', 'a')],
      [owned('weber', 'a'), owned('weber', 'x')],
    ]) {
      assert.deepEqual(inShort(planAt(door(items), fileOf(weber), record)), { steps: [], findings: ['drifted weber'] });
    }
  });
});

describe('what was asked for before', () => {
  it('and is listed is found by what it is, and by that alone', () => {
    const listed = code('a', 'Guest Weber', { creationDate: minutesAgo(4) });
    const found = planAt(door([listed]), fileOf(weber), [added('weber', 5)]);
    assert.deepEqual(inShort(found), { steps: [], findings: [] });
    assert.deepEqual(
      found.record.map(({ id, created, asked }) => [id, created, asked]),
      [['a', minutesAgo(4), undefined]],
    );
    const others: readonly (readonly [Authorization, Owned])[] = [
      [{ ...listed, name: 'Guest Weber 2' }, added('weber', 5)],
      [{ ...listed, type: 2 }, added('weber', 5)],
      [{ ...listed, allowedWeekDays: 64 }, added('weber', 5)],
      [{ ...listed, creationDate: minutesAgo(7) }, added('weber', 5)],
      [listed, added('weber', 5, { others: ['a'] })],
    ];
    for (const [item, asked] of others) {
      const plan = planAt(door([item]), fileOf(weber), [asked]);
      assert.deepEqual(inShort(plan), { steps: [], findings: ['pending weber', 'foreign a'] });
    }
  });

  it('for a person is not found in what another one has', () => {
    const asked = {
      ...added('anna', 5, { to: { ...written, name: 'Anna Berger' }, accountUserId: 1 }),
      by: 'app',
    } as const;
    const listed = app('a', 2, { creationDate: minutesAgo(4) });
    assert.deepEqual(inShort(planAt(door([listed]), fileOf(anna), [asked])).findings, ['pending anna', 'foreign a']);
    const own = { ...listed, accountUserId: 1 };
    assert.deepEqual(inShort(planAt(door([own]), fileOf(anna), [asked])).findings, []);
  });

  it('is not found in what belongs to another entry', () => {
    const listed = code('a', 'Guest Weber', { creationDate: minutesAgo(4) });
    const plan = planAt(door([listed]), fileOf(entry('other'), weber), [added('weber', 5), owned('other', 'a')]);
    assert.deepEqual(inShort(plan), { steps: [], findings: ['pending weber'] });
  });

  it('and fits several is not guessed', () => {
    const twice = ['a', 'b'].map((id) => code(id, 'Guest Weber', { creationDate: minutesAgo(4) }));
    const plan = planAt(door(twice), fileOf(weber), [added('weber', 5)]);
    assert.deepEqual(inShort(plan), { steps: [], findings: ['ambiguous weber'] });
    const two = planAt(door(twice.slice(1)), fileOf(weber, entry('other')), [added('weber', 5), added('other', 5)]);
    assert.deepEqual(inShort(two), { steps: [], findings: ['ambiguous weber', 'ambiguous other'] });
  });

  it('and does not come for ten minutes may be asked for again', () => {
    assert.deepEqual(inShort(planAt(door([]), fileOf(weber), [added('weber', 9)])).findings, ['pending weber']);
    const later = planAt(door([]), fileOf(weber), [added('weber', 12)]);
    assert.deepEqual(inShort(later), { steps: ['add weber'], findings: [] });
    assert.deepEqual(later.record, [added('weber', 12)]);
  });

  it('and is still awaited in a window is not asked for again', () => {
    const awaited = door([], { pendingChanges: [pendingCreation()] });
    const plan = planAt(awaited, fileOf(weber), [added('weber', 30)]);
    assert.deepEqual(inShort(plan), { steps: [], findings: ['pending weber'] });
  });

  it('and is no longer wanted is not forgotten', () => {
    const plan = planAt(door([]), fileOf(), [added('weber', 5)]);
    assert.deepEqual(inShort(plan), { steps: [], findings: ['pending weber'] });
    const listed = code('a', 'Guest Weber', { creationDate: minutesAgo(4) });
    assert.deepEqual(inShort(planAt(door([listed]), fileOf(), [added('weber', 5)])).steps, ['remove weber']);
  });

  it('says nothing in a list that was read before', () => {
    const old = { items: [code('a', 'Guest Weber')], unreadable: [], readAt: ownNow - 3 * 60_000 };
    const asked = { kind: 'remove', at: minutesAgo(2) } as const;
    const record = [owned('weber', 'a', { asked }), owned('gone', 'b', { asked })];
    assert.deepEqual(inShort(planAt(door([], { authorizations: old }), fileOf(), record)).findings, [
      'pending weber',
      'pending gone',
    ]);
  });

  it('as a change is done when the list shows it, pending for ten minutes, and then planned anew', () => {
    const to = { ...written, allowedWeekDays: 64 };
    const asked = (minutes: number) => [
      owned('weber', 'a', { asked: { kind: 'change', at: minutesAgo(minutes), to } }),
    ];
    const file = fileOf(entry('weber', { days: 64 }));
    const done = planAt(door([code('a', 'Guest Weber', { allowedWeekDays: 64 })]), file, asked(2));
    assert.deepEqual(inShort(done), { steps: [], findings: [] });
    assert.deepEqual(done.record[0]?.written, to);
    const before = door([code('a', 'Guest Weber')]);
    assert.deepEqual(inShort(planAt(before, file, asked(2))), { steps: [], findings: ['pending weber'] });
    assert.deepEqual(inShort(planAt(before, file, asked(12))), { steps: ['change weber'], findings: [] });
    const other = door([code('a', 'Guest Weber', { allowedWeekDays: 1 })]);
    assert.deepEqual(inShort(planAt(other, file, asked(2))), { steps: [], findings: ['drifted weber'] });
  });

  it('as a removal is done when the list no longer has it, but for one that is so new that the list may be older', () => {
    const asked = { kind: 'remove', at: minutesAgo(2) } as const;
    assert.deepEqual(planAt(door([]), fileOf(), [owned('weber', 'a', { asked, created: minutesAgo(90) })]).record, []);
    const young = planAt(door([]), fileOf(), [owned('weber', 'a', { asked, created: minutesAgo(8) })]);
    assert.deepEqual(inShort(young).findings, ['pending weber']);
    const awaited = door([], { pendingChanges: [pendingDeletion()] });
    assert.deepEqual(inShort(planAt(awaited, fileOf(), [owned('weber', 'a', { asked })])).findings, ['pending weber']);
  });

  it('is pending while Nuki works on it or the lock has not confirmed it', () => {
    const confirmed = code('b', 'Neighbor');
    const unconfirmed = { updateDate: undefined, lockCount: 0, lastActiveDate: undefined };
    for (const fields of [{ operationId: true }, unconfirmed]) {
      const plan = planAt(door([code('a', 'Guest Weber', fields), confirmed]), fileOf(weber), [owned('weber', 'a')]);
      assert.deepEqual(inShort(plan), { steps: [], findings: ['pending weber', 'foreign b'] });
    }
  });
});

describe('an entry of a person', () => {
  it('is of the account user with that email, however it is written, or of one to be created', () => {
    const accountUserIdOf = (email: string): unknown => {
      const [step] = planAt(door([]), fileOf({ ...anna, email }), []).steps;
      return step?.kind === 'add' && step.wanted.accountUserId;
    };
    assert.equal(accountUserIdOf(' ANNA@example.com'), 1);
    assert.equal(accountUserIdOf('ben@example.com'), undefined);
  });

  it('with another email is added and the former removed, also where the new one has to wait', () => {
    const file = fileOf({ ...anna, email: 'ben@example.com' });
    assert.deepEqual(inShort(planAt(door([app('a', 1)]), file, [ownedApp])).steps, ['add anna', 'remove anna']);
    const people = { items: [{ accountUserId: 2, name: 'Ben', email: 'ben@example.com' }], readAt: ownNow };
    const account = accountWith([door([app('a', 1), app('b', 2)]), emptyGarage], { people });
    const plan = planOf(planAccess(file, { owned: [ownedApp] }, account, { now, ownNow }));
    assert.deepEqual(inShort(plan), { steps: ['remove anna'], findings: ['blocked: personHasOne', 'foreign b'] });
  });

  it('is not known where the account users are not all readable: no one is created twice, and nothing removed', () => {
    const unreadable = [{ index: 0, id: '1', problem: 'name' }];
    const people = { items: [], unreadable, readAt: ownNow };
    const account = accountWith([door([app('a', 1)]), emptyGarage], { people });
    const plan = planOf(planAccess(fileOf(anna), { owned: [ownedApp] }, account, { now, ownNow }));
    assert.deepEqual(inShort(plan), { steps: [], findings: ['unknown: personUnreadable'] });
    assert.deepEqual(plan.record, [ownedApp]);
    const others = { ...people, items: [{ accountUserId: 1, name: 'Anna', email: 'anna@example.com' }] };
    const known = accountWith([door([app('a', 1)]), emptyGarage], { people: others });
    assert.deepEqual(inShort(planOf(planAccess(fileOf(anna), { owned: [ownedApp] }, known, { now, ownNow }))), {
      steps: [],
      findings: [],
    });
  });

  it('takes over what the same person has from an entry with another key', () => {
    const plan = planAt(door([app('a', 1)]), fileOf({ ...anna, key: 'berger' }), [ownedApp]);
    assert.deepEqual(inShort(plan), { steps: [], findings: [] });
    assert.deepEqual(plan.record, [{ ...ownedApp, entry: 'berger' }]);
  });

  it('of a code takes over only what is the same in all but the key', () => {
    const front = door([code('a', 'Guest Weber')]);
    assert.deepEqual(inShort(planAt(front, fileOf(entry('w')), [owned('weber', 'a')])).steps, []);
    const limited = fileOf(entry('w', { days: 64 }));
    assert.deepEqual(inShort(planAt(front, limited, [owned('weber', 'a')])).steps, ['add w', 'remove weber']);
  });

  it('keeps its code while the app that comes for it cannot be added', () => {
    const file = fileOf(entry('weber', { by: 'app', email: 'anna@example.com' }));
    const plan = planAt(door([code('a', 'Guest Weber'), app('b', 1)]), file, [owned('weber', 'a')]);
    assert.deepEqual(inShort(plan), { steps: [], findings: ['waiting: remove', 'blocked: personHasOne', 'foreign b'] });
  });
});

describe('room for what is added', () => {
  it('is a keypad, and slots in it', () => {
    const keypadless = door([], {}, { config: { timezoneId: 37, keypadPaired: false } });
    assert.deepEqual(inShort(planAt(keypadless, fileOf(weber), [])), { steps: [], findings: ['blocked: noKeypad'] });
    const full = planAt(door(codes(199)), fileOf(weber, entry('more', { name: 'More' })), []);
    assert.deepEqual(
      full.steps.map((step) => step.kind === 'add' && step.wanted.entry.key),
      ['weber'],
    );
    assert.deepEqual(inShort(full).findings.slice(0, 1), ['blocked: codesFull']);
  });

  it('may be what others leave: then it waits until they are gone', () => {
    const front = door([...codes(199), code('a', 'Guest Weber')]);
    const plan = planAt(front, fileOf(entry('next', { name: 'Guest Novak' })), [owned('weber', 'a')]);
    assert.deepEqual(inShort(plan).steps, ['remove weber', 'add next']);
    assert.ok(plan.steps[1]?.kind === 'add' && plan.steps[1].waitsForRemovals);
  });

  it('is not what a person leaves who has another app there that the file does not own', () => {
    const record = [ownedApp, { ...added('berger', 60), by: 'code' } as const];
    const file = fileOf({ ...anna, key: 'berger' });
    const alone = planAt(door([app('a', 1)]), file, record);
    assert.deepEqual(inShort(alone), { steps: ['remove anna', 'add berger'], findings: [] });
    const two = planAt(door([app('a', 1), app('b', 1)]), file, record);
    assert.deepEqual(inShort(two), { steps: ['remove anna'], findings: ['blocked: personHasOne', 'foreign b'] });
  });
});

describe('a record that does not fit the account', () => {
  const misfitWith = (record: readonly Owned[], front = door([code('a', 'Guest Weber')])) => {
    const account = accountWith([front, emptyGarage]);
    const planned = planAccess(fileOf(), { owned: record }, account, { now, ownNow });
    return planned.kind === 'misfit' ? [planned.why, planned.owned?.id] : planned;
  };

  it('is refused whole: where it names a door that there is not, or the authorization of another door or type', () => {
    assert.deepEqual(misfitWith([owned('weber', 'a', { smartlockId: 5 })]), ['noSuchDoor', 'a']);
    assert.deepEqual(misfitWith([owned('weber', 'a', { smartlockId: garageId })]), ['otherDoor', 'a']);
    assert.deepEqual(misfitWith([owned('weber', 'a', { by: 'fob' })]), ['otherType', 'a']);
    assert.deepEqual(misfitWith([owned('weber', 'a')], door([code('a', 'Nuki Web', { type: 1 })])), ['otherType', 'a']);
  });

  it('is not one whose door is there and cannot be read', () => {
    const unreadable = [{ index: 1, id: '5', problem: 'name' }];
    const account = accountWith([door([]), emptyGarage], { unreadable });
    const planned = planAccess(fileOf(), { owned: [owned('weber', 'a', { smartlockId: 5 })] }, account, {
      now,
      ownNow,
    });
    assert.deepEqual(inShort(planOf(planned)).findings, ['unknown: unreadable']);
  });

  it('nor is a file with a time that its door does not have', () => {
    const skipped = entry('weber', { from: { date: '2027-03-28', time: '02:30', seconds: 0 } });
    const planned = planAccess(fileOf(skipped), { owned: [] }, accountWith([door([]), emptyGarage]), { now, ownNow });
    assert.deepEqual(planned, { kind: 'misfit', why: 'problems', smartlockId: lockId });
  });
});
