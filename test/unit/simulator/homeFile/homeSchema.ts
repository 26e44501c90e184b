import { toJsonSchema } from '@valibot/to-json-schema';
import * as v from 'valibot';
import { homeFileSchema } from '../../../../src/simulator/homeFile/homeFileSchema.ts';

export const schemaPath = 'docs/home.schema.json';
export const pagePath = 'docs/home-file.md';

/** The JSON Schema of home files, as docs/home.schema.json has it. Rules that no JSON Schema can have are left out. */
export function homeJsonSchema(): object {
  return toJsonSchema(homeFileSchema, { target: 'draft-07', typeMode: 'input', ignoreActions: ['check'] });
}

const fieldSchema = v.looseObject({
  description: v.string(),
  default: v.optional(v.unknown()),
  enum: v.optional(v.array(v.unknown())),
});
const objectSchema = v.looseObject({ properties: v.record(v.string(), v.unknown()), required: v.array(v.string()) });
const listSchema = v.looseObject({ items: objectSchema });

/** How many choices a table says at most: all words, but not all time zones. */
const mostChoices = 40;

/** A row for each field of an object of the schema. @throws {v.ValiError} for one without a description */
function rowsOf(object: unknown): readonly string[] {
  const { properties, required } = v.parse(objectSchema, object);
  return Object.entries(properties).map(([name, property]) => {
    const field = v.parse(fieldSchema, property);
    const words = field.enum?.filter((choice) => typeof choice === 'string') ?? [];
    const choices = words.length > 0 && words.length <= mostChoices ? ` One of ${words.map(code).join(', ')}.` : '';
    const usual = required.includes(name) ? 'required' : isPlain(field.default) ? code(field.default) : '–';
    return `| ${code(name)} | ${usual} | ${field.description}${choices} |`;
  });
}

function isPlain(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value) && value !== '';
}

function code(value: string | number | boolean): string {
  return `\`${value}\``;
}

/** The page about home files with the tables that the schema gives. */
export function withTables(page: string): string {
  const schema = homeJsonSchema();
  const { properties } = v.parse(objectSchema, schema);
  return page.replace(
    /(## Fields of (?:the file|`(\w+)`)\n\n\|.*\n\|---\|---\|---\|\n)(?:\|.*\n)*/g,
    (_, heading: string, name?: string) => {
      const part = name === undefined ? schema : properties[name];
      const object = v.is(listSchema, part) ? part.items : part;
      return `${heading}${rowsOf(object).join('\n')}\n`;
    },
  );
}
