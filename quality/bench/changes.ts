import type { Workbench } from '../../test/vscode/page.ts';
import type { Bench } from './bench.ts';
import { ours, plain, type Editor } from './editor.ts';
import { authorizationsOf, deviceIdAt, manySmartlocks, nameOfDevice } from './fixtures/people.ts';
import { gate } from './gates.ts';
import { columns, spreadOf } from './measure.ts';
import { lookFor, noteClick } from './paint.ts';

const rounds = 7;
const changed = 10;
const rows = '.part.sidebar .monaco-list-row';

/** What happens in a tree of 5,000 devices that is there: a few change, one is opened, the view is hidden, the pointer is over JSON. */
export const changes = (editor: () => Promise<Editor>): Bench => ({
  name: 'A tree of 5,000 devices',
  run: async () => {
    const host = await editor();
    const devices = manySmartlocks(5_000);
    Object.assign(host.scene, { devices: JSON.stringify(devices), latency: 0 });
    const window = await host.window(1);
    for (const id of [ours, plain]) await host.activate(id);
    await show(window, host, 'plain.devices');
    await show(window, host, 'nuki.devices');

    const requests = countRequests(host);
    const paints = { ours: [] as number[], plain: [] as number[], understood: [] as number[] };
    const most = { rows: 0, getChildren: 0, requests: 0 };
    for (let round = 0; round < rounds; round += 1) {
      // A charge that nothing else has, and another one each time.
      const charge = round + 1;
      const batteryCharge = (state: object, index: number) =>
        index < changed ? { ...state, batteryCharge: charge } : state;
      host.scene.devices = JSON.stringify(
        devices.map((device, index) => ({ ...device, state: batteryCharge(device.state, index) })),
      );
      await window.page.waitForTimeout(300); // VS Code gathers changes for a fifth of a second
      await host.watched();
      requests.since();
      const seen = await lookFor(window.page, { selector: rows, text: ` ${charge} %`, count: changed });
      const asked = await host.run('nuki.devices.refresh');
      const painted = await seen();
      await window.page.waitForTimeout(300); // in which anything drawn too much would be counted
      const { getChildren, getTreeItem, changes: told } = await host.watched();
      const last = told.at(-1)?.at ?? NaN;
      paints.ours.push(painted - last);
      paints.understood.push(last - asked);
      most.rows = Math.max(most.rows, getTreeItem);
      most.getChildren = Math.max(most.getChildren, getChildren);
      most.requests = Math.max(most.requests, requests.since().length);
    }
    const opening = await open(window, host, true);
    requests.since();
    await openOnce(window, 5);
    const opened = requests.since().length;
    await host.run('workbench.view.explorer');
    await window.page.waitForTimeout(1_000); // what the visible view had begun to read ends
    requests.since();
    await window.page.waitForTimeout(4_000); // the time in which a hidden view must read nothing
    const hidden = requests.since().length;

    await show(window, host, 'plain.devices');
    for (let round = 0; round < rounds; round += 1) {
      await window.page.waitForTimeout(300); // VS Code has drawn what it had gathered
      const seen = await lookFor(window.page, { selector: rows, text: `#${round}`, count: changed });
      const told = await host.run('plain.change', `#${round}`);
      paints.plain.push((await seen()) - told);
    }
    const openingPlain = await open(window, host, false);
    const hover = spreadOf(await host.hover(jsonOfAMegabyte()));
    await host.end(window);

    const paint = spreadOf(paints.ours);
    return {
      samples: rounds,
      rows: [
        { what: 'ten changes to paint, ms', ...columns(paint) },
        { what: 'the same with a plain tree, ms', ...columns(spreadOf(paints.plain)) },
        { what: 'asking to knowing of them, ms', ...columns(spreadOf(paints.understood)) },
        { what: 'opening 200 authorizations, ms', ...columns(opening) },
        { what: 'the same with a plain tree, ms', ...columns(openingPlain) },
        { what: 'hover on 1 MB of JSON, ms', ...columns(hover, 2) },
      ],
      gates: [
        gate('rows redrawn by 10 changes among 5,000', most.rows),
        gate('getChildren by 10 changes among 5,000', most.getChildren),
        gate('change to paint among 5,000, ms', paint.median),
        gate('requests per refresh of an account', most.requests),
        gate('more requests for a device that is opened', opened),
        gate('requests while hidden', hidden),
        gate('opening 200 authorizations to paint, ms', opening.median),
        gate('hover on 1 MB of JSON, ms', hover.median),
      ],
    };
  },
});

async function show(window: Workbench, host: Editor, view: string): Promise<void> {
  await host.run('workbench.view.explorer');
  await window.row(new RegExp(nameOfDevice(0))).waitFor({ state: 'detached' });
  await host.run(`${view}.focus`);
  await window.row(new RegExp(nameOfDevice(0))).waitFor();
}

/** What was asked of the server since it was asked here the last time. */
function countRequests({ scene }: Editor): { since(): readonly string[] } {
  return { since: () => scene.requests.splice(0) };
}

/** How long it takes from the click to the rows of some devices, whose authorizations have been read where they are to be there. */
async function open(window: Workbench, host: Editor, read: boolean) {
  const times: number[] = [];
  for (let index = 0; index < 4; index += 1) {
    if (read) {
      await host.run('nuki.devices.refresh', `account/7/device/${deviceIdAt(index)}/authorizations`);
      await window.page.waitForTimeout(1_000); // the window is at rest when it is measured
    }
    await window.page.waitForTimeout(300); // VS Code has drawn what it had gathered
    times.push(await openOnce(window, index));
    await window.collapse(new RegExp(nameOfDevice(index)));
  }
  return spreadOf(times.slice(1));
}

async function openOnce(window: Workbench, index: number): Promise<number> {
  const clicked = await noteClick(window.page);
  const seen = await lookFor(window.page, { selector: rows, text: 'Person 1' });
  await window
    .row(new RegExp(nameOfDevice(index)))
    .locator('.monaco-tl-twistie')
    .click();
  const painted = await seen();
  return painted - (await clicked());
}

function jsonOfAMegabyte(): string {
  return JSON.stringify(authorizationsOf(deviceIdAt(0), 2_000), undefined, 2).slice(0, 2 ** 20);
}
