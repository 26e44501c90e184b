import assert from 'node:assert/strict';
import { AccountBook } from '../../../../src/model/accounts/accountBook.ts';
import { accountCommands } from '../../../../src/commands/accounts/accounts.ts';
import { commandIds } from '../../../../src/commands/ids.ts';
import { DemoHome } from '../../../../src/model/accounts/demoHome.ts';
import { NukiError } from '../../../../src/nuki/http/errors.ts';
import { Store } from '../../../../src/model/store.ts';
import { FakeClock } from '../../fakeClock.ts';
import { UnlatchSupport } from '../../../../src/model/actions/unlatchSupport.ts';
import { failing, FakeRecords, FakeSecrets, pending, ScriptedApi, storeOf } from '../../model/fakes.ts';
import { user } from '../../vscodeStandIn.ts';
import { servicesFor } from '../services.ts';

const token = 'a-token-of-anna-that-is-long-enough';

type Input = (typeof user.inputs)[number];

/** The user adds an account: what is asked of them, of the API and of the secrets. */
function addAccount(script: (api: ScriptedApi) => void = () => undefined) {
  const clock = new FakeClock();
  const api = new ScriptedApi(clock);
  script(api);
  const secrets = new FakeSecrets();
  const book = new AccountBook(secrets, new FakeRecords(), () => Promise.resolve(api));
  const store = new Store(clock);
  const services = servicesFor(store, clock, { book });
  const add = async (): Promise<void> => await accountCommands(services)[commandIds.addAccount]();
  const begin = () => {
    user.inputs.length = 0;
    const adding = add();
    const [input] = user.inputs;
    assert.ok(input);
    return { adding, input };
  };
  return { ...begin(), again: begin, clock, api, book, secrets };
}

