import type { Bench } from './bench.ts';
import { empty, ours, type Editor } from './editor.ts';
import { gate } from './gates.ts';
import { columns, ratioOf, spreadOf } from './measure.ts';

const pages = 7;
const megabyte = 2 ** 20;

/** How long the extension host takes to activate the extension, and how much heap it keeps, beside an extension that does nothing. */
export const activation = (editor: () => Promise<Editor>): Bench => ({
  name: 'Activation and heap at rest',
  run: async () => {
    const none = await fresh(await editor(), 0);
    const three = await fresh(await editor(), 3);
    const times = [
      { what: 'empty extension, ms', ...columns(none.empty.time) },
      { what: 'without account, ms', ...columns(none.ours.time) },
      { what: 'empty extension again, ms', ...columns(three.empty.time) },
      { what: 'with three accounts, ms', ...columns(three.ours.time) },
    ];
    return {
      samples: pages,
      rows: [
        ...times,
        { what: 'empty extension, MB', ...columns(none.empty.heap, 3) },
        { what: 'without account, MB', ...columns(none.ours.heap, 3) },
      ],
      gates: [
        gate('activation without account, × empty extension', ratioOf(none.ours.time, none.empty.time)),
        gate('activation with three accounts, × empty extension', ratioOf(three.ours.time, three.empty.time)),
        gate('heap at rest, MB over the empty extension', none.ours.heap.median - none.empty.heap.median),
        gate('requests at start-up without account', none.requests),
      ],
    };
  },
});

/** Both in each of some fresh pages, in the one order and in the other; the first page warms up the disk and counts for nothing. */
async function fresh(editor: Editor, accounts: number) {
  const taken = [ours, empty].map((id) => ({ id, times: [] as number[], heaps: [] as number[] }));
  let requests = 0;
  for (let page = -1; page < pages; page += 1) {
    const window = await editor.window(accounts);
    for (const { id, times, heaps } of page % 2 === 0 ? taken : taken.toReversed()) {
      const before = await editor.heap();
      const time = await editor.activate(id);
      const after = await editor.heap();
      if (page < 0) continue;
      times.push(time);
      heaps.push((after - before) / megabyte);
    }
    requests = Math.max(requests, editor.scene.requests.length);
    await window.close();
  }
  const [our = [], their = []] = taken.map(({ times, heaps }) => [spreadOf(times), spreadOf(heaps)] as const);
  return {
    ours: { time: our[0] ?? spreadOf([]), heap: our[1] ?? spreadOf([]) },
    empty: { time: their[0] ?? spreadOf([]), heap: their[1] ?? spreadOf([]) },
    requests,
  };
}
