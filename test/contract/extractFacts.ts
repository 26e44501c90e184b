import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { parse } from 'yaml';
import { factsSchema, type Facts, type Operation, type Schema } from './facts.ts';

/** Words of codes that a test compares with our own vocabulary; all others stay with Nuki. */
const neededWords = ['keypad', 'web'];

interface OpenApiSchema extends Omit<Schema, 'required' | 'items' | 'properties'> {
  readonly description?: string;
  readonly required?: readonly string[];
  readonly items?: OpenApiSchema;
  readonly properties?: Readonly<Record<string, OpenApiSchema>>;
}

const isUnknownHere = v.exactOptional(v.never('The table has no form for schemas that are put together'));

const openApiSchema: v.GenericSchema<unknown, OpenApiSchema> = v.object({
  $ref: v.exactOptional(v.string()),
  type: v.exactOptional(v.string()),
  format: v.exactOptional(v.string()),
  description: v.exactOptional(v.string()),
  enum: v.exactOptional(v.array(v.union([v.string(), v.number()]))),
  minimum: v.exactOptional(v.number()),
  maximum: v.exactOptional(v.number()),
  default: v.exactOptional(v.union([v.string(), v.number(), v.boolean()])),
  required: v.exactOptional(v.array(v.string())),
  items: v.exactOptional(v.lazy(() => openApiSchema)),
  properties: v.exactOptional(
    v.record(
      v.string(),
      v.lazy(() => openApiSchema),
    ),
  ),
  allOf: isUnknownHere,
  anyOf: isUnknownHere,
  oneOf: isUnknownHere,
});

const contentSchema = v.object({
  content: v.optional(v.record(v.string(), v.object({ schema: v.exactOptional(openApiSchema) })), {}),
});

const operationSchema = v.object({
  parameters: v.optional(
    v.array(
      v.object({
        name: v.string(),
        in: v.picklist(['path', 'query', 'header', 'cookie']),
        required: v.optional(v.boolean(), false),
        schema: openApiSchema,
      }),
    ),
    [],
  ),
  requestBody: v.optional(contentSchema, {}),
  responses: v.record(v.string(), contentSchema),
  security: v.optional(v.array(v.record(v.string(), v.array(v.string()))), []),
});

const documentSchema = v.object({
  info: v.object({ version: v.string() }),
  paths: v.record(v.string(), v.record(v.picklist(['get', 'put', 'post', 'delete', 'patch']), operationSchema)),
  components: v.object({ schemas: v.record(v.string(), openApiSchema) }),
});

/** The facts of an OpenAPI document in YAML or JSON. @throws where it has a form that the table cannot hold */
export function extractFacts(text: string): Facts {
  const { info, paths, components } = v.parse(documentSchema, parse(text));
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => {
      const name = `${method.toUpperCase()} ${path}`;
      return [name, operationFacts(name, operation)] as const;
    }),
  );
  const schemas = new Map<string, Readonly<Record<string, Schema>>>();
  const queue = operations.flatMap(([, operation]) => referencesIn(operation));
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    const schema = components.schemas[name];
    if (schemas.has(name) || schema === undefined) continue;
    if ((schema.type ?? 'object') !== 'object') throw new Error(`${name} is no object: the table has no form for that`);
    const { properties = {} } = schemaFacts(schema);
    schemas.set(name, properties);
    queue.push(...referencesIn(properties));
  }
  return v.parse(factsSchema, {
    version: info.version,
    sha256: createHash('sha256').update(text).digest('hex'),
    operations: sorted(operations, ([name]) => name.split(' ').toReversed().join(' ')),
    schemas: sorted([...schemas], ([name]) => name),
  });
}

function operationFacts(name: string, operation: v.InferOutput<typeof operationSchema>): Operation {
  const parameters = operation.parameters.map((parameter) => {
    const schema = { ...schemaFacts(parameter.schema), ...(parameter.required ? { required: true as const } : {}) };
    return [parameter.name, { in: parameter.in, schema }] as const;
  });
  const sortedParameters = sorted(parameters, ([parameter]) => parameter);
  if (Object.keys(sortedParameters).length < parameters.length) throw new Error(`${name} has a parameter twice`);
  const body = schemaOf(operation.requestBody);
  const responses = Object.entries(operation.responses).map(([status, response]) => {
    const schema = schemaOf(response);
    return [status, schema === undefined ? {} : { schema }] as const;
  });
  return {
    scopes: operation.security.flatMap((alternative) => Object.values(alternative).flat()),
    parameters: sortedParameters,
    ...(body === undefined ? {} : { body }),
    responses: sorted(responses, ([status]) => status),
  };
}

function schemaOf({ content = {} }: { content?: v.InferOutput<typeof contentSchema>['content'] }): Schema | undefined {
  const schema = Object.values(content)[0]?.schema;
  return schema && schemaFacts(schema);
}

function schemaFacts({ description, required, items, properties, $ref, ...same }: OpenApiSchema): Schema {
  const fields = Object.entries(properties ?? {}).map(([name, inner]) => {
    const isRequired = required?.includes(name) === true;
    return [name, { ...schemaFacts(inner), ...(isRequired ? { required: true as const } : {}) }] as const;
  });
  return {
    ...($ref === undefined ? {} : { $ref: $ref.replace('#/components/schemas/', '') }),
    ...same,
    ...(items === undefined ? {} : { items: schemaFacts(items) }),
    ...(fields.length === 0 ? {} : { properties: sorted(fields, ([name]) => name) }),
    ...codesIn(description ?? ''),
  };
}

