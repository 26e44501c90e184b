// npm run test:coverage: what of each file the unit tests run, and a failure where that is too little.
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import * as v from 'valibot';
import { cache, repository } from '../vscode/folders.ts';
import { core } from './core.ts';
import { note } from './figures.ts';
import { measuredFiles } from './measuredFiles.ts';

const share = v.object({ pct: v.number() });
const summarySchema = v.record(v.string(), v.object({ lines: share, branches: share }));

const folder = join(cache, 'results', 'coverage');
rmSync(folder, { recursive: true, force: true });
const options = [
  '--all --include src/** --exclude src/webview/page/** --reporter json-summary --reporter html'.split(' '),
  ['--reports-dir', folder, '--temp-directory', join(folder, 'raw')],
  // Not again in each time zone: those are the same tests in programs of their own.
  'mocha --timeout 120000 --reporter dot --ignore test/unit/nuki/processTimeZone.test.ts test/unit/**/*.test.ts'.split(
    ' ',
  ),
];
// What tests measure while they are measured themselves is no figure.
const { KEYTURNER_HARDENING: _, ...usual } = process.env;
const env = { ...usual, KEYTURNER_FIGURES: join(folder, 'figures.jsonl') };
const { status } = spawnSync(join(repository, 'node_modules', '.bin', 'c8'), options.flat(), {
  cwd: repository,
  env,
  stdio: 'inherit',
});
if (status !== 0) throw new Error('the unit tests have failed, so that their coverage says nothing');

const { total: __, ...files } = v.parse(
  summarySchema,
  JSON.parse(readFileSync(join(folder, 'coverage-summary.json'), 'utf8')),
);
const toMeasure = new Set(measuredFiles());
const measured = Object.entries(files)
  .map(([path, { lines, branches }]) => ({
    file: relative(repository, path),
    lines: lines.pct,
    branches: branches.pct,
  }))
  .filter(({ file }) => toMeasure.has(file));
const low = measured.filter(({ file, lines, branches }) =>
  file in core ? lines < 100 || branches < 100 : lines < 95 || branches < 90,
);
for (const { file, lines, branches } of low) {
  console.log(`${file}${file in core ? ' (core)' : ''}: lines ${lines} %, branches ${branches} %`);
}
const figure = `${measured.length - low.length} of ${measured.length} files, of them ${Object.keys(core).length} of the core`;
console.log(figure);
note({ goal: 'G1', measured: figure, holds: low.length === 0 });
process.exitCode = low.length === 0 ? 0 : 1;
