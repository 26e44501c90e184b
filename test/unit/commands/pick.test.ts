import assert from 'node:assert/strict';
import { pickDevice } from '../../../src/commands/pick.ts';
import { statusBarCommands } from '../../../src/commands/statusBar.ts';
import { clockSecond } from '../../../src/views/text/timeText.ts';
import { inEnglish } from '../../../src/base/locale.ts';
import { lock, lockId, opener, ref } from '../devices.ts';
import { FakeClock } from '../fakeClock.ts';
import { accountId, ScriptedApi, storeOf } from '../model/fakes.ts';
import { user } from '../vscodeStandIn.ts';
import { servicesFor } from './services.ts';

async function setUp() {
  const clock = new FakeClock();
  const api = new ScriptedApi(clock);
  api.devices = [
    lock({ smartlockId: lockId + 1, name: 'Cellar', favorite: false }),
    lock(),
    opener({ favorite: false }),
  ];
  const { store } = storeOf(clock, api);
  await store.refresh(accountId);
  await clock.advance(40_000); // the list is opened a while after the last look
  user.lists.length = 0;
  const read = clockSecond(clock.now() - 40_000, { language: 'en', t: inEnglish });
  return { read, services: servicesFor(store, clock, { statusBarDevice: () => ref(lockId) }) };
}

describe('what is said of doors in a list to choose from', () => {
  it('is said with when it was read, of devices in the order of the sidebar', async () => {
    const { read, services } = await setUp();
    await pickDevice(undefined, services, 'Lock');
    assert.deepEqual(user.lists[0]?.labels, [`Home · read ${read}`, 'Front door', 'Cellar', 'House door']);
  });

  it('and in the menu of the status bar, too', async () => {
    const { read, services } = await setUp();
    await statusBarCommands(services)['nuki.statusBar.openMenu']();
    assert.equal(user.lists[0]?.title, `Front door · locked · door closed · 82 % · read ${read}`);
  });
});
