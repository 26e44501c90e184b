import assert from 'node:assert/strict';
import { actionCommands } from '../../../../src/commands/actions/actions.ts';
import { actionCommandId } from '../../../../src/commands/ids.ts';
import { Doorkeeper } from '../../../../src/model/actions/doorkeeper.ts';
import { Journal } from '../../../../src/model/actions/journal.ts';
import type { Outcome } from '../../../../src/model/actions/operation.ts';
import { UnlatchSupport } from '../../../../src/model/actions/unlatchSupport.ts';
import type { ActionName } from '../../../../src/nuki/vocabulary/kinds.ts';
import type { Reason } from '../../../../src/nuki/http/errors.ts';
import { idOf } from '../../../../src/views/tree/nodes.ts';
import { lock, lockId, ref } from '../../devices.ts';
import { FakeClock } from '../../fakeClock.ts';
import { accountId, failing, FakeRecords, ScriptedApi, sourceOf, storeOf } from '../../model/fakes.ts';
import { user } from '../../vscodeStandIn.ts';
import { asCommand, servicesFor } from '../services.ts';

/** A lock at which the API does what `script` says, and what a command says of it. */
async function setUp(script: (api: ScriptedApi) => void) {
  const clock = new FakeClock();
  const api = new ScriptedApi(clock);
  const { store } = storeOf(clock, api);
  await store.refresh(accountId);
  script(api);
  const refreshed: string[] = [];
  const refresh = (id: string): Promise<void> => Promise.resolve(void refreshed.push(id));
  const unlatchSupport = new UnlatchSupport(new FakeRecords());
  const questions: ActionName[] = [];
  const doorkeeper = new Doorkeeper(store, clock, ({ action }) => Promise.resolve(questions.push(action) > 0));
  const services = servicesFor(store, clock, { doorkeeper, refreshAccount: refresh, unlatchSupport });
  user.seen.length = 0;
  user.press = () => undefined;
  const run = async (action: ActionName): Promise<void> => {
    const row = idOf({ kind: 'device', accountId, smartlockId: lockId });
    const end = { isThere: false };
    const running = asCommand(services, async () => actionCommands(services)[actionCommandId(action)](row)).then(
      () => void (end.isThere = true),
    );
    while (!end.isThere) await clock.advance(1_000);
    await running;
    await clock.advance(1_000);
  };
  return { api, clock, questions, refreshed, run, store, unlatchSupport };
}

const shown = () => user.seen.map(({ text, buttons }) => [text, ...buttons]);

/** Said in the status bar, and in a message that stays until it is closed. */
function assertAlarmed(sentence: string, ...buttons: readonly string[]): void {
  assert.deepEqual(shown(), [[`$(warning) ${sentence}`], [sentence, ...buttons]]);
  assert.equal(user.seen[1]?.isError, true);
}

describe('an action that the API refuses', () => {
  const retried: readonly [Reason, number, string][] = [
    ['busy', 423, 'Front door is busy with another operation. Nothing was done.'],
    ['notAllowed', 405, "Front door doesn't allow this action. Nothing was done."],
    ['subscription', 402, 'This requires a Nuki subscription. Nothing was done.'],
  ];
  for (const [reason, status, sentence] of retried) {
    it(`is said to be undone and may be tried again: ${reason}`, async () => {
      const { api, run } = await setUp((scripted) => (scripted.onAct = () => failing(reason, status)));
      await run('lock');
      assertAlarmed(sentence, 'Try Again');
      assert.equal(api.count('act'), 1);
    });
  }

  it('for want of a permission asks for another token, and has the account read anew', async () => {
    const { api, refreshed, run } = await setUp((scripted) => (scripted.onAct = () => failing('unauthorized', 401)));
    await run('lock');
    assertAlarmed(
      `The token of "Home" doesn't have the permission for this. Create one that does in Nuki Web. Nothing was done.`,
      'Replace Token',
      'Show Log',
    );
    assert.deepEqual(refreshed, [accountId]);
    assert.equal(api.count('act'), 1);
  });

  it('and that pulls the latch is not remembered where only the reading before was refused', async () => {
    const { api, run, unlatchSupport } = await setUp(
      (scripted) => (scripted.onSmartlock = () => failing('rejected', 400)),
    );
    await run('unlatch');
    assert.ok(unlatchSupport.canUnlatch(ref(lockId)));
    assert.equal(api.count('act'), 0);
  });

  it('and that pulls the latch is remembered, and unlocking is offered', async () => {
    const { api, run, unlatchSupport } = await setUp((scripted) => (scripted.onAct = () => failing('rejected', 400)));
    await run('unlatch');
    assertAlarmed("Front door refused to unlatch. Locks sold in the US don't support it.", 'Unlock…');
    assert.equal(unlatchSupport.canUnlatch(ref(lockId)), false);
    assert.equal(api.count('act'), 1);
  });
});

