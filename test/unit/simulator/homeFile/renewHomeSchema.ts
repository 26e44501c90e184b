// Writes docs/home.schema.json and the tables of docs/home-file.md anew.
import { readFileSync, writeFileSync } from 'node:fs';
import { homeJsonSchema, pagePath, schemaPath, withTables } from './homeSchema.ts';

writeFileSync(schemaPath, `${JSON.stringify(homeJsonSchema(), null, 2)}\n`);
writeFileSync(pagePath, withTables(readFileSync(pagePath, 'utf8')));
