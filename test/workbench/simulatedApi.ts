// The simulated Web API in a window, and a program that uses it from outside.
import type { Locator } from 'playwright-core';
import type { Workbench } from '../vscode/page.ts';

/** User settings with which the text of a terminal is found in the page, and no message of VS Code about the port lies upon it. */
export const readableTerminal = {
  'terminal.integrated.gpuAcceleration': 'off',
  'remote.autoForwardPorts': false,
} as const;

/** A program that was told where the API is. */
export interface Client {
  readonly url: string;
  send(method: string, path: string, body?: unknown): Promise<Response>;
}

/** Starts the API as a user does, and hands its environment to a client. */
export async function startApi(window: Workbench): Promise<Client> {
  await window.runCommand('Nuki: Start Simulated Web API');
  await window.statusButton(/Nuki API :/).waitFor();
  const text = await copiedEnvironment(window);
  const [, url = '', token = ''] = /^NUKI_BASE_URL=(.+)\nNUKI_TOKEN=(.+)$/m.exec(text) ?? [];
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  return {
    url,
    send: (method, path, body) =>
      fetch(url + path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }),
  };
}

async function copiedEnvironment(window: Workbench): Promise<string> {
  await chooseFromApiMenu(window, 'Copy Environment…');
  await window.choose('.env');
  await window.statusItem(/Environment copied/).waitFor();
  return await window.page.evaluate(() => navigator.clipboard.readText());
}

/** Chooses an entry in the menu of the status bar item. */
export async function chooseFromApiMenu(window: Workbench, entry: string): Promise<void> {
  await window.clickStatusItem(/Nuki API :/);
  await window.choose(entry);
}

/** The lines of the terminal that is shown. */
export function terminalLine(window: Workbench, text: RegExp): Locator {
  return window.page.locator('.terminal-wrapper.active .xterm-rows > div').filter({ hasText: text });
}
