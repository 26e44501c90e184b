import assert from 'node:assert/strict';
import { inEnglish } from '../../../../../src/base/locale.ts';
import { calendarOf, type CalendarOrder } from '../../../../../src/model/calendar/calendar.ts';
import type { AccountState } from '../../../../../src/model/snapshots.ts';
import { CalendarRows } from '../../../../../src/webview/host/calendar/calendarRows.ts';
import { RowKeys } from '../../../../../src/webview/host/calendar/rowKeys.ts';
import { rowsPerPage } from '../../../../../src/webview/protocol/calendar.ts';
import { authorization, lock } from '../../../devices.ts';

const now = Date.UTC(2026, 10, 23, 12);

/** An account with so many devices, and on each so many codes with hours of their own. */
function accountWith(devices: number, perDevice: number): AccountState {
  const codes = (smartlockId: number) =>
    Array.from({ length: perDevice }, (_, index) =>
      authorization({
        id: `${smartlockId}-${index}`,
        name: 'Guest',
        allowedWeekDays: 127,
        allowedFromTime: index * 2,
        allowedUntilTime: 700 + index * 2,
        smartlockId,
      }),
    );
  return {
    id: '7',
    label: 'Home',
    simulated: false,
    unreadable: [],
    devices: Array.from({ length: devices }, (_, index) => ({
      accountId: '7',
      device: lock({ smartlockId: index + 1, name: `Door ${String(index).padStart(4, '0')}` }),
      seenAt: 0,
      authorizations: { items: codes(index + 1), unreadable: [], readAt: 0 },
    })),
  };
}

function rowsOf(account: AccountState, order: CalendarOrder, isUnfolded = false): CalendarRows {
  const calendar = calendarOf(account, { order, from: '2026-11-01', days: 30, now, ownNow: now, language: 'en' });
  return new CalendarRows(calendar, new Set(['Europe/Vienna']), {
    context: { t: inEnglish, language: 'en', now, ownNow: now, refreshIntervalMs: 60_000 },
    keys: new RowKeys(),
    deviceName: ({ device }) => device.name,
    isUnfolded: () => isUnfolded,
  });
}

describe('the rows of a large calendar', function () {
  this.timeout(30_000);

  it('are worked out a page at a time with turns for everything else, and stay small', async () => {
    const rows = rowsOf(accountWith(120, 25), 'doors');
    assert.equal(rows.count, 120);
    const turns = { count: 0, isOver: false };
    const turn = (): void => {
      turns.count += 1;
      if (!turns.isOver) setImmediate(turn);
    };
    setImmediate(turn);
    const page = await rows.rows(rowsPerPage, 2 * rowsPerPage);
    turns.isOver = true;
    assert.deepEqual([page.length, page[0]?.name, page.at(-1)?.name], [rowsPerPage, 'Door 0050', 'Door 0099']);
    assert.ok(turns.count >= rowsPerPage, `${turns.count} turns`);
    assert.ok(JSON.stringify(page).length < 1_000_000);
  });

  it('are the same on every page as all of them at once', async () => {
    const rows = rowsOf(accountWith(12, 9), 'doors', true);
    const all = await rows.rows(0, rows.count);
    assert.equal(all.length, 120);
    for (let from = 0; from < rows.count; from += 7) {
      assert.deepEqual(await rows.rows(from, from + 7), all.slice(from, from + 7), `from ${from}`);
    }
  });

  it('leave out what hangs on a name that is on too many authorizations, and say so', async () => {
    const rows = rowsOf(accountWith(16, 100), 'persons', true);
    const all = await rows.rows(0, 10);
    assert.deepEqual(
      all.map(({ name }) => name),
      ['Guest'],
    );
    assert.deepEqual(all[0]?.marks, [{ kind: 'unknown', words: 'too many to show' }]);
    assert.deepEqual(all[0]?.counts, []);
  });
});
