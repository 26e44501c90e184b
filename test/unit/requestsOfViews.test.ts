import assert from 'node:assert/strict';
import { Uri } from 'vscode';
import { inEnglish } from '../../src/base/locale.ts';
import { applyAccessPlan } from '../../src/commands/access/applyAccessPlan.ts';
import { planAccess } from '../../src/commands/access/planAccess.ts';
import { accountCommands } from '../../src/commands/accounts/accounts.ts';
import { checkToken } from '../../src/commands/accounts/checkToken.ts';
import { showTokens } from '../../src/commands/accounts/tokens.ts';
import { rotateCode } from '../../src/commands/authorizations/codeRotation.ts';
import { askWhoCanEnter } from '../../src/commands/calendar/whoCanEnter.ts';
import { commandIds } from '../../src/commands/ids.ts';
import { leave } from '../../src/commands/people/departure.ts';
import type { CommandServices } from '../../src/commands/services.ts';
import { AccountBook } from '../../src/model/accounts/accountBook.ts';
import { UnlatchSupport } from '../../src/model/actions/unlatchSupport.ts';
import { demoToken } from '../../src/simulator/demo/demo.ts';
import { frontDoor, garage } from '../../src/simulator/demo/demoDevices.ts';
import { idOf } from '../../src/views/tree/nodes.ts';
import { DeviceTree } from '../../src/views/tree/tree.ts';
import { accountId, FakeRecords, FakeSecrets } from './model/fakes.ts';
import { TestAccount } from './model/testAccount.ts';
import { TestSimulator } from './simulator/testSimulator.ts';
import { user } from './vscodeStandIn.ts';
import { ActivityHarness } from './webview/activityHarness.ts';
import { CalendarHarness, weekOfDoors } from './webview/calendarHarness.ts';
import { asCommand, servicesFor } from './commands/services.ts';

const access = ['GET /account/user', 'GET /smartlock/auth/paged'];
const ofAccount = [...access, 'GET /smartlock'].toSorted();
const log = 'GET /smartlock/log';
const integrations = 'GET /account/integration';
/** Whose each token is, and which permissions Keyturner's own has. */
const holders = ['GET /account', integrations, 'GET /smartlock', 'GET /smartlock/auth/paged', log];

/** All requests of each view of an account, step by step. Nothing is read before it is opened, and a hidden page asks for nothing. */
const requestsOf = {
  sidebar: {
    'is shown': ['GET /smartlock'],
    'is drawn with People closed': [],
    'People is opened': access,
    'People is opened again': [],
  },
  calendar: {
    'has no page yet': [],
    'is opened': access,
    'is opened again at once': [],
    'shows another month': [],
    'is refreshed': access,
    'is hidden for an hour': [],
    'is shown again': access,
  },
  'who can enter': { 'no moment is typed': [], 'a moment is typed': access },
  activity: {
    'has no page yet': [],
    'is opened': ['GET /account/user', log],
    'reads the next page': [log],
    'is hidden for an hour': [],
    'is shown again': [],
  },
  filter: {
    time: [log],
    person: [`${log} ×2`], // the log of a person is short: the second page is its end
    kind: [`${log} ×4`], // Nuki knows actions, and no kinds: read until there are enough
    door: ['GET /smartlock/…/log ×2'],
    result: [`${log} ×4`], // the same
  },
  tokens: { 'are listed, and one is looked at': holders },
  'Check Token': { 'is run': holders.filter((request) => request !== integrations) },
  'Remove Account': {
    'is declined': holders,
    'revokes the token, too': [
      'DELETE /account/integration',
      'GET /account',
      `${integrations} ×2`,
      'GET /smartlock ×2', // whether the token is dead
      'GET /smartlock/auth/paged',
      log,
    ],
  },
  'Leaves…': {
    'is declined': ['GET /account', 'GET /account/user', 'GET /smartlock', 'GET /smartlock/auth/paged'],
    'is agreed to': [
      'DELETE /account/user/…',
      'DELETE /smartlock/auth',
      'GET /account ×2',
      'GET /account/user ×4',
      'GET /smartlock ×3',
      'GET /smartlock/auth/paged ×6',
      'GET /smartlock/…/auth ×13', // of the devices that have not confirmed it, at growing intervals
    ],
  },
  'Rotate Code…': {
    'is declined': ['GET /smartlock', 'GET /smartlock/…/auth', 'GET /smartlock/…/auth/…'],
    'is agreed to': [
      'GET /smartlock',
      'GET /smartlock/…/auth ×4',
      'GET /smartlock/…/auth/… ×2',
      'PUT /smartlock/…/auth',
    ],
  },
  'access file': {
    'is planned': ofAccount,
    'is planned again': ofAccount,
    'is applied, and declined': ofAccount,
    'is applied': [...ofAccount, 'GET /smartlock/…/auth ×5', 'PUT /smartlock/…/auth'],
    'is applied again, with nothing to do': ofAccount,
  },
};

