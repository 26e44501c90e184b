import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { Doorkeeper, type ActResult, type Question } from '../../../../src/model/actions/doorkeeper.ts';
import { Journal } from '../../../../src/model/actions/journal.ts';
import { Store } from '../../../../src/model/store.ts';
import { actions, isActionName, kindOf, type ActionName } from '../../../../src/nuki/vocabulary/kinds.ts';
import { NukiError, type Reason } from '../../../../src/nuki/http/errors.ts';
import { ServerClock } from '../../../../src/nuki/http/serverClock.ts';
import type { Smartlock } from '../../../../src/nuki/smartlock.ts';
import { lock, lockId, opener, openerId, ref } from '../../devices.ts';
import { FakeClock } from '../../fakeClock.ts';
import { accountId, failing, FakeRecords, listOf, pending, ScriptedApi, sourceOf, storeOf } from '../fakes.ts';

const minute = 60_000;
const entry = (id: string, action: number, state = 0) => ({
  id,
  action,
  trigger: 4,
  state,
  date: '2026-11-23T12:30:00.000Z',
  name: undefined,
  source: undefined,
});

/** A home whose devices do at once what they are asked, a user who answers `yes`, and every question. */
async function setUp({ devices = [lock(), opener()], yes = true }: { devices?: Smartlock[]; yes?: boolean } = {}) {
  const clock = new FakeClock();
  const api = new ScriptedApi(clock);
  api.devices = devices;
  const { store, changes } = storeOf(clock, api);
  await store.refresh(accountId);
  api.calls.length = 0;
  const questions: Question[] = [];
  const user: { answer: (question: Question) => Promise<boolean> } = { answer: () => Promise.resolve(yes) };
  const doorkeeper = new Doorkeeper(store, clock, (question) => {
    questions.push(question);
    return user.answer(question);
  });
  /** Acts and turns the clock until it is over. */
  const act = async (action: ActionName, id = lockId): Promise<ActResult> => {
    const acting = doorkeeper.act(ref(id), action);
    await clock.advance(2 * minute);
    return await acting;
  };
  const doIt = (id: number, code: number): Promise<void> => {
    const end = { state: id === lockId && [2, 4, 5].includes(code) ? 1 : 3, lastAction: code };
    const done = id === lockId ? lock({}, end) : opener({}, end);
    api.devices = api.devices.map((device) => (device.smartlockId === id ? done : device));
    api.log = [entry(`after ${code}`, code), ...api.log];
    return Promise.resolve();
  };
  api.onAct = doIt;
  const sent = (): string[] => api.calls.filter((call) => call.startsWith('act '));
  return { clock, api, store, changes, questions, user, doorkeeper, act, sent };
}

const allActions = Object.keys(actions).filter(isActionName);
const idFor = (action: ActionName): number => (kindOf(4).actions[action] === undefined ? openerId : lockId);
const refusalOf = (result: ActResult): string => (result.sent ? 'sent' : result.refusal.kind);

