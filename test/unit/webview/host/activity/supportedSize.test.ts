import assert from 'node:assert/strict';
import type { AccountActivityEntry } from '../../../../../src/nuki/activityLog.ts';
import type { Decoded } from '../../../../../src/nuki/http/decode.ts';
import { firstFilter } from '../../../../../src/webview/host/activity/activityFilter.ts';
import { ActivitySession } from '../../../../../src/webview/host/activity/activitySession.ts';
import { rowsPerMessage, type ToHost, type ToPage } from '../../../../../src/webview/protocol/activity.ts';
import { FakeClock } from '../../../fakeClock.ts';
import { accountId, ScriptedApi, sourceOf } from '../../../model/fakes.ts';
import { Store } from '../../../../../src/model/store.ts';
import { renderContextBy } from '../../../renderContextBy.ts';
import { turnsDuring } from '../../../turns.ts';

const count = 199_999;
const clock = new FakeClock();
const panel = 'b1946ac92492d2347c6235b4d2611184';

/** An account whose log has as many entries as are promised. */
class LargeLog extends ScriptedApi {
  override accountActivity(
    limit: number,
    { before }: { readonly before?: string | undefined; readonly lane?: string } = {},
  ): Promise<Decoded<AccountActivityEntry>> {
    const start = before === undefined ? 0 : count - Number(before) + 1;
    const items = Array.from({ length: Math.min(limit, count - start) }, (_, index): AccountActivityEntry => {
      const ago = start + index;
      return {
        id: String(count - ago),
        smartlockId: this.devices[0]?.smartlockId ?? 0,
        action: 1,
        trigger: 255,
        source: 1,
        state: ago % 17 === 0 ? 224 : 0,
        date: new Date(clock.now() - ago * 20_000).toISOString(),
        name: `Person ${ago % 300}`,
        authId: `code ${ago % 2_000}`,
      };
    });
    return Promise.resolve({ items, unreadable: [] });
  }
}

/** Reads, searches, filters and exports the whole log in a page that was just opened. @returns the longest turn of each, in ms of work */
async function longestTurns(): Promise<Readonly<Record<string, number>>> {
  const store = new Store(clock);
  store.setSources([sourceOf(new LargeLog(clock))]);
  await store.refresh(accountId);
  const sent = { rows: 0, largest: 0 };
  const last: { -readonly [N in keyof ToPage]?: ToPage[N] } = {};
  const session = new ActivitySession(
    { accountId, filter: firstFilter(undefined) },
    {
      store,
      clock,
      nukiNow: () => clock.now(),
      renderContext: renderContextBy(clock),
      saved: { list: () => [], save: () => false, delete: () => undefined },
      deviceName: () => 'Front door',
      accountName: () => 'Home',
      showInSidebar: () => Promise.resolve(),
      exportAll: (activity) => activity.readAll(),
      openWeb: () => Promise.resolve(),
      replaceToken: () => Promise.resolve(),
    },
    {
      id: panel,
      ownZone: 'Europe/Berlin',
      post: (name, body) => {
        last[name] = structuredClone(body);
        if (name === 'rows' && last.rows) {
          sent.rows += last.rows.rows.length - last.rows.removed;
          sent.largest = Math.max(sent.largest, last.rows.rows.length);
        }
        return Promise.resolve(true);
      },
      rename: () => undefined,
      close: () => undefined,
    },
  );
  const say = async <N extends keyof ToHost>(name: N, body: ToHost[N]): Promise<number> => {
    await clock.advance(1_000); // fewer messages than are read in a second
    return (await turnsDuring(() => session.receive({ panel, name, body }))).longest;
  };
  const turns = {
    ready: await say('ready', null),
    exported: await say('press', 'exportAll'),
    found: await say('find', '1'),
    filtered: await say('filter', { ...firstFilter(undefined), result: 'refused' }),
    shownAgain: await say('ready', null),
    refreshed: await say('press', 'refresh'),
  };
  assert.ok(sent.rows > 200, `${sent.rows} rows`);
  assert.equal(sent.largest, rowsPerMessage);
  assert.equal(last.found?.id, '1');
  return turns;
}

describe('the page of an activity of 200,000 entries, on its host', () => {
  it('has turns for others in between, none of them later than 100 ms, and sends pages of rows', async function () {
    this.timeout(120_000);
    const tries: Readonly<Record<string, number>>[] = []; // one alone may meet a pause of the garbage collector
    const isInTime = (turns: Readonly<Record<string, number>>): boolean => Math.max(...Object.values(turns)) <= 100;
    while (tries.length < 5 && !tries.some(isInTime)) tries.push(await longestTurns());
    assert.ok(tries.some(isInTime), JSON.stringify(tries));
  });
});
