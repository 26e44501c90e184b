import assert from 'node:assert/strict';
import type { Schema } from './facts.ts';
import { Specification } from './specification.ts';

describe('The check against the specification', () => {
  const specification = new Specification();
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
    ['a missing field', { properties: { a: { required: true } } }, {}, ['it.a required']],
    ['an unknown field', { properties: { a: {} } }, { b: 1 }, ['it.b unknown']],
    ['an element of a list', { items: { type: 'string' } }, ['a', 1], ['it type']],
    ['a reference', { $ref: 'SmartlockUpdate' }, { favorite: 1 }, ['SmartlockUpdate.favorite type']],
    ['a reference to nothing', { $ref: 'Nothing' }, {}, ['Nothing unknown']],
  ];
  for (const [what, schema, value, expected] of cases) {
    it(`judges ${what}`, () => assert.deepEqual(specification.violations(schema, value, 'it'), expected));
  }

  it('names the device types for which a code has its meaning', () => {
    const codes = specification.codesOf('Smartlock.State', 'lastAction').filter(({ code }) => code === 1);
    assert.deepEqual(
      codes.map(({ where }) => where),
      [{ type: 0 }, { type: 3 }, { type: 4 }, { type: 1 }, { type: 2 }],
    );
    const tapToUnlock = specification.codesOf('SmartlockLog', 'state').filter(({ code }) => code === 37);
    assert.deepEqual(tapToUnlock, [{ code: 37, where: { source: 3, trigger: 253 } }]);
  });
});
