import assert from 'node:assert/strict';
import { missing, readSpecification, type Schema } from './spec.ts';

function checkTheChecker(): void {
  const specification = readSpecification();
  const cases: readonly (readonly [what: string, schema: Schema, value: unknown, expected: readonly string[]])[] = [
    ['a right value', { type: 'integer', minimum: 0, maximum: 2 }, 2, []],
    ['a wrong type', { type: 'string' }, 2, ['it type']],
    ['a fraction', { type: 'integer' }, 0.5, ['it type']],
    ['a value that is too small', { type: 'integer', minimum: 1 }, 0, ['it minimum']],
    ['a value that is too great', { type: 'integer', maximum: 2 }, 13, ['it maximum']],
    ['a value outside of an enumeration', { enum: ['a', 'b'] }, 'c', ['it enum']],
    ['a device id in 32 bits', { type: 'integer', format: 'int32' }, 21_913_877_581, ['it format']],
    ['a date without an offset', { type: 'string', format: 'date-time' }, '2026-01-01T00:00:00', ['it format']],
    ['null instead of an absent field', { properties: { a: { type: 'string' } } }, { a: null }, ['it.a type']],
    ['a missing field', { required: ['a'], properties: {} }, {}, ['it.a required']],
    ['an unknown field', { properties: { a: {} } }, { b: 1 }, ['it.b unknown']],
    ['an element of a list', { items: { type: 'string' } }, ['a', 1], ['it type']],
    [
      'a reference',
      { $ref: '#/components/schemas/SmartlockUpdate' },
      { favorite: 1 },
      ['SmartlockUpdate.favorite type'],
    ],
    ['a reference to nothing', { $ref: '#/components/schemas/Nothing' }, {}, ['Nothing unknown']],
  ];
  for (const [what, schema, value, expected] of cases) {
    it(`judges ${what}`, () => assert.deepEqual(specification.violations(schema, value, 'it'), expected));
  }
}

describe('The check against the specification', () => {
  if (missing === undefined) checkTheChecker();
  else it(missing);
});
