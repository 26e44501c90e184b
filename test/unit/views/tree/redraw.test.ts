import assert from 'node:assert/strict';
import { NukiError } from '../../../../src/nuki/http/errors.ts';
import type { AccountState, DeviceState } from '../../../../src/model/snapshots.ts';
import { rowsToRedraw } from '../../../../src/views/tree/redraw.ts';
import { lock } from '../../devices.ts';

const accountId = '7';
const now = 1_000_000;
const context = { ownNow: now, interval: 60_000 };

const stateOf = (smartlockId: number, changes: Partial<DeviceState> = {}): DeviceState => ({
  accountId,
  device: lock({ smartlockId, name: `Door ${smartlockId}` }),
  seenAt: now - 60_000,
  ...changes,
});
const devices = Array.from({ length: 100 }, (_, index) => stateOf(index + 1));
const account: AccountState = { id: accountId, label: 'Home', demo: false, devices, unreadable: [] };
const whole = ['account/7'];

/** The account read anew, with other devices in the place of some. */
const readAnew = (changed: Readonly<Record<number, Partial<DeviceState>>> = {}): AccountState => ({
  ...account,
  devices: devices.map((state, index) => ({ ...state, seenAt: now, ...changed[index] })),
});
const rows = (after: AccountState, before: AccountState = account) => rowsToRedraw(before, after, context);

describe('what is redrawn', () => {
  it('is nothing where a refresh brought nothing new', () => {
    assert.deepEqual(rows(readAnew()), []);
  });

  it('is the rows of the devices that have changed, and no other', () => {
    const unlocked = { device: lock({ smartlockId: 3, name: 'Door 3' }, { state: 3 }) };
    const operation = { action: 'lock', since: now } as const;
    assert.deepEqual(rows(readAnew({ 2: unlocked, 4: { operation } })), ['account/7/device/3', 'account/7/device/5']);
  });

  it('is the account where it had no list yet, its own row has changed, or many of its devices', () => {
    assert.deepEqual(rows({ ...readAnew(), label: 'Office' }), whole);
    assert.deepEqual(rows({ ...readAnew(), unreadable: [{ index: 0, id: '1', problem: 'name' }] }), whole);
    assert.deepEqual(rows(readAnew(), { ...account, devices: undefined }), whole);
    const replaced = devices.map(({ device }) => ({ device: { ...device } }));
    assert.deepEqual(rows(readAnew(replaced)), whole);
  });

  it('is the account as long as it cannot be read, and once when it can again', () => {
    const failing = { ...account, error: new NukiError('network') };
    assert.deepEqual(rows(failing), whole);
    assert.deepEqual(rows(failing, failing), whole);
    assert.deepEqual(rows(readAnew(), failing), whole);
  });

  it('is the account where a device came, went, or has another name or place', () => {
    const [first, ...others] = readAnew().devices ?? [];
    assert.ok(first);
    assert.deepEqual(rows({ ...account, devices: others }), whole);
    assert.deepEqual(rows({ ...account, devices: [...others, first] }), whole);
    assert.deepEqual(rows(readAnew({ 0: { device: { ...first.device, name: 'Gate' } } })), whole);
    assert.deepEqual(rows(readAnew({ 0: { device: { ...first.device, favorite: false } } })), whole);
  });

  it('is every row that says how old it is', () => {
    const few = { ...account, devices: devices.slice(0, 3) };
    const later = (minutes: number) => rowsToRedraw(few, few, { ...context, ownNow: now + minutes * 60_000 });
    assert.deepEqual(later(0), []);
    assert.deepEqual(later(3), ['account/7/device/1', 'account/7/device/2', 'account/7/device/3']);
  });

  it('is a device of which more is shown: its authorizations end, its log grows old', () => {
    const list = { items: [], unreadable: [], readAt: now };
    const opened = readAnew({ 6: { authorizations: list } });
    assert.deepEqual(rows(opened), ['account/7/device/7']);
    assert.deepEqual(rows(opened, opened), ['account/7/device/7']);
  });
});
