import assert from 'node:assert/strict';
import { lockAll } from '../../../src/commands/lockAll.ts';
import type { Operation } from '../../../src/model/operation.ts';
import type { Smartlock } from '../../../src/nuki/smartlock.ts';
import { idOf } from '../../../src/views/tree/nodes.ts';
import { lock, lockId, ref } from '../devices.ts';
import { FakeClock } from '../fakeClock.ts';
import { accountId, ScriptedApi, storeOf } from '../model/fakes.ts';
import { user } from '../vscodeStandIn.ts';
import { servicesFor } from './services.ts';

/** What the user is told who locks all of an account with this one lock in it. */
async function lockAllOf(device: Smartlock, operation?: Operation): Promise<readonly string[]> {
  const clock = new FakeClock();
  const api = new ScriptedApi(clock);
  api.devices = [device];
  const { store } = storeOf(clock, api);
  await store.refresh(accountId);
  store.setOperation(ref(lockId), operation);
  user.seen.length = 0;
  user.press = () => undefined;
  await lockAll(idOf({ kind: 'account', accountId }), servicesFor(store, clock));
  return user.seen.map(({ text }) => text);
}

describe('Lock All', () => {
  it('says that all is locked where it is known', async () => {
    assert.deepEqual(await lockAllOf(lock()), ['Home: every lock that can be reached is locked.']);
  });

  const outcome = { kind: 'unconfirmed', at: 0 } as const;
  for (const [what, device, operation] of [
    ['is open', lock({}, { state: 3 }), undefined],
    ['was unlocked, and the end was not seen', lock(), { action: 'unlock', since: 0, outcome }],
    ['is being unlocked', lock(), { action: 'unlock', since: 0 }],
    ["works on another client's operation", lock({ operationId: 'x' }), undefined],
  ] as const) {
    it(`locks what ${what}`, async () => {
      assert.deepEqual(await lockAllOf(device, operation), ['Lock 1 device of Home?']);
    });
  }
});
