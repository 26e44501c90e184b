import assert from 'node:assert/strict';
import { deviceCommands } from '../../../../src/commands/sidebar/devices.ts';
import { commandIds } from '../../../../src/commands/ids.ts';
import type { Smartlock } from '../../../../src/nuki/smartlock.ts';
import { idOf } from '../../../../src/views/tree/nodes.ts';
import { lock, lockId, ref } from '../../devices.ts';
import { FakeClock } from '../../fakeClock.ts';
import { accountId, ScriptedApi, storeOf } from '../../model/fakes.ts';
import { user } from '../../vscodeStandIn.ts';
import { servicesFor } from '../services.ts';

/** What is said when Nuki is asked to read a device itself, and what Nuki is asked; `after`: how it is listed then. */
async function wake(before: Smartlock, after: Smartlock) {
  const clock = new FakeClock();
  const api = new ScriptedApi(clock);
  api.devices = [before];
  const { store } = storeOf(clock, api);
  await store.refresh(accountId);
  const refreshAccount = (id: string): Promise<void> => store.refresh(id);
  const commands = deviceCommands(servicesFor(store, clock, { refreshAccount }));
  user.seen.length = 0;
  api.calls.length = 0;
  const waking = commands[commandIds.syncDevice](idOf({ kind: 'device', ...ref(lockId) }));
  await clock.advance(1_000);
  api.devices = [after];
  await clock.advance(60_000);
  await waking;
  return { said: user.seen.map(({ text }) => text), calls: api.calls };
}

describe('Wake and Refresh', () => {
  const later = '2026-11-23T12:00:03.000Z';

  it('asks the device once, looks once after that, and says what it has reported', async () => {
    const { said, calls } = await wake(lock(), lock({ updateDate: later }, { state: 3 }));
    assert.deepEqual(calls, [`sync ${lockId}`, 'smartlocks']);
    assert.deepEqual(said, ['Requested an update from Front door.', 'Front door reported: unlocked.']);
  });

  it('says that a device which is offline has not answered', async () => {
    const offline = lock({ serverState: 4 });
    const { said } = await wake(offline, offline);
    assert.deepEqual(said[1], "Front door is offline and hasn't answered.");
  });

  it('claims no answer where nothing newer has come', async () => {
    const { said } = await wake(lock(), lock());
    assert.deepEqual(said[1], 'Front door has sent no newer report yet.');
  });

  it('draws no icon that is in the name of a device', async () => {
    const device = lock({ name: '$(lock) Front door: locked' });
    const { said } = await wake(device, device);
    assert.equal(said[0], 'Requested an update from $\u200A(lock) Front door: locked.');
  });
});
