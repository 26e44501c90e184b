import assert from 'node:assert/strict';
import * as v from 'valibot';
import { AccountBook } from '../../../../src/model/accounts/accountBook.ts';
import { accountCommands } from '../../../../src/commands/accounts/accounts.ts';
import { showTokens } from '../../../../src/commands/accounts/tokens.ts';
import { commandIds } from '../../../../src/commands/ids.ts';
import { demoToken } from '../../../../src/simulator/demo/demo.ts';
import type { Fault } from '../../../../src/simulator/faults/faults.ts';
import type { HomeOptions } from '../../../../src/simulator/home.ts';
import { FakeRecords, FakeSecrets } from '../../model/fakes.ts';
import { TestAccount } from '../../model/testAccount.ts';
import { TestSimulator } from '../../simulator/testSimulator.ts';
import { user, type Message } from '../../vscodeStandIn.ts';
import { asCommand, servicesFor } from '../services.ts';

const needed = ['account', 'smartlock.readOnly', 'smartlock.action', 'smartlock.auth', 'smartlock.log'];
const own = { token: demoToken, description: 'VS Code', scopes: needed };

/** The account of the demo home, whose token has what Keyturner needs, and a user who reads each question. */
async function setUp(changes: Partial<HomeOptions> = {}) {
  const simulator = new TestSimulator({ tokens: [own], ...changes });
  const account = await TestAccount.open(simulator);
  const { store } = account;
  const secrets = new FakeSecrets();
  const book = new AccountBook(secrets, new FakeRecords(), () => account.source.client());
  await book.keep({ id: '7', label: 'Home' }, demoToken);
  const refreshed: string[] = [];
  const services = servicesFor(store, simulator.clock, {
    book,
    refreshAccount: (id) => Promise.resolve(void refreshed.push(id)),
  });
  Object.assign(user, { choose: () => undefined, press: () => undefined, clipboard: '' });
  user.seen.length = 0;
  user.lists.length = 0;
  const press = (button: string): void => {
    user.press = (message) => {
      simulator.clock.jump(1_000); // the user reads it
      return message.options.modal ? button : undefined;
    };
  };
  /** Opens the list and chooses these rows, one after the other. */
  const choose = async (...rows: readonly string[]): Promise<void> => {
    const left = [...rows];
    user.choose = () => left.shift();
    await account.advanceUntil(asCommand(services, () => showTokens(undefined, services)));
  };
  const remove = (): Promise<void> =>
    account.advanceUntil(
      asCommand(services, async () => accountCommands(services)[commandIds.removeAccount](undefined)),
    );
  const deletions = (): number => account.writes.length;
  return { simulator, account, secrets, choose, press, remove, refreshed, deletions };
}

const questions = (): readonly Message[] => user.seen.filter(({ options }) => options.modal);
const told = (): readonly string[] => user.seen.filter(({ options }) => !options.modal).map(({ text }) => text);
const deletion: Fault = { method: 'DELETE', path: /^\/account\/integration/ };

