import assert from 'node:assert/strict';
import { demoAccountId, frontDoor } from '../../src/simulator/demo/demoDevices.ts';
import type { Workbench } from '../vscode/page.ts';
import type { NukiServer } from './nukiServer.ts';

const row = `account/${demoAccountId}/device/${frontDoor}`;

/** What a task hands to the command, and whether that is a device: otherwise the user is asked for one. */
const args: Readonly<Record<string, { readonly value: unknown; readonly isDevice?: boolean }>> = {
  'the id of a row': { value: row, isDevice: true },
  'an object with the id of a row': { value: { id: row } },
  'a list with the id of a row': { value: [row] },
  'a number': { value: frontDoor },
  'an object with a number': { value: { smartlockId: frontDoor } },
  'an account and a number': { value: { accountId: String(demoAccountId), smartlockId: frontDoor } },
  'a claim that it was asked': { value: { id: row, confirmed: true, modal: false } },
};

/** As a repository brings them: tasks whose command lines are made by an action. */
export const tasksJson = {
  version: '2.0.0',
  inputs: Object.entries(args).map(([id, { value }]) => ({
    id,
    type: 'command',
    command: 'nuki.device.unlock',
    args: value,
  })),
  tasks: [
    { label: 'by command', variable: '${command:nuki.device.unlock}' },
    ...Object.keys(args).map((id) => ({ label: `by ${id}`, variable: `\${input:${id}}` })),
  ].map(({ label, variable }) => ({
    label,
    type: 'shell',
    command: `echo ${variable}`,
    problemMatcher: [],
    runOptions: { instanceLimit: 2 }, // one that never ends for want of a shell does not keep the next from running
  })),
};

interface Shown {
  readonly nuki: NukiServer;
  readonly window: Workbench;
}

/** A repository's tasks, in a window that shows its folder and an account whose front door is locked. */
export function describeTasks(given: () => Shown): void {
  let nuki: NukiServer;
  let window: Workbench;
  let sentBefore = 0;

  before(() => {
    ({ nuki, window } = given());
    sentBefore = nuki.actions().length;
  });

  const sent = (): readonly string[] => nuki.actions().slice(sentBefore);

  /** Runs a task as far as it comes without a word to the question: the question itself, or a door that moves. */
  const run = async (label: string, isDevice: boolean): Promise<void> => {
    await window.runCommand('Tasks: Run Task');
    await window.choose(label);
    if (!isDevice) await window.choose(/Front Door/);
    await window.dialog.or(window.row(/^Front Door.*unlocking…/)).waitFor();
  };

  const runs = [
    { label: 'by command', isDevice: false },
    ...Object.entries(args).map(([id, { isDevice = false }]) => ({ label: `by ${id}`, isDevice })),
  ];

  for (const { label, isDevice } of runs) {
    it(`open nothing ${label}: they end at the same question`, async () => {
      await run(label, isDevice);
      assert.deepEqual(sent(), []);
      assert.equal((await window.readDialog()).message, 'Unlock Front Door?');
      await window.page.keyboard.press('Escape');
      await window.dialog.waitFor({ state: 'hidden' });
      await window.pressTitleAction('Refresh');
      await window.row(/^Front Door\s*locked/).waitFor();
      assert.deepEqual(sent(), []);
    });
  }

  it('send one request after a click on the question, which shows that they come as far as that', async () => {
    await run('by the id of a row', true);
    await window.pressInDialog('Unlock');
    await window.row(/^Front Door\s*unlocked ✓/).waitFor({ timeout: 30_000 });
    assert.deepEqual(sent(), [`/smartlock/${frontDoor}/action {"action":1}`]);
  });
}
