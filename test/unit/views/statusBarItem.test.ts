import assert from 'node:assert/strict';
import type { Smartlock } from '../../../src/nuki/smartlock.ts';
import { StatusBar } from '../../../src/views/statusBarItem.ts';
import { renderContextBy } from '../renderContextBy.ts';
import { lock, opener, ref } from '../devices.ts';
import { FakeClock } from '../fakeClock.ts';
import { accountId, ScriptedApi, storeOf } from '../model/fakes.ts';
import { statusBarItems } from '../vscodeStandIn.ts';

/** The item of a device that was just read. */
async function itemOf(device: Smartlock) {
  const clock = new FakeClock();
  const api = new ScriptedApi(clock);
  api.devices = [device];
  const { store } = storeOf(clock, api);
  await store.refresh(accountId);
  const chosen = (): ReturnType<typeof ref> => ref(device.smartlockId);
  const bar = new StatusBar(store, chosen, renderContextBy(clock), () => undefined, 'nuki.statusBar.openMenu');
  const item = statusBarItems.at(-1) ?? assert.fail('there is no item');
  return { bar, clock, item };
}

describe('the item in the status bar', () => {
  it('opens a menu', async () => {
    const { item } = await itemOf(lock());
    assert.equal(item.command, 'nuki.statusBar.openMenu');
  });

  it('has another background only where something is at fault or not known', async () => {
    const backgroundOf = async (device: Smartlock): Promise<string | undefined> =>
      (await itemOf(device)).item.backgroundColor?.id;
    const plain = [
      lock(),
      lock({}, { state: 3 }),
      lock({}, { batteryCritical: true }),
      lock({ serverState: 4 }),
      lock({}, { state: 3, doorState: 3 }),
      opener(),
    ];
    for (const device of plain) assert.equal(await backgroundOf(device), undefined);
    assert.equal(await backgroundOf(lock({}, { doorState: 3 })), 'statusBarItem.warningBackground');
    for (const state of [254, 255, 226]) {
      assert.equal(await backgroundOf(lock({}, { state })), 'statusBarItem.warningBackground');
    }
  });

  it('says how old its state is, once that is old', async () => {
    const { bar, clock, item } = await itemOf(lock());
    await clock.advance(5 * 60_000);
    bar.draw();
    assert.match(item.text, /^\$\(history\) Front door: last reported locked, 6 min ago$/);
    assert.equal(item.backgroundColor, undefined);
  });
});
