import assert from 'node:assert/strict';
import { homedir } from 'node:os';
import { exportAuthorizations } from '../../../../src/commands/authorizations/exportAuthorizations.ts';
import { frontDoor } from '../../../../src/simulator/demo/demoDevices.ts';
import { idOf } from '../../../../src/views/tree/nodes.ts';
import { accountId } from '../../model/fakes.ts';
import { TestAccount } from '../../model/testAccount.ts';
import { user } from '../../vscodeStandIn.ts';
import { servicesFor } from '../services.ts';

describe('an export of authorizations', () => {
  it('is offered to be saved by its date, and not in the opened folder', async () => {
    const { store, simulator } = await TestAccount.open();
    user.offeredFiles.length = 0;
    const row = idOf({ kind: 'device', accountId, smartlockId: frontDoor });
    await exportAuthorizations(row, servicesFor(store, simulator.clock));
    const date = new Date(simulator.clock.now()).toLocaleDateString('sv');
    assert.deepEqual(user.offeredFiles, [`${homedir()}/nuki-authorizations-${date}.csv`]);
  });
});
