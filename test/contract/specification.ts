import { readFacts, type Facts, type Operation, type Schema } from './facts.ts';

/** A value somewhere in a response: where it is, and what it should be. */
export interface Place {
  /** Names of fields; 0 for an element of a list. */
  readonly path: readonly (string | 0)[];
  readonly schema: Schema;
}

/** A number with a meaning, and the values of other fields for which it has it: `{ type: 2 }`. */
export interface Code {
  readonly code: number;
  readonly where: Readonly<Record<string, number>>;
}

/** Nuki's OpenAPI, as far as its facts go. */
export class Specification {
  readonly #facts: Facts;

  constructor(facts: Facts = readFacts()) {
    this.#facts = facts;
  }

  /** Each operation by its method and path, such as `GET /smartlock`. */
  operations(): readonly string[] {
    return Object.keys(this.#facts.operations);
  }

  operation(method: string, path: string): Operation | undefined {
    return this.#facts.operations[`${method} ${path}`];
  }

  /** Each field of each schema that may be looked for. */
  fields(): readonly { readonly schema: string; readonly field: string }[] {
    const schemas = Object.entries(this.#facts.schemas);
    return schemas.flatMap(([schema, fields]) => Object.keys(fields).map((field) => ({ schema, field })));
  }

  fieldsOf(schema: string): readonly string[] {
    return Object.keys(this.#facts.schemas[schema] ?? {});
  }

  /** @throws where the schema has no such field */
  field(schema: string, field: string): Schema {
    const found = this.#facts.schemas[schema]?.[field];
    if (found === undefined) throw new Error(`Nuki's OpenAPI has no ${schema}.${field}`);
    return found;
  }

  /** The numbers of a field that the specification explains, once for each device type that it names. */
  codesOf(schema: string, field: string): readonly Code[] {
    const { codes = [], codesWhere = {} } = this.field(schema, field);
    const conditional = Object.entries(codesWhere).flatMap(([condition, numbers]) =>
      alternativesOf(condition).flatMap((where) => numbers.map((code) => ({ code, where }))),
    );
    return [...codes.map((code) => ({ code, where: {} })), ...conditional];
  }

  /** Every value that an element of a response may have, the whole element first. */
  placesIn(name: string): readonly Place[] {
    return this.#placesBelow({ $ref: name }, []);
  }

  #placesBelow(reference: Schema, path: Place['path']): readonly Place[] {
    const schema = this.#resolve(reference) ?? {};
    const fields = Object.entries(schema.properties ?? {}).flatMap(([field, inner]) =>
      this.#placesBelow(inner, [...path, field]),
    );
    const elements = schema.items ? this.#placesBelow(schema.items, [...path, 0]) : [];
    return [{ path, schema }, ...fields, ...elements];
  }

  #resolve(schema: Schema): Schema | undefined {
    if (schema.$ref === undefined) return schema;
    const properties = this.#facts.schemas[schema.$ref];
    return properties && { type: 'object', properties };
  }

  /**
   * What is wrong with `value`, as `<schema>.<field> <rule>`, such as `SmartlockAuth.type maximum`; empty when nothing is.
   * `at` names the place.
   */
  violations(schema: Schema, value: unknown, at: string): readonly string[] {
    if (schema.$ref !== undefined) {
      const target = this.#resolve(schema);
      return target === undefined ? [`${schema.$ref} unknown`] : this.violations(target, value, schema.$ref);
    }
    const broken = brokenRules(schema, value).map((rule) => `${at} ${rule}`);
    if (Array.isArray(value)) {
      const elements: readonly unknown[] = value;
      return broken.concat(elements.flatMap((element) => this.violations(schema.items ?? {}, element, at)));
    }
    if (!isObject(value)) return broken;
    const properties = Object.entries(schema.properties ?? {});
    const absent = properties.filter(([field, { required }]) => required === true && !Object.hasOwn(value, field));
    const fields = Object.entries(value).flatMap(([field, inner]) => {
      const known = schema.properties?.[field];
      // An object without named fields may have any.
      if (known === undefined) return properties.length === 0 ? [] : [`${at}.${field} unknown`];
      return this.violations(known, inner, `${at}.${field}`);
    });
    return [...broken, ...absent.map(([field]) => `${at}.${field} required`), ...fields];
  }
}

/** `type=0/3/4` has three alternatives; `source=3 and trigger=253` is one. */
function alternativesOf(condition: string): readonly Code['where'][] {
  return condition.split(' and ').reduce<readonly Code['where'][]>(
    (alternatives, part) => {
      const [field = '', values = ''] = part.split('=');
      return values
        .split('/')
        .flatMap((value) => alternatives.map((others) => ({ ...others, [field]: Number(value) })));
    },
    [{}],
  );
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
  const allowed: readonly unknown[] | undefined = values;
  const broken = {
    type: type !== undefined && types[type]?.(value) === false,
    format: format !== undefined && formats[format]?.(value) === false,
    enum: allowed?.includes(value) === false,
    minimum: minimum !== undefined && typeof value === 'number' && value < minimum,
    maximum: maximum !== undefined && typeof value === 'number' && value > maximum,
  };
  return Object.entries(broken).flatMap(([rule, isBroken]) => (isBroken ? [rule] : []));
}
