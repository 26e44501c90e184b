// npm run bench: every bench in turn, a table each, all figures as JSON, and a failure when one has missed a gate twice.
// Arguments choose benches by a part of their name: npm run bench -- decode form
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { cache } from '../../test/vscode/folders.ts';
import { missed, type Bench, type Figures } from './bench.ts';
import { account } from './account.ts';
import { changes } from './changes.ts';
import { decode } from './decode.ts';
import { Editor } from './editor.ts';
import { form } from './form.ts';
import { round } from './measure.ts';
import { memory } from './memory.ts';
import { preview } from './preview.ts';
import { schedule } from './schedule.ts';
import { simulatedApi } from './simulatedApi.ts';
import { start } from './start.ts';

// One for all benches that need it, opened by the first of them.
const opened: { editor?: Promise<Editor> } = {};
const editor = (): Promise<Editor> => (opened.editor ??= Editor.open());

const benches: readonly Bench[] = [
  decode,
  account(),
  memory,
  preview,
  schedule,
  simulatedApi,
  start(editor),
  changes(editor),
  form(editor),
];

const seed = Number(process.env['KEYTURNER_SEED'] ?? 1);
const results = join(cache, 'results');
const wanted = process.argv.slice(2).map((word) => word.toLowerCase());
const all = [];
try {
  for (const bench of benches.filter(({ name }) => wanted.every((word) => name.toLowerCase().includes(word)))) {
    let figures = await measure(bench);
    if (missed(figures.gates).length > 0) {
      console.log('Once more, as a gate was missed:');
      figures = await measure(bench);
    }
    if (missed(figures.gates).length > 0) process.exitCode = 1;
    all.push({ name: bench.name, seed, ...figures });
  }
} finally {
  await (await opened.editor)?.close();
}
const machine = { cores: cpus().length, load: loadavg().map((load) => round(load, 1)), node: process.version };
mkdirSync(results, { recursive: true });
writeFileSync(join(results, 'bench.json'), `${JSON.stringify({ machine, benches: all }, undefined, 2)}\n`);

async function measure({ name, run }: Bench): Promise<Figures> {
  const figures = await run(seed);
  console.log(`\n${name}: ${figures.samples} samples, KEYTURNER_SEED=${seed}, load ${round(loadavg()[0] ?? NaN, 1)}`);
  console.table(figures.rows);
  for (const { name: gate, value, limit } of figures.gates) {
    console.log(`${value <= limit ? 'kept' : 'MISSED'}: ${gate}: ${round(value, 3)} of ${limit}`);
  }
  return figures;
}
