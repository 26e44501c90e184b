import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { routes } from '../../src/simulator/api/api.ts';
import table from '../fixtures/nuki-api.json' with { type: 'json' };
import { changesBetween, extractFacts, formatFacts } from './extractFacts.ts';
import { factsSchema, readFacts, type Facts } from './facts.ts';
import { Specification } from './specification.ts';

/** A specification with one of each thing that the table holds, and prose and examples that it does not. */
const small = `
openapi: 3.0.1
info: { title: Small, version: 1.0.0, description: Prose of the whole }
paths:
  /smartlock/{id}:
    post:
      summary: Prose of an operation
      security: [{ oauth: [smartlock, smartlock.action] }]
      parameters:
        - { name: id, in: path, required: true, description: Prose of a parameter, schema: { type: integer } }
        - { name: limit, in: query, schema: { type: integer, default: 20 } }
      requestBody: { required: true, content: { '*/*': { schema: { $ref: '#/components/schemas/Action' } } } }
      responses:
        '200': { description: Prose, content: { '*/*': { schema: { type: array, items: { $ref: '#/components/schemas/Lock' } } } } }
        '423': { content: {}, description: Prose }
  /opener:
    get:
      responses: { '204': { content: {} } }
components:
  schemas:
    Action: { type: object, properties: { kind: { type: string, enum: [LOCK, UNLOCK], description: Prose } } }
    Lock:
      type: object
      required: [state]
      description: Prose
      example: { state: 1 }
      properties:
        state:
          type: integer
          format: int32
          maximum: 255
          description: 'The state if pressed 3 times: type=0/3: 0 .. uncalibrated, 254 .. motor blocked; type=2: 1 online, 0x0A ... open'
          example: 1
        mode: { type: integer, description: 'The mode: 0 .. door (default), 3 .. continuous (type=2 only), 4 .. ring (only Opener)' }
        error: { description: "The error: 0 .. none, 209 door ajar\\nFor source=3 and trigger=253 these are used: 0 .. Revoked" }
        type: { description: 'The optional type 2 .. fob, 13 .. keypad' }
        user: { description: 'The user (required if type is NOT 13 .. keypad)' }
        sound: { description: 'The bitmask: first bit (least significant) .. ring, second bit .. open' }
        part: { $ref: '#/components/schemas/Part' }
        free: { type: object, additionalProperties: { type: string } }
    Part: { type: object, properties: {} }
    Unused: { type: object, properties: { name: { type: string } } }
`;

const smallFacts: Omit<Facts, 'sha256'> = {
  version: '1.0.0',
  operations: {
    'GET /opener': { scopes: [], parameters: {}, responses: { '204': {} } },
    'POST /smartlock/{id}': {
      scopes: ['smartlock', 'smartlock.action'],
      parameters: {
        id: { in: 'path', schema: { type: 'integer', required: true } },
        limit: { in: 'query', schema: { type: 'integer', default: 20 } },
      },
      body: { $ref: 'Action' },
      responses: { '200': { schema: { type: 'array', items: { $ref: 'Lock' } } }, '423': {} },
    },
  },
  schemas: {
    Action: { kind: { type: 'string', enum: ['LOCK', 'UNLOCK'] } },
    Lock: {
      error: { codes: [0, 209], codesWhere: { 'source=3 and trigger=253': [0] } },
      free: { type: 'object' },
      mode: { type: 'integer', codes: [0], codesWhere: { 'type=2': [3, 4] } },
      part: { $ref: 'Part' },
      sound: { bits: 2 },
      state: {
        type: 'integer',
        format: 'int32',
        maximum: 255,
        codesWhere: { 'type=0/3': [0, 254], 'type=2': [1, 10] },
        required: true,
      },
      type: { codes: [2, 13], words: { keypad: 13 } },
      user: {},
    },
    Part: {},
  },
};

describe("The facts of Nuki's OpenAPI", () => {
  const facts = readFacts();

  // Another table has other amounts: they show that none of its parts was lost.
  it('are those of 4.10.0, all of them', () => {
    const operations = Object.keys(facts.operations);
    const specification = new Specification(facts);
    const explained = specification
      .fields()
      .filter(({ schema, field }) => specification.codesOf(schema, field).length > 0);
    assert.deepEqual(
      {
        version: facts.version,
        paths: new Set(operations.map((name) => name.split(' ')[1])).size,
        operations: operations.length,
        schemas: Object.keys(facts.schemas).length,
        fields: specification.fields().length,
        'fields with codes': explained.length,
      },
      { version: '4.10.0', paths: 67, operations: 104, schemas: 100, fields: 758, 'fields with codes': 66 },
    );
  });

  it('have every operation of the simulator, and every schema that one refers to', () => {
    for (const { method, path } of routes) assert.ok(facts.operations[`${method} ${path}`], `${method} ${path}`);
    for (const [, name = ''] of formatFacts(facts).matchAll(/"\$ref": "([^"]*)"/g))
      assert.ok(facts.schemas[name], name);
  });

  it('are printed as the file holds them', () => {
    assert.equal(readFileSync(join(import.meta.dirname, '../fixtures/nuki-api.json'), 'utf8'), formatFacts(facts));
  });

  it('have no prose: a space stands in the names of operations and conditions only', () => {
    const strings = formatFacts(facts).match(/"[^"]*"/g) ?? [];
    const allowed = /^"(GET|PUT|POST|DELETE|PATCH) \S+"$|^"source=3 and trigger=253"$/;
    assert.deepEqual(
      strings.filter((text) => text.includes(' ') && !allowed.test(text)),
      [],
    );
  });

  it('are refused in another form', () => {
    assert.equal(v.is(factsSchema, table), true);
    assert.equal(v.is(factsSchema, { ...table, paths: {} }), false);
    assert.equal(v.is(factsSchema, { ...table, schemas: { Lock: { state: { description: 'Prose' } } } }), false);
    assert.equal(v.is(factsSchema, { ...table, operations: { 'GET /': { parameters: {}, responses: {} } } }), false);
  });
});

