import assert from 'node:assert/strict';
import { MarkdownString, TreeItemCollapsibleState, type TreeItem } from 'vscode';
import { inEnglish } from '../../src/base/locale.ts';
import { commandIds } from '../../src/commands/ids.ts';
import type { AccountSource } from '../../src/model/accounts/accountBook.ts';
import { UnlatchSupport } from '../../src/model/actions/unlatchSupport.ts';
import { Store } from '../../src/model/store.ts';
import { createClient } from '../../src/nuki/http/client.ts';
import { simulatedApi } from '../../src/simulator/api/api.ts';
import { demoHomeOptions, demoToken } from '../../src/simulator/demo/demo.ts';
import { SimulatedHome } from '../../src/simulator/home.ts';
import type { RenderContext } from '../../src/views/text/renderContext.ts';
import type { NodeId } from '../../src/views/tree/nodes.ts';
import { DeviceTree } from '../../src/views/tree/tree.ts';
import { FakeClock } from '../unit/fakeClock.ts';
import { FakeRecords } from '../unit/model/fakes.ts';

/** The tree of the demo home, on a clock that the test turns. */
export function treeOfDemoHome() {
  const clock = new FakeClock();
  return treeOfHome(new SimulatedHome(demoHomeOptions(clock, 7)), clock);
}

/** The tree of a home that has the same clock. */
export function treeOfHome(home: SimulatedHome, clock: FakeClock) {
  const api = simulatedApi(home);
  return { home, ...treeOfFetch((input, init) => api(new Request(input, init)), clock) };
}

/** The tree of an account whose requests `fetch` answers. */
export function treeOfFetch(fetch: typeof globalThis.fetch, clock: FakeClock) {
  const services = { fetch, clock, random: () => 0 };
  const client = createClient(demoToken, services);
  const source: AccountSource = { id: '7', label: 'Home', simulated: false, client: async () => client };
  const store = new Store(clock);
  const unlatchSupport = new UnlatchSupport(new FakeRecords());
  const renderContext = (): RenderContext => ({
    t: inEnglish,
    language: 'en',
    now: clock.now(),
    ownNow: clock.now(),
    refreshIntervalMs: 60_000,
  });
  const tree = new DeviceTree(store, unlatchSupport, clock, renderContext, commandIds.loadMoreActivity);
  store.setSources([source]);
  return { clock, client, store, unlatchSupport, tree, renderContext };
}

type Shown = Pick<ReturnType<typeof treeOfFetch>, 'tree' | 'store'>;

/** The ids below a row, once there is more to be said of them than that they are loading. */
export async function loadedBelow({ tree, store }: Shown, id?: NodeId): Promise<NodeId[]> {
  for (;;) {
    const changed = nextChange(store);
    const ids = await tree.getChildren(id);
    if (!ids.some((below) => tree.getTreeItem(below).label === 'loading…')) return ids;
    await changed;
  }
}

/** The same at any depth, row by row with what is below it. */
export async function allBelow(shown: Shown, id: NodeId): Promise<NodeId[]> {
  const all: NodeId[] = [];
  for (const below of await loadedBelow(shown, id)) {
    const { collapsibleState = TreeItemCollapsibleState.None } = shown.tree.getTreeItem(below);
    all.push(below, ...(collapsibleState === TreeItemCollapsibleState.None ? [] : await allBelow(shown, below)));
  }
  return all;
}

function nextChange(store: Store): Promise<void> {
  return new Promise((resolve) => {
    const subscription = store.onDidChange(() => {
      subscription.dispose();
      resolve();
    });
  });
}

/** What a hover says: its Markdown without the escapes. */
export function hoverText(tooltip: TreeItem['tooltip']): string {
  if (typeof tooltip === 'string') return tooltip;
  assert.ok(tooltip instanceof MarkdownString);
  return tooltip.value
    .replaceAll(/\\([^\w\s])/g, '$1')
    .replaceAll('&nbsp;', ' ')
    .replaceAll(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
}
