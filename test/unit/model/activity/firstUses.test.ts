import assert from 'node:assert/strict';
import { AccountActivity } from '../../../../src/model/activity/accountActivity.ts';
import { everything, type AccountFilter } from '../../../../src/model/activity/accountFilter.ts';
import { firstUses } from '../../../../src/model/activity/firstUses.ts';
import { LogServer, type LogJson } from './logServer.ts';

const day = 24 * 3_600_000;
const now = new LogServer([]).clock.now();

/** An entry of the lock 1, so many days ago. */
function use(id: string, daysAgo: number, fields: LogJson = {}): LogJson {
  const date = new Date(now - daysAgo * day).toISOString();
  return {
    id,
    smartlockId: 1,
    action: 3,
    trigger: 255,
    state: 0,
    source: 1,
    name: 'Guest',
    authId: 'code',
    date,
    ...fields,
  };
}

const ofOthers = (id: string, daysAgo: number): LogJson => use(id, daysAgo, { authId: undefined, name: '' });

/** The first uses in a log that is read whole, or its first pages; the code was created so many days ago. */
async function firstsIn(
  log: readonly LogJson[],
  { filter = {}, created, rows = Infinity }: { filter?: Partial<AccountFilter>; created?: number; rows?: number } = {},
): Promise<Readonly<Record<string, string>>> {
  const server = Object.assign(new LogServer(log), { most: 3 });
  const activity = new AccountActivity(
    { client: () => Promise.resolve(server.client()), nukiNow: () => now, typeOf: () => 4 },
    { ...everything, ...filter },
  );
  await activity.readOn(rows);
  const createdAt = (authId: string) => (authId === 'code' && created !== undefined ? now - created * day : undefined);
  return Object.fromEntries(await firstUses(activity, createdAt));
}

describe('The first use of a code', () => {
  const log = [use('6', 1), use('5', 2), ofOthers('4', 3), use('3', 3.5), ofOthers('2', 5), ofOthers('1', 9)];

  it('is the earliest success by it, where the log was read back to when it was created', async () => {
    assert.deepEqual(await firstsIn(log, { created: 4 }), { 3: 'ever' });
    assert.deepEqual(await firstsIn(log, { created: 4, filter: { time: { kind: 'last', days: 7 } } }), { 3: 'ever' });
    assert.deepEqual(await firstsIn(log, { created: 4, filter: { doors: [1], outcomes: ['refused'] } }), { 3: 'ever' });
  });

  it('is found by time, not by the order in which entries came to Nuki', async () => {
    const late = [use('6', 3.5), use('5', 1), ofOthers('4', 3), use('3', 2), ofOthers('2', 5)];
    assert.deepEqual(await firstsIn(late, { created: 4 }), { 6: 'ever' });
  });

  it('is only the first in the log, where that ends after the code was created, or it is not known when that was', async () => {
    assert.deepEqual(await firstsIn(log, { created: 20 }), { 3: 'inLog' });
    assert.deepEqual(await firstsIn(log), { 3: 'inLog' });
  });

  it('is not told where the log was not read so far', async () => {
    assert.deepEqual(await firstsIn(log, { created: 4, rows: 4 }), {});
    const older = [...log.slice(0, 4), ofOthers('0', 4.2), ...log.slice(4)];
    assert.deepEqual(await firstsIn(older, { created: 4, filter: { time: { kind: 'last', days: 4.5 } } }), {});
    assert.deepEqual(await firstsIn(log, { filter: { time: { kind: 'last', days: 7 } } }), {});
  });

  it('is not told where Nuki was asked for some entries only', async () => {
    const asked = log.map((each) => ({ ...each, action: 224, accountUserId: 7 }));
    assert.deepEqual(await firstsIn(asked, { created: 4 }), { 3: 'ever' });
    assert.deepEqual(await firstsIn(asked, { created: 4, filter: { kinds: ['doorbell'] } }), {});
    assert.deepEqual(await firstsIn(asked, { created: 4, filter: { people: [{ accountUserId: 7 }] } }), {});
  });

  it('is no refused attempt', async () => {
    const refused = [...log.slice(0, 3), use('3', 3.5, { state: 9 }), ...log.slice(4)];
    assert.deepEqual(await firstsIn(refused, { created: 4 }), { 5: 'ever' });
  });

  it('is not told where an entry might be an earlier one', async () => {
    const earlier: readonly LogJson[] = [
      use('0', 3.9, { state: null }),
      use('0', 3.9, { date: undefined }),
      use('0', 3.9, { action: 'unlatch' }),
    ];
    for (const each of earlier) assert.deepEqual(await firstsIn([...log, each], { created: 4 }), {});
  });

  it('is not told at a lock whose log was off for a time', async () => {
    for (const action of [254, 255]) {
      assert.deepEqual(await firstsIn([...log, { ...ofOthers('0', 3.9), action }], { created: 4 }), {});
      const elsewhere = { ...ofOthers('0', 3.9), action, smartlockId: 2 };
      assert.deepEqual(await firstsIn([...log, elsewhere], { created: 4 }), { 3: 'ever' });
    }
  });

  it('is only the first in the log where no entry of the same lock is from before the code was created', async () => {
    const elsewhere = [...log.slice(0, 4), ...log.slice(4).map((each) => ({ ...each, smartlockId: 2 }))];
    assert.deepEqual(await firstsIn(elsewhere, { created: 4 }), { 3: 'inLog' });
  });

  it('is not told where someone of the same name has opened, and the log does not say by which code', async () => {
    const nameless = use('0', 3.9, { authId: undefined });
    assert.deepEqual(await firstsIn([...log, nameless], { created: 4 }), {});
    assert.deepEqual(await firstsIn([...log, { ...nameless, smartlockId: 2 }], { created: 4 }), { 3: 'ever' });
    assert.deepEqual(await firstsIn([...log, { ...nameless, state: 9 }], { created: 4 }), { 3: 'ever' });
  });

  it('is told of each code by itself', async () => {
    const two = [...log.slice(0, 4), use('other', 4, { authId: 'other', smartlockId: 2 }), ...log.slice(4)];
    assert.deepEqual(await firstsIn(two, { created: 4 }), { 3: 'ever', other: 'inLog' });
  });
});
