import assert from 'node:assert/strict';
import { deviceCommands } from '../../../src/commands/devices.ts';
import { commandIds } from '../../../src/commands/ids.ts';
import { idOf } from '../../../src/views/tree/nodes.ts';
import { lock, lockId } from '../devices.ts';
import { FakeClock } from '../fakeClock.ts';
import { accountId, ScriptedApi, storeOf } from '../model/fakes.ts';
import { user } from '../vscodeStandIn.ts';
import { servicesFor } from './services.ts';

describe('a message in the status bar', () => {
  it('draws no icon that is in the name of a device', async () => {
    const clock = new FakeClock();
    const api = new ScriptedApi(clock);
    api.devices = [lock({ name: '$(lock) Front door: locked' })];
    const { store } = storeOf(clock, api);
    await store.refresh(accountId);
    const commands = deviceCommands(servicesFor(store, clock));
    user.seen.length = 0;
    const updating = commands[commandIds.syncDevice](idOf({ kind: 'device', accountId, smartlockId: lockId }));
    await clock.advance(60_000);
    await updating;
    assert.deepEqual(
      user.seen.map(({ text }) => text),
      ['$\u200A(lock) Front door: locked was asked for its state'],
    );
  });
});