describe('an action in an account that is gone before its end', () => {
  const unread = `Front door: "Lock" was sent, but the device couldn't be read afterwards. Keyturner won't retry. Check the door.`;
  for (const [whose, simulated] of [
    ['a simulated home says nothing more, as there is no door to look at', true],
    ['the user asks them to check the door', false],
  ] as const) {
    it(`of ${whose}`, async () => {
      const { api, store, run } = await setUp(() => undefined);
      store.setSources([]);
      store.setSources([{ ...sourceOf(api), simulated }]);
      await store.refresh(accountId);
      api.onAct = () => Promise.resolve(store.setSources([]));
      await run('lock');
      assert.equal(api.count('act'), 1);
      const alarms = user.seen.filter(({ isError }) => isError === true);
      assert.deepEqual(
        alarms.map(({ text }) => text),
        simulated ? [] : [unread],
      );
    });
  }
});

describe('an action before which the device cannot be read', () => {
  it('is said not to be sent', async () => {
    const { api, run } = await setUp((scripted) => (scripted.onSmartlock = () => failing('network')));
    await run('lock');
    assertAlarmed("Can't reach Nuki. Nothing was sent.", 'Try Again');
    assert.equal(api.count('act'), 0);
  });

  it('says of a refused token at once that it was refused', async () => {
    const { api, refreshed, run } = await setUp(
      (scripted) => (scripted.onSmartlock = () => failing('unauthorized', 401)),
    );
    api.calls.length = 0;
    await run('lock');
    assertAlarmed(
      'Nuki rejected the token of "Home". It may have been revoked, or the account\'s password has changed. Nothing was sent.',
      'Replace Token',
      'Show Log',
    );
    assert.deepEqual(refreshed, [accountId]);
    assert.equal(api.count('smartlocks'), 0);
  });
});

describe('Try Again', () => {
  it('sends once for each time that it is pressed, and says again what came of it', async () => {
    const { api, run } = await setUp((scripted) => (scripted.onAct = () => failing('busy', 423)));
    user.press = ({ buttons }) => (user.seen.length < 6 ? buttons[0] : undefined);
    await run('lock');
    assert.deepEqual(
      shown().filter((_, index) => index % 2 === 1),
      Array.from({ length: 3 }, () => ['Front door is busy with another operation. Nothing was done.', 'Try Again']),
    );
    assert.equal(api.count('act'), 3);
  });

  it('sends nothing where the device is gone, and says so', async () => {
    const { api, run, store } = await setUp((scripted) => (scripted.onSmartlock = () => failing('network')));
    user.press = ({ buttons }) => {
      store.setSources([]);
      return buttons[0];
    };
    await run('lock');
    assert.deepEqual(shown().slice(2), [['This is no longer listed. Nothing was done.']]);
    assert.equal(api.count('act'), 0);
  });

  it('asks again before a door is opened', async () => {
    const { api, questions, run } = await setUp((scripted) => {
      scripted.devices = [lock({ operationId: 'x' })];
    });
    user.press = ({ buttons }) => (user.seen.length < 4 ? buttons[0] : undefined);
    await run('unlock');
    const busy = ['Front door is busy with another operation. Nothing was sent.', 'Try Again'];
    assert.deepEqual([shown()[1], shown()[3]], [busy, busy]);
    assert.deepEqual(questions, ['unlock', 'unlock']);
    assert.equal(api.count('act'), 0);
  });
});

