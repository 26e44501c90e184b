import assert from 'node:assert/strict';
import * as v from 'valibot';
import { ThemeIcon, TreeItemCollapsibleState, type TreeItem } from 'vscode';
import type { DeviceTree } from '../../src/views/tree/tree.ts';
import { allBelow, hoverText, loadedBelow, treeOfDemoHome } from './testTree.ts';

const listSchema = v.array(v.looseObject({}));

const labelOf = ({ label }: TreeItem): string => (typeof label === 'string' ? label : (label?.label ?? ''));
const iconOf = ({ iconPath }: TreeItem): string => (iconPath instanceof ThemeIcon ? iconPath.id : '');

interface Row {
  readonly id: string;
  readonly item: TreeItem;
}

async function rowsUnder(tree: DeviceTree, id?: string): Promise<Row[]> {
  return rowsOf(tree, await tree.getChildren(id));
}

function rowsOf(tree: DeviceTree, ids: readonly string[]): Row[] {
  return ids.map((id) => ({ id, item: tree.getTreeItem(id) }));
}

async function rowCalled(tree: DeviceTree, name: string) {
  const row = (await rowsUnder(tree, 'account/7')).find(({ item }) => labelOf(item) === name);
  assert.ok(row, `no row "${name}"`);
  return row;
}

const devicePath = /^\/smartlock$/;
const authorizationPath = /^\/smartlock\/\d+\/auth$/;

/** Answers the next list at `path` with what `change` makes of the real one. */
function nextListIs(
  home: ReturnType<typeof treeOfDemoHome>['home'],
  path: RegExp,
  change: (list: Record<string, unknown>[]) => unknown,
): void {
  home.fault({
    method: 'GET',
    path,
    change: async (answer) => Response.json(change(v.parse(listSchema, await answer.json()))),
  });
}

