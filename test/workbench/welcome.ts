import assert from 'node:assert/strict';
import type { Fault } from '../../src/simulator/home.ts';
import type { Workbench } from '../vscode/page.ts';
import type { Language } from './languages.ts';
import { goodToken, type NukiServer } from './nukiServer.ts';

const list = { method: 'GET', path: /^\/smartlock$/, times: 99 };

interface Shown {
  readonly nuki: NukiServer;
  readonly window: Workbench;
}

/** An account that shows nothing, in a window that has no account yet. */
export function describeWelcome({ t, title }: Language, given: () => Shown): void {
  let nuki: NukiServer;
  let window: Workbench;

  before(() => {
    ({ nuki, window } = given());
  });

  const welcome = () => window.sidebar.locator('.welcome-view-content');

  /** Waits for a text of the view, and that nothing else is shown. */
  async function reads(key: string): Promise<void> {
    const [first = ''] = title(key).split('\n');
    await welcome().getByText(first, { exact: true }).waitFor();
    assert.equal(await window.rows.count(), 0);
  }

  /** Presses what the text of the view offers for a command. */
  async function press(key: string, command: string): Promise<void> {
    const [, label = ''] = new RegExp(`\\[([^\\]]*)\\]\\(command:${command}\\)`).exec(title(key)) ?? [];
    await welcome().getByRole('button', { name: label, exact: true }).click();
  }

  const isWhole = () =>
    window
      .row('Anna Berger')
      .filter({ hasText: t('{0} devices', 7) })
      .waitFor();

  /** Adds the account while the list of its devices is answered so. */
  async function addWhile(fault: Fault): Promise<void> {
    nuki.home.fault({ ...list, ...fault });
    await press('welcome.noAccount', 'nuki.account.add');
    await window.fillInput(goodToken);
  }

  async function removeAccount(): Promise<void> {
    await window.runCommand(`Nuki: ${title('command.account.remove')}`);
    await window.pressInDialog(t('Remove'));
    await reads('welcome.noAccount');
  }

  it('says that there are no devices, and looks again', async () => {
    await addWhile({ answer: { status: 200, body: [] } });
    await reads('welcome.noDevices');
    nuki.home.clearFaults();
    await press('welcome.noDevices', 'nuki.devices.refresh');
    await isWhole();
    await removeAccount();
  });

  it('says that Nuki was not reached, and tries again', async () => {
    await addWhile({ loseAnswer: true });
    await reads('welcome.unreachable');
    nuki.home.clearFaults();
    await press('welcome.unreachable', 'nuki.devices.refresh');
    await isWhole();
    await removeAccount();
  });

  it('says that a new token is needed, and takes one', async () => {
    await addWhile({ answer: { status: 401 } });
    await reads('welcome.needsToken');
    await window.runCommand(`Nuki: ${title('command.demoHome.add')}`);
    await window.row('Anna Berger').waitFor(); // a row beside another account
    await window.chooseFromMenu(new RegExp(`^${t('Demo Home')}`), title('command.demoHome.remove'));
    await reads('welcome.needsToken');
    nuki.home.clearFaults();
    await press('welcome.needsToken', 'nuki.account.replaceToken');
    await window.fillInput(goodToken);
    await isWhole();
  });
}
