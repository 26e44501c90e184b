import assert from 'node:assert/strict';
import { ThemeIcon, TreeItemCollapsibleState, type TreeItem } from 'vscode';
import { commandIds } from '../../src/commands/ids.ts';
import { frontDoor } from '../../src/simulator/demo/demoDevices.ts';
import { ExpandedDevices } from '../../src/views/tree/expandedDevices.ts';
import type { NodeId } from '../../src/views/tree/nodes.ts';
import { homeWithLog, longLog } from '../unit/activityLog.ts';
import { FakeClock } from '../unit/fakeClock.ts';
import { loadedBelow, treeOfDemoHome, treeOfHome } from './testTree.ts';

const device = `account/7/device/${frontDoor}`;
const group = `${device}/activity`;
const iconOf = ({ iconPath }: TreeItem): string => (iconPath instanceof ThemeIcon ? iconPath.id : '');
const labelOf = ({ label }: TreeItem): string => (typeof label === 'string' ? label : '');
const textOf = ({ label, description }: TreeItem): string =>
  `${typeof label === 'string' ? label : ''} ${String(description)}`;

type Opened = ReturnType<typeof treeOfHome>;

async function opened(tree = treeOfDemoHome()): Promise<Opened> {
  await tree.store.refresh('7');
  await tree.tree.getChildren(device);
  return tree;
}

async function openedLongLog(count: number, scopes?: readonly string[]): Promise<Opened> {
  const clock = new FakeClock();
  return await opened(treeOfHome(homeWithLog(clock, longLog(clock, count), scopes), clock));
}

async function rowsOf(home: Opened): Promise<TreeItem[]> {
  return (await loadedBelow(home, group)).map((id) => home.tree.getTreeItem(id));
}

const readsOf = ({ home }: Opened): number => home.exchanges.all.filter(({ path }) => path.includes('/log')).length;

