import assert from 'node:assert/strict';
import { inEnglish } from '../../../../src/base/locale.ts';
import { AccountActivity, type ActivitySource } from '../../../../src/model/activity/accountActivity.ts';
import { everything } from '../../../../src/model/activity/accountFilter.ts';
import { daysOfDoors } from '../../../../src/model/activity/doorDays.ts';
import { firstUses } from '../../../../src/model/activity/firstUses.ts';
import type { AccountActivityEntry } from '../../../../src/nuki/activityLog.ts';
import { decode } from '../../../../src/nuki/http/decode.ts';
import { accountActivitySchema } from '../../../../src/nuki/http/schemas.ts';
import { activityExport } from '../../../../src/views/text/export/activityExport.ts';
import { lock } from '../../devices.ts';
import { bestTurns, turnsDuring } from '../../turns.ts';

const now = Date.UTC(2026, 10, 23, 12);
const doors = 1_000;
/** One short of where reading stops, so that the log is read to its end. */
const count = 199_999;

const template = decode(accountActivitySchema, { id: '', smartlockId: 1, action: 1, trigger: 5, state: 0, source: 0 });
const log: readonly AccountActivityEntry[] = Array.from({ length: count }, (_, ago) => ({
  ...template,
  id: String(count - ago),
  smartlockId: 1 + (ago % doors),
  action: 1 + (ago % 3),
  state: ago % 17 === 0 ? 224 : 0,
  date: new Date(now - ago * 20_000).toISOString(),
  name: `Person ${ago % 300}`,
  authId: `code ${ago % 2_000}`,
}));

/** A home that answers at once, without a turn for anything else. `asked`: takes the place of each answer. */
function sourceOf(asked: number[] = []): ActivitySource {
  const accountActivity = (limit: number, { before }: { readonly before?: string | undefined } = {}) => {
    const start = before === undefined ? 0 : count - Number(before) + 1;
    asked.push(start);
    return Promise.resolve({ items: log.slice(start, start + limit), unreadable: [] });
  };
  const client = { accountActivity, activity: () => Promise.resolve({ items: [], unreadable: [] }) };
  return { client: () => Promise.resolve(client), nukiNow: () => now, typeOf: () => 4 };
}

describe('An account with 200,000 entries in its log', () => {
  const source = sourceOf();
  const whole = new AccountActivity(source, everything);

  before(() => whole.readAll());

  it('shows its first rows after one answer, within a second', async () => {
    const asked: number[] = [];
    const activity = new AccountActivity(sourceOf(asked), everything);
    const { longest } = await turnsDuring(() => activity.readOn(40));
    assert.deepEqual([asked, activity.rows.length], [[0], 50]);
    assert.ok(longest <= 1_000, `${longest} ms`);
  });

  const doorsOfHome = Array.from({ length: doors }, (_, index) => ({ smartlockId: index + 1, zone: 'Europe/Berlin' }));
  const device = { device: lock(), name: 'Front door' };
  const pages = 200;
  const works = [
    { what: 'is read', least: count / 50, work: () => new AccountActivity(source, everything).readAll() },
    {
      what: 'is filtered',
      least: pages - 1,
      work: () =>
        new AccountActivity(
          source,
          { ...everything, outcomes: ['refused'], people: [{ name: 'Nobody' }] },
          whole,
        ).readOn(1),
    },
    {
      what: 'is counted by door and day',
      least: pages - 1,
      work: () => daysOfDoors(whole, doorsOfHome, { end: now, count: 31 }),
    },
    { what: 'is searched for first uses', least: pages - 1, work: () => firstUses(whole, () => now - 1_000_000) },
    // Each page is written, and then copied to the others.
    {
      what: 'is exported',
      least: 2 * pages - 1,
      work: () => activityExport('csv', whole.rows, () => device, { t: inEnglish, language: 'en' }),
    },
    { what: 'is refreshed', least: 0, work: () => whole.readNewer() },
  ];
  for (const { what, least, work } of works) {
    it(`${what} with turns for others in between, none of them later than 100 ms`, async () => {
      const { turns, longest } = await bestTurns(work);
      assert.equal(whole.rows.length, count);
      assert.ok(turns >= least, `${turns} turns`);
      assert.ok(longest <= 100, `${longest} ms`);
    });
  }
});
