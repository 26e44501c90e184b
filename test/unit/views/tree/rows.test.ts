import assert from 'node:assert/strict';
import { inEnglish } from '../../../../src/base/locale.ts';
import type { AccountState } from '../../../../src/model/snapshots.ts';
import { clockSecond } from '../../../../src/views/text/timeText.ts';
import { accountRow, deviceRow } from '../../../../src/views/tree/rows.ts';
import { lock } from '../../devices.ts';
import { accountId } from '../../model/fakes.ts';

const now = Date.UTC(2026, 10, 26, 12);
const context = { t: inEnglish, language: 'en', now, ownNow: now, refreshIntervalMs: 60_000 };
const account: AccountState = {
  id: accountId,
  label: 'Home',
  simulated: false,
  devices: [],
  unreadable: [],
  refreshedAt: now,
};

describe('the row of an account', () => {
  it('says how many devices it has, and of none when Nuki was asked', () => {
    const one = { accountId, device: lock(), seenAt: now };
    assert.equal(accountRow({ ...account, devices: [one] }, context).description, '1 device');
    assert.equal(accountRow({ ...account, devices: [one, one] }, context).description, '2 devices');
    assert.equal(accountRow(account, context).description, `no devices at ${clockSecond(now, context)}`);
  });

  it('tells simulated homes from accounts, and from each other', () => {
    const rowOf = (id: string) => accountRow({ ...account, id, simulated: true, devices: [] }, context);
    assert.equal(accountRow(account, context).contextValue, 'account own');
    assert.deepEqual([rowOf('demo').label, rowOf('demo').contextValue], ['Demo Home', 'account demo']);
    assert.match(String(rowOf('demo').description), /^simulated · /);
    const ofApi = rowOf('simulated-api');
    assert.deepEqual([ofApi.label, ofApi.contextValue], ['Simulated Web API', 'account simulatedApi']);
  });
});

describe('the row of a device', () => {
  it('offers to unlatch for as long as the lock is not known to refuse it', () => {
    const state = { accountId, device: lock(), seenAt: now };
    const offers = (canUnlatch: boolean) =>
      deviceRow(state, [], account, canUnlatch, context).contextValue?.split(' ').includes('unlatch');
    assert.deepEqual([true, false, true].map(offers), [true, false, true]);
  });
});
