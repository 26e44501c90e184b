import assert from 'node:assert/strict';
import { placeInJson, placeInYaml, type TextPlace } from '../../../src/accessEditor/placeInText.ts';

/** The place of the cursor, `¦`, with what is typed there. */
function placeIn(read: typeof placeInYaml, marked: string) {
  const offset = marked.indexOf('¦');
  const text = marked.replace('¦', '');
  const place = read(text, offset) ?? assert.fail(`no place in ${marked}`);
  return { ...place, typed: text.slice(place.from, offset) };
}

type Told = Partial<TextPlace> & { readonly typed?: string };

/** Whether a place has what is told of it. */
function assertPlace(read: typeof placeInYaml, marked: string, told: Told): void {
  const place = placeIn(read, marked);
  const compared = Object.fromEntries(Object.keys(told).map((field) => [field, Reflect.get(place, field)]));
  assert.deepEqual(compared, told, marked);
}

const file = `version: 1
doors:
  front: { id: 21913877581, name: Front Door }
  garage:
    id: 17198957927
access:
  # Monday's
  - key: cleaning
    name: Cleaning
    doors: [front, garage]
  - key: weber
    doors:
      - front
`;

describe('the place of the cursor', () => {
  for (const [marked, told] of [
    ['¦', { path: [], kind: 'key', typed: '' }],
    ['ver¦', { path: [], kind: 'key', typed: 'ver' }],
    ['version: ¦', { path: ['version'], kind: 'value', typed: '' }],
    [`${file}    by: co¦`, { path: ['access', 1, 'by'], kind: 'value', typed: 'co' }],
    [`${file}    by: "co¦"`, { path: ['access', 1, 'by'], isQuoted: true, typed: 'co' }],
    [`${file}    ¦`, { path: ['access', 1], kind: 'key', keys: new Set(['key', 'doors']) }],
    [`${file}      - gar¦`, { path: ['access', 1, 'doors', 1], kind: 'key', typed: 'gar' }],
    [`${file}  - ¦`, { path: ['access', 2], kind: 'key', keys: new Set<string>() }],
    [`${file}  - key: x\n    na¦`, { path: ['access', 2], kind: 'key', keys: new Set(['key']), typed: 'na' }],
    [file.replace('[front', '[¦front'), { path: ['access', 0, 'doors', 0], kind: 'value', style: 'flow' }],
    [file.replace('garage]', 'gar¦]'), { path: ['access', 0, 'doors', 1], kind: 'value', typed: 'gar' }],
    [file.replace('name: Front Door', 'na¦'), { path: ['doors', 'front'], kind: 'key', keys: new Set(['id']) }],
    [file.replace('    id: 17198957927', '    id: ¦'), { path: ['doors', 'garage', 'id'], kind: 'value' }],
    [file.replace('  garage:\n', '  garage:\n    ¦\n'), { path: ['doors', 'garage'], keys: new Set(['id']) }],
    [file.replace('  garage:\n', '  ¦\n  garage:\n'), { path: ['doors'], keys: new Set(['front', 'garage']) }],
    [file.replace('    name: Cleaning', '    ¦'), { path: ['access', 0], keys: new Set(['key', 'doors']) }],
    ['access:\n- key: a\n- key: b\n  ¦', { path: ['access', 1], kind: 'key', keys: new Set(['key']) }],
    ['access:\r\n  - key: a\r\n    by: ¦\r\n', { path: ['access', 0, 'by'], typed: '' }],
  ] as const) {
    it(`is known in YAML: ${JSON.stringify(told)}`, () => assertPlace(placeInYaml, marked, told));
  }

  it('is none in a comment', () => assert.equal(placeInYaml('access: # by: ', 14), undefined));

  const json = `{
  "version": 1,
  "doors": { "front": { "id": 21913877581, "name": "Front Door" } },
  "access": [
    { "key": "cleaning", "hours": "09:00–17:00", "doors": ["front"], "by": "code" },
    { "key": "weber", ¦ "name": "Weber" }
  ]
}`;
  const inJson = (from: string, to: string): string => json.replace('¦', '').replace(from, to);

  for (const [marked, told] of [
    [json, { path: ['access', 1], kind: 'key', isQuoted: false, keys: new Set(['key', 'name']) }],
    [inJson('"by": "code"', '"by": "c¦"'), { path: ['access', 0, 'by'], kind: 'value', isQuoted: true, typed: 'c' }],
    [inJson('"by": "code"', '"by": ¦'), { path: ['access', 0, 'by'], kind: 'value', isQuoted: false }],
    [inJson('"by": "code"', '"b¦"'), { path: ['access', 0], kind: 'key', isQuoted: true, typed: 'b' }],
    [inJson('"by"', '"b¦y"'), { path: ['access', 0], kind: 'key', keys: new Set(['key', 'hours', 'doors']) }],
    [inJson('["front"]', '["front", "¦"]'), { path: ['access', 0, 'doors', 1], isQuoted: true }],
    [inJson('"front": {', '¦ "front": {'), { path: ['doors'], kind: 'key', keys: new Set(['front']) }],
    ['{ ¦', { path: [], kind: 'key' }],
  ] as const) {
    it(`is known in JSON: ${JSON.stringify(told)}`, () => assertPlace(placeInJson, marked, told));
  }

  it('is found in an unfinished text, whatever is missing', () => {
    const whole = inJson('', '');
    for (let end = 2; end < whole.length; end++) placeInJson(whole.slice(0, end), end);
    for (let end = 0; end < file.length; end++) placeInYaml(file.slice(0, end), end);
    assert.deepEqual(placeInJson('{ "access": [ { "by": "', 23)?.path, ['access', 0, 'by']);
  });
});
