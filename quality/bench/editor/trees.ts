// The two trees that are compared: ours and its twin.
import { nameOfDevice } from '../people.ts';
import type { Editor, Window } from './editor.ts';
import { lookFor, type Sight } from './paint.ts';
import { ours, twin } from './packages.ts';

export const views = { ours: 'nuki.devices', beside: 'twin.devices' } as const;

export const rows = '.part.sidebar .monaco-list-row';

/** The rows of the first devices. */
export const firstRows: Sight = { selector: rows, text: nameOfDevice(0) };

/** Of an answer, in milliseconds: that of a server that is near. */
const latency = 60;

/** Gives the account devices, and the twin the rows that our tree has for them, also below the first `toOpen`. */
export async function copyTree(
  editor: Editor,
  devices: readonly unknown[],
  { toOpen = 0, authorizationsPerDevice = 0 } = {},
): Promise<void> {
  editor.cloud.set(devices, { authorizationsPerDevice, latency });
  const window = await editor.window(1);
  await window.activate(ours);
  await window.run(`${views.ours}.focus`);
  await row(window, 0).waitFor();
  for (let index = 0; index < toOpen; index += 1) {
    await openDevice(window, index);
    await window.workbench.collapse(new RegExp(nameOfDevice(index)));
  }
  await window.copyRows(toOpen);
  await window.close();
}

/** Activates both, and shows a tree of the twin's that is not measured: the first tree that a window draws takes longer. */
export async function prepare(window: Window): Promise<void> {
  for (const id of [ours, twin]) await window.activate(id);
  await window.run('twin.warmUp.focus');
  await window.workbench.row('Warm-up 1').waitFor();
}

/** Shows a view in place of what the sidebar shows. @returns milliseconds to the paint of its first devices */
export async function timeToShow(window: Window, view: string): Promise<number> {
  await hide(window);
  const seen = await lookFor(window.workbench.page, firstRows);
  const asked = await window.run(`${view}.focus`);
  return (await seen()) - asked;
}

/** Shows something else in the sidebar. */
export async function hide(window: Window): Promise<void> {
  await window.run('workbench.view.explorer');
  await window.workbench.rows.first().waitFor({ state: 'detached' });
}

export function row(window: Window, index: number) {
  return window.workbench.row(new RegExp(nameOfDevice(index)));
}

/** Opens a device, down to its authorizations. */
export async function openDevice(window: Window, index: number): Promise<void> {
  await row(window, index).locator('.monaco-tl-twistie').click();
  await window.workbench.row('Person 1').first().waitFor();
}
