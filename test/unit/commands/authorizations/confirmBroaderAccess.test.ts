import assert from 'node:assert/strict';
import { createConfirmBroaderAccess } from '../../../../src/commands/authorizations/confirmBroaderAccess.ts';
import { accessGains } from '../../../../src/nuki/authorization/accessGains.ts';
import type { Authorization } from '../../../../src/nuki/authorization/authorization.ts';
import { authorization, lockId, ref, unlimited } from '../../devices.ts';
import { FakeClock } from '../../fakeClock.ts';
import { accountId, ScriptedApi, storeOf } from '../../model/fakes.ts';
import { user } from '../../vscodeStandIn.ts';
import { renderContextBy } from '../../renderContextBy.ts';

/** The user is asked whether a code may become another one, by default one without an end, and presses `button` after `reads` ms. */
async function ask(
  button: string | undefined,
  changes: Partial<Authorization> = { allowedUntilDate: undefined },
  before = authorization(),
  reads = 1_000,
) {
  const clock = new FakeClock();
  const { store } = storeOf(clock, new ScriptedApi(clock));
  await store.refresh(accountId);
  const state = store.device(ref(lockId));
  assert.ok(state);
  const renderContext = renderContextBy(clock);
  user.seen.length = 0;
  user.press = () => {
    clock.jump(user.seen.length > 1 ? 1_000 : reads);
    return button;
  };
  const after = { ...before, ...changes };
  const answer = await createConfirmBroaderAccess({ store, renderContext, clock })({
    state,
    before,
    after,
    gains: accessGains(before, after),
  });
  const [message] = user.seen;
  assert.ok(message);
  return { answer, message, times: user.seen.length };
}

describe('the question before a user of the lock gets more access', () => {
  it('is a dialog that says whom it is about, what is added, and how it was', async () => {
    const { message } = await ask(undefined);
    assert.equal(message.options.modal, true);
    assert.equal(message.text, "Change Cleaner's access to Front door?");
    assert.deepEqual(message.options.detail?.split('\n').slice(0, 1), ['+ Later end or none']);
    assert.match(message.options.detail ?? '', /^Before: .*Jun.*2027/m);
    assert.deepEqual(message.buttons, ['Save']);
  });

  it('names what is enabled and when it is valid, once', async () => {
    const name = 'Nuki Web';
    const web = authorization({ type: 1, name, enabled: false, ...unlimited });
    const { message } = await ask('Enable', { enabled: true }, web);
    assert.equal(message.text, 'Enable Nuki Web on Front door?');
    assert.equal(message.options.detail, 'Works again as soon as the lock has the change.');
    assert.deepEqual(message.buttons, ['Enable']);
  });

  it('does not say that what is enabled works where it is over or to come', async () => {
    const code = (changes: object) => authorization({ name: 'Guest', enabled: false, ...unlimited, ...changes });
    const enabledOf = async (changes: object) =>
      (await ask(undefined, { enabled: true }, code(changes))).message.options.detail?.split('\n');
    const past = { allowedUntilDate: '2020-11-30T11:00:00.000Z', creationDate: '2019-11-30T11:00:00.000Z' };
    assert.deepEqual(await enabledOf(past), [
      'It has expired, and stays without effect.',
      'When: until 30 Nov 2020, 12:00',
    ]);
    const future = { allowedFromDate: '2036-11-30T11:00:00.000Z' };
    assert.deepEqual(await enabledOf(future), ['When: from 30 Nov 2036, 12:00']);
    assert.deepEqual(await enabledOf({ allowedWeekDays: 124 }), [
      'Works again as soon as the lock has the change.',
      'When: Mon–Fri',
    ]);
  });

  it('does not say twice that it opens as before', async () => {
    const { message } = await ask(undefined, { remoteAllowed: true }, authorization({ ...unlimited }));
    assert.equal(message.options.detail, '+ Can be used remotely');
  });

  it('says both what is more and what is less', async () => {
    const family = authorization({ name: 'Family', ...unlimited });
    const until = { allowedUntilDate: '2026-11-30T11:00:00.000Z' };
    const { message, answer } = await ask('Save', { remoteAllowed: true, ...until }, family);
    assert.equal(message.text, "Change Family's access to Front door?");
    assert.deepEqual(message.options.detail?.split('\n'), [
      '+ Can be used remotely',
      '− Earlier end',
      '',
      'Before: always',
      'After: until 30 Nov 2026, 12:00',
    ]);
    assert.equal(answer, true);
    const other = await ask(undefined, { allowedWeekDays: 3 });
    assert.equal(other.message.options.detail?.split('\n')[0], '± Different days');
  });

  it('is a yes by its button alone', async () => {
    assert.equal((await ask('Save')).answer, true);
    assert.equal((await ask(undefined)).answer, false);
  });

  it('is asked again after an Enter that came faster than anyone reads', async () => {
    const { answer, times } = await ask('Save', undefined, undefined, 100);
    assert.deepEqual([answer, times], [true, 2]);
  });
});
