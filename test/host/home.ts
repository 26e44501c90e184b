import { inEnglish } from '../../src/base/say.ts';
import { commandIds } from '../../src/commands/ids.ts';
import type { AccountSource } from '../../src/model/accounts.ts';
import { Latches } from '../../src/model/latches.ts';
import { Store } from '../../src/model/store.ts';
import { createClient } from '../../src/nuki/client.ts';
import { simulatedApi } from '../../src/simulator/api.ts';
import { demoHomeOptions, demoToken } from '../../src/simulator/demo.ts';
import { SimulatedHome } from '../../src/simulator/home.ts';
import type { Glance } from '../../src/views/deviceWords.ts';
import type { NodeId } from '../../src/views/nodes.ts';
import { DeviceTree } from '../../src/views/tree.ts';
import { FakeClock } from '../unit/fakeClock.ts';

/** A tree over the demo home, on a clock that the test turns. */
export function treeOfDemoHome() {
  const clock = new FakeClock();
  return treeOver(new SimulatedHome(demoHomeOptions(clock, 7)), clock);
}

/** A tree over a home that lives by the same clock. */
export function treeOver(home: SimulatedHome, clock: FakeClock) {
  const api = simulatedApi(home);
  return { home, ...treeBehind((input, init) => api(new Request(input, init)), clock) };
}

/** A tree over whatever answers. */
export function treeBehind(fetch: typeof globalThis.fetch, clock: FakeClock) {
  const world = { fetch, clock, random: () => 0 };
  const client = createClient(demoToken, world);
  const source: AccountSource = { id: '7', label: 'Home', demo: false, client: async () => client };
  const store = new Store(clock);
  const kept = new Map<string, unknown>();
  const latches = new Latches({ get: (key) => kept.get(key), update: async (key, value) => void kept.set(key, value) });
  const glance = (): Glance => ({
    say: inEnglish,
    language: 'en',
    now: clock.now(),
    ownNow: clock.now(),
    interval: 60_000,
  });
  const tree = new DeviceTree(store, latches, clock, glance, commandIds.loadMoreActivity);
  store.setSources([source]);
  return { clock, client, store, latches, tree, glance };
}

type Shown = Pick<ReturnType<typeof treeBehind>, 'tree' | 'store'>;

/** The ids below a row, once there is more to be said of them than that they are loading. */
export async function loadedBelow({ tree, store }: Shown, id?: NodeId): Promise<NodeId[]> {
  for (;;) {
    const changed = nextChange(store);
    const ids = await tree.getChildren(id);
    if (!ids.some((below) => tree.getTreeItem(below).label === 'loading…')) return ids;
    await changed;
  }
}

function nextChange(store: Store): Promise<void> {
  return new Promise((resolve) => {
    const subscription = store.onDidChange(() => {
      subscription.dispose();
      resolve();
    });
  });
}
