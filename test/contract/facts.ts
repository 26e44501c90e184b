import * as v from 'valibot';
import table from '../fixtures/nuki-api.json' with { type: 'json' };

// The facts of Nuki's OpenAPI that the tests need, without its prose. extractFacts.ts makes the table, renewFacts.ts renews it.

/** What is known of a value: JSON Schema, with the number codes that the specification explains in prose only. */
export interface Schema {
  /** The name of another schema, without `#/components/schemas/`. */
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  /** Whether the object that holds the value must have it. */
  readonly required?: true;
  readonly enum?: readonly (string | number)[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: string | number | boolean;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  /** The numbers that have a meaning, whatever the device. */
  readonly codes?: readonly number[];
  /** Those with a meaning under a condition, such as `type=0/3/4` or `source=3 and trigger=253`. */
  readonly codesWhere?: Readonly<Record<string, readonly number[]>>;
  /** The codes of the few words that a test asks for. */
  readonly words?: Readonly<Record<string, number>>;
  /** How many bits of a mask have a meaning. */
  readonly bits?: number;
}

const schemaSchema: v.GenericSchema<unknown, Schema> = v.strictObject({
  $ref: v.exactOptional(v.string()),
  type: v.exactOptional(v.string()),
  format: v.exactOptional(v.string()),
  required: v.exactOptional(v.literal(true)),
  enum: v.exactOptional(v.array(v.union([v.string(), v.number()]))),
  minimum: v.exactOptional(v.number()),
  maximum: v.exactOptional(v.number()),
  default: v.exactOptional(v.union([v.string(), v.number(), v.boolean()])),
  items: v.exactOptional(v.lazy(() => schemaSchema)),
  properties: v.exactOptional(
    v.record(
      v.string(),
      v.lazy(() => schemaSchema),
    ),
  ),
  codes: v.exactOptional(v.array(v.number())),
  codesWhere: v.exactOptional(v.record(v.string(), v.array(v.number()))),
  words: v.exactOptional(v.record(v.string(), v.number())),
  bits: v.exactOptional(v.number()),
});

const parameterSchema = v.strictObject({ in: v.picklist(['path', 'query', 'header', 'cookie']), schema: schemaSchema });

const operationSchema = v.strictObject({
  scopes: v.array(v.string()),
  parameters: v.record(v.string(), parameterSchema),
  /** Absent where the request has no body. */
  body: v.exactOptional(schemaSchema),
  /** By status; without `schema` where the response has no body. */
  responses: v.record(v.string(), v.strictObject({ schema: v.exactOptional(schemaSchema) })),
});

export type Operation = v.InferOutput<typeof operationSchema>;

export const factsSchema = v.strictObject({
  version: v.string(),
  /** Of the file from which the facts were taken. */
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  /** By method and path, such as `GET /smartlock`. */
  operations: v.record(v.string(), operationSchema),
  /** The fields of each schema that an operation leads to. */
  schemas: v.record(v.string(), v.record(v.string(), schemaSchema)),
});

export type Facts = v.InferOutput<typeof factsSchema>;

/** @throws where the table has another form */
export function readFacts(): Facts {
  return v.parse(factsSchema, table);
}
