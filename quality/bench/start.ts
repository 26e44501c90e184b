import type { Bench } from './bench.ts';
import { empty, ours, plain, type Editor } from './editor.ts';
import { manySmartlocks, nameOfDevice } from './fixtures/people.ts';
import { gate } from './gates.ts';
import { columns, ratioOf, spreadOf, type Spread } from './measure.ts';
import { lookFor } from './paint.ts';

const pages = 8;
const megabyte = 2 ** 20;

/**
 * What VS Code pays for the extension at its start, beside an extension that does nothing, and how long it takes from opening the view to its
 * first painted rows, beside a bare fetch and plain labels.
 */
export const start = (open: () => Promise<Editor>): Bench => ({
  name: 'Activation, heap at rest and first paint',
  run: async () => {
    const editor = await open();
    const none = { ours: new Costs(), empty: new Costs(), requests: 0 };
    const three = { ours: new Costs(), empty: new Costs() };
    const far = { ours: [] as number[], plain: [] as number[] };
    const many = { ours: [] as number[], plain: [] as number[] };
    for (let page = 0; page < pages; page += 1) {
      const order = page % 2 === 0;
      const bare = await editor.window(0);
      await activateBoth(editor, none, order);
      none.requests = Math.max(none.requests, editor.scene.requests.length);
      await editor.end(bare);

      const window = await editor.window(3);
      await activateBoth(editor, three, order);
      await editor.activate(plain);
      const isFar = page % 4 < 2;
      const scene = isFar ? { devices: thousand, latency: 60 } : { devices: fiveThousand, latency: 0 };
      Object.assign(editor.scene, scene);
      const paints = isFar ? far : many;
      const views = [
        { view: 'nuki.devices', times: paints.ours },
        { view: 'plain.devices', times: paints.plain },
      ];
      for (const { view, times } of order ? views : views.toReversed()) {
        const seen = await lookFor(window.page, { selector: '.part.sidebar .monaco-list-row', text: nameOfDevice(0) });
        const asked = await editor.run(`${view}.focus`);
        times.push((await seen()) - asked);
        await editor.run('workbench.view.explorer');
        await window
          .row(new RegExp(nameOfDevice(0)))
          .first()
          .waitFor({ state: 'detached' });
      }
      await editor.end(window);
    }
    const heap = none.ours.heap.median - none.empty.heap.median;
    const farTimes = [spreadOf(far.ours), spreadOf(far.plain)] as const;
    const manyTimes = [spreadOf(many.ours), spreadOf(many.plain)] as const;
    return {
      samples: pages,
      rows: [
        { what: 'empty extension, ms', ...columns(none.empty.time) },
        { what: 'without account, ms', ...columns(none.ours.time) },
        { what: 'empty extension again, ms', ...columns(three.empty.time) },
        { what: 'with three accounts, ms', ...columns(three.ours.time) },
        { what: 'heap of the empty extension, MB', ...columns(none.empty.heap, 3) },
        { what: 'heap without account, MB', ...columns(none.ours.heap, 3) },
        { what: '1,000 devices with 60 ms latency, ms', ...columns(farTimes[0]) },
        { what: 'the same with a plain tree, ms', ...columns(farTimes[1]) },
        { what: '5,000 devices, ms', ...columns(manyTimes[0]) },
        { what: 'the same with a plain tree, ms', ...columns(manyTimes[1]) },
      ],
      gates: [
        gate('activation without account, × empty extension', ratioOf(none.ours.time, none.empty.time)),
        gate('activation with three accounts, × empty extension', ratioOf(three.ours.time, three.empty.time)),
        gate('heap at rest, MB over the empty extension', heap),
        gate('requests at start-up without account', none.requests),
        gate('fetch to paint of 1,000 devices, × bare fetch and plain tree', ratioOf(...farTimes)),
        gate('first paint of 5,000 devices, × plain tree', ratioOf(...manyTimes)),
      ],
    };
  },
});

const thousand = JSON.stringify(manySmartlocks(1_000));
const fiveThousand = JSON.stringify(manySmartlocks(5_000));

/** What activations have cost: milliseconds, and megabytes that stay in use. */
class Costs {
  readonly #times: number[] = [];
  readonly #heaps: number[] = [];

  get time(): Spread {
    return spreadOf(this.#times);
  }

  get heap(): Spread {
    return spreadOf(this.#heaps);
  }

  async add(editor: Editor, id: string): Promise<void> {
    const before = await editor.heap();
    this.#times.push(await editor.activate(id));
    this.#heaps.push(((await editor.heap()) - before) / megabyte);
  }
}

async function activateBoth(editor: Editor, costs: { ours: Costs; empty: Costs }, oursFirst: boolean): Promise<void> {
  const both = [
    { id: ours, cost: costs.ours },
    { id: empty, cost: costs.empty },
  ];
  for (const { id, cost } of oursFirst ? both : both.toReversed()) await cost.add(editor, id);
}
