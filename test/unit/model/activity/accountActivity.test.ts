import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { AccountActivity, type ActivitySource } from '../../../../src/model/activity/accountActivity.ts';
import { everything, type AccountFilter, type TimeRange } from '../../../../src/model/activity/accountFilter.ts';
import {
  activityKindOf,
  activityKinds,
  attemptOutcomes,
  type AttemptOutcome,
} from '../../../../src/model/activity/attempt.ts';
import { daysOfDoors } from '../../../../src/model/activity/doorDays.ts';
import { NukiError } from '../../../../src/nuki/http/errors.ts';
import { kindWords } from '../../../../src/nuki/vocabulary/kindWords.ts';
import { LogServer, type LogJson } from './logServer.ts';

const hour = 3_600_000;
const day = 24 * hour;
const { clock } = new LogServer([]);
const now = clock.now();
/** Two locks, an Opener and a device of a type that is not known. */
const types: ReadonlyMap<number, number> = new Map([
  [1, 4],
  [2, 0],
  [3, 2],
  [4, 77],
]);

function sourceOf(server: LogServer): ActivitySource {
  return {
    client: () => Promise.resolve(server.client()),
    nukiNow: () => server.clock.now(),
    typeOf: (smartlockId) => types.get(smartlockId),
  };
}

function entry(id: string, fields: LogJson = {}): LogJson {
  return {
    id,
    smartlockId: 1,
    action: 1,
    trigger: 5,
    state: 0,
    date: isoDate(now),
    name: 'Anna',
    source: 0,
    ...fields,
  };
}

function isoDate(at: number): string {
  return new Date(at).toISOString();
}

/** Entries a minute apart; the newest is `count`. */
function entries(count: number, fields: (number: number) => LogJson = () => ({})): readonly LogJson[] {
  return Array.from({ length: count }, (_, ago) =>
    entry(String(count - ago), { date: isoDate(now - ago * 60_000), ...fields(count - ago) }),
  );
}

function activityOf(server: LogServer, filter: Partial<AccountFilter> = {}): AccountActivity {
  return new AccountActivity(sourceOf(server), { ...everything, ...filter });
}

const idsOf = ({ rows }: Pick<AccountActivity, 'rows'>): readonly string[] => rows.map(({ entry: { id } }) => id);

const anyTime: fc.Arbitrary<TimeRange> = fc.oneof(
  fc.constant({ kind: 'all' as const }),
  fc.constantFrom(1, 7, 30).map((days) => ({ kind: 'last' as const, days })),
  fc
    .tuple(fc.option(fc.integer({ min: -20, max: 0 })), fc.option(fc.integer({ min: -20, max: 1 })))
    .map(([from, until]) => ({
      kind: 'between' as const,
      from: from === null ? undefined : now + from * day,
      until: until === null ? undefined : now + until * day,
    })),
);
const anyFilter: fc.Arbitrary<AccountFilter> = fc.record({
  time: anyTime,
  people: fc.array(fc.constantFrom({ accountUserId: 7 }, { accountUserId: 8 }, { name: 'Guest' }), { maxLength: 2 }),
  doors: fc.uniqueArray(fc.constantFrom(1, 2, 3, 4, 5), { maxLength: 2 }),
  kinds: fc.uniqueArray(fc.constantFrom(...activityKinds), { maxLength: 2 }),
  outcomes: fc.uniqueArray(fc.constantFrom(...attemptOutcomes), { maxLength: 2 }),
});
/** Mostly filters that let much of a log pass. */
const manyPass = fc.oneof(
  fc.constant(everything),
  fc.record({ time: anyTime }).map((some) => ({ ...everything, ...some })),
  anyFilter,
);
/** In no order of time: an entry may come to Nuki days late. */
const anyLog = fc
  .array(
    fc.record({
      smartlockId: fc.constantFrom(1, 2, 3, 4, 5),
      action: fc.constantFrom(1, 2, 3, 4, 5, 6, 7, 224, 240, 250, 99),
      trigger: fc.constantFrom(0, 4, 5, 253, 255),
      state: fc.constantFrom(0, 0, 0, 1, 3, 9, 224, 77, null),
      source: fc.constantFrom(0, 1, 3),
      autoUnlock: fc.boolean(),
      date: fc.oneof(
        {
          weight: 9,
          arbitrary: fc.integer({ min: -25 * 24 * 60, max: 60 }).map((minutes) => isoDate(now + minutes * 60_000)),
        },
        { weight: 1, arbitrary: fc.constantFrom(undefined, null, 'soon', '2026-11-20T08:00:00') },
      ),
      name: fc.constantFrom('Anna', 'Guest', ''),
      accountUserId: fc.constantFrom(undefined, 7, 8),
      openerLog: fc.constantFrom(undefined, { activeRto: true, activeCm: false }),
      isUnreadable: fc.integer({ min: 0, max: 9 }).map((number) => number === 0),
    }),
    { maxLength: 60 },
  )
  .map((drawn) =>
    drawn.map(({ isUnreadable, ...fields }, index) => ({
      ...fields,
      id: String(1_000 - index),
      ...(isUnreadable && { action: 'unlock' }),
    })),
  );

