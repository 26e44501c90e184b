// npm run test:sabotage: breaks each rule in a copy of the repository, in every way that sabotages.ts knows, and runs the tests that must
// see it. Fails where one of them passes all the same. Arguments choose rules: npm run test:sabotage -- R04 R26
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import { repository } from '../vscode/folders.ts';
import { note } from './figures.ts';
import { sabotages, type Proof, type Sabotage } from './sabotages.ts';

const chosen = process.argv.slice(2);
const wanted = sabotages.filter(({ rule }) => chosen.length === 0 || chosen.includes(rule));
/** In ms; a test that hangs has not failed. */
const patience = 60_000;
const reportSchema = v.object({
  stats: v.object({ passes: v.number() }),
  failures: v.array(v.object({ fullTitle: v.string() })),
});

const copy = copyRepository();
try {
  const sound = findSound();
  const survivors = wanted.filter((sabotage) => !isSeen(sabotage, sound));
  const ruleCount = new Set(wanted.map(({ rule }) => rule)).size;
  const figure = `${wanted.length - survivors.length} of ${wanted.length} sabotages of ${ruleCount} rules seen`;
  console.log(figure);
  if (chosen.length === 0) note({ goal: 'G25', measured: figure, holds: survivors.length === 0 });
  process.exitCode = survivors.length === 0 ? 0 : 1;
} finally {
  rmSync(copy, { recursive: true, force: true });
}

/** Every file as it is here now, with the packages that are installed here. */
function copyRepository(): string {
  const folder = mkdtempSync(join(tmpdir(), 'keyturner-sabotage-'));
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: repository,
    encoding: 'utf8',
  });
  for (const file of listed.split('\0').filter(Boolean)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(repository, file), join(folder, file));
  }
  symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

/** The test files that pass while nothing is broken: what fails anyway sees nothing. */
function findSound(): ReadonlySet<string> {
  const proofs = wanted.flatMap(({ proof }) => (typeof proof === 'string' ? [] : [proof]));
  const greps = Map.groupBy(proofs, (proof) => proof.tests);
  const sound = [...greps].filter(([file, own]) => {
    const { passes, failures } = runTests(file, [...new Set(own.map(({ grep }) => grep))].join('|'));
    for (const title of failures) console.log(`${file} fails while nothing is broken: ${title}`);
    return passes > 0 && failures.length === 0;
  });
  return new Set(sound.map(([file]) => file));
}

function isSeen({ rule, so, file, text, instead, proof }: Sabotage, sound: ReadonlySet<string>): boolean {
  const path = join(copy, file);
  const whole = readFileSync(path, 'utf8');
  const isApplicable = whole.split(text).length === 2;
  writeFileSync(
    path,
    whole.replace(text, () => instead),
  );
  try {
    const seen = isApplicable && fails(proof, file, sound);
    console.log(`${seen ? 'seen    ' : 'NOT SEEN'} ${rule}: ${so}`);
    if (!isApplicable) console.log(`         The text to be replaced does not stand in ${file} exactly once.`);
    return seen;
  } finally {
    writeFileSync(path, whole);
  }
}

function fails(proof: Proof, file: string, sound: ReadonlySet<string>): boolean {
  if (proof === 'lint') return !succeeds('oxlint', '--deny-warnings', file);
  if (proof === 'types') return !succeeds('tsc', '-p', '.');
  return sound.has(proof.tests) && runTests(proof.tests, proof.grep).failures.length > 0;
}

/** What mocha counts, up to the first failure. Tests that could not even be loaded have seen nothing. */
function runTests(file: string, grep: string): { passes: number; failures: readonly string[] } {
  const output = join(copy, 'report.json');
  rmSync(output, { force: true });
  succeeds(
    'mocha',
    file,
    '--grep',
    grep,
    '--bail',
    '--exit',
    '--reporter',
    'json',
    '--reporter-option',
    `output=${output}`,
  );
  try {
    const { stats, failures } = v.parse(reportSchema, JSON.parse(readFileSync(output, 'utf8')));
    return { passes: stats.passes, failures: failures.map(({ fullTitle }) => fullTitle) };
  } catch {
    return { passes: 0, failures: [] };
  }
}

function succeeds(program: string, ...args: readonly string[]): boolean {
  const { status } = spawnSync(join('node_modules', '.bin', program), args, {
    cwd: copy,
    stdio: 'ignore',
    timeout: patience,
  });
  return status === 0;
}
