import type { Bench, Gate, Row } from './bench.ts';
import { ours, plain, type Editor } from './editor.ts';
import { manySmartlocks, nameOfDevice } from './fixtures/people.ts';
import { gate, type GateName } from './gates.ts';
import { columns, ratioOf, spreadOf } from './measure.ts';
import { lookFor } from './paint.ts';

const pages = 5;
const rivals = [
  { id: ours, view: 'nuki.devices' },
  { id: plain, view: 'plain.devices' },
];

/** How long it takes from opening the view to its first painted rows, list of devices fetched, beside a bare fetch and plain labels. */
export const firstPaint = (editor: () => Promise<Editor>): Bench => ({
  name: 'First paint of the devices',
  run: async () => {
    const far = await measure(
      await editor(),
      1_000,
      60,
      'fetch to paint of 1,000 devices, × bare fetch and plain tree',
    );
    const many = await measure(await editor(), 5_000, 0, 'first paint of 5,000 devices, × plain tree');
    return { samples: pages, rows: [...far.rows, ...many.rows], gates: [...far.gates, ...many.gates] };
  },
});

async function measure(editor: Editor, count: number, latency: number, name: GateName) {
  Object.assign(editor.scene, { devices: JSON.stringify(manySmartlocks(count)), latency });
  const taken = rivals.map((rival) => ({ ...rival, times: [] as number[] }));
  for (let page = -1; page < pages; page += 1) {
    const window = await editor.window(1);
    for (const { id } of rivals) await editor.activate(id);
    for (const { view, times } of page % 2 === 0 ? taken : taken.toReversed()) {
      const seen = await lookFor(window.page, { selector: '.part.sidebar .monaco-list-row', text: nameOfDevice(0) });
      const start = await editor.run(`${view}.focus`);
      const time = (await seen()) - start;
      if (page >= 0) times.push(time);
      await editor.run('workbench.view.explorer');
      await window.row(new RegExp(nameOfDevice(0))).waitFor({ state: 'hidden' });
    }
    await window.close();
  }
  const [our, their] = taken.map(({ times }) => spreadOf(times));
  const of = `${count.toLocaleString('en')} devices, ${latency} ms latency`;
  const rows: Row[] = [
    { what: `${of}, ms`, ...columns(our) },
    { what: `the same with a plain tree, ms`, ...columns(their) },
  ];
  const gates: Gate[] = [gate(name, ratioOf(our, their))];
  return { rows, gates };
}
