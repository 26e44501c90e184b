import assert from 'node:assert/strict';
import { createConfirmBroaderAccess } from '../../../src/commands/confirmBroaderAccess.ts';
import { authorization, lockId, ref } from '../devices.ts';
import { FakeClock } from '../fakeClock.ts';
import { accountId, ScriptedApi, storeOf } from '../model/fakes.ts';
import { user } from '../vscodeStandIn.ts';
import { renderContextBy } from './services.ts';

/** The user is asked whether a code may have no end any more, and presses `button`. */
async function ask(button: string | undefined) {
  const clock = new FakeClock();
  const { store } = storeOf(clock, new ScriptedApi(clock));
  await store.refresh(accountId);
  const state = store.device(ref(lockId));
  assert.ok(state);
  const renderContext = renderContextBy(clock);
  user.seen.length = 0;
  user.press = () => button;
  const before = authorization();
  const after = { ...before, allowedUntilDate: undefined };
  const answer = await createConfirmBroaderAccess({ store, renderContext })({
    state,
    before,
    after,
    gains: ['until'],
  });
  const [message] = user.seen;
  assert.ok(message);
  return { answer, message };
}

describe('the question before a user of the lock gets more access', () => {
  it('is a dialog that says whom it is about, what is added, and how it was', async () => {
    const { message } = await ask(undefined);
    assert.equal(message.options.modal, true);
    assert.equal(message.text, 'Give Cleaner more access to Front door?');
    assert.deepEqual(message.options.detail?.split('\n').slice(0, 1), ['It ends later, or never.']);
    assert.match(message.options.detail ?? '', /^Until now: .*Jun.*2027/m);
    assert.deepEqual(message.buttons, ['Allow More']);
  });

  it('is a yes by its button alone', async () => {
    assert.equal((await ask('Allow More')).answer, true);
    assert.equal((await ask(undefined)).answer, false);
  });
});
