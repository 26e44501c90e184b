// npm run test:mutation: changes the sources in thousands of small ways, one at a time, and runs the tests that reach the change. A file of
// the safety core is measured by its own tests, every other one by those of its room. What no test sees is printed. Arguments choose files by
// a part of their name: npm run test:mutation -- follow redact
// Without arguments the core is measured whole, and the rest by a part of the changes, spread evenly over each file.
import { spawnSync } from 'node:child_process';
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as v from 'valibot';
import { cache, repository } from '../vscode/folders.ts';
import { core } from './core.ts';
import { note } from './figures.ts';
import { measuredFiles, roomOf, rooms } from './measuredFiles.ts';
import { isTried } from './mutationRunner.ts';

const leastOfCore = 90;
const leastOfAll = 75;
/** One change of so many is tried where not all are. */
const share = 5;

/** They start programs or try thousands of cases, which takes each of them seconds. */
const slowTests = [
  'test/unit/model/simulation.test.ts',
  'test/unit/nuki/processTimeZone.test.ts',
  'test/unit/webview/formFuzz.test.ts',
  'test/unit/webview/unchangedFields.test.ts',
];

const reportSchema = v.object({
  files: v.record(
    v.string(),
    v.object({
      mutants: v.array(
        v.object({
          id: v.string(),
          mutatorName: v.string(),
          replacement: v.optional(v.string(), ''),
          status: v.string(),
          location: v.object({ start: v.object({ line: v.number(), column: v.number() }) }),
        }),
      ),
    }),
  ),
});

interface Score {
  readonly file: string;
  readonly seen: number;
  readonly unseen: number;
}

const folder = join(cache, 'results', 'mutation');
mkdirSync(folder, { recursive: true });
const chosen = process.argv.slice(2);
const shareOfRest = chosen.length === 0 ? share : 1;

const ofCore = Object.entries(core)
  .filter(([file]) => isChosen(file))
  .flatMap(([file, tests]) => {
    const paths = tests.map((name) => `test/unit/${name}.test.ts`);
    return mutate(basename(file, '.ts'), [file], paths, 1);
  });
const rest = measuredFiles().filter((file) => isChosen(file) && !(file in core));
const ofRest = rooms.flatMap((room) => {
  const files = rest.filter((file) => roomOf(file) === room);
  return files.length === 0 ? [] : mutate(room, files, testsOf(room), shareOfRest);
});

const all = [...ofCore, ...ofRest];
const ofRooms = rooms.map((room) =>
  wordsOf(
    room,
    all.filter(({ file }) => roomOf(file) === room),
  ),
);
const figure = [
  `${percentOf(ofCore)} % of ${countOf(ofCore)} mutants of the core`,
  `${percentOf(all)} % of ${countOf(all)} of all (${ofRooms.join(', ')}), of the files beside the core one mutant of ${shareOfRest}`,
].join('; ');
const holds = percentOf(ofCore) >= leastOfCore && percentOf(all) >= leastOfAll;
console.log(figure);
if (chosen.length === 0) note({ goal: 'G2', measured: figure, holds });
process.exitCode = holds ? 0 : 1;

function isChosen(file: string): boolean {
  return chosen.length === 0 || chosen.some((part) => file.includes(part));
}

function testsOf(room: string): readonly string[] {
  const tests = globSync(`test/unit/${room}/**/*.test.ts`, { cwd: repository }).toSorted();
  return tests.filter((file) => !slowTests.includes(file));
}

function mutate(name: string, files: readonly string[], tests: readonly string[], oneOf: number): readonly Score[] {
  const output = join(folder, `${name}.json`);
  const config = join(folder, 'stryker.json');
  rmSync(output, { force: true });
  writeFileSync(
    config,
    JSON.stringify({
      mutate: files,
      testRunner: 'mutation',
      testsOfFile: tests,
      oneOf,
      plugins: [join(import.meta.dirname, 'mutationRunner.ts')],
      tsconfigFile: 'none', // Node runs the sources as they are; Stryker would read it by a compiler that is not here
      concurrency: 4, // many a change has a test wait until it is given up
      maxTestRunnerReuse: 1_000, // what is loaded again and again is never let go of
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
  const report = v.parse(reportSchema, JSON.parse(readFileSync(output, 'utf8')));
  return Object.entries(report.files).map(([file, { mutants }]) =>
    scoreOf(
      file,
      mutants.filter((mutant) => isTried(mutant, oneOf)),
    ),
  );
}

/** What cannot run at all is none of them. */
function scoreOf(file: string, mutants: v.InferOutput<typeof reportSchema>['files'][string]['mutants']): Score {
  const survivors = mutants.filter(({ status }) => status === 'Survived' || status === 'NoCoverage');
  const seen = mutants.filter(({ status }) => status === 'Killed' || status === 'Timeout').length;
  for (const { location, mutatorName, replacement } of survivors) {
    console.log(`${file}:${location.start.line}:${location.start.column} ${mutatorName}: ${replacement}`);
  }
  const score = { file, seen, unseen: survivors.length };
  console.log(`${file}: ${seen} of ${seen + survivors.length} seen, ${percentOf([score])} %`);
  return score;
}

function wordsOf(name: string, scores: readonly Score[]): string {
  return `${name} ${percentOf(scores)} %`;
}

function countOf(scores: readonly Score[]): number {
  return scores.reduce((sum, { seen, unseen }) => sum + seen + unseen, 0);
}

/** To one digit; of nothing all. */
function percentOf(scores: readonly Score[]): number {
  const count = countOf(scores);
  const seen = scores.reduce((sum, score) => sum + score.seen, 0);
  return count === 0 ? 100 : Math.floor((1_000 * seen) / count) / 10;
}
