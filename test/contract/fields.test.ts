import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { apiObjectNames, type ApiObject } from '../../src/apiHelp/apiObjects.ts';
import { fieldAt } from '../../src/apiHelp/fieldAt.ts';
import { interpretationsOf } from '../../src/apiHelp/meaning.ts';
import { inEnglish } from '../../src/base/locale.ts';
import { createClient, type NukiClient } from '../../src/nuki/http/client.ts';
import { NukiError } from '../../src/nuki/http/errors.ts';
import beyondOpenApi from '../fixtures/nuki-field.json' with { type: 'json' };
import { FakeClock } from '../unit/fakeClock.ts';
import { readFacts, type Schema } from './facts.ts';
import { answersOf, type Surface } from './surfaces.ts';

const facts = readFacts();

/** A field of an answer: the schema that names it, and where it is in the answer. */
interface AnswerField {
  readonly schema: string;
  readonly name: string;
  readonly path: readonly string[];
  readonly value: Schema;
}

/** A line of docs/fields.md. */
interface Line {
  readonly seen: readonly string[];
  readonly note: string;
}

/** The templates of the paths that a client reads. */
async function pathsRead(): Promise<ReadonlySet<string>> {
  const asked = new Set<string>();
  const fetch: typeof globalThis.fetch = (input) => {
    const { pathname } = new URL(input instanceof Request ? input.url : input);
    const operation = Object.keys(facts.operations)
      .filter((name) => name.startsWith('GET '))
      .toSorted((a, b) => a.split('{').length - b.split('{').length)
      .find((name) => new RegExp(`^${name.slice(4).replace(/\{\w+\}/g, '[^/]+')}$`).test(pathname));
    asked.add(operation ?? assert.fail(pathname));
    return Promise.resolve(Response.json({}));
  };
  const reads: readonly ((client: NukiClient) => Promise<unknown>)[] = [
    (client) => client.account(),
    (client) => client.smartlocks(),
    (client) => client.smartlock(1),
    (client) => client.authorizations(1),
    (client) => client.allAuthorizations(),
    (client) => client.authorization(1, 'a'),
    (client) => client.people(),
    (client) => client.integrations(),
    (client) => client.activity(1, 1),
    (client) => client.accountActivity(1),
  ];
  for (const read of reads) {
    const client = createClient('a-token-of-the-tests', { clock: new FakeClock(), random: () => 0, fetch });
    await assert.rejects(read(client), NukiError);
  }
  return asked;
}

/** The schema of what an operation answers with, or of the elements of it. */
function answerOf(operation: string): string {
  const { schema } = facts.operations[operation]?.responses['200'] ?? {};
  return schema?.$ref ?? schema?.items?.$ref ?? assert.fail(operation);
}

/** Every field of an answer, those of the objects in it, too. */
function fieldsIn(schema: string, path: readonly string[] = []): readonly AnswerField[] {
  const known = Object.entries(facts.schemas[schema] ?? {});
  const beyond: Readonly<Record<string, object>> = beyondOpenApi.codes;
  const unknown = Object.entries(beyond[schema] ?? {}).flatMap(([name, codes]: [string, unknown]) =>
    facts.schemas[schema]?.[name] === undefined && Array.isArray(codes)
      ? [[name, { type: 'integer', codes: codes.map(Number) }] as const]
      : [],
  );
  return [...known, ...unknown].flatMap(([name, value]: readonly [string, Schema]) => {
    const inner = value.$ref;
    const own = { schema, name, path: [...path, name], value };
    return inner === undefined ? [own] : [own, ...fieldsIn(inner, own.path)];
  });
}

/** Values of all kinds that a field may have, among them none. */
function valuesOf({ type, format, enum: choices = [], codes = [], codesWhere = {}, $ref }: Schema): readonly unknown[] {
  if ($ref !== undefined) return [undefined, { date: '2026-11-20T08:00:00.000Z', counter: 1 }];
  if (type === 'boolean') return [undefined, true, false];
  if (type === 'array') return [undefined, [], [1], [2]];
  if (type === 'object') return [undefined, {}, { 1: 'thumb' }, { 1: 'thumb', 2: 'index' }];
  if (type === 'number') return [undefined, 1.5, 48.2];
  if (type === 'integer') {
    const known = [...codes, ...Object.values(codesWhere).flat(), ...choices];
    return [undefined, ...known, 0, 1, 2, 3, 13, 37, 99, 196_608, 21_913_877_581];
  }
  if (format === 'date-time') return [undefined, ...[2025, 2026, 2028].map((year) => `${year}-02-03T04:05:06.000Z`)];
  return [undefined, ...choices, 'Aaa', 'Zzz', '7'];
}

function withValue(answer: object, [first = '', ...rest]: readonly string[], value: unknown): object {
  if (rest.length === 0) return { ...answer, [first]: value };
  const inner: unknown = Reflect.get(answer, first);
  return { ...answer, [first]: withValue(typeof inner === 'object' && inner !== null ? inner : {}, rest, value) };
}

/** The surfaces of an answer on which another value of a field makes a difference. */
async function surfacesOf(answer: string, field: AnswerField): Promise<readonly string[]> {
  const { examples, surfaces } = answersOf[answer] ?? assert.fail(answer);
  const seen: string[] = [];
  for (const [name, surface] of Object.entries(surfaces)) {
    for (const example of examples) {
      if (seen.includes(name)) break;
      if (await makesADifference(surface, example, field)) seen.push(name);
    }
  }
  return seen;
}

