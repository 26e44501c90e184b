import assert from 'node:assert/strict';
import { commandIds } from '../../../src/commands/ids.ts';
import { Store } from '../../../src/model/store.ts';
import { simulatedApiCommands } from '../../../src/simulatedApi/simulatedApiCommands.ts';
import { servicesFor } from '../commands/services.ts';
import { FakeClock } from '../fakeClock.ts';
import { user, workspace } from '../vscodeStandIn.ts';

describe('the commands of the simulated Web API', () => {
  function setUp() {
    const clock = new FakeClock();
    const services = servicesFor(new Store(clock), clock);
    user.seen.length = user.lists.length = 0;
    return { services, commands: simulatedApiCommands(services) };
  }

  afterEach(() => (workspace.isTrusted = true));

  it('start nothing in Restricted Mode, and say so, whoever runs them', async () => {
    workspace.isTrusted = false;
    const { services, commands } = setUp();
    await commands[commandIds.startSimulatedApi]();
    assert.deepEqual(
      user.seen.map(({ text }) => text),
      ["The simulated Web API isn't started in Restricted Mode. Trust this workspace first."],
    );
    assert.deepEqual(services.simulatedApiAccount.sources(), []);
  });

  it('open no menu of an API that does not run', async () => {
    await setUp().commands[commandIds.openSimulatedApiMenu]();
    assert.deepEqual(user.lists, []);
  });
});
