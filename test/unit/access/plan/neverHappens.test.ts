import assert from 'node:assert/strict';
import type { Entry } from '../../../../src/access/file/accessFile.ts';
import type { Owned, Written } from '../../../../src/access/record/accessRecord.ts';
import { authorizationsIn } from '../../../../src/nuki/authorization/authorizationPages.ts';
import { withCompleteLimits } from '../../../../src/nuki/authorization/completeLimits.ts';
import { keypadName } from '../../../../src/nuki/authorization/keypadName.ts';
import { codeJson } from '../../devices.ts';
import { planAccess } from '../../../../src/access/plan/planAccess.ts';
import {
  accountWith,
  code,
  door,
  emptyGarage,
  entry,
  fileOf,
  inShort,
  minutesAgo,
  now,
  owned,
  ownNow,
  planAt,
  planOf,
} from './homes.ts';

const stay: Partial<Entry> = {
  from: { date: '2026-12-16', time: '15:00', seconds: 0 },
  until: { date: '2026-12-30', time: '10:00', seconds: 0 },
};
const stayed = { allowedFromDate: '2026-12-16T14:00:00.000Z', allowedUntilDate: '2026-12-30T09:00:00.000Z' };
const written: Written = { name: 'Guest Weber', enabled: true, remoteAllowed: false };

