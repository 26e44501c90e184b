import type { Bench, Samples } from '../bench.ts';
import { leastSamples } from '../measure.ts';
import { deviceIdAt, manySmartlocks } from '../people.ts';
import type { Editor, Window } from './editor.ts';
import { ours, twin } from './packages.ts';
import { row, views } from './trees.ts';

const device = `account/7/device/${deviceIdAt(0)}`;

/** In milliseconds. A round sends six reads; so many may go at once, and then two a second. */
const untilReadsMayGo = 2_000;

/** A command, and what its panel shows when it can be used. */
const kinds = {
  form: { command: ['nuki.authorization.create', device], sight: 'button[type=submit]' },
  calendar: { command: ['nuki.calendar.show', 'account/7'], sight: '.row .track' },
  activity: { command: ['nuki.activity.show', 'account/7'], sight: '.list-row[data-key]' },
  empty: { command: ['twin.panel'], sight: 'button[type=submit]' },
} as const satisfies Readonly<Record<string, { command: readonly [string, ...string[]]; sight: string }>>;

type PanelName = keyof typeof kinds;

const names = ['form', 'calendar', 'activity', 'empty'] as const satisfies readonly PanelName[];

/** From the command to a panel that can be used, beside one with nothing in it. */
export const panels = (open: () => Promise<Editor>): Bench => ({
  name: 'opening the panels',
  run: async (): Promise<readonly Samples[]> => {
    const editor = await open();
    editor.cloud.set(manySmartlocks(20), { authorizationsPerDevice: 10 });
    const window = await editor.window(1);
    for (const id of [ours, twin]) await window.activate(id);
    await window.run(`${views.ours}.focus`);
    await row(window, 0).waitFor();
    const times: Readonly<Record<PanelName, number[]>> = { form: [], calendar: [], activity: [], empty: [] };
    for (const name of names) await timeToOpen(window, name); // the first one loads what the others find there
    for (let round = 0; round < leastSamples; round += 1) {
      await window.workbench.page.waitForTimeout(untilReadsMayGo);
      for (const name of round % 2 === 0 ? names : names.toReversed()) times[name].push(await timeToOpen(window, name));
    }
    await window.close();
    return [
      { line: 'form: command to painted', ours: times.form, beside: times.empty },
      { line: 'calendar: command to painted', ours: times.calendar, beside: times.empty },
      { line: 'activity: command to painted', ours: times.activity, beside: times.empty },
    ];
  },
});

/** Milliseconds; closes it again. */
async function timeToOpen(window: Window, name: PanelName): Promise<number> {
  const { page } = window.workbench;
  const { command, sight } = kinds[name];
  const panel = page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  const [id, ...args] = command;
  const start = await window.run(id, ...args);
  await panel.locator(`${sight}:visible`).first().waitFor();
  const time = performance.timeOrigin + performance.now() - start;
  await window.run('workbench.action.closeAllEditors');
  await page.locator('.tabs-container .tab').first().waitFor({ state: 'detached' });
  return time;
}