async function makesADifference(surface: Surface, example: object, { path, value }: AnswerField): Promise<boolean> {
  let first: string | undefined;
  for (const each of valuesOf(value)) {
    const changed: unknown = JSON.parse(JSON.stringify(withValue(example, path, each)));
    assert.ok(isJson(changed));
    const text = await surface(changed).catch(refusalOf);
    if (first !== undefined && text !== first) return true;
    first = text;
  }
  return false;
}

function refusalOf(error: unknown): string {
  return error instanceof NukiError ? error.reason : assert.fail(String(error));
}

function isJson(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

const apiObjectOfSchema: Readonly<Record<string, ApiObject>> = {
  Smartlock: 'device',
  'Smartlock.State': 'state',
  'Smartlock.Config': 'config',
  'Smartlock.AdvancedConfig': 'lockSettings',
  'Smartlock.OpenerAdvancedConfig': 'openerSettings',
  'Smartlock.SmartdoorAdvancedConfig': 'doorSettings',
  SmartlockAuth: 'authorization',
  SmartlockLog: 'log',
  'SmartlockLog.OpenerLog': 'openerLog',
  MyAccount: 'account',
  AccountUser: 'person',
};

/** Whether the editor explains a value of a field to who points at it, in an answer that has all of its fields. */
function isExplained(answer: string, { schema, path, value }: AnswerField): boolean {
  const apiObject = apiObjectOfSchema[schema];
  if (apiObject === undefined) return false;
  const whole = fieldsIn(answer).reduce<object>((object, field) => withValue(object, field.path, 0), {});
  const types = answer === 'Smartlock' ? [2, 3, 4] : [undefined];
  return types.some((type) => {
    const around = type === undefined ? whole : withValue(whole, ['type'], type);
    const isList = value.type === 'array';
    return valuesOf(isList ? { type: 'integer' } : value).some((each) => {
      if (typeof each !== 'number') return false;
      const marked = JSON.stringify(withValue(around, path, isList ? ['HERE'] : 'HERE'), undefined, 1);
      const at = marked.indexOf('"HERE"');
      const found = fieldAt(marked.replace('"HERE"', String(each)), at);
      const readings = found ? interpretationsOf(found, 'nuki.json', { t: inEnglish, language: 'en', now: 0 }) : [];
      return readings.some(({ object }) => object.startsWith(apiObjectNames[apiObject]));
    });
  });
}

/** The tables of docs/fields.md, by schema and field. */
function documented(): ReadonlyMap<string, ReadonlyMap<string, Line>> {
  const text = readFileSync(join(import.meta.dirname, '../../docs/fields.md'), 'utf8');
  const sections = text.split(/^## /m).slice(1);
  return new Map(
    sections.map((section) => {
      const [title = '', ...lines] = section.split('\n');
      const rows = lines.flatMap((line) => {
        const [, name = '', seen = '', note = ''] = /^\| `(\w+)` \| ([^|]*) \| ([^|]*) \|$/.exec(line) ?? [];
        return name === '' ? [] : [[name, { seen: seen === '–' ? [] : seen.split(', '), note }] as const];
      });
      return [title.replaceAll('`', ''), new Map(rows)];
    }),
  );
}

describe('Every field of the answers that are read', () => {
  const roots = Object.keys(answersOf);
  const fields = roots.flatMap((answer) => fieldsIn(answer).map((field) => ({ answer, ...field })));
  const tables = documented();

  it('is one of these answers', async () => {
    const answers = new Set([...(await pathsRead())].map(answerOf));
    assert.deepEqual([...answers].toSorted(), roots.toSorted());
  });

  it('stands in docs/fields.md, and nothing else does', () => {
    const inTables = [...tables].flatMap(([schema, table]) => [...table.keys()].map((name) => `${schema}.${name}`));
    const inFacts = new Set(fields.map(({ schema, name }) => `${schema}.${name}`));
    assert.deepEqual(inTables.toSorted(), [...inFacts].toSorted());
  });

  it('says there why it is seen nowhere, or what for it is seen', () => {
    const silent = [...tables].flatMap(([schema, table]) =>
      [...table].flatMap(([name, { note }]) => (note.trim() === '' ? [`${schema}.${name}`] : [])),
    );
    assert.deepEqual(silent, []);
  });

  const bySchema = Map.groupBy(fields, ({ schema }) => schema);
  for (const [schema, own] of bySchema) {
    it(`is seen where docs/fields.md says, and nowhere else: ${schema}`, async () => {
      const names = [...new Set(own.map(({ name }) => name))];
      const actual = new Map<string, Set<string>>(names.map((name) => [name, new Set()]));
      for (const field of own) {
        if (field.value.$ref !== undefined && field.name !== 'operationId') continue;
        const seen = [
          ...(await surfacesOf(field.answer, field)),
          ...(isExplained(field.answer, field) ? ['editor'] : []),
        ];
        for (const each of seen) actual.get(field.name)?.add(each);
      }
      const written = names.map((name) => [name, (tables.get(schema)?.get(name)?.seen ?? []).join(', ')]);
      assert.deepEqual(
        written,
        names.map((name) => [name, [...(actual.get(name) ?? [])].join(', ')]),
      );
    });
  }
});
