import assert from 'node:assert/strict';
import { RenderedTree } from '../../../../src/views/tree/renderedTree.ts';

/** Rows by their ids, each with its words and what is below it. */
type Rows = Readonly<Record<string, { readonly words: string; readonly below?: readonly string[] }>>;

const rows: Rows = {
  door: { words: 'locked', below: ['people', 'log'] },
  people: { words: '2', below: ['anna', 'ben'] },
  anna: { words: 'always' },
  ben: { words: 'never' },
  log: { words: 'closed' },
};

function drawn(): RenderedTree {
  const all = new RenderedTree();
  for (const [id, { words, below }] of Object.entries(rows)) {
    all.record(id, { words });
    if (below) all.recordChildren(id, below);
  }
  return all;
}

const changedTo = (all: RenderedTree, after: Rows, id = 'door') =>
  all.changed(
    id,
    (each) => ({ words: after[each]?.words }),
    (each) => after[each]?.below ?? [],
  );
const now = (changes: Rows): Rows => ({ ...rows, ...changes });

describe('the rows that are drawn anew', () => {
  it('are none where all read as they did', () => {
    assert.deepEqual(changedTo(drawn(), rows), []);
  });

  it('are those that read otherwise, and not what they are below', () => {
    const after = now({ ben: { words: 'always' }, log: { words: 'yesterday' } });
    assert.deepEqual(changedTo(drawn(), after), ['ben', 'log']);
    assert.deepEqual(changedTo(drawn(), after, 'people'), ['ben']);
  });

  it('are, with all that is below it, one that others came to or went from, or that stands otherwise itself', () => {
    assert.deepEqual(changedTo(drawn(), now({ people: { words: '2', below: ['ben', 'anna'] } })), ['people']);
    assert.deepEqual(changedTo(drawn(), now({ people: { words: '2', below: ['ben'] } })), ['people']);
    const unlocked = { ...rows.door, words: 'unlocked' };
    assert.deepEqual(changedTo(drawn(), now({ door: unlocked, ben: { words: 'always' } })), ['door']);
  });

  it('are one that was not drawn yet, and of one that nobody opened nothing below', () => {
    assert.deepEqual(changedTo(new RenderedTree(), rows), ['door']);
    const closed = new RenderedTree();
    closed.record('door', { words: 'locked' });
    assert.deepEqual(changedTo(closed, now({ ben: { words: 'always' } })), []);
  });

  it('are one that is back after it was gone', () => {
    const all = drawn();
    all.recordChildren('door', ['log']);
    all.recordChildren('door', ['people', 'log']);
    assert.deepEqual(changedTo(all, rows), ['people']);
  });

  it('are all where nothing is known of any more', () => {
    const all = drawn();
    all.clear();
    assert.deepEqual(changedTo(all, rows, 'ben'), ['ben']);
  });
});
