import assert from 'node:assert/strict';
import type { AccountState } from '../../../src/model/snapshots.ts';
import { NukiError, type Reason } from '../../../src/nuki/http/errors.ts';
import { welcomeOf } from '../../../src/views/welcome.ts';
import { lock } from '../devices.ts';

const account: AccountState = { id: '7', label: 'Home', simulated: false, devices: undefined, unreadable: [] };
const failed = (reason: Reason): AccountState => ({ ...account, error: new NukiError(reason) });
const empty: AccountState = { ...account, devices: [] };

describe('the text of a view without rows', () => {
  it('says of one account what keeps it from showing something', () => {
    for (const reason of ['tokenMissing', 'tokenRefused', 'unauthorized', 'permissionMissing'] as const) {
      assert.equal(welcomeOf([failed(reason)]), 'needsToken', reason);
    }
    for (const reason of ['network', 'certificate', 'timeout', 'server', 'rateLimited'] as const) {
      assert.equal(welcomeOf([failed(reason)]), 'unreachable', reason);
    }
  });

  it('says that the account has no devices', () => {
    assert.equal(welcomeOf([empty]), 'noDevices');
  });

  it('is not there while the account is read, and where there is something to show of it', () => {
    const devices = [{ accountId: '7', device: lock(), seenAt: 1_000 }];
    assert.equal(welcomeOf([account]), undefined);
    assert.equal(welcomeOf([{ ...account, devices }]), undefined);
    assert.equal(welcomeOf([{ ...failed('tokenRefused'), devices }]), undefined);
    assert.equal(welcomeOf([{ ...empty, unreadable: [{ index: 0, id: undefined, problem: 'name' }] }]), undefined);
  });

  it('leaves it to rows where there are several accounts, or none', () => {
    assert.equal(welcomeOf([failed('network'), { ...empty, id: '8' }]), undefined);
    assert.equal(welcomeOf([]), undefined);
  });
});
