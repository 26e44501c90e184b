import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { sameValue } from '../../../src/base/sameValue.ts';

describe('two values of JSON', () => {
  it('are the same as Node says, whatever they are', () => {
    const anything = fc.jsonValue({ maxDepth: 3 });
    fc.assert(fc.property(anything, anything, (a, b) => sameValue(a, b) === isDeepStrictEqual(a, b)));
    fc.assert(fc.property(anything, (value) => sameValue(value, structuredClone(value))));
  });

  it('are not where one has a field more, or a list stands for an object', () => {
    assert.ok(!sameValue({ a: 1 }, { a: 1, b: undefined }));
    assert.ok(!sameValue({ a: undefined }, { b: undefined }));
    assert.ok(!sameValue([], {}));
    assert.ok(!sameValue(null, {}));
    assert.ok(sameValue({ a: undefined, b: [1, { c: 'x' }] }, { b: [1, { c: 'x' }], a: undefined }));
  });
});
