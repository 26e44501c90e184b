// npm run test:mutation: changes the safety core in a thousand small ways, one at a time, and runs the tests of the changed file. What no
// test sees is printed. Arguments choose files by a part of their name: npm run test:mutation -- follow redact
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as v from 'valibot';
import { cache, repository } from '../vscode/folders.ts';
import { core } from './core.ts';
import { note } from './figures.ts';

const leastScore = 90;

const reportSchema = v.object({
  files: v.record(
    v.string(),
    v.object({
      mutants: v.array(
        v.object({
          mutatorName: v.string(),
          replacement: v.optional(v.string(), ''),
          status: v.string(),
          location: v.object({ start: v.object({ line: v.number(), column: v.number() }) }),
        }),
      ),
    }),
  ),
});

const folder = join(cache, 'results', 'mutation');
mkdirSync(folder, { recursive: true });
const chosen = process.argv.slice(2);
const total = { seen: 0, unseen: 0 };
const words: string[] = [];

for (const [file, tests] of Object.entries(core)) {
  if (chosen.length > 0 && !chosen.some((part) => file.includes(part))) continue;
  const mutants = mutate(file, tests);
  const survivors = mutants.filter(({ status }) => status === 'Survived' || status === 'NoCoverage');
  const seen = mutants.filter(({ status }) => status === 'Killed' || status === 'Timeout').length;
  for (const { location, mutatorName, replacement } of survivors) {
    console.log(`${file}:${location.start.line}:${location.start.column} ${mutatorName}: ${replacement}`);
  }
  total.seen += seen;
  total.unseen += survivors.length;
  words.push(`${basename(file, '.ts')} ${scoreOf(seen, survivors.length)} %`);
  console.log(`${file}: ${seen} of ${seen + survivors.length} seen, ${scoreOf(seen, survivors.length)} %`);
}

const score = scoreOf(total.seen, total.unseen);
const figure = `${score} % of ${total.seen + total.unseen} mutants of the core (${words.join(', ')})`;
console.log(figure);
if (chosen.length === 0) note({ goal: 'G2', measured: figure, holds: score >= leastScore });
process.exitCode = score >= leastScore ? 0 : 1;

function mutate(file: string, tests: readonly string[]) {
  const output = join(folder, `${basename(file, '.ts')}.json`);
  const config = join(folder, 'stryker.json');
  rmSync(output, { force: true });
  writeFileSync(
    config,
    JSON.stringify({
      mutate: [file],
      testRunner: 'mutation',
      testsOfFile: tests.map((name) => `test/unit/${name}.test.ts`),
      plugins: [join(import.meta.dirname, 'mutationRunner.ts')],
      tsconfigFile: 'none', // Node runs the sources as they are; Stryker would read it by a compiler that is not here
      concurrency: 1,
      timeoutMS: 10_000,
      reporters: ['json'],
      jsonReporter: { fileName: output },
      ignorePatterns: ['.vscode-test', 'dist', 'media'],
      tempDirName: join('.vscode-test', 'stryker'),
      allowConsoleColors: false,
    }),
  );
  spawnSync(join(repository, 'node_modules', '.bin', 'stryker'), ['run', config], {
    cwd: repository,
    stdio: 'inherit',
  });
  const { files } = v.parse(reportSchema, JSON.parse(readFileSync(output, 'utf8')));
  return Object.values(files).flatMap(({ mutants }) => mutants);
}

/** In per cent, to one digit. */
function scoreOf(seen: number, unseen: number): number {
  return Math.floor((1_000 * seen) / (seen + unseen)) / 10;
}
