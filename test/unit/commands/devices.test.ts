import assert from 'node:assert/strict';
import { deviceCommands } from '../../../src/commands/devices.ts';
import { commandIds } from '../../../src/commands/ids.ts';
import { UnlatchSupport } from '../../../src/model/unlatchSupport.ts';
import { idOf } from '../../../src/views/tree/nodes.ts';
import { lock, lockId } from '../devices.ts';
import { FakeClock } from '../fakeClock.ts';
import { accountId, FakeMemento, ScriptedApi, storeOf } from '../model/fakes.ts';
import { person } from '../vscodeStandIn.ts';
import { glanceBy, reportWithoutLog } from './surroundings.ts';

describe('a message in the status bar', () => {
  it('draws no icon that is in the name of a device', async () => {
    const clock = new FakeClock();
    const api = new ScriptedApi(clock);
    api.devices = [lock({ name: '$(lock) Front door: locked' })];
    const { store } = storeOf(clock, api);
    await store.refresh(accountId);
    const renderContext = glanceBy(clock);
    const report = reportWithoutLog();
    const refresh = (): Promise<void> => Promise.resolve();
    const unlatchSupport = new UnlatchSupport(new FakeMemento());
    const commands = deviceCommands({ store, renderContext, clock, report, unlatchSupport, refresh });
    person.seen.length = 0;
    const updating = commands[commandIds.syncDevice](idOf({ kind: 'device', accountId, smartlockId: lockId }));
    await clock.advance(60_000);
    await updating;
    assert.deepEqual(
      person.seen.map(({ text }) => text),
      ['$\u200A(lock) Front door: locked was asked for its state'],
    );
  });
});