/** The requests of each step, counted, and in alphabetical order: some are sent at once. */
class Steps {
  readonly taken: Record<string, readonly string[]> = {};
  readonly #account: TestAccount;

  constructor(account: TestAccount) {
    this.#account = account;
  }

  async take(name: string, step: () => unknown = () => undefined): Promise<void> {
    await this.#account.advanceUntil(Promise.resolve(step()));
    await this.#account.advance(1);
    const counts = new Map<string, number>();
    for (const request of this.#account.requests.splice(0)) {
      const named = request.replace(/(?<=\/(smartlock|auth|user)\/)[\da-f]{6,}/g, '…');
      counts.set(named, (counts.get(named) ?? 0) + 1);
    }
    this.taken[name] = [...counts].map(([request, times]) => (times > 1 ? `${request} ×${times}` : request)).toSorted();
  }
}

/** A user of the demo home's account, who reads each question before pressing a button. */
async function openAccount(): Promise<{
  account: TestAccount;
  steps: Steps;
  services: CommandServices;
  run: (command: () => unknown) => Promise<void>;
}> {
  const needed = ['account', 'smartlock.readOnly', 'smartlock.action', 'smartlock.auth', 'smartlock.log'];
  const account = await TestAccount.open(
    new TestSimulator({ tokens: [{ token: demoToken, description: 'VS Code', scopes: needed }] }),
  );
  const { store, writer, simulator } = account;
  const book = new AccountBook(new FakeSecrets(), new FakeRecords(), () => account.source.client());
  await book.keep({ id: accountId, label: 'Home' }, demoToken);
  const services = servicesFor(store, simulator.clock, { book, writer });
  press(account, () => false);
  const run = async (command: () => unknown): Promise<void> =>
    await asCommand(services, async () => void (await command()));
  return { account, steps: new Steps(account), services, run };
}

/** Presses the first button of each question that `says` yes to. */
function press({ simulator }: TestAccount, says: (question: string) => boolean): void {
  user.press = ({ text, buttons, options }) => {
    if (!options.modal) return undefined;
    simulator.clock.jump(2_000);
    return says(text) ? buttons[0] : undefined;
  };
}

