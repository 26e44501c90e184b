import assert from 'node:assert/strict';
import { RenderedTree } from '../../../../src/views/tree/renderedTree.ts';

/** Rows by their ids, each with its text, what is below it and its hover. */
type Rows = Readonly<
  Record<string, { readonly text: string; readonly children?: readonly string[]; readonly tooltip?: string }>
>;

const home = 'account/7';
const door = 'account/7/device/42';
const people = `${door}/authorizations`;
const activity = `${door}/activity`;
const anna = `${door}/auth/anna`;
const ben = `${door}/auth/ben`;

const rows: Rows = {
  [home]: { text: 'Home', children: [door] },
  [door]: { text: 'locked', children: [people, activity] },
  [people]: { text: '2', children: [anna, ben] },
  [anna]: { text: 'always' },
  [ben]: { text: 'never' },
  [activity]: { text: 'today' },
};

/** A tree of which VS Code was given `rows`, and which can be given others. */
class Tree {
  now: Rows;
  readonly rendered: RenderedTree;

  constructor(now: Rows = rows) {
    this.now = now;
    this.rendered = new RenderedTree({
      row: (id) => ({ text: this.now[id]?.text }),
      children: (id) => this.now[id]?.children ?? [],
      tooltip: (id) => this.now[id]?.tooltip,
    });
  }

  /** VS Code asks for all rows that there are now. */
  draw(): this {
    for (const [id, { text, children }] of Object.entries(this.now)) {
      this.rendered.record(id, { text });
      if (children) this.rendered.recordChildren(id, children);
    }
    return this;
  }

  changedRows(changes: Rows, id = door): readonly string[] {
    this.now = { ...this.now, ...changes };
    return this.rendered.changedRows(id);
  }
}

const drawn = (): Tree => new Tree().draw();

describe('the rows that are fired', () => {
  it('are none where all read as they did', () => {
    assert.deepEqual(drawn().changedRows({}), []);
    assert.deepEqual(drawn().changedRows({}, home), []);
  });

  it('are those that read otherwise, and not what they are below', () => {
    assert.deepEqual(drawn().changedRows({ [anna]: { text: 'never' }, [ben]: { text: 'always' } }), [anna, ben]);
    assert.deepEqual(drawn().changedRows({ [ben]: { text: 'always' } }, home), [ben]);
    const unlocked = { [door]: { text: 'unlocked', children: [people, activity] } };
    assert.deepEqual(drawn().changedRows({ ...unlocked, [ben]: { text: 'always' } }, home), [door]);
  });

  it('are the device itself where a row between it and others reads otherwise, or others came to it or went', () => {
    assert.deepEqual(drawn().changedRows({ [activity]: { text: 'yesterday' } }), [door]);
    assert.deepEqual(drawn().changedRows({ [people]: { text: '2', children: [ben, anna] } }), [door]);
    assert.deepEqual(drawn().changedRows({ [people]: { text: '2', children: [ben] }, [ben]: { text: '' } }), [door]);
  });

  it('are the account where it reads otherwise itself, or has other devices or another order', () => {
    const other = 'account/7/device/43';
    const both = { ...rows, [home]: { text: 'Home', children: [door, other] }, [other]: { text: 'open' } };
    assert.deepEqual(drawn().changedRows({ [home]: { text: 'Office', children: [door] } }, home), [home]);
    assert.deepEqual(drawn().changedRows(both, home), [home]);
    const swapped = { [home]: { text: 'Home', children: [other, door] } };
    assert.deepEqual(new Tree(both).draw().changedRows(swapped, home), [home]);
  });

  it('are up to 50 devices, and for more their account', () => {
    const doors = Array.from({ length: 51 }, (_, index) => `account/7/device/${index + 1}`);
    const allSay = (text: string): Rows => Object.fromEntries(doors.map((id) => [id, { text }]));
    const tree = (): Tree => new Tree({ [home]: { text: 'Home', children: doors }, ...allSay('locked') }).draw();
    const { [doors[0] ?? '']: _, ...fifty } = allSay('open');
    assert.deepEqual(tree().changedRows(fifty, home), doors.slice(1));
    assert.deepEqual(tree().changedRows(allSay('open'), home), [home]);
  });

  it('are none that VS Code has not asked for yet', () => {
    const tree = new Tree();
    assert.deepEqual(tree.changedRows({}, home), []);
    assert.deepEqual(tree.changedRows({}), []);
    tree.rendered.record(door, { text: 'locked' });
    assert.deepEqual(tree.changedRows({ [ben]: { text: 'always' } }), []);
  });

  it('are one that is back after it was gone', () => {
    const tree = drawn();
    tree.rendered.recordChildren(people, [anna]);
    tree.rendered.recordChildren(people, [anna, ben]);
    assert.deepEqual(tree.changedRows({}), [ben]);
  });

  it('are none once everything is forgotten, because VS Code asks for all of it', () => {
    const tree = drawn();
    tree.rendered.clear();
    assert.deepEqual(tree.changedRows({ [door]: { text: 'unlocked' } }), []);
  });
});

describe('a hover that VS Code keeps', () => {
  const hovered = (): Tree => {
    const tree = drawn();
    tree.rendered.recordTooltip(ben, 'Ben, never');
    return tree;
  };
  const says = (tooltip: string): Rows => ({ [ben]: { text: 'never', tooltip } });

  it('fires its row, once, when it would say something else', () => {
    const tree = hovered();
    assert.deepEqual(tree.changedRows(says('Ben, never')), []);
    assert.deepEqual(tree.changedRows(says('Ben, never since today'), home), [ben]);
    assert.deepEqual(tree.changedRows({}), []);
  });

  it('is made anew with its row', () => {
    const tree = hovered();
    tree.rendered.record(ben, { text: 'never' });
    assert.deepEqual(tree.changedRows(says('Ben, never since today')), []);
  });

  it('of another device stays', () => {
    const tree = hovered();
    tree.rendered.record('account/7/device/4', { text: 'open' });
    assert.deepEqual(
      tree.changedRows({ 'account/7/device/4': { text: 'open' }, ...says('') }, 'account/7/device/4'),
      [],
    );
  });
});
