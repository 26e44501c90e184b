import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { deepEqual } from '../../../src/base/deepEqual.ts';

describe('two values of JSON', () => {
  it('are the same as Node says, whatever they are', () => {
    const anything = fc.jsonValue({ maxDepth: 3 });
    fc.assert(fc.property(anything, anything, (a, b) => deepEqual(a, b) === isDeepStrictEqual(a, b)));
    fc.assert(fc.property(anything, (value) => deepEqual(value, structuredClone(value))));
  });

  it('are not where one has a field more, or a list stands for an object', () => {
    assert.ok(!deepEqual({ a: 1 }, { a: 1, b: undefined }));
    assert.ok(!deepEqual({ a: undefined }, { b: undefined }));
    assert.ok(!deepEqual([], {}));
    assert.ok(!deepEqual(null, {}));
    assert.ok(deepEqual({ a: undefined, b: [1, { c: 'x' }] }, { b: [1, { c: 'x' }], a: undefined }));
  });
});