describe('The facts of another OpenAPI document', () => {
  const sourceOf = (from: string | RegExp, to: string): string => {
    const source = small.replace(from, to);
    assert.notEqual(source, small, `${from} is not there`);
    return source;
  };
  const changes = (from: string | RegExp, to: string): readonly string[] =>
    changesBetween(extractFacts(small), extractFacts(sourceOf(from, to)));

  it('are taken without its prose, its examples and the schemas that no operation leads to', () => {
    const { sha256, ...others } = extractFacts(small);
    assert.deepEqual(others, smallFacts);
    assert.match(sha256, /^[0-9a-f]{64}$/);
    assert.notEqual(extractFacts(`${small}\n`).sha256, sha256);
  });

  it('are printed sorted, a fact in a line, and read as they were', () => {
    const facts = extractFacts(small);
    const text = formatFacts(facts);
    assert.deepEqual(v.parse(factsSchema, JSON.parse(text)), facts);
    assert.ok(
      text.includes('\n      "mode": { "type": "integer", "codes": [0], "codesWhere": { "type=2": [3, 4] } },\n'),
    );
    assert.ok(text.includes('\n      "parameters": {},\n      "responses": { "204": {} }\n'));
    assert.ok(text.split('\n').every((line) => line.length <= 120));
  });

  it('have not changed where nothing but prose has', () => {
    assert.deepEqual(changes('Prose of an operation', 'Other prose'), []);
  });

  for (const [what, from, to, expected] of [
    [
      'a path',
      '  /opener:',
      '  /box:',
      ['+ GET /box', '+ GET /box response 204', '- GET /opener', '- GET /opener response 204'],
    ],
    [
      'a scope',
      'smartlock.action]',
      'smartlock.act]',
      ['~ POST /smartlock/{id} scopes smartlock smartlock.action → scopes smartlock smartlock.act'],
    ],
    [
      'a parameter',
      'default: 20',
      'default: 50',
      [
        '~ POST /smartlock/{id} parameter limit { "in": "query", "schema": { "type": "integer", "default": 20 } } → { "in": "query", "schema": { "type": "integer", "default": 50 } }',
      ],
    ],
    ['a response', "'423':", "'409':", ['+ POST /smartlock/{id} response 409', '- POST /smartlock/{id} response 423']],
    ['a field', 'free:', 'open:', ['- Lock.free { "type": "object" }', '+ Lock.open { "type": "object" }']],
    [
      'the need for a field',
      'required: [state]',
      'required: []',
      [
        '~ Lock.state { "type": "integer", "format": "int32", "required": true, "maximum": 255 } → { "type": "integer", "format": "int32", "maximum": 255 }',
      ],
    ],
    ['a number', '254 ..', '255 ..', ['- Lock.state code 254 where type=0/3', '+ Lock.state code 255 where type=0/3']],
    ['the device type of a number', ' (type=2 only)', '', ['+ Lock.mode code 3', '- Lock.mode code 3 where type=2']],
    [
      'a schema',
      /Part(?=: \{ type| \})|Part(?=')/g,
      'Piece',
      ['~ Lock.part { "$ref": "Part" } → { "$ref": "Piece" }', '- Part', '+ Piece'],
    ],
  ] as const) {
    it(`say that ${what} has changed`, () => assert.deepEqual(changes(from, to), expected));
  }

  for (const [what, from, to] of [
    ['a schema put together of others', 'free: { type: object,', 'free: { allOf: [],'],
    ['a schema that is no object', 'Part: { type: object,', 'Part: { type: string,'],
    ['a parameter of a name that is taken', 'name: limit', 'name: id'],
    ['a method that is not known', '    get:', '    trace:'],
    ['no version', 'version: 1.0.0', 'versions: 1.0.0'],
  ] as const) {
    it(`are refused with ${what}`, () => assert.throws(() => extractFacts(sourceOf(from, to))));
  }
});
