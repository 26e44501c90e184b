import { toJsonSchema } from '@valibot/to-json-schema';
import { homeFileSchema } from '../../../src/simulator/homeFileSchema.ts';

export const schemaPath = 'docs/home.schema.json';

/** The JSON Schema of home files, as docs/home.schema.json has it. Rules that no JSON Schema can have are left out. */
export function homeJsonSchema(): object {
  return toJsonSchema(homeFileSchema, { target: 'draft-07', typeMode: 'input', ignoreActions: ['check'] });
}