/** A code, what it means, and the device type that alone has it: `3 .. continuous (type=2 only)`, `209 door warning`, `0x0A ... fast`. */
const codePattern =
  /(?:(?<![\w.=<]|NOT )(0x[\dA-F]+|\d+) *\.{2,3}|(?<=(?:^|[,:]) )(\d+)(?= [a-z])) *([^,;\n]*?)(?: *\((?:type=(\d) only|only (Opener))\))?(?=[,;\n]|$)/g;

/**
 * The numbers that a description explains: `0 .. off, 1 .. on`, for all devices or for some, as in
 * `type=0/3/4: 1 .. locked; type=2: 1 .. online`, or only where other fields have a value: `For source=3 and trigger=253 …: 0 .. revoked`.
 */
function codesIn(description: string): Pick<Schema, 'codes' | 'codesWhere' | 'words' | 'bits'> {
  const bits = new Set(description.match(/\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth) bit\b/g)).size;
  if (!/\d *\.\./.test(description)) return bits > 0 ? { bits } : {};
  const codes = new Map<string, Set<number>>();
  const words = new Map<string, number>();
  const parts = description.split(/(type=(?:\d\/)*\d(?=:)|(?<=For )\w+=\d+ and \w+=\d+)/);
  for (const [index, part] of parts.entries()) {
    if (index % 2 === 1) continue;
    const where = parts[index - 1] ?? '';
    for (const [, dotted, bare, word = '', type, opener] of part.matchAll(codePattern)) {
      const code = Number(dotted ?? bare);
      const only = opener === undefined ? type : '2';
      const condition = only === undefined ? where : `type=${only}`;
      codes.set(condition, (codes.get(condition) ?? new Set()).add(code));
      if (neededWords.includes(word)) words.set(word, code);
    }
  }
  const inOrder = [...codes].map(([where, numbers]) => [where, [...numbers].toSorted((a, b) => a - b)] as const);
  const always = inOrder.find(([where]) => where === '')?.[1];
  const conditional = inOrder.filter(([where]) => where !== '');
  return {
    ...(always === undefined ? {} : { codes: always }),
    ...(conditional.length === 0 ? {} : { codesWhere: sorted(conditional, ([where]) => where) }),
    ...(words.size === 0 ? {} : { words: sorted([...words], ([word]) => word) }),
    ...(bits > 0 ? { bits } : {}),
  };
}

/** The names of the schemas to which a part of the table refers. */
function referencesIn(part: object): readonly string[] {
  return Object.entries(part).flatMap(([name, value]: readonly [string, unknown]) => {
    if (typeof value === 'object' && value !== null) return referencesIn(value);
    return name === '$ref' && typeof value === 'string' ? [value] : [];
  });
}

function sorted<T>(
  entries: readonly (readonly [string, T])[],
  by: (entry: readonly [string, T]) => string,
): Record<string, T> {
  return Object.fromEntries(entries.toSorted((a, b) => (by(a) < by(b) ? -1 : 1)));
}

/** What became of the facts, a line each: `+` added, `-` removed, `~` changed. */
export function changesBetween(before: Facts, after: Facts): readonly string[] {
  const old = factsIn(before);
  const current = factsIn(after);
  const names = [...new Set([...old.keys(), ...current.keys()])].toSorted();
  return names.flatMap((name) => {
    const [was, is] = [old.get(name), current.get(name)];
    if (was === is) return [];
    if (was === undefined) return [`+ ${name} ${is}`.trimEnd()];
    return is === undefined ? [`- ${name} ${was}`.trimEnd()] : [`~ ${name} ${was} → ${is}`];
  });
}

/** Each fact by its name; what is only there or not, such as a code, is `''`. */
function factsIn({ operations, schemas }: Facts): ReadonlyMap<string, string> {
  const facts = new Map<string, string>();
  for (const [name, { scopes, parameters, body, responses }] of Object.entries(operations)) {
    facts.set(name, scopes.length === 0 ? '' : `scopes ${scopes.join(' ')}`);
    for (const [parameter, value] of Object.entries(parameters)) {
      facts.set(`${name} parameter ${parameter}`, inOneLine(value));
    }
    if (body !== undefined) facts.set(`${name} body`, inOneLine(body));
    for (const [status, { schema }] of Object.entries(responses)) {
      facts.set(`${name} response ${status}`, schema === undefined ? '' : inOneLine(schema));
    }
  }
  for (const [schema, fields] of Object.entries(schemas)) {
    facts.set(schema, '');
    for (const [field, { codes = [], codesWhere = {}, ...others }] of Object.entries(fields)) {
      facts.set(`${schema}.${field}`, inOneLine(others));
      for (const code of codes) facts.set(`${schema}.${field} code ${code}`, '');
      for (const [where, numbers] of Object.entries(codesWhere)) {
        for (const code of numbers) facts.set(`${schema}.${field} code ${code} where ${where}`, '');
      }
    }
  }
  return facts;
}

/** The table as its file holds it, a fact in a line where it fits. The formatter of this repository writes it so too. */
export function formatFacts(facts: Facts): string {
  return `${inLines(facts, '', '')}\n`;
}

const outerLevels = 2;

function inLines(value: unknown, indentation: string, prefix: string): string {
  const line = inOneLine(value);
  const isOuter = indentation.length <= outerLevels * 2;
  if (!isRecord(value) || line === '{}') return line;
  if (!isOuter && indentation.length + prefix.length + line.length < 120) return line;
  const inner = `${indentation}  `;
  const lines = Object.entries(value).map(([name, each]) => {
    const key = `${JSON.stringify(name)}: `;
    return `${inner}${key}${inLines(each, inner, key)}`;
  });
  return `{\n${lines.join(',\n')}\n${indentation}}`;
}

function inOneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inOneLine).join(', ')}]`;
  if (!isRecord(value)) return JSON.stringify(value);
  const entries = Object.entries(value).map(([name, each]) => `${JSON.stringify(name)}: ${inOneLine(each)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
