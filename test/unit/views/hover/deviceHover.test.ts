import assert from 'node:assert/strict';
import { inEnglish } from '../../../../src/base/locale.ts';
import type { AccountState, DeviceState } from '../../../../src/model/snapshots.ts';
import { decode } from '../../../../src/nuki/http/decode.ts';
import { activitySchema } from '../../../../src/nuki/http/schemas.ts';
import type { Smartlock } from '../../../../src/nuki/smartlock.ts';
import { deviceHover } from '../../../../src/views/hover/deviceHover.ts';
import type { Hover } from '../../../../src/views/hover/hover.ts';
import type { RenderContext } from '../../../../src/views/text/renderContext.ts';
import { dateAndMinute } from '../../../../src/views/text/timeText.ts';
import { authorization, lock, lockId, opener } from '../../devices.ts';
import { accountId } from '../../model/fakes.ts';
import { wordsOf } from './words.ts';

const minute = 60_000;
const now = Date.UTC(2026, 10, 23, 12);
const context: RenderContext = { t: inEnglish, language: 'en', now, ownNow: now, refreshIntervalMs: minute };
const account: AccountState = { id: accountId, label: 'Home', simulated: false, devices: [], unreadable: [] };

function hoverOf(device: Smartlock, known: Partial<DeviceState> = {}, canUnlatch = true): Hover {
  const state = { accountId, device, seenAt: now, ...known };
  return deviceHover({ state, others: [], account, canUnlatch }, context);
}

const linesOf = (device: Smartlock, known?: Partial<DeviceState>): readonly string[] =>
  hoverOf(device, known).lines.map(({ text }) => text);
const titlesOf = ({ links = [] }: Hover): readonly string[] => links.map(({ title }) => title);
const at = (instant: number): string => dateAndMinute(instant, context);

describe('the hover of a device', () => {
  it('is its name and model, its state, what happened last and how it is connected, where nothing is unusual', () => {
    assert.deepEqual(wordsOf(hoverOf(lock())).split('\n'), [
      'Front door · Smart Lock (3rd/4th generation) · Home',
      'locked · door closed',
      'Last action: lock · system',
      'online · battery 82 %',
      `ID ${lockId} (43D1E9E4) · firmware 3.10.7 · Keypad · Europe/Berlin`,
      `Reported by lock ${at(now - minute)} · Updated ${at(now)}`,
    ]);
  });

  it('says of a device that tells next to nothing what is known', () => {
    const bare = lock({
      state: null,
      config: null,
      firmwareVersion: null,
      updateDate: null,
      serverState: null,
      adminPinState: null,
    });
    const [, state, connection, ...footer] = wordsOf(hoverOf(bare)).split('\n');
    assert.equal(state, 'connection unknown · last reported –');
    assert.equal(connection, 'connection unknown');
    assert.deepEqual(footer, [`ID ${lockId} (43D1E9E4) · time zone unknown`, `Updated ${at(now)}`]);
  });

  it('calls an Opener no lock', () => {
    assert.match(wordsOf(hoverOf(opener())), /^Reported by device /m);
  });

  it('says when an offline device reported last, and what of its door', () => {
    const [state, , connection] = linesOf(lock({ serverState: 4 }));
    assert.match(state ?? '', /^offline · reported \d\d:\d\d, locked · last reported: door closed$/);
    assert.equal(connection, 'offline · battery 82 %');
    assert.match(
      linesOf(lock({}, { doorState: 3 }), { seenAt: now - 5 * minute })[0] ?? '',
      /last reported: door open$/,
    );
  });

  it('then says what is unusual, troubles first', () => {
    const odd = lock(
      { adminPinState: 2, error: 'Motor stalled', virtualDevice: true },
      {
        batteryCritical: true,
        batteryCharging: true,
        keypadBatteryCritical: true,
        doorsensorBatteryCritical: true,
        doorState: 16,
        mode: 4,
        nightMode: true,
      },
      { timezoneId: 0 },
    );
    const [, , connection, ...unusual] = hoverOf(odd).lines;
    assert.equal(connection?.text, 'online · battery 82 % · charging');
    assert.deepEqual(
      unusual.map(({ icon, text }) => `${icon}: ${text}`),
      [
        'warning: admin PIN invalid',
        'warning: battery low',
        'warning: keypad battery low',
        'warning: door sensor battery low',
        'warning: error: Motor stalled',
        'info: door sensor uncalibrated',
        'info: mode: maintenance',
        'info: night mode',
        'info: virtual device',
        "info: The lock's firmware may handle daylight saving time differently. Test the hours at the lock.",
      ],
    );
  });

  it('says that a device has confirmed nothing for long', () => {
    const waiting = authorization({
      creationDate: new Date(now - 60 * minute).toISOString(),
      updateDate: null,
      lockCount: 0,
      lastActiveDate: null,
    });
    const authorizations = { items: [waiting], unreadable: [], readAt: now };
    assert.match(linesOf(lock(), { authorizations }).at(-1) ?? '', /^not synced since /);
  });

  it('names who did the last action and when, by a log that was read after the device reported', () => {
    const entry = (action: number, state: number, name: string, ago: number) =>
      decode(activitySchema, { id: name, action, state, name, trigger: 5, date: new Date(now - ago).toISOString() });
    const lastIn = (items: readonly ReturnType<typeof entry>[], readAt = now): string | undefined =>
      linesOf(lock(), { activity: { items, isComplete: true, oldestId: 'a', unreadable: 0, readAt } })[1];
    const opened = entry(240, 0, 'Door', minute);
    const locked = entry(2, 0, 'Anna', 2 * minute);
    assert.equal(lastIn([opened, locked]), `Last action: lock · Anna · ${at(now - 2 * minute)}`);
    const unknown = 'Last action: lock · system';
    assert.equal(lastIn([locked], now - 2 * minute), unknown); // the lock has reported since
    assert.equal(lastIn([entry(1, 0, 'Ben', minute), locked]), unknown); // the log has another action than the lock
    assert.equal(lastIn([entry(2, 1, 'Ben', minute), locked]), unknown); // the newest attempt came to nothing
  });

  it('offers what its row offers, closing first, and nothing to an offline device that would act late', () => {
    assert.deepEqual(titlesOf(hoverOf(lock())), [
      'Lock',
      'Unlock…',
      'Unlatch…',
      'New Authorization…',
      'Wake and Refresh',
    ]);
    assert.deepEqual(titlesOf(hoverOf(lock(), {}, false)), [
      'Lock',
      'Unlock…',
      'New Authorization…',
      'Wake and Refresh',
    ]);
    assert.deepEqual(titlesOf(hoverOf(lock({ serverState: 4 }))), ['Lock', 'New Authorization…']);
    assert.deepEqual(titlesOf(hoverOf(lock({ type: 99 }))), ['New Authorization…', 'Wake and Refresh']);
  });

  it('hands its row to what it offers', () => {
    for (const { row } of hoverOf(lock()).links ?? []) assert.equal(row, `account/${accountId}/device/${lockId}`);
  });
});
