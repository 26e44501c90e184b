import assert from 'node:assert/strict';
import { commands, window } from 'vscode';
import { actionCommandId, allCommandIds, commandIds } from '../../src/commands/ids.ts';
import { shortestReadingTime } from '../../src/model/actions/confirmGuard.ts';
import { actions, isActionName } from '../../src/nuki/vocabulary/kinds.ts';
import {
  demoAccountId,
  frontDoor,
  garage,
  guestHouse,
  intercom,
  parcelBox,
  terrace,
} from '../../src/simulator/demo/demoDevices.ts';
import { homeUnderTest } from './globals.ts';

const doorActions = Object.keys(actions)
  .filter(isActionName)
  .filter((action) => !actions[action].closes);
const devices = [frontDoor, garage, guestHouse, intercom, parcelBox, terrace];

/** Their questions stay open from the first test on: a device of which one is open is asked no other. */
const questioned = [
  [terrace, 'unlock'],
  [parcelBox, 'unlock'],
  [intercom, 'open'],
] as const;

const actionsSent = (): number =>
  homeUnderTest().exchanges.all.filter(({ method, path }) => method === 'POST' && path.includes('/action')).length;

/** Arguments that a caller might try: from a task, a keybinding, another extension. The last one is right, and leaves a question open. */
function hintsFor(smartlockId: number): readonly unknown[] {
  const id = `account/${demoAccountId}/device/${smartlockId}`;
  const strings = [
    `${id} `,
    ` ${id}`,
    `${id}/`,
    `/${id}`,
    id.toUpperCase(),
    `${id}/authorizations`,
    `${id}/activity`,
    `${id}/auth/x`,
    `${id}/notice`,
    encodeURIComponent(id),
    id.replace('account/', 'account//'),
    `${id}?confirmed=true`,
    `${id}#unlock`,
    `${id}\u0000`,
    String(smartlockId),
    '',
  ];
  const primitives = [
    smartlockId,
    -smartlockId,
    smartlockId + 0.5,
    Number.NaN,
    0,
    true,
    false,
    null,
    undefined,
    10n ** 20n,
  ];
  const objects: unknown[] = [
    { id },
    { id: smartlockId },
    { smartlockId },
    { accountId: String(demoAccountId), smartlockId },
    { device: { smartlockId } },
    { 0: id },
    Object.create({ id }),
    { toString: () => id, valueOf: () => id },
    { confirmed: true, id },
    { modal: false, id },
    { ask: () => true, id },
    { args: [id] },
    { __proto__: { id } },
    { contextValue: 'device unlock', id, label: 'Front Door' },
    {
      get id(): string {
        throw new Error('a getter that throws');
      },
    },
    new Map([['id', id]]),
    new Date(0),
    new Error(id),
    new Proxy({}, { get: () => id }),
    () => id,
    /x/,
    Symbol.iterator,
  ];
  const lists = [[id], [smartlockId], [[id]], [{ id }], [id, id]];
  return [...primitives, ...objects, ...lists, ...strings, id];
}

async function answeringCommands(): Promise<readonly string[]> {
  const all = await commands.getCommands(true);
  return all.filter(
    (command) =>
      /accept|confirm|submit|dialog|quickOpen|quickInput|notification|list\.select/i.test(command) &&
      !/file|folder|open(?!Item)|save|signIn|login|reload|close(Window|Folder)|extension|clear|show|toggle|chat|terminal|debug/i.test(
        command,
      ),
  );
}

async function runAll(these: readonly string[]): Promise<void> {
  for (const command of these) {
    // Some of the commands wait for a user and never end: each has 20 ms.
    const ran = commands.executeCommand(command).then(undefined, () => undefined);
    await Promise.race([ran, new Promise((resolve) => setTimeout(resolve, 20))]);
  }
}

describe('without a click on its question', function () {
  this.timeout(120_000);

  before(async () => {
    await commands.executeCommand('nuki.devices.focus');
    const end = Date.now() + 30_000;
    while (!homeUnderTest().exchanges.all.some(({ path, status }) => path === '/smartlock' && status === 200)) {
      assert.ok(Date.now() < end, 'the devices were never read');
      await new Promise((resolve) => setTimeout(resolve, 50)); // between two looks at the condition
    }
  });

  it('the same commands do answer a question that is not modal, which shows that they could', async () => {
    const answers: unknown[] = [];
    void window.showWarningMessage('Unlock?', 'Unlock').then((answer) => answers.push(answer));
    const answering = await answeringCommands();
    while (answers.length === 0) await runAll(answering); // another notification may be in front
    assert.deepEqual(answers, ['Unlock']);
  });

  it('no command that accepts, confirms or closes something answers the question', async () => {
    const answering = await answeringCommands();
    let attempts = 0;
    for (const [smartlockId, action] of questioned) {
      const id = `account/${demoAccountId}/device/${smartlockId}`;
      void commands.executeCommand(actionCommandId(action), id).then(undefined, () => undefined);
      for (let sweep = 0; sweep < 2; sweep += 1) {
        await new Promise((resolve) => setTimeout(resolve, 2 * shortestReadingTime)); // an earlier answer does not count
        await runAll(answering);
        attempts += answering.length;
      }
    }
    await homeSettles();
    assert.equal(actionsSent(), 0, `actions sent in ${attempts} attempts to answer the question`);
  });

  it('no argument makes a door act, in at least 2,000 attempts', async () => {
    let attempts = 0;
    for (const action of doorActions) {
      for (const smartlockId of devices) {
        for (const hint of hintsFor(smartlockId)) {
          void commands.executeCommand(actionCommandId(action), hint).then(undefined, () => undefined);
          attempts += 1;
        }
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
    await homeSettles();
    assert.equal(actionsSent(), 0, `actions sent in ${attempts} attempts by arguments`);
    assert.ok(attempts >= 2_000, `only ${attempts} attempts`);
  });

  it('the extension answers no command with anything', async () => {
    for (const id of allCommandIds.filter((command) => command !== commandIds.openWeb)) {
      assert.deepEqual(await answersOf(id, { nothing: 'known' }), [undefined], id);
    }
    assert.equal(actionsSent(), 0);
  });
});

/** What a command answers once it is over, as one item; none when it is not within 30 s. Whatever it asks for is dismissed until then. */
async function answersOf(command: string, hint: unknown): Promise<readonly unknown[]> {
  const answers: unknown[] = [];
  void commands.executeCommand(command, hint).then((answer: unknown) => answers.push(answer));
  for (const end = Date.now() + 30_000; answers.length === 0 && Date.now() < end;) {
    await commands.executeCommand('workbench.action.closeQuickOpen');
    await new Promise((resolve) => setTimeout(resolve, 20)); // between two looks at the condition
  }
  return answers;
}

/** Until the home has had no request for half a second: what must not be sent has no event to wait for. */
async function homeSettles(): Promise<void> {
  for (let quiet = 0, seen = -1; quiet < 10;) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    const { length } = homeUnderTest().exchanges.all;
    quiet = length === seen ? quiet + 1 : 0;
    seen = length;
  }
}