/** The entries that can be understood and pass, in a way of its own. */
function bruteForce(
  log: readonly LogJson[],
  { time, people, doors, kinds: chosen, outcomes }: AccountFilter,
): string[] {
  const [from, until] =
    time.kind === 'all'
      ? [undefined, undefined]
      : time.kind === 'last'
        ? [now - time.days * day, undefined]
        : [time.from, time.until];
  return log.flatMap((each) => {
    const { id, smartlockId, action, date, name, accountUserId } = each;
    if (typeof action !== 'number') return [];
    const at = typeof date === 'string' && date.endsWith('Z') ? Date.parse(date) : undefined;
    const isInTime = at === undefined || ((from ?? -Infinity) <= at && at <= (until ?? now + day));
    const isOfPeople =
      people.length === 0 ||
      people.some((one) =>
        'name' in one ? one.name === name && accountUserId === undefined : one.accountUserId === accountUserId,
      );
    const isAtDoors = doors.length === 0 || doors.some((door) => door === smartlockId);
    const isOfKinds = chosen.length === 0 || chosen.includes(activityKindOf(action, types.get(Number(smartlockId))));
    const hasEnded = outcomes.length === 0 || outcomes.includes(endOf(each));
    return isInTime && isOfPeople && isAtDoors && isOfKinds && hasEnded ? [String(id)] : [];
  });
}

function endOf({ state, source, trigger, autoUnlock }: LogJson): AttemptOutcome {
  if (source === 3 && trigger === 253) return state === 0 || state === 37 ? 'refused' : 'failed';
  if (state === null) return 'unknown';
  if (state === 0) return 'done';
  if (state === 3 && autoUnlock === true) return 'heldBack';
  return [9, 10, 224, 225, 226].includes(Number(state)) ? 'refused' : 'failed';
}

/** A success that lets someone in: an unlatching, an Opener's strike, or a ring while ring to open is active. */
function hasOpened(each: LogJson): boolean {
  const { smartlockId, action, openerLog } = each;
  const type = types.get(Number(smartlockId));
  const opening = type === 2 ? [3] : type === 4 || type === 0 ? [1, 3, 4, 5] : [];
  const isLetIn = action === 224 && openerLog !== undefined && [0, 2, 4].includes(type ?? -1);
  return endOf(each) === 'done' && (opening.includes(Number(action)) || isLetIn);
}

