import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { fieldAt, type FieldInContext } from '../../../src/base/fieldAt.ts';

/** Reads at the `¦` of a text. */
function at(text: string): FieldInContext | undefined {
  return fieldAt(text.replace('¦', ''), text.indexOf('¦'));
}

function fieldIn(text: string): readonly [name: string, value: number] | undefined {
  const found = at(text)?.field;
  return found && [found.name, found.value];
}

describe('a field in a text', () => {
  for (const [what, text] of [
    ['JSON', '{ "state": ¦3 }'],
    ['JSON without spaces', '{"a":1,"state":¦3,"b":2}'],
    ['its name', '{ "st¦ate": 3 }'],
    ['the end of its value', '{ "state": 3¦ }'],
    ['a value as a string', '{ "state": "¦3" }'],
    ['a hexadecimal value', 'state: 0x¦03'],
    ['JSON in a string', String.raw`log("{\"state\": ¦3}")`],
    ['JavaScript', 'const x = { state: ¦3 };'],
    ['a comparison', 'if (lock.state === ¦3) return;'],
    ['a negated comparison', 'if (lock.state !== ¦3) return;'],
    ['Python', "data['state'] == ¦3"],
    ['an assignment', "lock['state'] = ¦3"],
    ['a line of a log', '12:00:01 INFO device=7 state=¦3 trigger=0'],
    ['the elements of an array', '"state": [\n  1,\n  ¦3\n]'],
  ] as const) {
    it(`is found in ${what}`, () => assert.deepEqual(fieldIn(text), ['state', 3], text));
  }

  for (const text of [
    '5.9.¦4',
    '{"a": 1.¦5}',
    '{"a": ¦true}',
    '¦',
    '{¦}',
    'some ¦words',
    '{"a": "¦b"}',
    '[1, ¦2]',
    'f(¦3)',
  ]) {
    it(`is not found in ${text}`, () => assert.equal(fieldIn(text), undefined));
  }

  it('comes with the objects around it, the innermost first, and their own numbers', () => {
    const found = at(
      '[{"type": 5, "name": "a } \\" {", "config": {"x": 9}, "state": {"mode": 2, "state": ¦3}, "serverState": 0}]',
    );
    assert.deepEqual(
      found?.around.map(({ name, fields }) => [name, Object.fromEntries(fields)]),
      [
        ['state', { mode: 2, state: 3 }],
        [undefined, { type: 5, name: undefined, config: undefined, state: undefined, serverState: 0 }],
      ],
    );
    assert.equal(found?.lead, '[');
  });

  it('comes with what holds it where that is a dotted name', () => {
    assert.equal(at('if (lock.state.trigger === ¦6) {')?.around[0]?.name, 'state');
  });

  it('takes a line of a log for an object', () => {
    assert.deepEqual(Object.fromEntries(at('INFO smartlockId=7 state=¦3\nstate=4')?.around[0]?.fields ?? []), {
      smartlockId: 7,
      state: 3,
    });
  });

  it('comes with what stands before the outermost object', () => {
    assert.equal(at('POST /smartlock/7/action\n\n{"action": ¦1}')?.lead, 'POST /smartlock/7/action\n\n');
  });

  it('is found in whatever JSON holds it, with the numbers beside it', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), fc.string(), fc.boolean(), (json, value, text, pretty) => {
        const object = { before: JSON.parse(json) as unknown, text, beside: 7, held: { field: value, next: value } };
        const source = JSON.stringify(object, undefined, pretty ? 2 : undefined);
        const found = fieldAt(source, source.lastIndexOf('"field"') + 2);
        assert.equal(found?.field.value, value);
        assert.equal(found.around[0]?.name, 'held');
        assert.equal(found.around[0].fields.get('next'), value);
        assert.equal(found.around[1]?.fields.get('beside'), 7);
      }),
      { numRuns: 300 },
    );
  });

  it('never throws, wherever somebody points', () => {
    const texts = fc.oneof(
      fc.string(),
      fc.json(),
      fc.string({ unit: fc.constantFrom('{', '}', '[', ']', '"', "'", '\\', ':', '=', ',', 'a', '1', ' ', '\n') }),
    );
    fc.assert(
      fc.property(texts, fc.nat({ max: 200 }), (text, offset) => void fieldAt(text, Math.min(offset, text.length))),
    );
  });
});
