import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { codesIn, readAuthorization } from '../../../../src/nuki/authorization/authorizationEntry.ts';
import { decodeList, readList } from '../../../../src/nuki/http/decode.ts';
import { authorizationSchema } from '../../../../src/nuki/http/schemas.ts';
import { codeJson } from '../../devices.ts';

/** An authorization of which any field may be missing or be anything. */
const entry = fc.record(
  Object.fromEntries(
    Object.entries({ ...codeJson(), operationId: 'x' }).map(([field, value]) => [
      field,
      fc.oneof(
        { weight: 6, arbitrary: fc.constant<unknown>(value) },
        fc.constantFrom<unknown>(null, undefined, '', '7', 7, -1, 1.5, 2 ** 53, NaN, true, {}, []),
      ),
    ]),
  ),
  { requiredKeys: [] },
);
const list = fc.array(fc.oneof({ weight: 9, arbitrary: entry }, fc.jsonValue({ maxDepth: 1 })), { maxLength: 5 });

/** Without the fields that are not known: there or not, they say the same. */
const known = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('an authorization read by hand', () => {
  it('is what the schema makes of it, whatever comes', () => {
    fc.assert(
      fc.property(list, (json) => {
        assert.deepEqual(
          known(readList(json, 'id', readAuthorization)),
          known(decodeList(authorizationSchema, json, 'id')),
        );
      }),
      { numRuns: 1_000 },
    );
  });

  it('has its code apart, understood or not, and of two with one id that of the first', () => {
    const entries = [
      codeJson({ id: 'a', code: 111_111 }),
      { id: 'b', code: 222_222 },
      codeJson({ id: 'c', code: '333333' }),
      codeJson({ id: 'c', code: 444_444 }),
      { code: 555_555 },
      null,
    ];
    assert.deepEqual(Object.fromEntries(codesIn(entries)), { a: '111111', b: '222222' });
  });

  it('has no field for a code', () => {
    const reading = readAuthorization(codeJson({ code: 593_817 }));
    assert.ok('value' in reading);
    assert.ok(!JSON.stringify(reading).includes('593817'));
  });
});