describe('the tree in VS Code', () => {
  it('shows account, devices and authorizations in words, each with an id that stays', async () => {
    const { tree, store } = treeOfDemoHome();
    await store.refresh('7');
    const [account] = await rowsUnder(tree);
    assert.equal(account?.id, 'account/7');
    assert.equal(account.item.id, account.id);
    assert.equal(account.item.description, '7 devices');
    const devices = await rowsUnder(tree, account.id);
    assert.deepEqual(
      devices.map(({ item }) => labelOf(item)),
      ['Front Door', 'Cellar', 'Garage', 'Guest House', 'Intercom', 'Parcel Box', 'Terrace', 'People'],
    );
    const before = devices.map(({ id }) => id);
    await store.refresh('7');
    assert.deepEqual(
      (await rowsUnder(tree, account.id)).map(({ id }) => id),
      before,
    );
  });

  it('waits a moment with its first rows for the list that is being read, which is then drawn once', async () => {
    const { tree, store, clock } = treeOfDemoHome();
    const changes: unknown[] = [];
    tree.onDidChangeTreeData((change) => changes.push(change));
    const rows = rowsUnder(tree);
    await store.refresh('7');
    assert.deepEqual(
      (await rows).map(({ item }) => item.description),
      ['7 devices'],
    );
    assert.deepEqual(changes, []);
    assert.equal(clock.waiting, 0);
    await store.refresh('7');
    await clock.advance(60_000);
    assert.deepEqual(changes, []); // nothing reads otherwise
  });

  it('shows after a second that it is loading, and what it has loaded after that', async () => {
    const { tree, store, clock } = treeOfDemoHome();
    const changes: unknown[] = [];
    tree.onDidChangeTreeData((change) => changes.push(change));
    const rows = rowsUnder(tree);
    await clock.advance(1_000);
    assert.deepEqual(
      (await rows).map(({ item }) => item.description),
      ['loading…'],
    );
    await store.refresh('7');
    assert.deepEqual(changes, [['account/7']]);
  });

  it('reads the authorizations of a device when it is opened first, and of no other', async () => {
    const { tree, store, home } = treeOfDemoHome();
    await store.refresh('7');
    const front = await rowCalled(tree, 'Front Door');
    assert.equal(home.exchanges.all.filter(({ path }) => path.includes('/auth')).length, 0);
    const [group] = await tree.getChildren(front.id);
    assert.ok(group);
    const authorizations = rowsOf(tree, await allBelow({ tree, store }, group));
    await tree.getChildren(front.id);
    assert.equal(home.exchanges.all.filter(({ path }) => path.includes('/auth')).length, 1);
    assert.equal(tree.getTreeItem(group).description, '14');
    const summaries = authorizations.map(({ item }) => `${labelOf(item)}: ${String(item.description ?? '')}`);
    for (const summary of ['People: 4', 'Codes: 5', 'Fobs: 1', 'System: 4', 'Family: ', 'Plumber: disabled'])
      assert.ok(summaries.includes(summary), summary);
    assert.ok(summaries.some((summary) => /^Housekeeping Cleanin: Tue, Fri 09–13\b/.test(summary)));
    assert.ok(summaries.includes('Guest Emil: expired'));
    assert.ok(summaries.some((summary) => /^Guest Fritz: \d+\D+\d+ \w+$/.test(summary)));
  });

  describe('draws anew', () => {
    /** A tree of which Front Door and its authorizations are opened, and what is drawn anew from then on. */
    async function opened() {
      const shown = treeOfDemoHome();
      const [accounts] = await Promise.all([shown.tree.getChildren(), shown.store.refresh('7')]);
      rowsOf(shown.tree, accounts);
      const front = await rowCalled(shown.tree, 'Front Door');
      const [group = ''] = await shown.tree.getChildren(front.id);
      await loadedBelow(shown, group);
      rowsOf(shown.tree, [front.id, ...(await shown.tree.getChildren(front.id)), ...(await allBelow(shown, group))]);
      const redrawn: unknown[] = [];
      shown.tree.onDidChangeTreeData((rows) => redrawn.push(rows));
      return { ...shown, front, group, smartlockId: Number(front.id.split('/').at(-1)), redrawn };
    }

    it('nothing when a list is read that says nothing new, so that a menu keeps its row', async () => {
      const { store, smartlockId, redrawn } = await opened();
      await store.readAuthorizations({ accountId: '7', smartlockId });
      await store.refresh('7');
      assert.deepEqual(redrawn, []);
    });

    it('the row alone of an authorization that reads otherwise', async () => {
      const { store, home, smartlockId, redrawn } = await opened();
      const family = home.authorizationsOnLock(smartlockId).find(({ name }) => name === 'Family') ?? assert.fail();
      nextListIs(home, authorizationPath, (list) =>
        list.map((each) => (each['id'] === family.id ? { ...each, enabled: false } : each)),
      );
      await store.readAuthorizations({ accountId: '7', smartlockId });
      assert.deepEqual(redrawn, [[`account/7/device/${smartlockId}/auth/${family.id}`]]);
    });

    it('the device of which an authorization is gone, or whose door has moved', async () => {
      const { store, home, front, smartlockId, redrawn } = await opened();
      nextListIs(home, authorizationPath, (list) => list.slice(1));
      await store.readAuthorizations({ accountId: '7', smartlockId });
      assert.deepEqual(redrawn, [[front.id]]);
      store.setOperation({ accountId: '7', smartlockId }, { action: 'unlock', since: 0 });
      assert.deepEqual(redrawn.slice(1), [[front.id]]);
    });

    it('a row that the user has pointed at, once its hover would say something else', async () => {
      const { store, tree, clock, front, smartlockId, redrawn } = await opened();
      tree.resolveTreeItem(tree.getTreeItem(front.id), front.id);
      await store.readAuthorizations({ accountId: '7', smartlockId });
      assert.deepEqual(redrawn, []);
      await clock.advance(61_000);
      store.age('7');
      assert.deepEqual(redrawn, []); // it says when, not how long ago
      await store.refresh('7');
      assert.deepEqual(redrawn, [[front.id]]);
      tree.getTreeItem(front.id);
      await store.refresh('7');
      assert.equal(redrawn.length, 1);
    });

    it('once, not at every change, what the user has pointed at and is gone', async () => {
      const { store, tree, home, front, group, smartlockId, redrawn } = await opened();
      const family = home.authorizationsOnLock(smartlockId).find(({ name }) => name === 'Family') ?? assert.fail();
      const row = `account/7/device/${smartlockId}/auth/${family.id}`;
      tree.resolveTreeItem(tree.getTreeItem(row), row);
      nextListIs(home, authorizationPath, (list) => list.filter(({ id }) => id !== family.id));
      await store.readAuthorizations({ accountId: '7', smartlockId });
      assert.deepEqual(redrawn, [[front.id, row]]);
      rowsOf(tree, [front.id, ...(await tree.getChildren(front.id)), ...(await allBelow({ tree, store }, group))]);
      store.age('7');
      assert.equal(redrawn.length, 1);
    });
  });

  it('shows no keypad code in any row, tooltip or spoken label', async () => {
    const { tree, store, home } = treeOfDemoHome();
    await store.refresh('7');
    const front = await rowCalled(tree, 'Front Door');
    const [group = ''] = await tree.getChildren(front.id);
    const smartlockId = Number(front.id.split('/').at(-1));
    const codes = home
      .authorizationsOnLock(smartlockId)
      .flatMap(({ code }) => (code === undefined ? [] : [String(code)]));
    assert.ok(codes.length > 0);
    const said = rowsOf(tree, await allBelow({ tree, store }, group))
      .map(({ id, item }) => JSON.stringify([id, item, hoverText(tree.resolveTreeItem(item, id).tooltip)]))
      .join();
    for (const code of codes) assert.ok(!said.includes(code));
  });

  it('has a spoken label for every row, down to the last authorization', async () => {
    const { tree, store, clock } = treeOfDemoHome();
    await store.refresh('7');
    const silent: string[] = [];
    let rows = 0;
    for (const open = [...(await rowsUnder(tree))]; open.length > 0;) {
      const { id, item } = open.pop() ?? assert.fail();
      rows += 1;
      if (!item.accessibilityInformation?.label.trim()) silent.push(id);
      if (!item.collapsibleState) continue;
      const below = { isRead: false };
      const reading = loadedBelow({ tree, store }, id).finally(() => (below.isRead = true));
      while (!below.isRead) await clock.advance(1_000); // the account's budget makes the later ones wait
      open.push(...rowsOf(tree, await reading));
    }
    assert.deepEqual(silent, [], 'rows without a spoken label');
    assert.ok(rows > 50, `only ${rows} rows`);
  });

  it('draws the closed lock for a lock that is known to be locked, and for nothing else', async () => {
    const { tree, store, clock, home } = treeOfDemoHome();
    await store.refresh('7');
    const icons = async () =>
      Object.fromEntries((await rowsUnder(tree, 'account/7')).map(({ item }) => [labelOf(item), iconOf(item)]));
    const fresh = await icons();
    assert.equal(fresh['Front Door'], 'nuki-locked');
    assert.equal(fresh['Garage'], 'nuki-unlocked');
    assert.equal(fresh['Cellar'], 'debug-disconnect');
    assert.equal(fresh['Parcel Box'], 'question');
    assert.equal(fresh['Intercom'], 'nuki-ring-to-open');
    await clock.advance(121_000);
    assert.ok(Object.values(await icons()).every((icon) => icon !== 'nuki-locked' && icon !== 'nuki-unlocked'));
    const front = await rowCalled(tree, 'Front Door');
    assert.match(String(front.item.description), /^last reported locked, \d+ min ago$/);
    home.setServerState(Number(front.id.split('/').at(-1)), 4);
    await clock.advance(10_000);
    await store.refresh('7');
    assert.equal((await icons())['Front Door'], 'debug-disconnect');
  });

  it('draws every device of a list with type 99, state 226 and a field of a wrong type', async () => {
    const { tree, store, home } = treeOfDemoHome();
    nextListIs(home, devicePath, (list) => [
      { ...list[0], type: 99, state: { state: 226 } },
      { ...list[1], state: 'wrong' },
      { ...list[2], name: 42 },
      ...list.slice(3),
    ]);
    await store.refresh('7');
    const rows = (await rowsUnder(tree, 'account/7')).map(
      ({ item }) => `${labelOf(item)}: ${String(item.description)}`,
    );
    assert.equal(rows.length, 8);
    assert.ok(
      rows.some((row) => /unknown kind \(99\) · unknown \(226\)/.test(row)),
      rows.join('\n'),
    );
    assert.equal(rows.filter((row) => row.startsWith('Unreadable device')).length, 1);
  });

  it('offers no action on a device of an unfamiliar kind', async () => {
    const { tree, store, home } = treeOfDemoHome();
    nextListIs(home, devicePath, (list) => list.map((device) => ({ ...device, type: 9 })));
    await store.refresh('7');
    const offered = (await rowsUnder(tree, 'account/7')).map(({ item }) => item.contextValue ?? '');
    assert.deepEqual([...new Set(offered)].toSorted(), ['device online own', 'device own', 'peopleOfAccount']);
  });

  it('keeps what it showed when an answer is broken, and says what is wrong on the account', async () => {
    const { tree, store, home } = treeOfDemoHome();
    await store.refresh('7');
    for (const answer of [
      { status: 200, body: '<html>Sign in</html>' },
      { status: 200, body: '{}' },
      { status: 401, body: '' },
    ]) {
      home.fault({ path: /^\/(smartlock|account)$/, times: 2, answer });
      await store.refresh('7');
      home.clearFaults();
      const [account] = await rowsUnder(tree);
      assert.equal(account && iconOf(account.item), 'warning');
      assert.equal((await rowsUnder(tree, 'account/7')).length, 8);
    }
    const [account] = await rowsUnder(tree);
    assert.match(String(account?.item.description), /sign in again/);
    assert.match(String(account?.item.contextValue), /\bneedsToken\b/);
  });

  it('finds the way from every row back to its account', async () => {
    const { tree, store } = treeOfDemoHome();
    await store.refresh('7');
    const front = await rowCalled(tree, 'Front Door');
    const [group = ''] = await tree.getChildren(front.id);
    const [people = ''] = await loadedBelow({ tree, store }, group);
    const [person = ''] = await tree.getChildren(people);
    assert.equal(tree.getParent(person), people);
    assert.equal(tree.getParent(people), group);
    assert.equal(tree.getParent(group), front.id);
    assert.equal(tree.getParent(front.id), 'account/7');
    assert.equal(tree.getParent('account/7'), undefined);
  });

  it('answers every id, even one that nothing has, with a row and no children', async () => {
    const { tree, store } = treeOfDemoHome();
    await store.refresh('7');
    for (const id of [
      '',
      'account',
      'account/8',
      'account/7/device/1',
      'account/%',
      'x/y',
      'account/7/device/../auth/1',
    ]) {
      assert.equal(tree.getTreeItem(id).collapsibleState, TreeItemCollapsibleState.None);
      assert.deepEqual(await tree.getChildren(id), []);
    }
  });

  it('says everything of a device when the user points at it', async () => {
    const { tree, store } = treeOfDemoHome();
    await store.refresh('7');
    const { id, item } = await rowCalled(tree, 'Front Door');
    assert.equal(item.tooltip, undefined);
    const { tooltip } = tree.resolveTreeItem(item, id);
    const said = hoverText(tooltip);
    for (const line of [
      /^\*\*Front Door\*\* · Smart Lock \(5th generation, Ultra\) · Home {2}$/m,
      /^\$\(nuki-locked\) locked · door closed {2}$/m,
      /^\$\(history\) Last action: lock/m,
      /^\$\(plug\) online · battery 76 %$/m,
      /^ID \d{11} \([0-9A-F]{8}\) · firmware 5\.9\.4 · Keypad 2 · Europe\/Berlin {2}$/m,
    ]) {
      assert.match(said, line);
    }
  });

  it('shows hostile names as one line of harmless text', async () => {
    const { tree, store, home } = treeOfDemoHome();
    nextListIs(home, devicePath, (list) =>
      list.map((device) => ({ ...device, name: 'Front \u202Egnp.rood\u200B\n[x](command:y) $(zap)' })),
    );
    await store.refresh('7');
    const rows = await rowsUnder(tree, 'account/7');
    for (const { item } of rows.slice(0, -1)) {
      assert.match(labelOf(item), /^Front gnp\.rood \[x\]\(command:y\) \$\(zap\) …[0-9A-F]{4}$/);
    }
  });
});
