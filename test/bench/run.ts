// npm run bench: every bench in turn, a table each, all figures as JSON, and a failure when one has missed a gate.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cache } from '../vscode/folders.ts';
import { missed, type Bench } from './bench.ts';
import { schedule } from './schedule.ts';

const benches: readonly Bench[] = [schedule];

const seed = Number(process.env['KEYTURNER_SEED'] ?? 1);
const results = join(cache, 'results');
const all = [];
for (const { name, run } of benches) {
  const figures = await run(seed);
  console.log(`\n${name}: ${figures.samples} samples, KEYTURNER_SEED=${seed}`);
  console.table(figures.rows);
  for (const { name: gate, value, limit } of missed(figures.gates)) {
    console.error(`missed: ${gate} is ${value}, the limit is ${limit}`);
    process.exitCode = 1;
  }
  all.push({ name, seed, ...figures });
}
mkdirSync(results, { recursive: true });
writeFileSync(join(results, 'bench.json'), `${JSON.stringify(all, undefined, 2)}\n`);