describe('one command', () => {
  for (const action of allActions) {
    it(`sends one request for "${action}", with the code of its kind`, async () => {
      const { act, sent } = await setUp();
      const id = idFor(action);
      await act(action, id);
      const code = kindOf(id === lockId ? 4 : 2).actions[action];
      assert.deepEqual(sent(), [`act ${id} ${code}`]);
    });
  }

  const reasons: readonly Reason[] = [
    'network',
    'timeout',
    'server',
    'unexpectedAnswer',
    'redirected',
    'cancelled',
    'unauthorized',
    'permissionMissing',
    'rejected',
    'notFound',
    'notAllowed',
    'conflict',
    'busy',
    'rateLimited',
    'subscription',
    'certificate',
    'tokenRefused',
    'unsupportedId',
  ];
  for (const reason of reasons) {
    it(`sends one request also when that ends in "${reason}"`, async () => {
      const { api, act, sent } = await setUp();
      api.onAct = () => failing(reason);
      await act('unlatch');
      assert.equal(sent().length, 1);
    });
  }

  it('sends at most one request, whatever fails at whatever moment', async () => {
    const outcomes = fc.constantFrom<Reason | 'ok'>('ok', 'network', 'timeout', 'server', 'unauthorized', 'busy');
    const schedule = fc.record({
      action: fc.constantFrom(...allActions),
      act: outcomes,
      reads: fc.array(outcomes, { maxLength: 30 }),
      logs: fc.array(outcomes, { maxLength: 30 }),
      serverState: fc.constantFrom(0, 0, 0, 4),
      busy: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(schedule, async ({ action, act: end, reads, logs, serverState, busy }) => {
        const operationId = busy ? 'x' : undefined;
        const { api, act, sent, questions } = await setUp({
          devices: [lock({ serverState }), opener({ serverState })],
        });
        const next = async <T>(outcome: Reason | 'ok', value: T): Promise<T> =>
          outcome === 'ok' ? value : failing(outcome);
        const device =
          idFor(action) === lockId ? lock({ serverState, operationId }) : opener({ serverState, operationId });
        api.onSmartlock = () => next(reads.pop() ?? 'ok', device);
        api.onActivity = () => next(logs.pop() ?? 'ok', { items: [], unreadable: [] });
        api.onAct = () => next(end, undefined);
        await act(action, idFor(action));
        assert.ok(sent().length <= 1);
        if (!actions[action].closes && sent().length === 1) assert.equal(questions.length, 1);
        if (busy || (serverState !== 0 && !actions[action].closes)) assert.equal(sent().length, 0);
      }),
      { numRuns: 300 },
    );
  });
});

describe('asking before a door moves', () => {
  for (const action of allActions.filter((name) => !actions[name].closes)) {
    it(`"${action}" asks, and a no sends nothing`, async () => {
      const { api, act, questions } = await setUp({ yes: false });
      assert.equal(refusalOf(await act(action, idFor(action))), 'declined');
      assert.deepEqual(
        questions.map((question) => question.action),
        [action],
      );
      assert.deepEqual(api.calls, []);
    });
  }

  for (const action of allActions.filter((name) => actions[name].closes)) {
    it(`"${action}" closes and does not ask`, async () => {
      const { act, questions, sent } = await setUp({ yes: false });
      assert.equal((await act(action, idFor(action))).sent, true);
      assert.deepEqual(questions, []);
      assert.equal(sent().length, 1);
    });
  }

  it('asks about the device as it is known, before anything is read or sent', async () => {
    const { api, store, questions, user, act } = await setUp();
    const shown = store.device(ref(lockId));
    user.answer = () => {
      assert.deepEqual(api.calls, []);
      return Promise.resolve(true);
    };
    await act('unlatch');
    assert.deepEqual(questions, [{ state: shown, action: 'unlatch', offline: false, doorOpen: false }]);
  });

  it('sends nothing while the question has no answer, however long', async () => {
    const { clock, api, user, doorkeeper } = await setUp();
    const answer = pending<boolean>();
    user.answer = () => answer.promise;
    const acting = doorkeeper.act(ref(lockId), 'unlock');
    await clock.advance(60 * minute);
    assert.deepEqual(api.calls, []);
    answer.resolve(false);
    assert.equal(refusalOf(await acting), 'declined');
  });

  it('sends nothing when the question itself fails, and lets the next one through', async () => {
    const { api, user, doorkeeper, act } = await setUp();
    user.answer = () => Promise.reject(new Error('closed'));
    await assert.rejects(doorkeeper.act(ref(lockId), 'unlock'), /closed/);
    assert.deepEqual(api.calls, []);
    user.answer = () => Promise.resolve(true);
    assert.equal((await act('unlock')).sent, true);
  });
});

describe('one action at a time', () => {
  it('a second one on the same device is busy, while the first is asked about and while it is followed', async () => {
    const { clock, user, doorkeeper, questions, sent } = await setUp();
    const answer = pending<boolean>();
    user.answer = () => answer.promise;
    const first = doorkeeper.act(ref(lockId), 'unlock');
    assert.equal(refusalOf(await doorkeeper.act(ref(lockId), 'unlock')), 'busy');
    assert.equal(refusalOf(await doorkeeper.act(ref(lockId), 'lock')), 'busy');
    answer.resolve(true);
    await clock.advance(1_000);
    assert.equal(refusalOf(await doorkeeper.act(ref(lockId), 'lock')), 'busy');
    await clock.advance(minute);
    assert.equal((await first).sent, true);
    assert.equal(sent().length, 1);
    assert.equal(questions.length, 1);
  });

  it('another device need not wait, and the same one not after the first is over', async () => {
    const { clock, doorkeeper, act, sent } = await setUp();
    const both = [doorkeeper.act(ref(lockId), 'unlock'), doorkeeper.act(ref(openerId), 'open')];
    await clock.advance(minute);
    assert.deepEqual(
      (await Promise.all(both)).map(({ sent: wasSent }) => wasSent),
      [true, true],
    );
    assert.equal((await act('lock')).sent, true);
    assert.equal(sent().length, 3);
  });

  for (const [where, busy] of [
    ['the device', lock({ operationId: '5f0c' })],
    ['its state', lock({}, { operationId: '5f0c' })],
    ['its configuration', lock({}, {}, { operationId: {} })],
  ] as const) {
    it(`sends nothing when ${where} is busy now, whatever was known`, async () => {
      const { api, act, sent } = await setUp();
      api.onSmartlock = () => Promise.resolve(busy);
      assert.equal(refusalOf(await act('unlock')), 'busy');
      assert.equal(refusalOf(await act('lock')), 'busy');
      assert.deepEqual(sent(), []);
    });
  }

  it('reads the device again before it sends', async () => {
    const { api, act } = await setUp();
    await act('lock');
    assert.ok(api.calls.indexOf(`smartlock ${lockId}`) < api.calls.indexOf(`act ${lockId} 2`));
    assert.ok(api.calls.includes(`smartlock ${lockId}`));
  });
});

describe('a device that is offline', () => {
  for (const serverState of [1, 2, 3, 4, 77, undefined]) {
    it(`server state ${serverState}: is asked to open nothing, and the user is asked nothing`, async () => {
      const { api, act, questions } = await setUp({ devices: [lock({ serverState }), opener({ serverState })] });
      for (const action of allActions.filter((name) => !actions[name].closes))
        assert.equal(refusalOf(await act(action, idFor(action))), 'offline', action);
      assert.deepEqual([api.calls, questions], [[], []]);
    });

    it(`server state ${serverState} by now is the one that is told, and nothing is sent`, async () => {
      const { api, act, sent } = await setUp();
      api.onSmartlock = () => Promise.resolve(lock({ serverState }));
      const result = await act('unlock');
      assert.ok(!result.sent && result.refusal.kind === 'offline');
      assert.equal(result.refusal.device.serverState, serverState);
      assert.deepEqual(sent(), []);
    });
  }

  it('may be closed, after a question that says so', async () => {
    const { act, questions, sent } = await setUp({ devices: [lock({ serverState: 4 })] });
    assert.equal((await act('lock')).sent, true);
    assert.deepEqual(
      questions.map(({ action, offline }) => [action, offline]),
      [['lock', true]],
    );
    assert.equal(sent().length, 1);
  });

  it('is not closed after a no', async () => {
    const { api, act } = await setUp({ devices: [lock({ serverState: 4 })], yes: false });
    assert.equal(refusalOf(await act('lock')), 'declined');
    assert.deepEqual(api.calls, []);
  });

  for (const action of ['unlock', 'lock'] as const) {
    it(`by now, is not asked to ${action} without a question that says so`, async () => {
      const { api, act, sent } = await setUp();
      api.onSmartlock = () => Promise.resolve(lock({ serverState: 4 }));
      assert.equal(refusalOf(await act(action)), 'offline');
      assert.deepEqual(sent(), []);
    });
  }
});

describe('what cannot be done', () => {
  it('is refused for a device that is not known, of an unknown kind, or without such an action', async () => {
    const { api, doorkeeper, questions } = await setUp({
      devices: [lock({ type: 99 }), lock({ smartlockId: 5, type: 1 })],
    });
    assert.equal(refusalOf(await doorkeeper.act(ref(lockId), 'lock')), 'unsupported');
    assert.equal(refusalOf(await doorkeeper.act(ref(5), 'lock')), 'unsupported');
    assert.equal(refusalOf(await doorkeeper.act(ref(5), 'open')), 'unsupported');
    assert.equal(refusalOf(await doorkeeper.act(ref(4711), 'unlock')), 'unsupported');
    assert.equal(refusalOf(await doorkeeper.act(ref(lockId, 'constructor'), 'unlock')), 'unsupported');
    assert.equal(refusalOf(await doorkeeper.act(ref(Number.NaN), 'unlock')), 'unsupported');
    assert.deepEqual([api.calls, questions], [[], []]);
  });
});

describe('an error before anything is sent', () => {
  for (const reason of [
    'network',
    'timeout',
    'server',
    'unauthorized',
    'notFound',
    'rateLimited',
    'unexpectedAnswer',
  ] as const) {
    it(`"${reason}" in the reading before: nothing is sent, and it is said`, async () => {
      const { api, store, act, sent } = await setUp();
      api.onSmartlock = () => failing(reason);
      const result = await act('unlock');
      assert.ok(!result.sent && result.refusal.kind === 'unread');
      assert.equal(result.refusal.error.reason, reason);
      assert.deepEqual(sent(), []);
      assert.equal(store.device(ref(lockId))?.operation, undefined);
    });
  }

  it('another device that comes back: nothing is sent', async () => {
    const { api, act, sent } = await setUp();
    api.onSmartlock = () => Promise.resolve(opener());
    assert.equal(refusalOf(await act('unlock')), 'unread');
    assert.deepEqual(sent(), []);
  });

  it('a log that the token may not read is no reason not to act', async () => {
    const { api, act } = await setUp();
    api.onActivity = () => failing('unauthorized', 401);
    const result = await act('unlock');
    assert.ok(result.sent);
    assert.equal(result.outcome.kind, 'unconfirmed');
  });
});

describe('what becomes of a request', () => {
  it('is confirmed, and told in the row from the sending on', async () => {
    const { clock, store, doorkeeper } = await setUp();
    const acting = doorkeeper.act(ref(lockId), 'unlock');
    await clock.advance(1_000);
    const operation = store.device(ref(lockId))?.operation;
    assert.deepEqual(operation, { action: 'unlock', since: clock.now() - 1_000 });
    await clock.advance(minute);
    const result = await acting;
    assert.ok(result.sent);
    assert.equal(result.outcome.kind, 'confirmed');
    assert.deepEqual(store.device(ref(lockId))?.operation?.outcome, result.outcome);
  });

  for (const [reason, status] of [
    ['network', undefined],
    ['timeout', undefined],
    ['timeout', 408],
    ['server', 500],
    ['server', 502],
    ['rateLimited', 503],
    ['unexpectedAnswer', undefined],
    ['redirected', 307],
  ] as const) {
    it(`"${reason}" ${status ?? ''} leaves it open, so the door is looked at: it was done`, async () => {
      const { api, act, sent } = await setUp();
      const doIt = api.onAct;
      api.onAct = async (id, code) => {
        await doIt(id, code);
        await failing(reason, status);
      };
      const result = await act('unlock');
      assert.ok(result.sent);
      assert.equal(result.outcome.kind, 'confirmed');
      assert.equal(sent().length, 1);
    });

    it(`"${reason}" ${status ?? ''} leaves it open, so the door is looked at: not confirmed`, async () => {
      const { api, act } = await setUp();
      api.onAct = () => failing(reason, status);
      const result = await act('unlock');
      assert.ok(result.sent);
      assert.equal(result.outcome.kind, 'unconfirmed');
    });
  }

  for (const reason of [
    'rejected',
    'notAllowed',
    'conflict',
    'busy',
    'subscription',
    'rateLimited',
    'certificate',
  ] as const) {
    it(`"${reason}" is a refusal; nothing is followed and nothing is left in the row`, async () => {
      const { api, store, act } = await setUp();
      api.onAct = () => failing(reason);
      const result = await act('unlock');
      assert.ok(!result.sent && result.refusal.kind === 'refused');
      assert.equal(result.refusal.error.reason, reason);
      assert.equal(api.calls.at(-1), `act ${lockId} 1`);
      assert.equal(store.device(ref(lockId))?.operation, undefined);
    });
  }

  it('401 to the request alone is a missing permission: the device could be read a moment ago', async () => {
    const { api, act } = await setUp();
    api.onAct = () => failing('unauthorized', 401);
    const result = await act('unlock');
    assert.ok(!result.sent && result.refusal.kind === 'refused');
    assert.equal(result.refusal.error.reason, 'permissionMissing');
    assert.equal(result.refusal.error.status, 401);
  });

  it('has failed for the reason in the log', async () => {
    const { api, act } = await setUp();
    api.onAct = (_id, code) => {
      api.log = [entry('x', code, 9)];
      return Promise.resolve();
    };
    const result = await act('unlock');
    assert.ok(result.sent);
    assert.deepEqual(result.outcome, { kind: 'failed', completion: 9, at: result.outcome.at });
  });

  it('is not confirmed after 30 s when nothing has happened', async () => {
    const { api, store, act } = await setUp();
    api.onAct = () => Promise.resolve();
    const result = await act('unlock');
    assert.ok(result.sent);
    assert.equal(result.outcome.kind, 'unconfirmed');
    assert.equal(store.device(ref(lockId))?.device.state?.state, 1, 'the old state is kept');
  });

  it('is not followed any more once the window closes, and no wait is left', async () => {
    const { clock, api, doorkeeper } = await setUp();
    api.onAct = () => Promise.resolve();
    const acting = doorkeeper.act(ref(lockId), 'unlock');
    await clock.advance(5_000);
    doorkeeper.dispose();
    const result = await acting;
    assert.ok(result.sent);
    assert.equal(result.outcome.kind, 'unwatched');
    assert.equal(clock.waiting, 0);
    const calls = api.calls.length;
    await clock.advance(minute);
    assert.equal(api.calls.length, calls);
  });

  it('an unforeseen error is not hidden, and leaves no action under way for ever', async () => {
    const { api, store, doorkeeper, act } = await setUp();
    api.onAct = () => Promise.reject(new RangeError('unforeseen'));
    await assert.rejects(doorkeeper.act(ref(lockId), 'unlock'), RangeError);
    assert.equal(store.device(ref(lockId))?.operation, undefined);
    api.onAct = () => Promise.resolve();
    assert.equal((await act('lock')).sent, true);
  });

  it('an account that is removed meanwhile ends it without a word', async () => {
    const { clock, store, doorkeeper, sent } = await setUp();
    const acting = doorkeeper.act(ref(lockId), 'unlock');
    await clock.advance(1_000);
    store.setSources([]);
    await clock.advance(minute);
    const result = await acting;
    assert.ok(result.sent);
    assert.equal(result.outcome.kind, 'unconfirmed');
    assert.equal(sent().length, 1);
    assert.deepEqual(store.accounts, []);
  });

  it('says our own reason and no other text', async () => {
    const { api, act } = await setUp();
    api.onAct = () => Promise.reject(new NukiError('rejected', { status: 400 }));
    const result = await act('unlatch');
    assert.ok(!result.sent && result.refusal.kind === 'refused');
    assert.equal(result.refusal.error.message, 'rejected 400');
  });
});

describe('a wish that has grown old', () => {
  /** The device is read after `ms`; `how` tells whether the user waits or the computer sleeps. */
  async function actAfter(action: ActionName, ms: number, how: 'advance' | 'jump'): Promise<readonly string[]> {
    const { clock, api, doorkeeper, sent } = await setUp();
    const reading = pending<Smartlock>();
    api.onSmartlock = () => reading.promise;
    const acting = doorkeeper.act(ref(lockId), action);
    await clock.advance(0);
    await clock[how](ms);
    reading.resolve(lock());
    await clock.advance(minute);
    const result = await acting;
    if (!result.sent) {
      assert.ok(result.refusal.kind === 'unread');
      assert.equal(result.refusal.error.reason, 'expired');
    }
    return sent();
  }

  it('sends nothing after a sleep, whichever way the clock went', async () => {
    for (const action of ['unlock', 'lock'] as const) {
      assert.deepEqual(await actAfter(action, 480 * minute, 'jump'), []);
      assert.deepEqual(await actAfter(action, -480 * minute, 'jump'), []);
    }
  });

  it('has no more time on its way than is left of the 20 seconds', async () => {
    const { clock, api, doorkeeper } = await setUp();
    api.onSmartlock = () => clock.wait(15_000).then(() => lock());
    const agreedAt = clock.now();
    const acting = doorkeeper.act(ref(lockId), 'unlock');
    await clock.advance(minute);
    await acting;
    assert.deepEqual(api.expiries, [agreedAt + 20_000]);
  });

  it('moves no door later than 20 seconds after the yes', async () => {
    for (const action of ['unlock', 'lock'] as const) {
      assert.equal((await actAfter(action, 20_000, 'advance')).length, 1);
      assert.equal((await actAfter(action, 20_001, 'advance')).length, 0);
    }
  });
});

describe('what is known just before', () => {
  it('is the word of the device alone where the log takes long', async () => {
    const { clock, api, doorkeeper, sent } = await setUp();
    api.onActivity = (signal) => clock.wait(45_000, signal).then(() => failing('timeout'));
    const acting = doorkeeper.act(ref(lockId), 'unlock');
    await clock.advance(2 * minute);
    assert.ok((await acting).sent);
    assert.equal(sent().length, 1);
    assert.equal(clock.waiting, 0);
  });

  it('waits for the log as long as for the device where both wait for their turn', async () => {
    const { clock, api, doorkeeper, sent } = await setUp();
    api.onSmartlock = () => clock.wait(9_000).then(() => lock());
    api.onActivity = (signal) => clock.wait(9_500, signal).then(() => listOf(...api.log));
    const acting = doorkeeper.act(ref(lockId), 'lock');
    await clock.advance(2 * minute);
    const result = await acting;
    assert.equal(sent().length, 1);
    assert.ok(result.sent && result.outcome.kind === 'confirmed', 'locked before, which only the log confirms');
  });

  it('on a device that a list leaves out meanwhile, what was sent is in doubt all the same', async () => {
    const { clock, api, store, user, doorkeeper } = await setUp();
    const { devices } = api;
    const yes = pending<boolean>();
    user.answer = () => yes.promise;
    api.onSmartlock = () => Promise.resolve(lock());
    api.onAct = () => Promise.resolve();
    const acting = doorkeeper.act(ref(lockId), 'unlock');
    api.devices = [];
    await store.refresh(accountId);
    yes.resolve(true);
    await clock.advance(minute);
    const result = await acting;
    assert.ok(result.sent && result.outcome.kind === 'unconfirmed');
    api.devices = devices;
    await store.refresh(accountId);
    assert.equal(store.device(ref(lockId))?.operation?.outcome, result.outcome);
  });
});

describe('one lock in two accounts', () => {
  it('acts once at a time, through whichever account', async () => {
    const { clock, api, store, doorkeeper, sent } = await setUp();
    store.setSources([sourceOf(api), sourceOf(api, '8')]);
    await store.refresh('8');
    const both = ['7', '8'].map((account) => doorkeeper.act(ref(lockId, account), 'unlatch'));
    await clock.advance(minute);
    assert.deepEqual((await Promise.all(both)).map(refusalOf), ['sent', 'busy']);
    assert.equal(sent().length, 1);
  });
});

describe('an older copy of the log', () => {
  it('makes no entry new that was seen before', async () => {
    const { api, act } = await setUp({ devices: [lock({}, { state: 3, lastAction: 1 })] });
    assert.ok((await act('lock')).sent);
    const { log } = api;
    let reads = 0;
    api.onActivity = () => Promise.resolve(listOf(...((reads += 1) === 1 ? [] : log))); // the first answer lags
    api.onAct = () => Promise.resolve();
    const result = await act('lock');
    assert.ok(result.sent && reads > 1);
    assert.equal(result.outcome.kind, 'unconfirmed');
  });
});

describe('an action that is tried again before the first was seen to end', () => {
  /** What is said of the second when so many entries come, and the device is unlocked. */
  async function secondOf(entries: number): Promise<ActResult> {
    const { api, act } = await setUp();
    api.onAct = () => Promise.resolve();
    const first = await act('unlock');
    assert.ok(first.sent && first.outcome.kind === 'unconfirmed');
    api.onAct = () => {
      api.devices = [lock({ updateDate: '2026-11-23T12:30:00.000Z' }, { state: 3, lastAction: 1 })];
      api.log = Array.from({ length: entries }, (_, index) => entry(`try ${index}`, 1));
      return Promise.resolve();
    };
    return await act('unlock');
  }

  it('is not confirmed by one entry, which may be of the first', async () => {
    const result = await secondOf(1);
    assert.ok(result.sent);
    assert.deepEqual(result.outcome, { kind: 'unconfirmed', reason: 'earlier', at: result.outcome.at });
  });

  it('is confirmed by two', async () => {
    const result = await secondOf(2);
    assert.equal(result.sent && result.outcome.kind, 'confirmed');
  });
});

describe('two windows of one user', () => {
  /** Two windows at one home, the second of which shows another account of it where one is given. */
  async function openTwo(otherAccount = accountId) {
    const first = await setUp();
    const { clock, api } = first;
    const disk = new Map<string, unknown>();
    const windows = [accountId, otherAccount].map((account, index) => {
      const store = new Store(clock);
      store.setSources([sourceOf(api, account)]);
      const journal = new Journal(new FakeRecords(disk), `window ${index}`, clock);
      const doorkeeper = new Doorkeeper(
        store,
        clock,
        () => Promise.resolve(true),
        () => clock.now(),
        journal,
      );
      return { account, store, doorkeeper };
    });
    for (const { account, store } of windows) await store.refresh(account);
    const act = (index: number, action: ActionName): Promise<ActResult> => {
      const { account, doorkeeper } = windows[index] ?? assert.fail();
      return doorkeeper.act(ref(lockId, account), action);
    };
    return { ...first, windows, act };
  }

  for (const account of [accountId, '8']) {
    it(`send one request when both unlock at once, and show the same end: account ${account}`, async () => {
      const { act, clock, sent, windows } = await openTwo(account);
      const both = [act(0, 'unlock'), act(1, 'unlock')];
      await clock.advance(1_000);
      assert.equal(windows[1]?.store.operation(ref(lockId, account))?.isElsewhere, true);
      await clock.advance(minute);
      const [one, other] = await Promise.all(both);
      assert.equal(sent().length, 1);
      assert.ok(one?.sent && one.outcome.kind === 'confirmed');
      assert.ok(other && !other.sent && other.refusal.kind === 'elsewhere');
      assert.deepEqual(other.refusal.outcome, { kind: 'confirmed', at: one.outcome.at });
      assert.equal(windows[1]?.store.operation(ref(lockId, account))?.outcome?.kind, 'confirmed');
      assert.equal(clock.waiting, 0);
    });
  }

  it('show the door as it is then, in the window that has not sent, too', async () => {
    const { act, clock, windows } = await openTwo();
    const both = [act(0, 'unlock'), act(1, 'unlock')];
    await clock.advance(minute);
    await Promise.all(both);
    for (const { store } of windows) assert.equal(store.device(ref(lockId))?.device.state?.state, 3);
  });

  it('send nothing for another action while one of them acts', async () => {
    const { act, clock, sent } = await openTwo();
    const unlocking = act(0, 'unlock');
    await clock.advance(1_000);
    const locking = act(1, 'lock');
    await clock.advance(100);
    const result = await locking;
    assert.ok(!result.sent && result.refusal.kind === 'elsewhere' && result.refusal.action === 'unlock');
    await clock.advance(minute);
    assert.ok((await unlocking).sent);
    assert.equal(sent().length, 1);
  });

  it('act one after the other, and after one that was refused', async () => {
    const { act, api, clock, sent } = await openTwo();
    const over = async (acting: Promise<ActResult>): Promise<string> => {
      await clock.advance(minute);
      return refusalOf(await acting);
    };
    assert.equal(await over(act(0, 'unlock')), 'sent');
    assert.equal(await over(act(1, 'lock')), 'sent');
    const { onAct } = api;
    api.onAct = () => failing('conflict', 409);
    assert.equal(await over(act(0, 'unlock')), 'refused');
    api.onAct = onAct;
    assert.equal(await over(act(1, 'unlock')), 'sent');
    assert.equal(sent().length, 4);
  });

  it('hinder each other no longer than an action is followed, where one ends in the middle', async () => {
    const { act, api, clock, windows } = await openTwo();
    api.onAct = () => Promise.resolve();
    const cut = act(0, 'unlock');
    await clock.advance(1_000);
    windows[0]?.doorkeeper.dispose();
    await cut;
    const waiting = act(1, 'unlock');
    await clock.advance(minute);
    const result = await waiting;
    assert.ok(!result.sent && result.refusal.kind === 'elsewhere' && result.refusal.outcome === undefined);
    const next = act(1, 'unlock');
    await clock.advance(minute);
    assert.equal(refusalOf(await next), 'sent');
  });
});

describe('the demo home', () => {
  it('is another one in each window, so that no window waits for the other', async () => {
    const { clock, api } = await setUp();
    const disk = new Map<string, unknown>();
    const acting = ['one', 'other'].map(async (session) => {
      const store = new Store(clock);
      store.setSources([{ ...sourceOf(api), simulated: true }]);
      await store.refresh(accountId);
      const journal = new Journal(new FakeRecords(disk), session, clock);
      const doorkeeper = new Doorkeeper(
        store,
        clock,
        () => Promise.resolve(true),
        () => clock.now(),
        journal,
      );
      return await doorkeeper.act(ref(lockId), 'unlock');
    });
    await clock.advance(minute);
    assert.deepEqual((await Promise.all(acting)).map(refusalOf), ['sent', 'sent']);
    assert.equal(disk.size, 0);
  });
});

describe('an answer that is lost', () => {
  it('leaves open whether Nuki has taken the action, where nothing of it is seen', async () => {
    const { api, act } = await setUp();
    api.onAct = () => failing('network');
    const result = await act('unlock');
    assert.ok(result.sent);
    assert.deepEqual(result.outcome, { kind: 'unconfirmed', reason: 'perhapsNotTaken', at: result.outcome.at });
  });

  it('leaves nothing open where the device has done it', async () => {
    const { api, act } = await setUp();
    const doIt = api.onAct;
    api.onAct = (id, code) => doIt(id, code).then(() => failing('network'));
    const result = await act('unlock');
    assert.equal(result.sent && result.outcome.kind, 'confirmed');
  });
});

describe('an action whose end was not seen', () => {
  it('is not forgotten by one that cannot begin, though it is mentioned only meanwhile', async () => {
    const { clock, api, store, doorkeeper } = await setUp();
    const reading = pending<Smartlock>();
    api.onSmartlock = () => reading.promise;
    const acting = doorkeeper.act(ref(lockId), 'lock');
    await clock.advance(1_000);
    const outcome = { kind: 'unconfirmed', at: clock.now(), reason: 'unseen' } as const;
    store.setOperation(ref(lockId), { action: 'unlock', since: clock.now(), outcome });
    reading.reject(new NukiError('network'));
    await clock.advance(minute);
    assert.equal((await acting).sent, false);
    assert.equal(store.operation(ref(lockId))?.outcome, outcome);
  });

  for (const [what, fail] of [
    ['is refused', (api: ScriptedApi) => (api.onAct = () => failing('busy', 423))],
    ['cannot begin', (api: ScriptedApi) => (api.onSmartlock = () => failing('network'))],
  ] as const) {
    it(`stays in doubt when the next one ${what}`, async () => {
      const { api, store, act } = await setUp();
      api.onAct = () => Promise.resolve();
      const first = await act('unlock');
      assert.ok(first.sent && first.outcome.kind === 'unconfirmed');
      fail(api);
      assert.equal((await act('unlock')).sent, false);
      assert.equal(store.device(ref(lockId))?.operation?.outcome, first.outcome);
    });
  }
});

describe('a device that is not ready', () => {
  for (const mode of [0, 1, 4]) {
    it(`opens nothing in mode ${mode}, and nothing is sent`, async () => {
      const { act, sent } = await setUp({ devices: [lock({}, { mode })] });
      assert.equal(refusalOf(await act('unlock')), 'notReady');
      assert.deepEqual(sent(), []);
    });
  }

  it('may be locked all the same', async () => {
    const { act, sent } = await setUp({ devices: [lock({}, { mode: 4, state: 3 })] });
    await act('lock');
    assert.equal(sent().length, 1);
  });
});

describe('watching', () => {
  it('a user who stops waiting gets the truth: it was not seen', async () => {
    const { doorkeeper, api, clock, sent } = await setUp();
    api.onAct = () => Promise.resolve();
    const stopped = new AbortController();
    let wasSent = 0;
    const acting = doorkeeper.act(ref(lockId), 'unlock', {
      signal: stopped.signal,
      onSent: () => (wasSent += 1),
    });
    await clock.advance(3_000);
    assert.equal(wasSent, 1);
    stopped.abort();
    const result = await acting;
    assert.equal(result.sent && result.outcome.kind, 'unwatched');
    assert.equal(sent().length, 1);
    assert.equal(clock.waiting, 0);
  });

  it('follows several devices of one account by one list for all', async () => {
    const ids = [1, 2, 3, 4, 5].map((n) => lockId + n);
    const { doorkeeper, api, clock } = await setUp({
      devices: ids.map((smartlockId) => lock({ smartlockId }, { state: 3 })),
    });
    api.onAct = () => Promise.resolve();
    const acting = Promise.all(ids.map((id) => doorkeeper.act(ref(id), 'lock')));
    await clock.advance(1_400);
    const before = api.count('smartlock');
    await clock.advance(4_000);
    assert.equal(api.count('smartlock'), before, 'no device is read alone');
    assert.ok(api.count('smartlocks') >= 4 && api.count('smartlocks') <= 5, `${api.count('smartlocks')} lists`);
    api.devices = ids.map((smartlockId) => lock({ smartlockId }, { state: 1, lastAction: 2 }));
    api.log = [entry('locked', 2)];
    await clock.advance(minute);
    for (const result of await acting) assert.equal(result.sent && result.outcome.kind, 'confirmed');
  });

  it('reads for the door before it acts, and follows in a lane of its own, alone or by the list', async () => {
    const ids = [lockId, lockId + 1];
    const { doorkeeper, api, clock } = await setUp({ devices: ids.map((smartlockId) => lock({ smartlockId })) });
    api.onAct = () => Promise.resolve();
    for (const acted of [[lockId], ids]) {
      api.lanes.length = 0;
      const acting = Promise.all(acted.map((id) => doorkeeper.act(ref(id), 'unlock')));
      await clock.advance(minute);
      await acting;
      const sent = api.lanes.findIndex((lane) => lane.endsWith(': follow'));
      assert.ok(api.lanes.slice(0, sent).every((lane) => lane.endsWith(': door')));
      assert.ok(api.lanes.slice(sent).every((lane) => lane.endsWith(': follow')));
      const [device, log] = acted.length === 1 ? ['smartlock', 'activity'] : ['smartlocks', 'accountActivity'];
      for (const lane of ['door', 'follow']) {
        assert.ok(api.lanes.includes(`${device}: ${lane}`) && api.lanes.includes(`${log}: ${lane}`));
      }
    }
  });

  it('takes no earlier entry for its own that the log of the whole account had no room for', async () => {
    const other = lockId + 1;
    const { doorkeeper, api, clock } = await setUp({ devices: [lock(), lock({ smartlockId: other })] });
    const entriesOfOther = Array.from({ length: 50 }, (_, index) => ({
      ...entry(`other ${index}`, 1),
      date: '2026-11-23T11:59:59.000Z',
      smartlockId: other,
    }));
    api.accountActivity = () => Promise.resolve(listOf(...entriesOfOther));
    // Younger than what was last reported of the device, so only the log tells that it was there before.
    api.log = [{ ...entry('earlier', 2), date: '2026-11-23T11:59:30.000Z' }];
    api.onAct = (id) => (id === other ? failing('busy', 423) : Promise.resolve());
    const acting = [other, lockId].map((id) => doorkeeper.act(ref(id), 'lock'));
    await clock.advance(minute);
    const [, result] = await Promise.all(acting);
    assert.ok(result?.sent);
    assert.equal(result.outcome.kind, 'unconfirmed');
  });

  it('reads the one device alone that is followed in its account', async () => {
    const { api, act, store, doorkeeper, clock } = await setUp();
    store.setSources([sourceOf(api), sourceOf(api, '8')]);
    await store.refresh('8');
    api.onAct = () => Promise.resolve();
    const before = api.count('smartlocks');
    await act('unlock');
    const acting = ['7', '8'].map((account) => doorkeeper.act(ref(lockId, account), 'unlock'));
    await clock.advance(minute);
    await Promise.all(acting);
    assert.equal(api.count('smartlocks'), before);
  });

  it('goes on looking for a device that is gone from the list, and does not confirm it', async () => {
    const ids = [lockId, lockId + 1];
    const { doorkeeper, api, clock } = await setUp({ devices: ids.map((smartlockId) => lock({ smartlockId })) });
    api.onAct = () => {
      api.devices = [];
      return Promise.resolve();
    };
    const acting = Promise.all(ids.map((id) => doorkeeper.act(ref(id), 'unlock')));
    await clock.advance(minute);
    for (const result of await acting) {
      assert.equal(result.sent ? result.outcome.kind : result.refusal.kind, 'unconfirmed');
    }
  });

  it('stops reading the log too when the window closes', async () => {
    const { doorkeeper, api, clock } = await setUp();
    api.onAct = () => Promise.resolve();
    const signals: (AbortSignal | undefined)[] = [];
    const acting = doorkeeper.act(ref(lockId), 'unlock', {
      onSent: () => {
        api.onActivity = (signal) => {
          signals.push(signal);
          return new Promise((_, reject) =>
            signal?.addEventListener('abort', () => reject(new NukiError('cancelled'))),
          );
        };
      },
    });
    await clock.advance(3_000);
    assert.ok(signals.length > 0);
    doorkeeper.dispose();
    const result = await acting;
    assert.equal(result.sent && result.outcome.kind, 'unwatched');
  });
});

describe('an older copy of a device that answers while an action is followed', () => {
  const unlockedNow = lock({ updateDate: '2026-11-23T11:59:58.000Z' }, { state: 3, lastAction: 1 });
  const lockedBefore = lock({ updateDate: '2026-11-23T11:30:00.000Z' }, { state: 1, lastAction: 2 });

  for (const [what, others] of [
    ['alone', []],
    ['in lists', [opener()]],
  ] as const) {
    it(`confirms nothing (read ${what})`, async () => {
      const { api, store, clock, doorkeeper } = await setUp({ devices: [unlockedNow, ...others] });
      api.onAct = () => {
        api.devices = [lockedBefore, ...others];
        return Promise.resolve();
      };
      const acting = doorkeeper.act(ref(lockId), 'lock');
      const besides = others.map(({ smartlockId }) => doorkeeper.act(ref(smartlockId), 'activateRingToOpen'));
      await clock.advance(minute);
      const result = await acting;
      await Promise.all(besides);
      assert.ok(result.sent);
      assert.equal(result.outcome.kind, 'unconfirmed');
      assert.equal(store.device(ref(lockId))?.device.state?.state, 3);
    });
  }
});

describe('a lock whose door stands open', () => {
  const ajar = lock({ updateDate: '2026-11-23T11:59:58.000Z' }, { state: 3, lastAction: 1, doorState: 3 });

  it('is asked about before its bolt comes out, by what was just read, and read again before anything is sent', async () => {
    const { api, act, sent, questions } = await setUp({ devices: [lock()] });
    api.devices = [ajar];
    await act('lock');
    assert.deepEqual(
      questions.map(({ doorOpen, state }) => [doorOpen, state.device.state?.doorState]),
      [[true, 3]],
    );
    const reads = api.calls
      .slice(0, api.calls.indexOf(sent()[0] ?? ''))
      .filter((call) => call.startsWith('smartlock '));
    assert.equal(reads.length, 2);
    assert.equal(sent().length, 1);
  });

  it('is left alone without a yes', async () => {
    const { act, sent } = await setUp({ devices: [ajar], yes: false });
    assert.equal(refusalOf(await act('lock')), 'declined');
    assert.deepEqual(sent(), []);
  });

  it('is not asked about where the door is closed by now, nor for other actions', async () => {
    const { api, act, questions } = await setUp({ devices: [ajar] });
    await act('lockNGo');
    assert.equal(questions.filter(({ doorOpen }) => doorOpen).length, 0);
    api.devices = [lock({ updateDate: '2026-11-23T11:59:59.000Z' }, { state: 3, doorState: 2 })];
    questions.length = 0;
    await act('lock');
    assert.deepEqual(questions, []);
  });
});

describe('an action sent from a computer whose clock is a little wrong', () => {
  for (const ahead of [-110, -70, 0, 30, 59, 61, 90, 119].map((seconds) => seconds * 1_000)) {
    it(`is confirmed by its entry, whose date is Nuki's: ${ahead / 1_000} s`, async () => {
      const { clock, api, store } = await setUp();
      const nukiTime = (): number => clock.now() - ahead;
      const time = new ServerClock(clock);
      const answer = () => {
        const headers = { 'content-type': 'application/json', date: new Date(nukiTime()).toUTCString() };
        return Promise.resolve(new Response('[]', { headers }));
      };
      await time.observe(answer)('https://api.nuki.io/smartlock');
      const doorkeeper = new Doorkeeper(
        store,
        clock,
        () => Promise.resolve(true),
        () => time.preciseNow(),
      );
      api.onAct = (_, code) => {
        const date = new Date(nukiTime() + 1_000).toISOString();
        api.devices = [lock({ updateDate: date }, { state: 3, lastAction: code })];
        api.log = [{ ...entry('ours', code), date }];
        return Promise.resolve();
      };
      const acting = doorkeeper.act(ref(lockId), 'unlock');
      await clock.advance(2 * minute);
      const result = await acting;
      assert.equal(result.sent && result.outcome.kind, 'confirmed');
    });
  }
});
