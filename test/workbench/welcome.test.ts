import assert from 'node:assert/strict';
import type { Workbench } from '../vscode/page.ts';
import { english, german } from './languages.ts';
import { goodToken, startNuki, type NukiServer } from './nukiServer.ts';
import { nukiPort, openForwarded } from './windows.ts';

const list = { method: 'GET', path: /^\/smartlock$/, times: 99 };

for (const { name, tag, say, title } of [english, german]) {
  describe(`an account that shows nothing, in ${name}`, () => {
    let nuki: NukiServer;
    let window: Workbench;

    before(async () => {
      nuki = await startNuki(nukiPort());
      window = await openForwarded({ locale: tag });
      await window.openSidebar();
    });

    after(async () => {
      await window.close();
      await nuki.close();
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
        .filter({ hasText: say('{0} devices', 7) })
        .waitFor();

    it('says that there are no devices, and lists them once there are', async () => {
      nuki.home.fault({ ...list, answer: { status: 200, body: [] } });
      await press('welcome.noAccount', 'nuki.account.add');
      await window.fillInput(goodToken);
      await reads('welcome.noDevices');
      nuki.home.clearFaults();
      await press('welcome.noDevices', 'nuki.devices.refresh');
      await isWhole();
    });

    it('says that Nuki was not reached, and tries again', async () => {
      nuki.home.fault({ ...list, loseAnswer: true });
      await window.reload();
      await window.openSidebar();
      await reads('welcome.unreachable');
      nuki.home.clearFaults();
      await press('welcome.unreachable', 'nuki.devices.refresh');
      await isWhole();
    });

    it('says that a new token is needed, and takes one', async () => {
      nuki.home.revoke(goodToken);
      await window.reload();
      await window.openSidebar();
      await reads('welcome.needsToken');
      await press('welcome.needsToken', 'nuki.account.replaceToken');
      await window.quickInput.getByText(say('Replace Token'), { exact: true }).waitFor();
      await window.page.keyboard.press('Escape');
    });

    it('is a row again beside another account', async () => {
      await window.runCommand(`Nuki: ${title('command.demoHome.add')}`);
      await window.row('Front Door').waitFor();
      await window
        .row('Anna Berger')
        .filter({ hasText: say('sign in again') })
        .waitFor();
    });
  });
}
