import type { Bench } from './bench.ts';
import { ours, plain, type Editor } from './editor.ts';
import { deviceIdAt, manySmartlocks, nameOfDevice } from './fixtures/people.ts';
import { gate } from './gates.ts';
import { columns, ratioOf, spreadOf } from './measure.ts';

const rounds = 7;

/** How long it takes from the command to a form that can be used, beside a panel with nothing in it. */
export const form = (editor: () => Promise<Editor>): Bench => ({
  name: 'Opening the form',
  run: async () => {
    const host = await editor();
    Object.assign(host.scene, { devices: JSON.stringify(manySmartlocks(20)), latency: 0 });
    const window = await host.window(1);
    for (const id of [ours, plain]) await host.activate(id);
    await host.run('nuki.devices.focus');
    await window.row(new RegExp(nameOfDevice(0))).waitFor();
    const panel = window.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
    const rivals = [
      { open: () => host.run('nuki.authorization.create', `account/7/device/${deviceIdAt(0)}`), times: [] as number[] },
      { open: () => host.run('plain.panel'), times: [] as number[] },
    ];
    for (let round = -1; round < rounds; round += 1) {
      for (const { open, times } of round % 2 === 0 ? rivals : rivals.toReversed()) {
        const start = await open();
        await panel.locator('button[type=submit]:visible').first().waitFor();
        const time = performance.timeOrigin + performance.now() - start;
        if (round >= 0) times.push(time); // the first one of each loads what the others find there
        await host.run('workbench.action.closeAllEditors');
        await window.page.locator('.tabs-container .tab').first().waitFor({ state: 'detached' });
      }
    }
    await host.end(window);
    const [our, their] = rivals.map(({ times }) => spreadOf(times));
    return {
      samples: rounds,
      rows: [
        { what: 'the form, ms', ...columns(our) },
        { what: 'an empty panel, ms', ...columns(their) },
      ],
      gates: [gate('form open to paint, × empty panel', ratioOf(our, their))],
    };
  },
});
