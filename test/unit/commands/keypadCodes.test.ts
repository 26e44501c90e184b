import assert from 'node:assert/strict';
import { commandIds } from '../../../src/commands/ids.ts';
import { keypadCodeCommands } from '../../../src/commands/keypadCodes.ts';
import { frontDoor } from '../../../src/simulator/demoDevices.ts';
import { idOf } from '../../../src/views/tree/nodes.ts';
import { ref } from '../devices.ts';
import { TestAccount } from '../model/testAccount.ts';
import { accountId } from '../model/fakes.ts';
import { user } from '../vscodeStandIn.ts';
import { servicesFor } from './services.ts';

/** The user has a code shown; ends when it is. */
async function reveal() {
  const account = await TestAccount.open();
  const { store, simulator } = account;
  const { clock } = simulator;
  await account.advanceUntil(store.readAuthorizations(ref(frontDoor)));
  const whose = simulator.home.authorizationsOnLock(frontDoor).find(({ code }) => code !== undefined);
  assert.ok(whose);
  const commands = keypadCodeCommands(servicesFor(store, clock));
  user.inputs.length = 0;
  const hint = idOf({ kind: 'authorization', accountId, smartlockId: frontDoor, id: whose.id });
  const revealing = commands[commandIds.revealCode](hint);
  while (user.inputs.length === 0) await account.advance(0.25);
  const [input] = user.inputs;
  assert.ok(input);
  return { clock, revealing, input, code: String(whose.code) };
}

describe('a code that is revealed', () => {
  it('is shown for ten seconds', async () => {
    const { clock, revealing, input, code } = await reveal();
    assert.deepEqual([input.isOpen, input.value], [true, code]);
    await clock.advance(9_000);
    assert.equal(input.isOpen, true);
    await clock.advance(1_000);
    await revealing;
    assert.equal(input.isOpen, false);
  });

  it('is gone as soon as the user closes it', async () => {
    const { clock, revealing, input } = await reveal();
    input.hide();
    await revealing;
    assert.equal(clock.waiting, 0);
  });
});
