// Writes docs/access-file.schema.json anew.
import { writeFileSync } from 'node:fs';
import { accessJsonSchema, schemaPath } from './accessSchema.ts';

writeFileSync(schemaPath, `${JSON.stringify(accessJsonSchema(), null, 2)}\n`);