describe('The activity of an account', () => {
  it('is what a full read gives, filtered: whatever the log, the filter and the size of the pages', async () => {
    const anyPages = fc.record({ most: fc.integer({ min: 4, max: 50 }), overlap: fc.integer({ min: 0, max: 3 }) });
    await fc.assert(
      fc.asyncProperty(anyLog, anyFilter, anyPages, async (log, filter, pages) => {
        const server = Object.assign(new LogServer(log), pages);
        const activity = activityOf(server, filter);
        await activity.readAll();
        assert.deepEqual(idsOf(activity), bruteForce(log, filter));
        const { kind, read, unreadable } = activity.reach;
        assert.equal(kind, pages.overlap === 0 || read + unreadable === 0 ? 'complete' : 'stuck');
        for (const { isOpening, outcome } of activity.rows) assert.ok(!isOpening || outcome === 'done');
      }),
      { numRuns: 500 },
    );
  });

  it('is the same when it is read on in steps, with another filter in between, and has what came meanwhile', async () => {
    await fc.assert(
      fc.asyncProperty(anyLog, anyFilter, anyFilter, fc.nat(), async (whole, filter, other, arriving) => {
        const newest = arriving % 5;
        const server = new LogServer(whole.slice(newest));
        server.most = 7;
        const first = activityOf(server, filter);
        await first.readOn(5);
        server.log = whole;
        const second = new AccountActivity(sourceOf(server), { ...other, time: filter.time }, first);
        await second.readNewer();
        for (let rows = -1; rows < second.rows.length; rows = second.rows.length)
          await second.readOn(second.rows.length + 3);
        await second.readAll();
        const found = idsOf(second);
        assert.deepEqual(found, bruteForce(whole, second.filter));
      }),
      { numRuns: 300 },
    );
  });

  it('asks Nuki for time, one door, one person and one action, and filters the rest', async () => {
    const server = new LogServer(entries(3));
    await activityOf(server, {
      time: { kind: 'last', days: 1 },
      people: [{ accountUserId: 7 }],
      doors: [2],
      kinds: ['doorbell'],
      outcomes: ['refused'],
    }).readAll();
    await activityOf(server, {
      people: [{ accountUserId: 7 }, { name: 'Anna' }],
      doors: [1, 2],
      kinds: ['opened'],
    }).readOn(1);
    assert.deepEqual(server.queries, [
      '/smartlock/2/log?limit=50&fromDate=2026-11-22T12:00:00.000Z&toDate=2026-11-24T12:00:00.000Z&action=224&accountUserId=7',
      '/smartlock/log?limit=50&toDate=2026-11-24T12:00:00.000Z',
    ]);
  });

  it('does not take an account user for the code or fob of the same name', async () => {
    const log = entries(3, (number) => (number === 2 ? { accountUserId: 7 } : {}));
    const activity = activityOf(new LogServer(log), { people: [{ name: 'Anna' }] });
    await activity.readAll();
    assert.deepEqual(idsOf(activity), ['3', '1']);
  });

  it('ends at an empty page, not at a short one, and asks for all pages up to the same time', async () => {
    const server = new LogServer(entries(134));
    const activity = activityOf(server);
    const sizes: number[] = [];
    server.onAnswer = () => server.clock.jump(hour);
    await activity.readAll({ onPage: () => sizes.push(activity.reach.read) });
    assert.deepEqual(sizes, [50, 100, 134, 134]);
    assert.equal(activity.reach.kind, 'complete');
    assert.equal(new Set(server.queries.map((query) => /toDate=[^&]*/.exec(query)?.[0])).size, 1);
  });

  it('reads on by the last id where the last entries of a page have none, and loses and repeats none', async () => {
    const log = entries(20).flatMap((each, index) => (index % 4 === 3 ? [each, { ...each, id: undefined }] : [each]));
    const server = Object.assign(new LogServer(log), { most: 5 });
    const activity = activityOf(server);
    await activity.readAll();
    assert.deepEqual(
      idsOf(activity),
      entries(20).map(({ id }) => id),
    );
    assert.deepEqual([activity.reach.read, activity.reach.unreadable], [20, 5]);
  });

  it('ends where pages bring nothing new, and does not say that this is all', async () => {
    const server = new LogServer(entries(10));
    server.log = server.log.map((each) => ({ ...each }));
    server.overlap = 50;
    const activity = activityOf(server);
    await activity.readAll();
    assert.deepEqual([activity.reach.kind, activity.reach.read, server.queries.length], ['stuck', 10, 2]);
  });

  it('shows the first page at once, stops after ten pages in vain and says how far back it looked', async () => {
    const server = new LogServer(entries(2_000, (number) => (number === 1_990 ? { action: 2 } : {})));
    const activity = activityOf(server, { kinds: ['locked'] });
    const rowsAfterPages: number[] = [];
    await activity.readOn(5, { onPage: () => rowsAfterPages.push(activity.rows.length) });
    assert.deepEqual(
      rowsAfterPages,
      Array.from({ length: 11 }, () => 1),
    );
    assert.deepEqual(activity.reach, {
      kind: 'open',
      read: 550,
      unreadable: 0,
      lookedBackTo: now - 540 * 60_000,
    });
    await activity.readOn(5);
    assert.equal(activity.reach.read, 1_050);
  });

  it('is not thrown by a single late entry when it says how far back it looked', async () => {
    const server = new LogServer(entries(100, (number) => (number === 51 ? { date: isoDate(now - 300 * day) } : {})));
    const activity = activityOf(server);
    await activity.readOn(1);
    assert.equal(activity.reach.lookedBackTo, now - 40 * 60_000);
  });

  it('stops when it is cancelled, keeps what was read and can go on', async () => {
    const server = new LogServer(entries(300));
    const activity = activityOf(server);
    const stop = new AbortController();
    await activity.readAll({ signal: stop.signal, onPage: () => activity.reach.read >= 100 && stop.abort() });
    assert.deepEqual([activity.reach.kind, activity.rows.length], ['open', 100]);
    await activity.readAll({ signal: AbortSignal.abort() });
    assert.equal(server.queries.length, 2);
    await activity.readAll();
    assert.deepEqual([activity.reach.kind, activity.rows.length], ['complete', 300]);
  });

  it('reports a failure, and reads the same page again when asked', async () => {
    const server = new LogServer(entries(80));
    const source = sourceOf(server);
    const failure = { isDue: false };
    const activity = new AccountActivity(
      {
        ...source,
        client: () => (failure.isDue ? Promise.reject(new NukiError('network')) : source.client()),
      },
      everything,
    );
    await activity.readOn(1);
    failure.isDue = true;
    await assert.rejects(activity.readAll(), new NukiError('network'));
    failure.isDue = false;
    await activity.readAll();
    assert.equal(activity.rows.length, 80);
  });

  it('reads one page at a time, however often it is asked to read on', async () => {
    const server = new LogServer(entries(200));
    const activity = activityOf(server);
    await Promise.all([activity.readOn(60), activity.readOn(60), activity.readAll()]);
    assert.equal(new Set(server.queries).size, server.queries.length);
    assert.equal(new Set(idsOf(activity)).size, 200);
  });

  it('puts what has come since before the rows, late entries too', async () => {
    const all = entries(120, (number) => (number === 119 ? { date: isoDate(now - 9 * day) } : {}));
    const server = new LogServer(all.slice(2));
    const activity = activityOf(server);
    await activity.readOn(60);
    server.log = all;
    await activity.readNewer();
    assert.deepEqual(
      idsOf(activity),
      all.slice(0, 102).map(({ id }) => id),
    );
    await activity.readAll();
    assert.deepEqual(
      idsOf(activity),
      all.map(({ id }) => id),
    );
  });

  it('keeps its list where nothing has come since', async () => {
    const activity = activityOf(new LogServer(entries(120)));
    await activity.readOn(60);
    const { attempts } = activity;
    await activity.readNewer();
    assert.equal(activity.attempts, attempts);
  });

  it('begins anew where so much has come since that there may be a gap', async () => {
    const all = entries(800);
    const server = new LogServer(all.slice(700));
    const activity = activityOf(server);
    await activity.readAll();
    server.log = all;
    await activity.readNewer();
    assert.deepEqual([activity.reach.kind, activity.rows.length], ['open', 500]);
    await activity.readAll();
    assert.deepEqual(
      idsOf(activity),
      all.map(({ id }) => id),
    );
  });

  it('stays as it is when an older copy answers, until no other does for a while', async () => {
    const all = entries(130);
    const server = new LogServer(all);
    const activity = activityOf(server);
    await activity.readOn(50);
    server.log = all.slice(30);
    await activity.readNewer();
    assert.deepEqual(
      idsOf(activity),
      all.slice(0, 50).map(({ id }) => id),
    );
    server.log = all.slice(100);
    for (const rows of [50, 50, 30]) {
      await activity.readNewer();
      assert.equal(activity.rows.length, rows);
      server.clock.jump(40_000);
    }
    server.log = all;
    await activity.readNewer();
    await activity.readAll();
    assert.deepEqual(
      idsOf(activity),
      all.map(({ id }) => id),
    );
  });

  it('knows the kind of every action that is known, and calls the others other', () => {
    const all = Object.entries(kindWords).flatMap(([type, { logActions }]) =>
      Object.entries(logActions).map(([code, word]) => ({ word, kind: activityKindOf(Number(code), Number(type)) })),
    );
    const others = all.filter(({ kind }) => kind === 'other').map(({ word }) => word);
    assert.deepEqual([...new Set(others)].toSorted(), [
      'button: no action',
      'fob action 1',
      'fob action 2',
      'fob action 3',
      'fob: no action',
    ]);
    assert.deepEqual(
      [
        activityKindOf(3, 4),
        activityKindOf(1, 2),
        activityKindOf(3, 2),
        activityKindOf(1, 77),
        activityKindOf(1, undefined),
      ],
      ['opened', 'ringToOpen', 'opened', 'other', 'other'],
    );
  });
});

