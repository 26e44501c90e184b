import assert from 'node:assert/strict';
import { createConfirm } from '../../../src/commands/confirm.ts';
import { actions, isActionName, kindOf } from '../../../src/nuki/vocabulary/kinds.ts';
import { inEnglish } from '../../../src/base/locale.ts';
import type { Smartlock } from '../../../src/nuki/smartlock.ts';
import { clockSecond } from '../../../src/views/text/timeText.ts';
import { lock, lockId, opener, openerId, ref } from '../devices.ts';
import { FakeClock } from '../fakeClock.ts';
import { accountId, ScriptedApi, storeOf } from '../model/fakes.ts';
import { user } from '../vscodeStandIn.ts';
import { renderContextBy } from './services.ts';

const names = Object.keys(actions).filter(isActionName);

const cellarId = lockId + 1;
const readBefore = 12_000;

interface Circumstances {
  readonly id?: number;
  readonly serverState?: number;
  /** How long ago its state was read, in ms. */
  readonly old?: number;
  readonly offline?: boolean;
  readonly doorOpen?: boolean;
  readonly device?: Smartlock;
  readonly press?: string;
}

/** What the user is asked about one of two locks of a name, or about the Opener, and what becomes of the answer. */
async function ask(action: (typeof names)[number], circumstances: Circumstances = {}) {
  const { id = lockId, serverState = 0, old = readBefore, offline = false, doorOpen = false, press } = circumstances;
  const clock = new FakeClock();
  const api = new ScriptedApi(clock);
  api.devices = [circumstances.device ?? lock({ serverState }), opener(), lock({ smartlockId: cellarId })];
  const { store } = storeOf(clock, api);
  await store.refresh(accountId);
  await clock.advance(old);
  const state = store.device(ref(id));
  assert.ok(state);
  const renderContext = renderContextBy(clock);
  user.seen.length = 0;
  user.press = () => press;
  const answer = await createConfirm(store, renderContext)({ state, action, offline, doorOpen });
  const [message, ...more] = user.seen;
  assert.ok(message);
  assert.equal(more.length, 0);
  return { answer, message, lines: message.options.detail?.split('\n') };
}

const noon = Date.UTC(2026, 10, 23, 12);
const byClock = (at: number): string => clockSecond(at, { language: 'en', t: inEnglish });
const lastKnown = `Last known: locked, reported ${byClock(noon - 60_000)}, read ${byClock(noon)}`;
const kind = 'Home · Smart Lock (3rd/4th generation) …E9E4';

describe('the question before a door moves', () => {
  for (const action of names) {
    it(`"${action}" is asked in a dialog that nothing else can answer, with the action as its one button`, async () => {
      const id = kindOf(4).actions[action] === undefined ? openerId : lockId;
      const { message } = await ask(action, { id });
      assert.equal(message.options.modal, true);
      assert.deepEqual(message.buttons, [actions[action].name]);
    });
  }

  it('names the device, told apart from others of its name, its account, its last known state, and when that was told', async () => {
    const { message, lines } = await ask('unlock');
    assert.equal(message.text, 'Unlock Front door …E9E4?');
    assert.deepEqual(lines, [kind, lastKnown]);
  });

  it('says nothing that grows wrong while it is left open', async () => {
    for (const old of [0, 12_000, 180_000]) {
      const { lines = [] } = await ask('unlock', { old });
      assert.equal(lines.at(-1), lastKnown);
    }
  });

  it('goes by what the device reported, however lately Nuki was asked', async () => {
    const device = lock({ serverState: 4, updateDate: '2026-11-20T12:19:00Z' }, { state: 3 });
    const { lines = [] } = await ask('lock', { device, offline: true });
    assert.match(lines[2] ?? '', /^Last known: unlocked, reported Nov 20, \d\d:19, read \d\d:00:00$/);
    const undated = await ask('lock', { device: lock({ updateDate: null }) });
    assert.match(undated.lines?.[1] ?? '', /^Last known: locked, read \d\d:00:00$/);
  });

  it('says that the door is open', async () => {
    assert.deepEqual((await ask('lock', { doorOpen: true })).lines?.slice(2), [
      'Its door is open: the bolt would come out beside the frame.',
    ]);
  });

  it('says so where its state is not known now', async () => {
    const { lines } = await ask('unlock', { old: 180_000 });
    assert.deepEqual(lines, [kind, 'Its state is not known now.', lastKnown]);
  });

  it('says what is not plain from the name of the action', async () => {
    const { lines } = await ask('unlatch');
    assert.deepEqual(lines, [kind, lastKnown, 'The latch is pulled: the door will stand open.']);
  });

  it('says that a device that is offline, or cannot be reached, may act later', async () => {
    const last = async (serverState: number) => (await ask('lock', { serverState, offline: true })).lines?.at(-1);
    assert.equal(await last(4), 'It is offline: Nuki may carry this out later, when nobody watches.');
    assert.equal(
      await last(1),
      'It cannot be reached (unregistered): Nuki may carry this out later, when nobody watches.',
    );
  });

  it('is a yes by its button alone', async () => {
    assert.equal((await ask('unlock', { press: 'Unlock' })).answer, true);
    assert.equal((await ask('unlock')).answer, false);
    assert.equal((await ask('unlock', { press: 'Cancel' })).answer, false);
  });

  it('is not asked, and answered by no, where the account is gone', async () => {
    const clock = new FakeClock();
    const { store } = storeOf(clock, new ScriptedApi(clock));
    await store.refresh(accountId);
    const state = store.device(ref(lockId));
    assert.ok(state);
    store.setSources([]);
    user.seen.length = 0;
    user.press = () => 'Unlock';
    const renderContext = renderContextBy(clock);
    assert.equal(
      await createConfirm(store, renderContext)({ state, action: 'unlock', offline: false, doorOpen: false }),
      false,
    );
    assert.deepEqual(user.seen, []);
  });
});
