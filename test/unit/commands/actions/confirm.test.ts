import assert from 'node:assert/strict';
import { createConfirm } from '../../../../src/commands/actions/confirm.ts';
import { actions, isActionName, kindOf } from '../../../../src/nuki/vocabulary/kinds.ts';
import { inEnglish } from '../../../../src/base/locale.ts';
import type { Smartlock } from '../../../../src/nuki/smartlock.ts';
import type { Doubt } from '../../../../src/model/news.ts';
import { clockSecond } from '../../../../src/views/text/timeText.ts';
import { lock, lockId, opener, openerId, ref } from '../../devices.ts';
import { FakeClock } from '../../fakeClock.ts';
import { accountId, ScriptedApi, storeOf } from '../../model/fakes.ts';
import { user } from '../../vscodeStandIn.ts';
import { renderContextBy } from '../../renderContextBy.ts';

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
  readonly doubt?: Doubt;
  readonly press?: string;
  /** How long the user reads before they press, in ms. */
  readonly reads?: number;
}

/** What the user is asked about one of two locks of a name, or about the Opener, and what becomes of the answer. */
async function ask(action: (typeof names)[number], circumstances: Circumstances = {}) {
  const { id = lockId, serverState = 0, old = readBefore, offline = false, doorOpen = false } = circumstances;
  const { doubt, press, reads = 1_000 } = circumstances;
  const clock = new FakeClock();
  const api = new ScriptedApi(clock);
  api.devices = [circumstances.device ?? lock({ serverState }), opener(), lock({ smartlockId: cellarId })];
  const { store } = storeOf(clock, api);
  await store.refresh(accountId);
  await clock.advance(old);
  const known = store.device(ref(id));
  assert.ok(known);
  const state = doubt ? { ...known, doubt } : known;
  const renderContext = renderContextBy(clock);
  user.seen.length = 0;
  user.press = () => {
    clock.jump(user.seen.length > 1 ? 1_000 : reads);
    return press;
  };
  const answer = await createConfirm(store, renderContext, clock)({ state, action, offline, doorOpen });
  const [message] = user.seen;
  assert.ok(message);
  return { answer, message, times: user.seen.length, lines: message.options.detail?.split('\n') };
}

const noon = Date.UTC(2026, 10, 23, 12);
const byClock = (at: number): string => clockSecond(at, { language: 'en', t: inEnglish });
const reported = `Last reported: locked, ${byClock(noon - 60_000)}`;
const lastReported = `${reported} (updated ${byClock(noon)})`;
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

  it('names the device, told apart from others of its name, its account, what it last reported, and when that was', async () => {
    const { message, lines } = await ask('unlock');
    assert.equal(message.text, 'Unlock Front door …E9E4?');
    assert.deepEqual(lines, [kind, lastReported]);
  });

  it('says nothing that grows wrong while it is left open', async () => {
    for (const old of [0, 12_000, 180_000]) {
      const { lines = [] } = await ask('unlock', { old });
      assert.equal(lines.at(-1), lastReported);
    }
  });

  it('goes by what the device reported, however lately Nuki was asked', async () => {
    const device = lock({ serverState: 4, updateDate: '2026-11-20T12:19:00Z' }, { state: 3 });
    const { lines = [] } = await ask('lock', { device, offline: true });
    assert.match(lines[2] ?? '', /^Last reported: unlocked, 20 Nov, \d\d:19$/);
    const undated = await ask('lock', { device: lock({ updateDate: null }) });
    assert.match(undated.lines?.[1] ?? '', /^Last reported: locked \(updated \d\d:00:00\)$/);
  });

  it('asks whether to lock all the same where the door is open', async () => {
    const { answer, message, lines } = await ask('lock', { doorOpen: true, press: 'Lock Anyway' });
    assert.equal(message.text, 'Lock Front door …E9E4 with the door open?');
    assert.deepEqual(message.buttons, ['Lock Anyway']);
    assert.deepEqual(lines?.slice(2), ['The door is open. The bolt would extend into the air.']);
    assert.equal(answer, true);
  });

  it('says of a door that it was reported open where that may be otherwise now', async () => {
    const { lines } = await ask('lock', { doorOpen: true, old: 180_000 });
    assert.equal(lines?.at(-1), 'The door was last reported open. The bolt may extend into the air.');
  });

  it('says of two reports of one date only what they are', async () => {
    const about = async (state: number) =>
      (await ask('lock', { doubt: { kind: 'contradictory', other: lock({}, { state }) } })).lines;
    assert.deepEqual(await about(3), [
      kind,
      'Current state unknown.',
      'Reported as locked and as unlocked at the same time.',
    ]);
    assert.deepEqual(await about(1), [kind, 'Current state unknown.', 'Two reports contradict each other.']);
  });

  it('asks again after a yes that came faster than anyone reads, and of an open door too', async () => {
    for (const doorOpen of [false, true]) {
      const press = doorOpen ? 'Lock Anyway' : 'Lock';
      assert.equal((await ask('lock', { doorOpen, press, reads: 299 })).times, 2);
      assert.equal((await ask('lock', { doorOpen, press, reads: 300 })).times, 1);
    }
  });

  it('says so where its state is not known now', async () => {
    const { lines } = await ask('unlock', { old: 180_000 });
    assert.deepEqual(lines, [kind, 'Current state unknown.', lastReported]);
  });

  it('says what is not plain from the name of the action', async () => {
    const { lines } = await ask('unlatch');
    assert.deepEqual(lines, [kind, lastReported, 'This pulls the latch. The door will open.']);
  });

  it('says of a lock that pulls the latch when it unlocks that the door will open, where it is unlocked', async () => {
    const device = lock({}, {}, { autoUnlatch: true });
    const warning = 'This lock also pulls the latch when it unlocks. The door will open.';
    assert.equal((await ask('unlock', { device })).lines?.at(-1), warning);
    assert.doesNotMatch((await ask('lock', { device })).message.options.detail ?? '', /latch/);
    const plain = await ask('unlock', { device: lock({}, {}, { autoUnlatch: false }) });
    assert.doesNotMatch(plain.message.options.detail ?? '', /latch/);
  });

  it('says that a device that is offline, or cannot be reached, may act later', async () => {
    const last = async (serverState: number) => (await ask('lock', { serverState, offline: true })).lines?.at(-1);
    assert.equal(
      await last(4),
      'This device is offline. Nuki may run the command later, when no one is there to see it.',
    );
    assert.equal(
      await last(1),
      "Can't reach this device (unregistered). Nuki may run the command later, when no one is there to see it.",
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
      await createConfirm(store, renderContext, clock)({ state, action: 'unlock', offline: false, doorOpen: false }),
      false,
    );
    assert.deepEqual(user.seen, []);
  });
});
