// npm test: every suite in turn, whatever has failed before, what came of it, and what it says of the goals.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { forgetFigures, readFigures } from './hardening/figures.ts';
import { goals } from './hardening/goals.ts';
import { judge, tableOf } from './hardening/table.ts';
import { countsOf, failuresOf, inWords, type Counts, type Failure } from './report.ts';
import { cache, repository } from './vscode/folders.ts';
import { npmScript } from './vscode/npm.ts';

const steps = ['check', 'build'];
const suites = ['unit', 'contract', 'form', 'host', 'workbench'];

const results = join(cache, 'results');
mkdirSync(results, { recursive: true });
forgetFigures();

const lines: string[] = [];
const total = { passed: 0, failed: 0, skipped: 0 };

for (const step of steps) {
  announce(step);
  const succeeded = (await npmScript(repository, step)) === 0;
  lines.push(`${step}: ${succeeded ? 'ok' : 'failed'}`);
  if (!succeeded) total.failed += 1;
}
for (const suite of suites) {
  announce(suite);
  const { counts, failures } = await runSuite(suite);
  lines.push(`${suite}: ${inWords(counts)}`, ...failures.map(({ title, reason }) => `  ✘ ${title}: ${reason}`));
  total.passed += counts.passed;
  total.failed += counts.failed;
  total.skipped += counts.skipped;
}
const verdicts = judge(
  goals.filter(({ quick }) => quick),
  readFigures(),
);
const missed = verdicts.filter(({ is }) => is === 'FAIL' || is === 'no figure');
console.log(`\n${tableOf(verdicts)}\n\n${lines.join('\n')}\n${inWords(total)}`);
process.exitCode = total.failed > 0 || missed.length > 0 ? 1 : 0;

function announce(name: string): void {
  console.log(`\n── ${name}`);
}

interface SuiteResult {
  readonly counts: Counts;
  readonly failures: readonly Failure[];
}

/** The counts are the runner's own. A suite that breaks off, or runs no test, counts as one failure more. */
async function runSuite(suite: string): Promise<SuiteResult> {
  const output = join(results, `${suite}.json`);
  rmSync(output, { force: true });
  const reporter = ['--reporter', 'test/reporter.ts', '--reporter-option', `output=${output}`];
  const code = await npmScript(repository, `test:${suite}`, ...(suite === 'host' ? [] : reporter)); // host does it by itself
  const { counts, failures } = readResult(output);
  const amiss = counts.failed === 0 && (code !== 0 || counts.passed === 0);
  return { counts: amiss ? { ...counts, failed: 1 } : counts, failures };
}

function readResult(file: string): SuiteResult {
  try {
    const json = readFileSync(file, 'utf8');
    return { counts: countsOf(json), failures: failuresOf(json) };
  } catch {
    return { counts: { passed: 0, failed: 0, skipped: 0 }, failures: [] };
  }
}