/** A view in which rows are expanded and collapsed. */
class FakeView {
  readonly #collapses: ((event: { element: NodeId }) => void)[] = [];
  readonly #expands: ((event: { element: NodeId }) => void)[] = [];
  readonly onDidCollapseElement = (listener: (event: { element: NodeId }) => void) =>
    remember(this.#collapses, listener);
  readonly onDidExpandElement = (listener: (event: { element: NodeId }) => void) => remember(this.#expands, listener);
  readonly onDidAskForChildren = (listener: (element: NodeId) => void) =>
    this.onDidExpandElement(({ element }) => listener(element));

  collapse(element: NodeId): void {
    for (const tell of this.#collapses) tell({ element });
  }

  expand(element: NodeId): void {
    for (const tell of this.#expands) tell({ element });
  }
}

function remember<T>(list: T[], listener: T): { dispose(): void } {
  list.push(listener);
  return { dispose: () => undefined };
}

describe('the activity in the tree', () => {
  it('is a closed group below the authorizations, and read when it is opened, once', async () => {
    const home = await opened();
    assert.deepEqual(await home.tree.getChildren(device), [`${device}/authorizations`, group]);
    const closed = home.tree.getTreeItem(group);
    assert.equal(closed.collapsibleState, TreeItemCollapsibleState.Collapsed);
    assert.equal(closed.id, group);
    assert.equal(textOf(closed), 'Recent Activity undefined');
    assert.equal(readsOf(home), 0);
    const [first = ''] = await home.tree.getChildren(group);
    assert.equal(home.tree.getTreeItem(first).label, 'loading…');
    await rowsOf(home);
    await rowsOf(home);
    assert.equal(readsOf(home), 1);
    assert.equal(home.tree.getTreeItem(group).description, '50 entries');
  });

  it('says who, what and when, newest first, and of an attempt that it came to nothing', async () => {
    const rows = await rowsOf(await opened());
    assert.match(textOf(rows[0] ?? assert.fail()), /^Auto Lock locked · 42 min ago$/);
    const family = rows.find(({ label }) => label === 'Family') ?? assert.fail();
    assert.match(textOf(family), /^Family unlatched · 52 min ago$/);
    assert.equal(iconOf(family), 'nuki-unlatch');
    const refused = rows.find((row) => /invalid code/.test(textOf(row))) ?? assert.fail();
    assert.match(textOf(refused), /^Unknown code invalid code · 13 hr ago · tried: unlatch$/);
    assert.equal(iconOf(refused), 'circle-slash');
    const blocked = rows.find((row) => /motor blocked/.test(textOf(row))) ?? assert.fail();
    assert.match(textOf(blocked), /^Anna Berger motor blocked · 20 hr ago · tried: lock$/);
  });

  it('draws no padlock: those stand for how a lock is now', async () => {
    const rows = await rowsOf(await opened());
    for (const row of rows) assert.ok(!/^(nuki-)?(un)?lock(ed)?$/.test(iconOf(row)));
  });

  it('has a row for the next page, which runs a command with its own id, until the log ends', async () => {
    const home = await openedLongLog(120);
    for (const shown of [50, 100]) {
      const rows = await rowsOf(home);
      assert.equal(rows.length, shown + 1);
      const more = rows.at(-1);
      assert.equal(more?.label, 'Load more');
      assert.deepEqual(more.command, {
        command: commandIds.loadMoreActivity,
        title: 'Load more',
        arguments: [`${group}/more`],
      });
      await home.store.readMoreActivity({ accountId: '7', smartlockId: frontDoor });
    }
    const all = await home.tree.getChildren(group);
    assert.equal(new Set(all).size, 120);
    assert.ok(!all.includes(`${group}/more`));
    for (const id of [...all, `${group}/more`, `${group}/notice`]) assert.equal(home.tree.getParent(id), group);
    assert.equal(home.tree.getParent(group), device);
  });

  it('does nothing when an entry is clicked', async () => {
    for (const { command, collapsibleState } of (await rowsOf(await opened())).slice(0, -1)) {
      assert.equal(command, undefined);
      assert.equal(collapsibleState, TreeItemCollapsibleState.None);
    }
  });

  it('says in a row that the token may not read the log, and nothing worse of the account', async () => {
    const home = await openedLongLog(3, ['account', 'smartlock.readOnly', 'smartlock.auth']);
    const rows = await rowsOf(home);
    assert.equal(rows.length, 1);
    assert.match(labelOf(rows[0] ?? assert.fail()), /^The token of "Home" can't read the activity log\. /);
    assert.equal(home.tree.getTreeItem(group).description, 'permission missing');
    assert.equal(iconOf(home.tree.getTreeItem(group)), 'warning');
    assert.equal(iconOf(home.tree.getTreeItem('account/7')), 'home');
  });

  it('keeps what it showed when a page fails, and says why above it', async () => {
    const home = await openedLongLog(120);
    await rowsOf(home);
    home.home.fault({ path: /\/log/, times: 9, answer: { status: 422, body: '' } });
    await home.store.readMoreActivity({ accountId: '7', smartlockId: frontDoor });
    const rows = await rowsOf(home);
    assert.equal(rows.length, 52);
    assert.match(labelOf(rows[0] ?? assert.fail()), /Nuki rejected the request/);
    assert.equal(rows.at(-1)?.label, 'Load more');
  });

  it('shows what the filter lets through, and says so in the group', async () => {
    const home = await opened();
    await rowsOf(home);
    home.store.filterActivity({ accountId: '7', smartlockId: frontDoor }, { name: 'Family' });
    const rows = await rowsOf(home);
    assert.ok(rows.length > 2);
    assert.ok(rows.slice(0, -1).every(({ label }) => label === 'Family'));
    assert.equal(rows.at(-1)?.label, 'Load more');
    assert.match(String(home.tree.getTreeItem(group).description), /^only Family · \d of 50$/);
    home.store.filterActivity({ accountId: '7', smartlockId: frontDoor }, { action: 253 });
    assert.equal((await rowsOf(home))[0]?.label, 'No loaded activity matches the filter.');
    home.store.filterActivity({ accountId: '7', smartlockId: frontDoor }, undefined);
    assert.equal((await rowsOf(home)).length, 51);
  });

  it('is read anew by a refresh where it lies open, and not where it is closed or was never opened', async () => {
    const home = await opened();
    const view = new FakeView();
    const expandedDevices = new ExpandedDevices(home.store, view, view.onDidAskForChildren);
    view.expand('account/7');
    view.expand(device);
    await expandedDevices.read('7');
    assert.equal(readsOf(home), 0);
    view.expand(group);
    await rowsOf(home);
    home.home.turnByHand(frontDoor, 3);
    await home.clock.advance(20_000);
    await expandedDevices.read('7');
    assert.equal(readsOf(home), 2);
    const items = home.store.device({ accountId: '7', smartlockId: frontDoor })?.activity?.items ?? [];
    assert.ok(items.length > 50);
    assert.equal(new Set(items.map(({ id }) => id)).size, items.length);
    view.collapse(group);
    await expandedDevices.read('7');
    view.expand(group);
    view.collapse(device);
    await expandedDevices.read('7');
    assert.equal(readsOf(home), 2);
    view.expand(device);
    await expandedDevices.read('7');
    assert.equal(readsOf(home), 3);
  });

  it('and the people are read anew by a refresh only where they were opened', async () => {
    const home = await opened();
    const view = new FakeView();
    const expandedDevices = new ExpandedDevices(home.store, view, view.onDidAskForChildren);
    view.expand('account/7');
    await expandedDevices.read('7');
    assert.equal(home.store.account('7')?.people, undefined);
    view.expand('account/7/people');
    await expandedDevices.read('7');
    assert.equal(home.store.account('7')?.people?.items.length, 4);
  });
});
