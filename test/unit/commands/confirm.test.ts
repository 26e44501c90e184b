import assert from 'node:assert/strict';
import { createConfirm } from '../../../src/commands/confirm.ts';
import { inEnglish } from '../../../src/base/say.ts';
import { actions, isActionName, kindOf } from '../../../src/nuki/kinds.ts';
import type { Glance } from '../../../src/views/deviceWords.ts';
import { lock, lockId, opener, openerId } from '../devices.ts';
import { FakeClock } from '../fakeClock.ts';
import { accountId, ScriptedApi, storeOf } from '../model/fakes.ts';
import { person, type Message } from '../vscodeStandIn.ts';

const names = Object.keys(actions).filter(isActionName);

/** What somebody is asked about a device that was read 12 s ago, and what becomes of the answer. */
async function ask(action: (typeof names)[number], press: (message: Message) => string | undefined) {
  const clock = new FakeClock();
  const api = new ScriptedApi(clock);
  api.devices = [lock(), opener(), lock({ smartlockId: lockId + 1, serverState: 4 })];
  const { store } = storeOf(clock, api);
  await store.refresh(accountId);
  await clock.advance(12_000);
  const state = store.device(accountId, kindOf(4).actions[action] === undefined ? openerId : lockId);
  assert.ok(state);
  const glance = (): Glance => ({ say: inEnglish, language: 'en', now: clock.now(), interval: 60_000 });
  person.seen.length = 0;
  person.press = press;
  const answer = await createConfirm(store, glance)({ state, action, offline: false });
  const [message, ...more] = person.seen;
  assert.ok(message);
  assert.equal(more.length, 0);
  return { answer, message };
}

describe('the question before a door moves', () => {
  for (const action of names) {
    it(`R04: "${action}" is asked in a dialog that nothing else can answer, with the action as its one button`, async () => {
      const { message } = await ask(action, () => undefined);
      assert.equal(message.options.modal, true);
      assert.deepEqual(message.buttons, [actions[action].name]);
    });
  }

  it('R04: names the device, told apart from others of its name, its account, its last known state and its age', async () => {
    const { message } = await ask('unlock', () => undefined);
    assert.match(message.text, /^Unlock Front door …E9E4\?$/);
    assert.match(message.options.detail ?? '', /^Home · Smart Lock/);
    assert.match(message.options.detail ?? '', /Last known: locked, 12 sec\. ago/);
  });

  it('R04: is a yes by its button alone', async () => {
    assert.equal((await ask('unlock', () => 'Unlock')).answer, true);
    assert.equal((await ask('unlock', () => undefined)).answer, false);
    assert.equal((await ask('unlock', () => 'Cancel')).answer, false);
  });
});