describe('the requests that each view of an account sends', () => {
  it('are these of the sidebar', async () => {
    const { account, steps } = await openAccount();
    const { store, simulator } = account;
    const context = () => ({ t: inEnglish, language: 'en', now: 0, ownNow: 0, refreshIntervalMs: 60_000 });
    const tree = new DeviceTree(store, new UnlatchSupport(new FakeRecords()), simulator.clock, context, 'more');
    const row = idOf({ kind: 'account', accountId });
    const people = idOf({ kind: 'people', accountId });
    await steps.take('is shown');
    await steps.take('is drawn with People closed', async () => {
      for (const id of await tree.getChildren(row)) tree.getTreeItem(id);
    });
    await steps.take('People is opened', () => tree.getChildren(people));
    await steps.take('People is opened again', () => tree.getChildren(people));
    assert.deepEqual(steps.taken, requestsOf.sidebar);
  });

  it('are these of the calendar', async () => {
    const calendar = await CalendarHarness.unread();
    const { account, session } = calendar;
    const steps = new Steps(account);
    account.requests.length = 0;
    await steps.take('has no page yet', () => account.advance(300));
    await steps.take('is opened', () => calendar.send('ready', null));
    await steps.take('is opened again at once', () => calendar.send('ready', weekOfDoors));
    await steps.take('shows another month', () => calendar.send('view', { ...weekOfDoors, period: 'month' }));
    await steps.take('is refreshed', () => calendar.send('refresh', null));
    session.setVisible(false);
    await steps.take('is hidden for an hour', () => account.advance(3_600));
    session.setVisible(true);
    await steps.take('is shown again', () => calendar.send('ready', weekOfDoors));
    assert.deepEqual(steps.taken, requestsOf.calendar);
  });

  it('are these of "Who Can Enter at…"', async () => {
    const { account, steps, services, run } = await openAccount();
    account.requests.length = 0;
    for (const [name, typed] of [
      ['no moment is typed', undefined],
      ['a moment is typed', '15:00'],
    ] as const) {
      user.type = () => typed;
      await steps.take(name, () => run(() => askWhoCanEnter(idOf({ kind: 'account', accountId }), services)));
    }
    assert.deepEqual(steps.taken, requestsOf['who can enter']);
  });

  it('are these of the activity', async () => {
    const page = await ActivityHarness.unread();
    const { account, session } = page;
    const steps = new Steps(account);
    await steps.take('has no page yet', () => account.advance(300));
    await steps.take('is opened', () => page.send('ready', null));
    await steps.take('reads the next page', () => page.send('more', null));
    session.setVisible(false);
    await steps.take('is hidden for an hour', () => account.advance(3_600));
    session.setVisible(true);
    await steps.take('is shown again', () => page.send('ready', null));
    assert.deepEqual(steps.taken, requestsOf.activity);
  });

  for (const [name, filter] of [
    ['time', { span: 'month' }],
    ['person', { person: 'user/1000102' }],
    ['kind', { kind: 'locked' }],
    ['door', { doors: [garage] }],
    ['result', { result: 'refused' }],
  ] as const) {
    it(`are these of the activity that is filtered by ${name}`, async () => {
      const page = await ActivityHarness.open();
      const steps = new Steps(page.account);
      page.account.requests.length = 0;
      await steps.take(name, () => page.filter(filter));
      assert.deepEqual(steps.taken[name], requestsOf.filter[name]);
    });
  }

  it('are these of "Who Holds a Token"', async () => {
    const { account, steps, services, run } = await openAccount();
    account.requests.length = 0;
    const left = ['Home Assistant'];
    user.choose = () => left.shift();
    await steps.take('are listed, and one is looked at', () => run(() => showTokens(undefined, services)));
    assert.deepEqual([steps.taken, left], [requestsOf.tokens, []]);
  });

  it('are these of "Check Token"', async () => {
    const { account, steps, services, run } = await openAccount();
    account.requests.length = 0;
    await steps.take('is run', () => run(() => checkToken(undefined, services)));
    assert.deepEqual(steps.taken, requestsOf['Check Token']);
  });

  it('are these of "Remove Account"', async () => {
    const { account, steps, services, run } = await openAccount();
    account.requests.length = 0;
    const remove = (): Promise<void> => run(() => accountCommands(services)[commandIds.removeAccount](undefined));
    await steps.take('is declined', remove);
    press(account, () => true);
    await steps.take('revokes the token, too', remove);
    assert.deepEqual(steps.taken, requestsOf['Remove Account']);
  });

  it('are these of "Leaves…"', async () => {
    const { account, steps, services, run } = await openAccount();
    account.requests.length = 0;
    const ben = idOf({ kind: 'holder', accountId, holder: { accountUserId: 1_000_102 } });
    await steps.take('is declined', () => run(() => leave(ben, services)));
    press(account, () => true);
    await steps.take('is agreed to', () => run(() => leave(ben, services)));
    assert.deepEqual(steps.taken, requestsOf['Leaves…']);
  });

  it('are these of an access file: a plan is one read of the account', async () => {
    const { account, steps, services, run } = await openAccount();
    const file = Uri.file('/repository/club.nuki-access.yaml');
    user.files.set(
      file.path,
      `version: 1
doors:
  front: { id: ${frontDoor}, name: Front Door }
access:
  - { key: weber, name: Guest Weber, doors: [front], by: code }
`,
    );
    account.requests.length = 0;
    const plan = (): Promise<void> => run(() => planAccess(file, services));
    const apply = (): Promise<void> => run(() => applyAccessPlan(file, services));
    await steps.take('is planned', plan);
    await steps.take('is planned again', plan);
    await steps.take('is applied, and declined', apply);
    press(account, () => true);
    await steps.take('is applied', apply);
    await steps.take('is applied again, with nothing to do', apply);
    assert.deepEqual(steps.taken, requestsOf['access file']);
  });

  it('are these of "Rotate Code…"', async () => {
    const { account, steps, services, run } = await openAccount();
    await account.advanceUntil(account.store.readAuthorizations({ accountId, smartlockId: frontDoor }));
    const id = await account.idOf(frontDoor, 'Family');
    const row = idOf({ kind: 'authorization', accountId, smartlockId: frontDoor, id });
    account.requests.length = 0;
    const rotate = (): Promise<void> => run(() => rotateCode(row, undefined, services));
    await steps.take('is declined', rotate);
    press(account, () => true);
    await steps.take('is agreed to', rotate);
    assert.deepEqual(steps.taken, requestsOf['Rotate Code…']);
  });
});
