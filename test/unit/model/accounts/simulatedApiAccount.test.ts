import assert from 'node:assert/strict';
import { SimulatedApiAccount } from '../../../../src/model/accounts/simulatedApiAccount.ts';
import { Store } from '../../../../src/model/store.ts';
import { FakeClock } from '../../fakeClock.ts';
import { ScriptedApi } from '../fakes.ts';

describe('the account of the simulated Web API', () => {
  function setUp() {
    const clock = new FakeClock();
    const account = new SimulatedApiAccount();
    const store = new Store(clock);
    account.onDidChange(() => store.setSources(account.sources()));
    const show = (): void => account.show(() => Promise.resolve(new ScriptedApi(clock)));
    return { account, store, show };
  }

  it('is there while it is shown, and said to be simulated', () => {
    const { account, store, show } = setUp();
    assert.deepEqual(account.sources(), []);
    show();
    assert.deepEqual(
      store.accounts.map(({ label, simulated }) => [label, simulated]),
      [['Simulated Web API', true]],
    );
    account.hide();
    assert.deepEqual(store.accounts, []);
  });

  it('is one of which nothing is known when another home is shown', async () => {
    const { account, store, show } = setUp();
    show();
    const [{ id } = assert.fail()] = account.sources();
    await store.refresh(id);
    assert.notEqual(store.account(id)?.devices, undefined);
    show();
    assert.equal(store.account(id)?.devices, undefined);
  });
});