describe('what must never happen', () => {
  it('codes that are added and deleted at every sync', () => {
    const hours = { from: 540, until: 1_020 };
    const wished = { ...written, allowedWeekDays: 124, allowedFromTime: 540, allowedUntilTime: 1_020 };
    const record: Owned[] = [
      {
        ...owned('weber', 'a'),
        id: undefined,
        written: undefined,
        asked: { kind: 'add', at: minutesAgo(1), to: wished, others: [] },
      },
    ];
    const file = fileOf(entry('weber', { days: 124, hours }));
    const sent = withCompleteLimits(wished, now - 60_000);
    const listed = code('a', 'Guest Weber', { ...sent, creationDate: minutesAgo(1), updateDate: minutesAgo(1) });
    const plan = planAt(door([listed]), file, record);
    assert.deepEqual(inShort(plan), { steps: [], findings: [] });
    const otherwise = { ...listed, allowedFromDate: listed.allowedFromDate?.replace('.000Z', '+00:00') };
    assert.deepEqual(inShort(planAt(door([otherwise]), file, plan.record)), { steps: [], findings: [] });
  });

  it('a guest locked out because a slot moved', async () => {
    const json = codeJson({ id: 'a', name: 'Guest Weber', accountUserId: undefined, authId: 8_196 });
    const file = fileOf(
      entry('weber', {
        days: 124,
        hours: { from: 540, until: 1_020 },
        until: { date: '2027-06-30', time: '18:00', seconds: 0 },
      }),
    );
    const before = await authorizationsIn([json]);
    const record = [owned('weber', 'a', { written: { ...written, ...limitsOf(before.items) } })];
    for (const lists of [
      [json],
      [codeJson({ id: 'b' }), { ...json, authId: 8_200 }],
      [{ ...json, authId: 8_201 }, codeJson({ id: 'c' })],
    ]) {
      const { items } = await authorizationsIn(lists);
      assert.deepEqual(inShort(planAt(door(items), file, record)).steps, []);
    }
  });

  it('a changed stay that keeps its old window', () => {
    const { steps } = planAt(
      door([code('a', 'Guest Weber', stayed)]),
      fileOf(entry('weber', { ...stay, until: { date: '2026-12-28', time: '10:00', seconds: 0 } })),
      [owned('weber', 'a', { written: { ...written, ...stayed } })],
    );
    const [step] = steps;
    assert.ok(step?.kind === 'change' && steps.length === 1);
    assert.deepEqual(step.changes, { allowedUntilDate: '2026-12-28T09:00:00.000Z' });
    assert.deepEqual([step.gains, step.losses], [[], ['until']]);
  });

  it('ownership by name', () => {
    const items = [code('b', 'Guest Weber'), code('c', 'Guest Weber')];
    const plan = planAt(door([code('a', 'Guest Weber'), ...items]), fileOf(), [owned('weber', 'a')]);
    assert.deepEqual(inShort(plan), { steps: ['remove weber'], findings: ['foreign b', 'foreign c'] });
    const added = planAt(door(items), fileOf(entry('weber', stay)), []);
    assert.deepEqual(inShort(added), { steps: ['add weber'], findings: ['foreign b', 'foreign c'] });
  });

  it('everything added once more because the record is lost, or older than the locks', () => {
    const ben = { accountUserId: 2, name: 'Ben', email: 'ben@example.com' };
    const items = [
      code('a', 'Guest Weber', stayed),
      code('b', 'Cleaning', { allowedFromDate: minutesAgo(60), allowedWeekDays: 124 }),
      code('c', 'Ben', { type: 2, accountUserId: 2 }),
    ];
    const file = fileOf(
      entry('weber', stay),
      entry('cleaning', { name: 'Cleaning', days: 124 }),
      entry('ben', { name: 'Ben', by: 'fob', email: ben.email }),
      entry('other', { name: 'Cleaning', days: 3 }),
    );
    const account = accountWith([door(items), emptyGarage], { people: { items: [ben], readAt: ownNow } });
    const plan = planOf(planAccess(file, { owned: [] }, account, { now, ownNow }));
    assert.deepEqual(inShort(plan), {
      steps: ['add other'],
      findings: [...Array<string>(3).fill('blocked: sameThere'), 'foreign a', 'foreign b', 'foreign c'],
    });
    assert.deepEqual(
      plan.findings.flatMap((each) => (each.kind === 'blocked' ? [each.there?.id] : [])),
      ['a', 'b', 'c'],
    );
  });

  it('an id thrown away after a failed delete', () => {
    const asked = { kind: 'remove', at: minutesAgo(11) } as const;
    const plan = planAt(door([code('a', 'Guest Weber')]), fileOf(), [owned('weber', 'a', { asked })]);
    assert.deepEqual(inShort(plan), { steps: ['remove weber'], findings: [] });
    assert.deepEqual(plan.record, [owned('weber', 'a', { asked })]);
  });

  it('success claimed on 204', () => {
    const asked = { kind: 'add', at: minutesAgo(2), to: written, others: ['b'] } as const;
    const record = [{ ...owned('weber', 'a'), id: undefined, written: undefined, asked }];
    const plan = planAt(door([code('b', 'Guest Weber')]), fileOf(entry('weber')), record);
    assert.deepEqual(inShort(plan), { steps: [], findings: ['pending weber', 'foreign b'] });
    assert.deepEqual(plan.record, record);
  });

  it('whole-day windows where hours were meant', () => {
    const plan = planAt(
      door([]),
      fileOf(entry('weber', stay), entry('cleaning', { hours: { from: 540, until: 1_020 } })),
      [],
    );
    assert.deepEqual(
      plan.steps.map((step) => step.kind === 'add' && step.wanted.as),
      [
        { ...written, ...stayed },
        { ...written, allowedFromTime: 540, allowedUntilTime: 1_020 },
      ],
    );
  });

  it('a name cut by the lock and then not recognised', () => {
    const long = 'Housekeeping Cleaning Team';
    const file = fileOf(entry('cleaning', { name: long }));
    const cut = code('a', keypadName(long), { creationDate: minutesAgo(1) });
    const asked = { kind: 'add', at: minutesAgo(2), to: { ...written, name: long }, others: [] } as const;
    const plan = planAt(door([cut]), file, [{ ...owned('cleaning', 'a'), id: undefined, written: undefined, asked }]);
    assert.deepEqual(inShort(plan), { steps: [], findings: [] });
    assert.deepEqual(inShort(planAt(door([cut]), file, plan.record)), { steps: [], findings: [] });
  });

  it('local time taken for UTC', () => {
    const file = fileOf(
      entry('weber', { ...stay, doors: ['front', 'garage'], days: 124, hours: { from: 540, until: 1_020 } }),
    );
    const inNewYork = door([], {}, { config: { timezoneId: 12, keypadPaired: true } });
    const daily = { ...written, allowedWeekDays: 124, allowedFromTime: 540, allowedUntilTime: 1_020 };
    assert.deepEqual(
      planAt(inNewYork, file, []).steps.map((step) => step.kind === 'add' && step.wanted.as),
      [
        { ...daily, allowedFromDate: '2026-12-16T20:00:00.000Z', allowedUntilDate: '2026-12-30T15:00:00.000Z' },
        { ...daily, ...stayed },
      ],
    );
  });
});

function limitsOf([item]: Awaited<ReturnType<typeof authorizationsIn>>['items']): Partial<Written> {
  const { allowedFromDate, allowedUntilDate, allowedWeekDays, allowedFromTime, allowedUntilTime } =
    item ?? assert.fail();
  return { allowedFromDate, allowedUntilDate, allowedWeekDays, allowedFromTime, allowedUntilTime };
}
