import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { parse } from 'yaml';

/** Nuki's OpenAPI and samples: not part of the repository, beside it where they are. Inside VS Code the runner says where that is. */
export const sharedFolder = process.env['KEYTURNER_SHARED'] ?? join(import.meta.dirname, '../../../shared/nuki');

export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

/** A value somewhere in an answer: where it is, and what it should be. */
export interface Place {
  /** Names of fields; 0 for an element of a list. */
  readonly path: readonly (string | 0)[];
  readonly schema: Schema;
}

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema: Schema }>>;
}

export interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content>>;
  readonly security: readonly { readonly oauth: readonly string[] }[];
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** Why a test that needs the specification is not run, or `undefined` when it can be. */
export const missing = existsSync(join(sharedFolder, 'openapi-4.10.0.yaml'))
  ? undefined
  : `${sharedFolder} is missing: Nuki's OpenAPI is not part of this repository`;

export class Specification {
  readonly #document: Document;

  constructor(document: Document) {
    this.#document = document;
  }

  operation(method: string, path: string): Operation | undefined {
    return this.#document.paths[path]?.[method.toLowerCase()];
  }

  /** The names of the fields of each schema. */
  fields(): readonly (readonly [schema: string, fields: readonly string[]])[] {
    const schemas = Object.entries(this.#document.components.schemas);
    return schemas.map(([name, { properties = {} }]) => [name, Object.keys(properties)] as const);
  }

  /** The prose of a field, such as `SmartlockLog.trigger`. */
  prose(schema: string, field: string): string {
    return this.#document.components.schemas[schema]?.properties?.[field]?.description ?? '';
  }

  requestSchema(operation: Operation): Schema | undefined {
    return operation.requestBody?.content?.['*/*']?.schema;
  }

  answerSchema(operation: Operation, status: number): Schema | undefined {
    return operation.responses[status]?.content?.['*/*']?.schema;
  }

  /** Everything that an answer of a schema has, the whole of it first. */
  placesIn(name: string): readonly Place[] {
    return this.#placesBelow({ $ref: `#/components/schemas/${name}` }, []);
  }

  #placesBelow(reference: Schema, path: Place['path']): readonly Place[] {
    const schema = this.#resolve(reference);
    const fields = Object.entries(schema.properties ?? {}).flatMap(([field, inner]) =>
      this.#placesBelow(inner, [...path, field]),
    );
    const elements = schema.items ? this.#placesBelow(schema.items, [...path, 0]) : [];
    return [{ path, schema }, ...fields, ...elements];
  }

  #resolve(schema: Schema): Schema {
    const name = schema.$ref?.replace('#/components/schemas/', '');
    return name === undefined ? schema : (this.#document.components.schemas[name] ?? {});
  }

  /**
   * What is wrong with `value`, as `<schema>.<field> <rule>`, such as `SmartlockAuth.type maximum`; empty when nothing is.
   * `at` names the place.
   */
  violations(schema: Schema, value: unknown, at: string): readonly string[] {
    if (schema.$ref !== undefined) {
      const name = schema.$ref.replace('#/components/schemas/', '');
      const target = this.#document.components.schemas[name];
      return target === undefined ? [`${name} unknown`] : this.violations(target, value, name);
    }
    const broken = brokenRules(schema, value).map((rule) => `${at} ${rule}`);
    if (Array.isArray(value)) {
      const elements: readonly unknown[] = value;
      return broken.concat(elements.flatMap((element) => this.violations(schema.items ?? {}, element, at)));
    }
    if (!isObject(value)) return broken;
    const missingFields = (schema.required ?? []).filter((field) => !Object.hasOwn(value, field));
    const fields = Object.entries(value).flatMap(([field, inner]) => {
      const known = schema.properties?.[field];
      const isFree = schema.properties === undefined || Object.keys(schema.properties).length === 0;
      if (known === undefined) return isFree ? [] : [`${at}.${field} unknown`];
      return this.violations(known, inner, `${at}.${field}`);
    });
    return [...broken, ...missingFields.map((field) => `${at}.${field} required`), ...fields];
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const types: Readonly<Record<string, (value: unknown) => boolean>> = {
  integer: Number.isSafeInteger,
  number: (value) => typeof value === 'number',
  string: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
  array: Array.isArray,
  object: isObject,
};

const formats: Readonly<Record<string, (value: unknown) => boolean>> = {
  int32: (value) => Math.abs(Number(value)) < 2 ** 31,
  int64: Number.isSafeInteger,
  'date-time': (value) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(String(value)),
};

function brokenRules({ type, format, enum: values, minimum, maximum }: Schema, value: unknown): readonly string[] {
  const broken = {
    type: type !== undefined && types[type]?.(value) === false,
    format: format !== undefined && formats[format]?.(value) === false,
    enum: values?.includes(value) === false,
    minimum: minimum !== undefined && typeof value === 'number' && value < minimum,
    maximum: maximum !== undefined && typeof value === 'number' && value > maximum,
  };
  return Object.entries(broken).flatMap(([rule, isBroken]) => (isBroken ? [rule] : []));
}

/** @throws where the folder is missing: see {@link missing} */
export function readSpecification(): Specification {
  const yaml: unknown = parse(readFileSync(join(sharedFolder, 'openapi-4.10.0.yaml'), 'utf8'));
  return new Specification(v.parse(v.custom<Document>(isObject), yaml));
}
