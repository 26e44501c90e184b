// npm run renew:facts -- <file>: takes the facts of a newer OpenAPI document of Nuki (YAML or JSON) into test/fixtures/nuki-api.json, and
// prints which paths, parameters, fields, numbers and responses were added (+), removed (-) or changed (~). The contract tests then name
// what the simulator, the schemas and the words do not follow yet. Descriptions, summaries and examples are not taken.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { changesBetween, extractFacts, formatFacts } from './extractFacts.ts';
import { readFacts } from './facts.ts';

const [source] = process.argv.slice(2);
if (source === undefined) {
  console.error('Usage: npm run renew:facts -- <OpenAPI document of Nuki, as YAML or JSON>');
  process.exit(1);
}
const before = readFacts();
const after = extractFacts(readFileSync(source, 'utf8'));
const changes = changesBetween(before, after);
writeFileSync(join(import.meta.dirname, '../fixtures/nuki-api.json'), formatFacts(after));

console.log(`Nuki's OpenAPI ${before.version} → ${after.version}`);
for (const change of changes) console.log(change);
const count = (sign: string): number => changes.filter((change) => change.startsWith(sign)).length;
console.log(`${count('+')} facts added, ${count('-')} removed, ${count('~')} changed`);
