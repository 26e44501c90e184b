import assert from 'node:assert/strict';
import { DemoHome } from '../../../../src/model/accounts/demoHome.ts';
import { FakeClock } from '../../fakeClock.ts';
import { ScriptedApi } from '../fakes.ts';

/** A demo home, and the clients of the homes that were made for it. */
function setUp() {
  const homes: ScriptedApi[] = [];
  const demoHome = new DemoHome(() => {
    const home = new ScriptedApi(new FakeClock());
    homes.push(home);
    return Promise.resolve(home);
  });
  return { demoHome, homes, shown: () => demoHome.sources(true)[0] };
}

describe('the demo home', () => {
  it('is one account with one home for as long as it is shown', async () => {
    const { shown, homes } = setUp();
    assert.deepEqual(homes, []);
    const source = shown();
    assert.equal(source?.simulated, true);
    const [client] = await Promise.all([source.client(), source.client()]);
    assert.equal(shown(), source);
    assert.deepEqual(homes, [client]);
  });

  it('is no account while it is not shown, and another home when it is shown again', async () => {
    const { demoHome, shown, homes } = setUp();
    await shown()?.client();
    assert.deepEqual(demoHome.sources(false), []);
    assert.equal(await shown()?.client(), homes[1]);
  });

  it('is another home once it was reset, which is told', async () => {
    const { demoHome, shown, homes } = setUp();
    const told: string[] = [];
    demoHome.onDidReset(() => told.push('reset'));
    const before = shown();
    await before?.client();
    demoHome.reset();
    assert.notEqual(shown(), before);
    assert.equal(await shown()?.client(), homes[1]);
    assert.deepEqual(told, ['reset']);
  });
});