describe('The days of doors', () => {
  const doors = [
    { smartlockId: 1, zone: 'Europe/Berlin' },
    { smartlockId: 2, zone: 'America/St_Johns' },
    { smartlockId: 3, zone: undefined },
    { smartlockId: 4, zone: 'Pacific/Auckland' },
  ];

  it('add up to the openings and refused attempts in the list, and claim nothing of what was not read', async () => {
    await fc.assert(
      fc.asyncProperty(anyLog, manyPass, fc.integer({ min: 0, max: 60 }), async (log, filter, rows) => {
        const server = Object.assign(new LogServer(log), { most: 10 });
        const activity = activityOf(server, filter);
        await activity.readOn(rows);
        const passing = new Set(bruteForce(log, filter));
        for (const door of await daysOfDoors(activity, doors, { end: now, count: 9 })) {
          const ofDoor = activity.rows.filter(({ entry: { smartlockId } }) => smartlockId === door.smartlockId);
          const sum = (of: 'openings' | 'refused'): number =>
            door.days.reduce((total, each) => total + each[of], door.elsewhere[of]);
          assert.equal(sum('openings'), ofDoor.filter(({ isOpening }) => isOpening).length);
          assert.equal(sum('refused'), ofDoor.filter(({ outcome }) => outcome === 'refused').length);
          for (const { from, until, reading, openings, refused, marks } of door.days) {
            assert.equal(marks.length, openings + refused);
            const really = log.filter(({ id, smartlockId, date }) => {
              const at = Date.parse(String(date));
              return smartlockId === door.smartlockId && passing.has(id) && at >= from && at < until;
            });
            const refusedThen = really.filter((each) => endOf(each) === 'refused').length;
            const openedThen = really.filter(hasOpened).length;
            if (reading === 'all') assert.deepEqual([openings, refused], [openedThen, refusedThen]);
            if (reading === 'none') assert.equal(marks.length, 0);
            assert.ok(openings <= openedThen && refused <= refusedThen);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('are not said to be read whole while the log of the lock was off', async () => {
    const ago = (days: number): { readonly date: string } => ({ date: isoDate(now - days * day) });
    const log = [entry('9', ago(0)), entry('8', { ...ago(2), action: 254 }), entry('7', { ...ago(4), action: 255 })];
    const readings = async (filter: Partial<AccountFilter>, entriesOfLog = log): Promise<readonly string[]> => {
      const activity = activityOf(new LogServer(entriesOfLog), filter);
      await activity.readAll();
      const [door] = await daysOfDoors(activity, doors, { end: now, count: 7 });
      return (door?.days ?? []).map(({ reading }) => reading);
    };
    const whileOff = ['all', 'all', 'some', 'some', 'some', 'all', 'all'];
    assert.deepEqual(await readings({}), whileOff);
    assert.deepEqual(await readings({ outcomes: ['refused'] }), whileOff);
    assert.deepEqual(await readings({}, [entry('8', { ...ago(2), action: 254 })]), [
      ...Array<string>(5).fill('some'),
      'all',
      'all',
    ]);
    assert.deepEqual(await readings({}, [entry('7', { ...ago(4), action: 255 })]), [
      'all',
      'all',
      ...Array<string>(5).fill('some'),
    ]);
    const elsewhere = log.map((each, index) => (index > 0 ? { ...each, smartlockId: 2 } : each));
    assert.deepEqual(await readings({}, elsewhere), Array<string>(7).fill('all'));
  });

  it('are not said to be read whole where an entry has no date or was not understood, or the days were not asked for', async () => {
    const readings = async (more: LogJson, time: TimeRange, rows = Infinity): Promise<readonly string[]> => {
      const log = [
        entry('9'),
        ...Array.from({ length: 4 }, (_, ago) => entry(`${8 - ago}`, { date: isoDate(now - ago * day) })),
        more,
      ];
      const activity = activityOf(Object.assign(new LogServer(log), { most: 3 }), { time });
      await activity.readOn(rows);
      const [door] = await daysOfDoors(activity, doors, { end: now, count: 4 });
      return (door?.days ?? []).map(({ reading }) => reading);
    };
    const whole = { kind: 'all' } as const;
    const old = { date: isoDate(now - 20 * day) };
    assert.deepEqual(await readings(entry('1', old), whole), ['all', 'all', 'all', 'all']);
    for (const fields of [{ date: undefined }, { ...old, action: 'unlock' }])
      assert.deepEqual(await readings(entry('1', fields), whole), ['some', 'some', 'some', 'some']);
    assert.deepEqual(await readings(entry('1', old), whole, 1), ['none', 'none', 'some', 'some']);
    assert.deepEqual(await readings(entry('1', old), { kind: 'last', days: 1 }), ['none', 'none', 'some', 'all']);
  });

  it('are those of the clock of each lock, also where it is put forward or back', async () => {
    const at = Date.UTC(2026, 9, 25, 21, 30); // in Berlin the day on which clocks go back
    const log = [1, 2, 3, 4].map((smartlockId) =>
      entry(`${smartlockId}`, { smartlockId, action: 3, date: isoDate(at) }),
    );
    const activity = activityOf(new LogServer(log));
    await activity.readAll();
    const found = await daysOfDoors(activity, doors, { end: at + 3 * hour, count: 2 });
    assert.deepEqual(
      found.map(({ days }) => days.map(({ date, openings, marks }) => [date, openings, marks[0]?.minute])),
      [
        [
          ['2026-10-25', 1, 22 * 60 + 30],
          ['2026-10-26', 0, undefined],
        ],
        [
          ['2026-10-24', 0, undefined],
          ['2026-10-25', 1, 19 * 60],
        ],
        [
          ['2026-10-25', 1, 21 * 60 + 30],
          ['2026-10-26', 0, undefined],
        ],
        [
          ['2026-10-25', 0, undefined],
          ['2026-10-26', 0, undefined],
        ],
      ],
    );
    assert.deepEqual([...new Set(found.flatMap(({ days }) => days.map(({ reading }) => reading)))], ['all']);
  });
});
