import assert from 'node:assert/strict';
import { isNumber, exactly, listOf, object, some, text } from '../../../src/webview/shape.ts';

describe('a shape', () => {
  it('of some fields has any of them, each as it should be, and no others', () => {
    const check = some(['from', 'until'], isNumber);
    for (const value of [{}, { from: 1 }, { from: 1, until: 2 }]) assert.equal(check(value), true);
    for (const value of [{ from: '1' }, { from: 1, other: 2 }, { constructor: 1 }, [], null, 'from']) {
      assert.equal(check(value), false, JSON.stringify(value));
    }
  });

  it('of exact fields has all of them and no others', () => {
    const check = exactly({ name: text, count: isNumber });
    assert.equal(check({ name: 'a', count: 1 }), true);
    for (const value of [{ name: 'a' }, { name: 'a', count: '1' }, { name: 'a', count: 1, other: 1 }, undefined]) {
      assert.equal(check(value), false, JSON.stringify(value));
    }
    assert.equal(object({ name: text })({ name: 'a', other: 1 }), true);
  });

  it('of a list is that of each element', () => {
    assert.equal(listOf(text)(['a', 'b']), true);
    assert.equal(listOf(text)(['a', 1]), false);
  });
});