describe('adding an account', () => {
  it('asks for the token where it is not shown, tries it, and only then keeps it', async () => {
    const { adding, input, api, secrets, book } = addAccount();
    assert.equal(input.password, true);
    api.onAccount = () => {
      assert.deepEqual(secrets.written, []);
      return Promise.resolve({ accountId: 7, name: 'Anna' });
    };
    input.enter(` ${token}\n`);
    await adding;
    assert.deepEqual([...secrets.kept], [['nuki.token.7', token]]);
    assert.deepEqual(book.entries, [{ id: '7', label: 'Anna' }]);
  });

  it('says that the token is being checked, and sends no second request for a second Enter', async () => {
    const { adding, input, clock, api } = addAccount();
    const answer = pending<{ accountId: number; name: string }>();
    api.onAccount = () => answer.promise;
    input.enter(token);
    await clock.advance(0);
    assert.equal(input.validationMessage, 'Checking the token with Nuki…');
    assert.equal(input.busy, true);
    input.accept();
    answer.resolve({ accountId: 7, name: 'Anna' });
    await adding;
    assert.deepEqual(
      api.calls.filter((call) => call.startsWith('account')),
      ['account'],
    );
  });

  for (const [what, giveUp] of [
    ['the box is closed', (input: Input) => input.hide()],
    ['something else is typed', (input: Input) => input.type('another text')],
  ] as const) {
    it(`gives up checking when ${what}, and keeps nothing`, async () => {
      const { adding, input, clock, api, secrets } = addAccount();
      const signals: (AbortSignal | undefined)[] = [];
      api.onAccount = (signal) => {
        signals.push(signal);
        return new Promise((_answer, reject) =>
          signal?.addEventListener('abort', () => reject(new NukiError('cancelled'))),
        );
      };
      input.enter(token);
      await clock.advance(0);
      giveUp(input);
      await clock.advance(0);
      assert.deepEqual(
        signals.map((signal) => signal?.aborted),
        [true],
      );
      assert.equal(input.busy, false);
      assert.equal(input.validationMessage, undefined);
      input.hide();
      await adding;
      assert.deepEqual(secrets.written, []);
    });
  }

  it('says so where the token could not be kept, and works without', async () => {
    const { adding, input, api, book, secrets } = addAccount();
    secrets.store = () => Promise.reject(new Error('no keyring'));
    user.seen.length = 0;
    input.enter(token);
    await adding;
    assert.deepEqual(
      user.seen.map(({ text }) => text),
      ["The token couldn't be stored. Anna works until you close this window."],
    );
    const [account] = book.sources();
    assert.equal(await account?.client(), api);
  });

  it('makes no link of the name of an account that is here already', async () => {
    const { adding, input, again, clock } = addAccount((api) => {
      api.onAccount = () => Promise.resolve({ accountId: 7, name: '[Sign in](command:nuki.demoHome.add)' });
    });
    input.enter(token);
    await adding;
    const second = again();
    second.input.enter(token);
    await clock.advance(0);
    assert.equal(
      second.input.validationMessage,
      'You have already added this account: [Sign in]\u200A(command\u200A:nuki.demoHome.add). To change its token, use Replace Token.',
    );
    second.input.hide();
    await second.adding;
  });

  it('says what to look at when something else answers in the place of Nuki, and blames no token', async () => {
    const { adding, input, clock, secrets } = addAccount((api) => {
      api.onAccount = () => failing('intercepted', 403);
    });
    input.enter(token);
    await clock.advance(0);
    assert.match(input.validationMessage ?? '', /\(HTTP 403\).*proxy.*company filter.*sign-in page/);
    assert.doesNotMatch(input.validationMessage ?? '', /rejected|permission/);
    input.hide();
    await adding;
    assert.deepEqual(secrets.written, []);
  });

  it('says when the token may be tried again, where Nuki asks to wait', async () => {
    const { adding, input, clock } = addAccount((api) => {
      api.onAccount = () =>
        Promise.reject(new NukiError('rateLimited', { status: 429, retryAt: clock.now() + 300_000 }));
    });
    input.enter(token);
    await clock.advance(0);
    assert.match(
      input.validationMessage ?? '',
      /^Too many requests\. Nuki asks you to wait until \d\d:\d5; press Enter again then\.$/,
    );
    input.hide();
    await adding;
  });

  it('keeps nothing that the API has refused, and echoes nothing of it', async () => {
    const { adding, input, clock, secrets } = addAccount((api) => {
      api.onAccount = () => failing('unauthorized', 401);
      api.onSmartlocks = () => failing('unauthorized', 401);
    });
    input.enter(token);
    await clock.advance(0);
    assert.match(input.validationMessage ?? '', /^Nuki rejected this token\./);
    assert.doesNotMatch(input.validationMessage ?? '', /anna/);
    input.hide();
    await adding;
    assert.deepEqual(secrets.written, []);
  });

  it('asks the API nothing about what cannot be a token', async () => {
    const { adding, input, clock, api } = addAccount();
    input.enter('too short');
    await clock.advance(0);
    assert.match(input.validationMessage ?? '', /^That doesn't look like an API token/);
    assert.deepEqual(api.calls, []);
    input.hide();
    await adding;
  });

  it('refuses an account that is here already', async () => {
    const { adding, input, again, clock } = addAccount();
    input.enter(token);
    await adding;
    const second = again();
    second.input.enter(`${token}-2`);
    await clock.advance(0);
    assert.equal(
      second.input.validationMessage,
      'You have already added this account: Anna. To change its token, use Replace Token.',
    );
    second.input.hide();
    await second.adding;
  });
});

describe('removing an account', () => {
  it('leaves nothing behind: no token, no record of its locks or of what was asked of them, no device in the status bar', async () => {
    const clock = new FakeClock();
    const api = new ScriptedApi(clock);
    const records = new FakeRecords();
    const secrets = new FakeSecrets();
    const book = new AccountBook(secrets, records, () => Promise.resolve(api));
    await book.keep({ id: '7', label: 'Home' }, token);
    const { store } = storeOf(clock, api);
    const unlatchSupport = new UnlatchSupport(records);
    unlatchSupport.setCanUnlatch({ accountId: '7', smartlockId: 42 }, false);
    records.write('pendingChange/7/42/x', { accountId: '7', smartlockId: 42 });
    const statusBarDevice = () => ({ accountId: '7', smartlockId: 42 });
    user.settings.set('nuki.statusBar.device', '7/42');
    user.press = () => {
      clock.jump(1_000); // the user reads it
      return 'Remove';
    };
    const services = servicesFor(store, clock, { book, records, unlatchSupport, statusBarDevice });
    await accountCommands(services)[commandIds.removeAccount](undefined);
    assert.deepEqual([...secrets.kept], []);
    assert.deepEqual([...records.disk], []);
    assert.equal(user.settings.get('nuki.statusBar.device'), undefined);
  });
});

describe('resetting the demo home', () => {
  /** A demo home of which a pending change is kept, and a user who answers the question with `answer`. */
  const setUp = (answer: string | undefined) => {
    const clock = new FakeClock();
    const records = new FakeRecords();
    records.write('pendingChange/demo/42/x', { accountId: 'demo', smartlockId: 42 });
    records.write('pendingChange/7/42/x', { accountId: '7', smartlockId: 42 });
    const demoHome = new DemoHome(() => Promise.resolve(new ScriptedApi(clock)));
    user.seen.length = 0;
    user.press = () => {
      clock.jump(1_000); // the user reads it
      return answer;
    };
    const services = servicesFor(new Store(clock), clock, { demoHome, records });
    return { demoHome, records, reset: () => accountCommands(services)[commandIds.resetDemoHome]() };
  };

  it('makes it another home, of which nothing is kept, and leaves other accounts alone', async () => {
    const { demoHome, records, reset } = setUp('Reset');
    const [before] = demoHome.sources(true);
    await reset();
    assert.equal(user.seen[0]?.text, 'Reset the demo home?');
    assert.notEqual(demoHome.sources(true)[0], before);
    assert.deepEqual([...records.disk.keys()], ['pendingChange/7/42/x']);
  });

  it('does nothing unless the user agrees', async () => {
    const { demoHome, records, reset } = setUp(undefined);
    const [before] = demoHome.sources(true);
    await reset();
    assert.equal(demoHome.sources(true)[0], before);
    assert.equal(records.disk.size, 2);
  });
});