describe('an action that was sent', () => {
  /** What is said of unlocking, once the lock and its log report what `end` says. */
  async function said(end: (api: ScriptedApi) => void): Promise<readonly (readonly string[])[]> {
    const { run } = await setUp((api) => {
      api.onAct = () => Promise.resolve(end(api));
    });
    await run('unlock');
    return shown();
  }
  const unlocked = lock({ updateDate: '2026-11-23T12:00:02.000Z' }, { state: 3, lastAction: 1 });
  const entry = (state: number) => ({
    id: 'after',
    action: 1,
    trigger: 4,
    state,
    date: '2026-11-23T12:00:02.000Z',
    name: undefined,
    source: undefined,
  });

  it('is announced when it is confirmed', async () => {
    const sentences = await said((api) => {
      api.devices = [unlocked];
      api.log = [entry(0)];
    });
    assert.equal(sentences.length, 1);
    assert.match(sentences[0]?.[0] ?? '', /^Front door unlocked, confirmed at \d\d:\d\d:\d\d\.$/);
  });

  it('is named when it has failed', async () => {
    const sentences = await said((api) => (api.log = [entry(2)]));
    const failed = 'Front door: "Unlock" failed: cancelled. Check the door.';
    assert.deepEqual(sentences, [[`$(warning) ${failed}`], [failed, 'Try Again', 'Refresh']]);
  });

  const toLookAt: readonly [string, (api: ScriptedApi) => void, RegExp][] = [
    ['has failed', (api) => (api.log = [entry(2)]), /^Front door: "Unlock" failed: cancelled/],
    ['was not confirmed', () => undefined, /^Front door didn't confirm "Unlock"/],
  ];
  for (const [end, script, words] of toLookAt) {
    it(`and ${end} is announced, and named in a message that stays until it is closed`, async () => {
      await said(script);
      const [announced, message, ...more] = user.seen;
      assert.deepEqual(more, []);
      assert.equal(announced?.text, `$(warning) ${message?.text}`);
      assert.match(message?.text ?? '', words);
      assert.equal(message?.isError, true);
    });
  }

  it('is not said to be nothing where the door has opened and its log does not tell of it', async () => {
    const sentences = await said((api) => (api.devices = [unlocked]));
    assert.match(sentences[1]?.[0] ?? '', /^Front door is unlocked, but its log has no entry for "Unlock"/);
    assert.equal(sentences[1]?.[1], 'Refresh');
  });

  it('is announced as reported where the log cannot be read', async () => {
    const { run } = await setUp((api) => {
      api.onActivity = () => failing('unauthorized', 401);
      api.onAct = () => Promise.resolve(void (api.devices = [unlocked]));
    });
    await run('unlock');
    assert.deepEqual(shown(), [['Front door is reported as unlocked after "Unlock", but its log couldn\'t be read.']]);
  });

  it('of which the answer was lost is not said to be taken, where nothing of it is seen', async () => {
    const { run } = await setUp((api) => (api.onAct = () => failing('network')));
    await run('unlock');
    assert.deepEqual(shown().slice(1), [
      ['Front door: it is unknown whether Nuki accepted "Unlock". Keyturner won\'t retry. Check the door.', 'Refresh'],
    ]);
  });
});

describe('an action that takes its time', () => {
  afterEach(() => (user.onProgress = () => undefined));

  it('says so after two seconds, and says when it is left alone that it cannot be recalled', async () => {
    let sentAt = Number.NaN;
    const { api, clock, run } = await setUp((scripted) => {
      scripted.onAct = () => Promise.resolve(void (sentAt = clock.now()));
    });
    const told: [title: string, afterMs: number][] = [];
    user.onProgress = (title) => {
      told.push([title, clock.now() - sentAt]);
      queueMicrotask(() => user.cancel());
    };
    await run('unlock');
    assert.deepEqual(told, [['Unlocking Front door…', 2_000]]);
    const left = 'Stopped waiting for Front door. "Unlock" was already sent and can\'t be undone. Check the door.';
    assertAlarmed(left, 'Refresh');
    assert.equal(api.count('act'), 1);
  });
});

describe('an action that another window does', () => {
  /** What is said of an action that `theirs` is doing on the same lock, which ends as `outcome` says. */
  async function said(action: ActionName, theirs: ActionName, outcome?: Outcome): Promise<readonly string[]> {
    const disk = new Map<string, unknown>();
    const clock = new FakeClock();
    const api = new ScriptedApi(clock);
    const { store } = storeOf(clock, api);
    await store.refresh(accountId);
    const other = new Journal(new FakeRecords(disk), 'other', clock);
    other.begin(ref(lockId), theirs);
    const journal = new Journal(new FakeRecords(disk), 'this', clock);
    const yes = (): Promise<boolean> => Promise.resolve(true);
    const doorkeeper = new Doorkeeper(store, clock, yes, () => clock.now(), journal);
    const services = servicesFor(store, clock, { doorkeeper });
    user.seen.length = 0;
    user.press = () => undefined;
    const row = idOf({ kind: 'device', accountId, smartlockId: lockId });
    const running = asCommand(services, async () => actionCommands(services)[actionCommandId(action)](row));
    await clock.advance(3_000);
    if (outcome) other.end(ref(lockId), outcome);
    await clock.advance(60_000);
    await running;
    assert.equal(api.count('act'), 0);
    return shown().map(([text = '']) => text);
  }

  it('is announced with its end when it is the same', async () => {
    const [begun, ended] = await said('unlock', 'unlock', { kind: 'confirmed', at: 0 });
    assert.equal(begun, 'Front door: another window is running "Unlock".');
    assert.match(ended ?? '', /^Front door unlocked, confirmed at .+\. It was sent from another window\.$/);
  });

  it('is warned of when it fails, or when nothing is told of its end', async () => {
    const [, announced, failed] = await said('unlock', 'unlock', { kind: 'failed', at: 0, completion: 4 });
    assert.equal(failed, 'Front door: "Unlock" failed: busy. Check the door. It was sent from another window.');
    assert.equal(announced, `$(warning) ${failed}`);
    assert.equal(user.seen.at(-1)?.isError, true);
    const [, , untold] = await said('unlock', 'unlock');
    assert.match(untold ?? '', /another window sent "Unlock", but the result is unknown/);
    assert.equal(user.seen.at(-1)?.isError, true);
  });

  it('is the reason why another one is not sent', async () => {
    await said('unlock', 'lock', { kind: 'confirmed', at: 0 });
    assertAlarmed('Front door: another window is running "Lock". Nothing was sent from this window.', 'Try Again');
  });
});
