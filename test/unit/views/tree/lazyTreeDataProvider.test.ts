import assert from 'node:assert/strict';
import { EventEmitter, TreeItem } from 'vscode';
import { LazyTreeDataProvider } from '../../../../src/views/tree/lazyTreeDataProvider.ts';

const door = 'door';
const anna = 'anna';
const ben = 'ben';

/** A tree as VS Code holds it: the answers that were sent reach it when the test says so. */
class Shown {
  readonly fired: unknown[] = [];
  readonly changed = new EventEmitter<string | string[] | undefined>();
  readonly roundTrips: (() => void)[] = [];
  readonly provider = new LazyTreeDataProvider<string>(
    () =>
      Promise.resolve({
        onDidChangeTreeData: this.changed.event,
        getTreeItem: (row) => new TreeItem(row),
        getChildren: () => [anna],
      }),
    () => new Promise((resolve) => this.roundTrips.push(resolve)),
  );

  constructor() {
    this.provider.onDidChangeTreeData((rows) => this.fired.push(rows));
  }

  /** The oldest answer that is under way has reached VS Code. */
  async arrive(): Promise<void> {
    this.roundTrips.shift()?.();
    await new Promise(setImmediate);
  }
}

describe('a changed row', () => {
  it('is fired at once', async () => {
    const { provider, changed, fired } = new Shown();
    await provider.load();
    changed.fire([door, anna]);
    assert.deepEqual(fired, [[door, anna]]);
  });

  it('waits until its children have reached VS Code, which would take older ones for those of now', async () => {
    const shown = new Shown();
    await shown.provider.getChildren(door);
    shown.changed.fire([door, ben]);
    shown.changed.fire([door]);
    assert.deepEqual(shown.fired, [[ben]]);
    await shown.arrive();
    assert.deepEqual(shown.fired, [[ben], [door]]);
    shown.changed.fire([door]);
    assert.deepEqual(shown.fired, [[ben], [door], [door]]);
  });

  it('waits until it has reached VS Code itself, which would not know it yet', async () => {
    const shown = new Shown();
    await shown.provider.getChildren(door);
    shown.changed.fire([anna]);
    assert.deepEqual(shown.fired, []);
    await shown.arrive();
    assert.deepEqual(shown.fired, [[anna]]);
  });

  it('waits for the last children that VS Code has asked for', async () => {
    const shown = new Shown();
    await shown.provider.getChildren(door);
    shown.changed.fire([door]);
    await shown.provider.getChildren(door);
    await shown.arrive();
    assert.deepEqual(shown.fired, []);
    await shown.arrive();
    assert.deepEqual(shown.fired, [[door]]);
  });

  it('alone has something sent to VS Code and back', async () => {
    const shown = new Shown();
    await shown.provider.getChildren(door);
    assert.equal(shown.roundTrips.length, 0);
    shown.changed.fire([door]);
    assert.equal(shown.roundTrips.length, 1);
  });

  it('of which nobody knows which one it is has everything drawn at once', async () => {
    const shown = new Shown();
    await shown.provider.getChildren(door);
    shown.changed.fire(undefined);
    assert.deepEqual(shown.fired, [undefined]);
  });

  it('of which nobody knows which one it is waits until the first rows have reached VS Code', async () => {
    const shown = new Shown();
    await shown.provider.getChildren();
    shown.changed.fire(undefined);
    assert.deepEqual(shown.fired, []);
    await shown.arrive();
    assert.deepEqual(shown.fired, [undefined]);
  });
});
