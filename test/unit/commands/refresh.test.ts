import assert from 'node:assert/strict';
import { commandIds } from '../../../src/commands/ids.ts';
import { sidebarCommands } from '../../../src/commands/sidebar/sidebar.ts';
import { frontDoor } from '../../../src/simulator/demo/demoDevices.ts';
import { idOf, type NodeAddress } from '../../../src/views/tree/nodes.ts';
import { ref } from '../devices.ts';
import { accountId } from '../model/fakes.ts';
import { TestAccount } from '../model/testAccount.ts';
import { servicesFor } from './services.ts';

/** What Nuki is asked when a command is called on `hint`. */
async function asked(hint: unknown, command: 'refresh' | 'refreshAll' = 'refresh'): Promise<readonly string[]> {
  const account = await TestAccount.open();
  const { store, simulator } = account;
  const refreshAccounts = async (ids: readonly string[]): Promise<void> => {
    await Promise.all(ids.map((id) => store.refresh(id)));
  };
  account.requests.length = 0;
  const commands = sidebarCommands(servicesFor(store, simulator.clock, { refreshAccounts }));
  await account.advanceUntil(commands[commandIds[command]](hint));
  return account.requests.toSorted();
}

const devices = 'GET /smartlock';
const authorizations = `GET /smartlock/${frontDoor}/auth`;
const activity = `GET /smartlock/${frontDoor}/log`;
const row = (address: NodeAddress): string => idOf(address);

describe('a refresh', () => {
  for (const [what, hint, paths] of [
    ['called on nothing reads every account', undefined, [devices]],
    ['of an account reads its devices', row({ kind: 'account', accountId }), [devices]],
    ['of a device reads it and who may open it', row({ ...ref(frontDoor), kind: 'device' }), [devices, authorizations]],
    ['of authorizations reads them', row({ ...ref(frontDoor), kind: 'authorizations' }), [authorizations]],
    [
      'of an authorization reads the list',
      row({ ...ref(frontDoor), kind: 'authorization', id: 'x' }),
      [authorizations],
    ],
    [
      'of what waits reads the list',
      row({ ...ref(frontDoor), kind: 'pendingAuthorization', key: 'x' }),
      [authorizations],
    ],
    ['of activity reads the log', row({ ...ref(frontDoor), kind: 'activity' }), [activity]],
  ] as const) {
    it(what, async () => assert.deepEqual(await asked(hint), paths));
  }

  it('from the title of the sidebar reads every account, whichever row has the focus', async () => {
    const focused = row({ ...ref(frontDoor), kind: 'activity' });
    assert.deepEqual(await asked(focused, 'refreshAll'), [devices]);
  });
});