describe('the list of who holds a token', () => {
  it('has a row for each, Keyturner’s own first and what is marked next', async () => {
    const { choose } = await setUp();
    await choose();
    assert.deepEqual(user.lists[0], {
      title: 'Who Holds a Token: Home',
      labels: [
        'VS Code',
        'Home Assistant',
        'Conrad Connect',
        'Amazon Alexa',
        "Anna's iPhone",
        "Ben's iPhone",
        'Nuki Web',
      ],
    });
    assert.equal(user.lists.length, 1);
  });

  it('shows one with what is known of it, and revokes nothing unless asked', async () => {
    const { choose, deletions } = await setUp();
    await choose('Home Assistant');
    assert.deepEqual(user.lists[1], {
      title: 'Who Holds a Token: Home Assistant',
      labels: [
        'Not used for 140 days',
        'Program type',
        'Permissions',
        'Created',
        'Last used',
        '',
        'Revoke…',
        'Open Nuki Web',
        'Copy',
      ],
    });
    assert.deepEqual([questions(), deletions()], [[], 0]);
  });

  it('copies what is known of one', async () => {
    const { choose } = await setUp();
    await choose('Home Assistant', 'Copy');
    assert.match(
      user.clipboard,
      /^Home Assistant\nnot used for 140 days\nProgram type: API token\nPermissions: account, manage devices, operate devices, view activity log\nCreated: /,
    );
    assert.ok(!user.clipboard.includes(demoToken));
  });

  it('says that something in it could not be read, and again before all of a client is revoked', async () => {
    const integrations = new TestSimulator().home.integrations.slice(0, 2);
    const { choose, simulator, press } = await setUp({ integrations });
    const broken = async (answer: Response): Promise<Response> => {
      const list = v.parse(v.array(v.unknown()), await answer.json());
      return Response.json([...list, 'a text']);
    };
    simulator.home.fault({ path: /^\/account\/integration/, change: broken, times: 9 });
    press('');
    await choose('Amazon Alexa', 'Revoke…');
    assert.deepEqual(user.lists[0]?.labels.slice(-1), ['1 unreadable']);
    assert.match(questions()[0]?.options.detail ?? '', /\n• Amazon Alexa\n• 1 unreadable\n/);
  });

  it('offers Nuki Web alone where an id is none that a request may name', async () => {
    const integrations = new TestSimulator().home.integrations.map((one) => ({
      ...one,
      clientId: 'web',
      tokenId: 'x',
    }));
    const { choose } = await setUp({ integrations: integrations.slice(0, 1) });
    await choose('Home Assistant');
    assert.deepEqual(user.lists[1]?.labels.slice(-3), ['', 'Open Nuki Web', 'Copy']);
  });

  it('says what is missing where the token may not read the account', async () => {
    const { choose } = await setUp({ tokens: [{ ...own, scopes: needed.slice(1) }] });
    await choose();
    assert.deepEqual(told(), [
      'The token of "Home" doesn\'t have the permission for this. Create one that does in Nuki Web.',
    ]);
    assert.deepEqual(user.seen[0]?.buttons, ['Replace Token']);
  });

  it('makes neither an icon nor a link of a foreign name', async () => {
    const name = '$(trash) [x](command:a)\u202E';
    const [first] = new TestSimulator().home.integrations;
    assert.ok(first);
    const { choose, press } = await setUp({ integrations: [{ ...first, description: name }] });
    press('Revoke');
    await choose('$\u200A(trash) [x](command:a)', 'Revoke…');
    assert.equal(questions()[0]?.text, 'Revoke $(trash) [x](command:a)?');
    assert.deepEqual(told(), ['$\u200A(trash) [x]\u200A(command\u200A:a) was revoked.']);
  });
});

describe('the question before a revocation', () => {
  const asked = async (name: string, changes: Partial<HomeOptions> = {}): Promise<string> => {
    const { choose, deletions } = await setUp(changes);
    await choose(name, 'Revoke…');
    assert.equal(deletions(), 0, 'without a yes');
    const [question] = questions();
    assert.equal(question?.text, `Revoke ${name}?`);
    assert.deepEqual(question.buttons, ['Revoke']);
    return question.options.detail ?? '';
  };
  const general = 'What is revoked loses its access to Home. To give it back, it has to be connected again.';

  it('of another token says what it loses', async () => {
    assert.equal(await asked('Home Assistant'), general);
  });

  it('of a program lists everything that goes with it', async () => {
    const all = new TestSimulator().home.integrations.filter(({ vendorKey }) => vendorKey === 'IOS');
    const integrations = all.map((one) => ({ ...one, clientId: '5' }));
    assert.equal(
      await asked("Ben's iPhone", { integrations }),
      `Nuki revokes everything that is connected with it:\n• Anna's iPhone\n• Ben's iPhone\n${general}`,
    );
  });

  it("of Keyturner's own says that the account stops working here", async () => {
    assert.equal(
      await asked('VS Code'),
      `This is the token that Keyturner uses: Home stops working here until you enter another one.\n${general}`,
    );
  });

  it("says so of one that may be Keyturner's", async () => {
    const tokens = [own, { ...own, token: 'another-one-that-can-do-the-same', description: 'script' }];
    assert.equal(
      await asked('script', { tokens }),
      `This may be the token that Keyturner uses: then Home stops working here until you enter another one.\n${general}`,
    );
  });
});

