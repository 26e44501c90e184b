// Writes docs/home.schema.json anew.
import { writeFileSync } from 'node:fs';
import { homeJsonSchema, schemaPath } from './homeSchema.ts';

writeFileSync(schemaPath, `${JSON.stringify(homeJsonSchema(), null, 2)}\n`);
