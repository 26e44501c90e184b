import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { fieldAt, type FieldInContext } from '../../../src/apiHelp/fieldAt.ts';

/** Reads at the `¦` of a text. */
function at(text: string): FieldInContext | undefined {
  return fieldAt(text.replace('¦', ''), text.indexOf('¦'));
}

function fieldIn(text: string): readonly [name: string, value: number] | undefined {
  const found = at(text)?.field;
  return found && [found.name, found.value];
}

/** Those of the innermost object around the `¦` of a text. */
function fieldsBeside(text: string): Readonly<Record<string, number | undefined>> {
  return Object.fromEntries(at(text)?.enclosing[0]?.fields ?? []);
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
    ['the end of a sentence', 'It says state=¦3.'],
    ['a query', 'GET /lockAction?a=1&state=¦3&b=2'],
    ['a line with a comment', 'state: ¦3 // unlocked'],
    ['a condition', 'x.state === ¦3 && go'],
    ['an if of Python', 'if state == ¦3:'],
    ['a ternary', 'state === ¦3 ? a : b'],
    ['a string in JSON in a string', String.raw`log("{\"state\": \"¦3\"}")`],
    ['a text that begins with a fraction', '.5 state=¦3'],
  ] as const) {
    it(`is found in ${what}`, () => assert.deepEqual(fieldIn(text), ['state', 3], text));
  }

  for (const text of [
    '{"state": "¦08:00"}',
    '{"st¦ate": "08:00"}',
    '{"state": "08:¦00"}',
    'state: ¦08:00',
    'st¦ate: 08:00',
    '{"state": "¦2026-09-01"}',
    'state=¦2026-09-01',
    'state=¦1/2',
    'state=¦3%',
    '{"state": "¦3 days"}',
    '{"state": "¦3, 4"}',
    '{ state: ¦64 + 8 }',
    '{ st¦ate: 64 | 8 }',
    '{ state: ¦1 << 3 }',
    '{ state: ¦60 * 9 }',
    '5.9.¦4',
    '{"a": 1.¦5}',
    '{"a": ¦1.5}',
    '{"a": ¦3x}',
    '{"a": ¦x3}',
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
      found?.enclosing.map(({ name, fields }) => [name, Object.fromEntries(fields)]),
      [
        ['state', { mode: 2, state: 3 }],
        [undefined, { type: 5, name: undefined, config: undefined, state: undefined, serverState: 0 }],
      ],
    );
    assert.match(found?.textBefore ?? '', /^\[\{"type": 5, .*"mode": 2, "$/);
  });

  it('is found with all digits of its value', () => {
    assert.deepEqual(fieldIn('{ "state": ¦254 }'), ['state', 254]);
    assert.deepEqual(fieldIn('{ "st¦ate": 0xFE }'), ['state', 254]);
  });

  it('comes with whole numbers alone, of any length and in both notations', () => {
    assert.deepEqual(fieldsBeside('{ "a": 12, "b": 0x1F, "c": 3px, "d": x3, "e": 1.5, "state": ¦3 }'), {
      a: 12,
      b: 31,
      c: undefined,
      d: undefined,
      e: undefined,
      state: 3,
    });
  });

  it('comes with the four innermost objects around it', () => {
    const found = at('x { a: { b: { c: { d: { state: ¦3');
    assert.deepEqual(
      found?.enclosing.map(({ name }) => name),
      ['d', 'c', 'b', 'a'],
    );
    assert.equal(found?.textBefore, 'x { a: { b: { c: { d: { ');
  });

  it('does not take a brace in a string for an object', () => {
    assert.equal(at('"{" : { "state": ¦3 }')?.enclosing.length, 1);
    assert.equal(at("{ 'a': '}', 'state': ¦3 }")?.enclosing.length, 1);
  });

  it('does not take two apostrophes of two lines for a string', () => {
    assert.equal(at("it's {\n  it's: 1, state: ¦3\n}")?.textBefore, "it's {\n  it's: 1, ");
  });

  it('comes with at most the 1,000 characters before the outermost object', () => {
    const before = 'x'.repeat(999);
    assert.equal(at(`POST ${before} {"state": ¦3}`)?.textBefore, `${before} {"`);
  });

  it('does not come with fields that are thousands of characters away', () => {
    const beside = fieldsBeside(`{ "state": ¦3, "near": 1, ${' '.repeat(4_100)} "far": 2 }`);
    assert.deepEqual(beside, { state: 3, near: 1 });
  });

  it('comes with all of the last line of a log', () => {
    assert.deepEqual(fieldsBeside('trigger=1\nstate=¦3 trigger=27'), { state: 3, trigger: 27 });
  });

  it('comes with what holds it where that is a dotted name', () => {
    assert.equal(at('if (lock.state.trigger === ¦6) {')?.enclosing[0]?.name, 'state');
  });

  it('takes a line of a log for an object', () => {
    assert.deepEqual(Object.fromEntries(at('INFO smartlockId=7 state=¦3\nstate=4')?.enclosing[0]?.fields ?? []), {
      smartlockId: 7,
      state: 3,
    });
  });

  it('comes with what stands before it, from before the outermost object', () => {
    assert.equal(at('POST /smartlock/7/action\n\n{"action": ¦1}')?.textBefore, 'POST /smartlock/7/action\n\n{"');
    assert.match(
      at('{ url: "/smartlock/7/action", data: { action: ¦1 } }')?.textBefore ?? '',
      /"\/smartlock\/7\/action"/,
    );
  });

  it('is the id in a path, under the name that it has in objects', () => {
    for (const text of [
      'fetch("https://api.nuki.io/smartlock/¦21913877581/action")',
      'GET https://api.nuki.io/smartlock/2191387758¦1',
      'curl $HOST/smartlock/¦21913877581/auth/x',
    ]) {
      assert.deepEqual(fieldIn(text), ['smartlockId', 21_913_877_581], text);
    }
    for (const text of ['/smartlock/¦auth', '/smartlock/¦5f0c', '/account/¦7', '/smartlock/7.¦5'])
      assert.equal(fieldIn(text), undefined, text);
  });

  it('is found in whatever JSON holds it, with the numbers beside it', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), fc.string(), fc.boolean(), (json, value, text, pretty) => {
        const object = { before: JSON.parse(json) as unknown, text, beside: 7, held: { field: value, next: value } };
        const source = JSON.stringify(object, undefined, pretty ? 2 : undefined);
        const found = fieldAt(source, source.lastIndexOf('"field"') + 2);
        assert.equal(found?.field.value, value);
        assert.equal(found.enclosing[0]?.name, 'held');
        assert.equal(found.enclosing[0].fields.get('next'), value);
        assert.equal(found.enclosing[1]?.fields.get('beside'), 7);
      }),
      { numRuns: 300 },
    );
  });

  it('never throws, wherever the pointer is', () => {
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
