import { Doorkeeper } from '../../../src/model/actions/doorkeeper.ts';
import { idOf } from '../../../src/views/tree/nodes.ts';
import { accountId } from '../../../test/unit/model/fakes.ts';
import { ref } from '../../../test/unit/devices.ts';
import type { Bench } from '../bench.ts';
import { leastSamples } from '../measure.ts';
import { idAt, SimulatedAccount, type Device } from './fixtures/simulatedAccount.ts';

const locks = 40;
const latency = 300;
/** How long a user reads a question, in ms. */
const reading = 1_000;

const open: Device = { type: 4, state: { state: 3, doorState: 2 } };
/** The lock that is opened meanwhile. */
const locked: Device = { type: 4, state: { state: 1, doorState: 2 } };

/** The command Lock All at a home with 40 unlocked locks, whose answers take some 300 ms, and another lock that is unlocked meanwhile. */
export const lockAll: Bench = {
  name: 'Lock All',
  run: async (seed) => {
    const last: number[] = [];
    const unlock: number[] = [];
    for (let round = 0; round < leastSamples; round += 1) {
      const seconds = await lockAllAt(seed + round, round * 500);
      last.push(seconds.last);
      unlock.push(seconds.unlock);
    }
    return [
      { line: 'Lock All on 40 locks: last request', ours: last },
      { line: 'Lock All on 40 locks: an unlock meanwhile', ours: unlock },
    ];
  },
};

/** The seconds from each yes to the last request of it. `meanwhile`: how long after the first yes the unlocking is asked for, in ms. */
async function lockAllAt(seed: number, meanwhile: number): Promise<{ readonly last: number; readonly unlock: number }> {
  // What the command shows is shown to the tests' stand-in of VS Code.
  await import('../../../test/unit/vscode.ts');
  const { user } = await import('../../../test/unit/vscodeStandIn.ts');
  const command = await import('../../../src/commands/actions/lockAll.ts');
  const { servicesFor } = await import('../../../test/unit/commands/services.ts');

  const devices = [...Array.from({ length: locks }, () => open), locked];
  const account = new SimulatedAccount(devices, { seed, latency });
  const { store, clock, time } = account;
  const agreed = { toLock: 0, toUnlock: 0 };
  const doorkeeper = new Doorkeeper(store, clock, () => {
    agreed.toUnlock = clock.now();
    return Promise.resolve(true);
  });
  const unlocked = Promise.withResolvers<unknown>();
  const id = idAt(locks, locked);
  const unlock = async (): Promise<void> => {
    await clock.wait(meanwhile);
    unlocked.resolve(await doorkeeper.act(ref(id), 'unlock'));
  };
  user.press = ({ options, buttons }) => {
    if (!options.modal) return undefined;
    time.fakeClock.jump(reading);
    agreed.toLock = clock.now();
    void unlock();
    return buttons[0];
  };
  await account.until(store.refresh(accountId));
  const services = servicesFor(store, time.fakeClock, { clock, doorkeeper });
  await account.until(command.lockAll(idOf({ kind: 'account', accountId }), services));
  await account.until(unlocked.promise);
  const sent = account.home.exchanges.all.filter(({ method }) => method === 'POST');
  const toUnlock = sent.filter(({ path }) => path.includes(String(id)));
  const toLock = sent.filter((request) => !toUnlock.includes(request));
  if (toLock.length !== locks || toUnlock.length !== 1) throw new Error(`${sent.length} requests were sent`);
  return {
    last: (Math.max(...toLock.map(({ at }) => at)) - agreed.toLock) / 1_000,
    unlock: (Math.max(...toUnlock.map(({ at }) => at)) - agreed.toUnlock) / 1_000,
  };
}