describe('a revocation', () => {
  it('of another token takes that alone', async () => {
    const { choose, press, simulator, deletions, refreshed } = await setUp();
    press('Revoke');
    await choose('Home Assistant', 'Revoke…');
    assert.deepEqual(told(), ['Home Assistant was revoked.']);
    assert.deepEqual([deletions(), refreshed], [1, []]);
    assert.ok(!simulator.home.integrations.some(({ description }) => description === 'Home Assistant'));
    assert.equal(await simulator.status('GET', '/account'), 200);
  });

  it("of Keyturner's own says that the account needs another token", async () => {
    const { choose, press, refreshed, simulator } = await setUp();
    press('Revoke');
    await choose('VS Code', 'Revoke…');
    assert.equal(await simulator.status('GET', '/account'), 401);
    assert.deepEqual(told(), ['VS Code was revoked. It was the token that Keyturner used: Home needs another one.']);
    assert.deepEqual(user.seen.at(-1)?.buttons, ['Replace Token']);
    assert.deepEqual(refreshed, ['7']);
  });

  it('that Nuki does not carry out is not confirmed', async () => {
    const { choose, press, simulator } = await setUp();
    simulator.home.fault({ ...deletion, answer: { status: 204 } });
    press('Revoke');
    await choose('Home Assistant', 'Revoke…');
    assert.deepEqual(told(), ['Home Assistant: not confirmed. Nuki still lists it, and it may still have access.']);
    assert.deepEqual(user.seen.at(-1)?.buttons, ['Open Nuki Web']);
  });

  it('that Nuki refuses is told as such', async () => {
    const { choose, press, simulator } = await setUp();
    simulator.home.fault({ ...deletion, answer: { status: 400 } });
    press('Revoke');
    await choose('Home Assistant', 'Revoke…');
    assert.deepEqual(told(), ['Home: Nuki rejected the request (HTTP 400). Nothing was done.']);
  });
});

describe('removing an account with its token', () => {
  it('offers to revoke the token where it is certain which one it is, and says that it did', async () => {
    const { remove, press, simulator, secrets } = await setUp();
    press('Remove and Revoke Token');
    await remove();
    assert.deepEqual(questions()[0]?.buttons, ['Remove and Revoke Token', 'Remove']);
    assert.match(
      questions()[0]?.options.detail ?? '',
      /The token \("VS Code" at Nuki\) stays valid unless you revoke it/,
    );
    assert.deepEqual(told(), ['Home was removed, and its token was revoked.']);
    assert.equal(await simulator.status('GET', '/account'), 401);
    assert.deepEqual([...secrets.kept], []);
    assert.ok(simulator.home.integrations.length > 5);
  });

  it('leaves the token alone where only that is asked for', async () => {
    const { remove, press, simulator, secrets, deletions } = await setUp();
    press('Remove');
    await remove();
    assert.deepEqual(told(), ['Home was removed. Its token stays valid until you delete it in Nuki Web.']);
    assert.deepEqual(user.seen.at(-1)?.buttons, ['Open Nuki Web']);
    assert.equal(await simulator.status('GET', '/account'), 200);
    assert.deepEqual([[...secrets.kept], deletions()], [[], 0]);
  });

  it('removes nothing without an answer', async () => {
    const { remove, secrets, deletions } = await setUp();
    await remove();
    assert.deepEqual([secrets.kept.size, deletions(), told()], [1, 0, []]);
  });

  for (const [what, fault, status] of [
    ['Nuki refuses that', { ...deletion, answer: { status: 400 } }, 200],
    ['Nuki does not carry it out', { ...deletion, answer: { status: 204 } }, 200],
  ] as const) {
    it(`says that the token may be valid where ${what}, and removes the account`, async () => {
      const { remove, press, simulator, secrets } = await setUp();
      simulator.home.fault(fault);
      press('Remove and Revoke Token');
      await remove();
      assert.deepEqual(told(), [
        "Home was removed. It's not confirmed that its token was revoked: delete it in Nuki Web.",
      ]);
      assert.equal(await simulator.status('GET', '/account'), status);
      assert.deepEqual([...secrets.kept], []);
    });
  }

  for (const [what, changes, fault] of [
    ['two tokens can do the same', { tokens: [own, { ...own, token: 'another-one-that-can-do-the-same' }] }, undefined],
    ['the token may not read the account', { tokens: [{ ...own, scopes: needed.slice(1) }] }, undefined],
    ['Nuki does not answer in time', {}, { path: /^\/account\/integration/, hang: true, times: 9 }],
    ['Nuki has a problem', {}, { path: /^\/account\/integration/, answer: { status: 500 }, times: 9 }],
  ] as const) {
    it(`does not offer it where ${what}`, async () => {
      const { remove, press, simulator, secrets, deletions } = await setUp(changes);
      if (fault) simulator.home.fault(fault);
      press('Remove');
      await remove();
      assert.deepEqual(questions()[0]?.buttons, ['Remove']);
      assert.match(questions()[0]?.options.detail ?? '', /stays valid until you delete it in Nuki Web\.$/);
      assert.deepEqual([[...secrets.kept], deletions()], [[], 0]);
    });
  }
});
