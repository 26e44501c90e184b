import assert from 'node:assert/strict';
import { commandIds } from '../../../src/commands/ids.ts';
import { keypadCodeCommands } from '../../../src/commands/keypadCodes.ts';
import { frontDoor } from '../../../src/simulator/demoDevices.ts';
import { idOf } from '../../../src/views/tree/nodes.ts';
import { ref } from '../devices.ts';
import { Desk } from '../model/desk.ts';
import { accountId } from '../model/fakes.ts';
import { person } from '../vscodeStandIn.ts';
import { servicesFor } from './services.ts';

/** Somebody has a code shown; ends when it is. */
async function reveal() {
  const desk = await Desk.open();
  const { store, play } = desk;
  const { clock } = play;
  await desk.during(store.readAuthorizations(ref(frontDoor)));
  const whose = play.home.authorizationsOnLock(frontDoor).find(({ code }) => code !== undefined);
  assert.ok(whose);
  const commands = keypadCodeCommands(servicesFor(store, clock));
  person.inputs.length = 0;
  const hint = idOf({ kind: 'authorization', accountId, smartlockId: frontDoor, id: whose.id });
  const revealing = commands[commandIds.revealCode](hint);
  while (person.inputs.length === 0) await desk.pass(0.25);
  const [input] = person.inputs;
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

  it('is gone as soon as somebody closes it', async () => {
    const { clock, revealing, input } = await reveal();
    input.hide();
    await revealing;
    assert.equal(clock.waiting, 0);
  });
});
