import assert from 'node:assert/strict';
import { pickAccount, pickDevice } from '../../../src/commands/pick.ts';
import { statusBarCommands } from '../../../src/commands/sidebar/statusBar.ts';
import { clockSecond } from '../../../src/views/text/timeText.ts';
import { inEnglish } from '../../../src/base/locale.ts';
import { lock, lockId, opener, ref } from '../devices.ts';
import { FakeClock } from '../fakeClock.ts';
import { accountId, ScriptedApi, storeOf } from '../model/fakes.ts';
import { idOf } from '../../../src/views/tree/nodes.ts';
import { Store } from '../../../src/model/store.ts';
import texts from '../../../package.nls.json' with { type: 'json' };
import type { Smartlock } from '../../../src/nuki/smartlock.ts';
import { commands, user } from '../vscodeStandIn.ts';
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
    assert.deepEqual(user.lists[0]?.labels, [`Home · updated ${read}`, 'Front door', 'Cellar', 'House door']);
    assert.equal(user.lists[0].title, 'Lock: which device?');
  });

  it('and in the menu of the status bar, too', async () => {
    const { read, services } = await setUp();
    await statusBarCommands(services)['nuki.statusBar.openMenu']();
    assert.equal(user.lists[0]?.title, `Front door · locked · updated ${read}`);
  });
});

describe('what is said of a row that is gone', () => {
  it('is that nothing was done: what is pressed in a hover or a message may be older than the list', async () => {
    const { services } = await setUp();
    user.seen.length = 0;
    assert.equal(await pickDevice(idOf({ ...ref(lockId + 7), kind: 'device' }), services, 'Lock'), undefined);
    const otherAccount = idOf({ kind: 'account', accountId: 'gone' });
    assert.equal(await pickAccount(otherAccount, services, 'Lock All', () => true), undefined);
    const sentence = 'This is no longer listed. Nothing was done.';
    assert.deepEqual(
      user.seen.map(({ text }) => text),
      [sentence, sentence],
    );
  });
});

describe('the menu of the status bar', () => {
  /** The entries for a device, without those of the sidebar and of the item itself. */
  async function entriesFor(device: Smartlock): Promise<readonly string[]> {
    const clock = new FakeClock();
    const api = new ScriptedApi(clock);
    api.devices = [device];
    const { store } = storeOf(clock, api);
    await store.refresh(accountId);
    user.lists.length = 0;
    const services = servicesFor(store, clock, { statusBarDevice: () => ref(device.smartlockId) });
    await statusBarCommands(services)['nuki.statusBar.openMenu']();
    return user.lists[0]?.labels ?? [];
  }

  it('begins with what is safe, says where a question follows, and is in groups', async () => {
    const groups = [
      [
        'Door',
        'Lock',
        'Unlock…',
        'Unlatch…',
        "Lock 'n' Go…",
        "Lock 'n' Go with Unlatch…",
        'Show in Sidebar',
        'Refresh',
      ],
      ['Access', 'New Authorization…', 'Recent Activity'],
      ['Status Bar', 'Choose Another Device…', 'Hide from Status Bar'],
    ];
    assert.deepEqual(await entriesFor(lock()), groups.flat());
  });

  it('begins with the sidebar where the device has nothing safe to do', async () => {
    const [door, first, second] = await entriesFor(opener());
    assert.deepEqual([door, first, second], ['Door', 'Show in Sidebar', 'Activate Ring to Open…']);
    const [, active] = await entriesFor(opener({}, { state: 3 }));
    assert.equal(active, 'Deactivate Ring to Open');
  });

  it('has each entry once, and calls actions what the menu of the row does', async () => {
    const titles: ReadonlySet<unknown> = new Set(Object.values(texts));
    for (const device of [lock(), lock({ serverState: 4 }), lock({ type: 1 }), opener(), lock({ type: 99 })]) {
      const entries = await entriesFor(device);
      assert.equal(new Set(entries).size, entries.length);
      const groups = ['Door', 'Access', 'Status Bar'];
      const ours = ['Recent Activity', 'Show in Sidebar', 'Choose Another Device…'];
      assert.deepEqual(
        entries.filter((entry) => ![...groups, ...ours].includes(entry) && !titles.has(entry)),
        [],
      );
    }
  });
});

describe('what is said where there is nothing to choose', () => {
  /** Runs a command that asks for a device or an account, and presses `button`. @returns what is said, and which commands run */
  const ask = async (store: Store, clock: FakeClock, what: 'account' | 'device', button?: string) => {
    const run: string[] = [];
    for (const id of ['nuki.account.add', 'nuki.demoHome.add', 'nuki.devices.refresh']) {
      commands.registerCommand(id, () => Promise.resolve(void run.push(id)));
    }
    user.seen.length = 0;
    user.press = () => button;
    const services = servicesFor(store, clock);
    const none = (): boolean => false;
    const chosen =
      what === 'device'
        ? await pickDevice(undefined, services, 'Lock', none)
        : await pickAccount(undefined, services, 'Lock All', none);
    assert.equal(chosen, undefined);
    await clock.advance(0);
    return { said: user.seen.map(({ text, buttons }) => [text, ...buttons]), run };
  };

  for (const what of ['account', 'device'] as const) {
    it(`offers to add an account or the demo home where there is none to take the ${what} from`, async () => {
      const clock = new FakeClock();
      const { said, run } = await ask(new Store(clock), clock, what, 'Add Account');
      assert.deepEqual(said, [["You haven't added an account yet.", 'Add Account', 'Try the Demo Home']]);
      assert.deepEqual(run, ['nuki.account.add']);
      const demo = await ask(new Store(clock), clock, what, 'Try the Demo Home');
      assert.deepEqual(demo.run, ['nuki.demoHome.add']);
    });
  }

  it('offers to refresh where no device has been read, or there is none', async () => {
    const clock = new FakeClock();
    const api = new ScriptedApi(clock);
    api.devices = [];
    const { store } = storeOf(clock, api);
    const unread = await ask(store, clock, 'device', 'Refresh');
    assert.deepEqual(unread, {
      said: [["Your devices haven't been read yet.", 'Refresh']],
      run: ['nuki.devices.refresh'],
    });
    await store.refresh(accountId);
    const empty = await ask(store, clock, 'account', 'Refresh');
    assert.match(empty.said[0]?.[0] ?? '', /^No devices in your accounts\. Connect them/);
    assert.deepEqual(empty.run, ['nuki.devices.refresh']);
  });

  it('says that no device fits where there are some', async () => {
    const clock = new FakeClock();
    const { store } = storeOf(clock, new ScriptedApi(clock));
    await store.refresh(accountId);
    assert.deepEqual((await ask(store, clock, 'device')).said, [['None of your devices supports this.']]);
  });
});
