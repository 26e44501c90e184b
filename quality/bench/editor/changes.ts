import type { SmartlockJson } from '../../../src/simulator/wire.ts';
import type { Bench } from '../bench.ts';
import { inTurn, leastSamples, type Rivals } from '../measure.ts';
import { deviceIdAt, manySmartlocks, nameOfDevice } from '../people.ts';
import type { Editor, Window } from './editor.ts';
import { lookFor, noteClick } from './paint.ts';
import { copyTree, prepare, row, rows, timeToShow, views } from './trees.ts';

const devices = 5_000;
const changed = 10;
const authorizationsPerDevice = 200;

/** In a tree of 5,000 devices that is there: from asking anew to ten changed rows, and from the click on a device to its authorizations. */
export const changes = (open: () => Promise<Editor>): Bench => ({
  name: 'changes in a tree of 5,000 devices',
  run: async () => {
    const editor = await open();
    await copyTree(editor, manySmartlocks(devices), { toOpen: leastSamples, authorizationsPerDevice });
    const window = await editor.window(1);
    await prepare(window);
    for (const view of Object.values(views)) await timeToShow(window, view);
    const fromTelling: Rivals<number[]> = { ours: [], beside: [] };
    const timeOfChange = (which: keyof Rivals<unknown>) => async (round: number) => {
      await timeToShow(window, views[which]);
      await window.workbench.page.waitForTimeout(500); // VS Code gathers changes for a fifth of a second
      const sign = ` #${round}`;
      editor.cloud.devices = JSON.stringify(renamed(sign));
      const seen = await lookFor(window.workbench.page, { selector: rows, text: sign, count: changed });
      const asked = await (which === 'ours'
        ? window.run('nuki.devices.refresh')
        : window.run('twin.refresh', changed, sign));
      const painted = await seen();
      fromTelling[which].push(painted - (await window.told()));
      return painted - asked;
    };
    const timeOfOpening = (which: keyof Rivals<unknown>) => async (round: number) => {
      await timeToShow(window, views[which]);
      if (which === 'ours') await readAuthorizations(window, round);
      return await opening(window, round);
    };
    const paints = await inTurn({ ours: timeOfChange('ours'), beside: timeOfChange('beside') });
    const openings = await inTurn({ ours: timeOfOpening('ours'), beside: timeOfOpening('beside') });
    await window.close();
    return [
      { line: 'ten changed rows among 5,000, once they are known', ...fromTelling },
      { line: 'ten changed rows among 5,000, from asking anew', ...paints },
      { line: 'a device with 200 authorizations opened', ...openings },
    ];
  },
});

/** The devices, of which the first ten have this at the end of their names. */
function renamed(sign: string): readonly SmartlockJson[] {
  return manySmartlocks(devices).map((device, index) =>
    index < changed ? { ...device, name: device.name + sign } : device,
  );
}

/** Has our tree know the authorizations of a device, as the twin does. */
async function readAuthorizations(window: Window, index: number): Promise<void> {
  await window.run('nuki.devices.refresh', `account/7/device/${deviceIdAt(index)}/authorizations`);
  await window.workbench.page.waitForTimeout(400);
}

/** @returns milliseconds from the click to the rows of some authorizations */
async function opening(window: Window, index: number): Promise<number> {
  const { page } = window.workbench;
  const clicked = await noteClick(page);
  const seen = await lookFor(page, { selector: rows, text: 'Person 1' });
  await row(window, index).locator('.monaco-tl-twistie').click();
  const time = (await seen()) - (await clicked());
  await window.workbench.collapse(new RegExp(nameOfDevice(index)));
  return time;
}
