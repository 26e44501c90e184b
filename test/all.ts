// npm test: every step, whatever has failed before, two at a time where they leave each other room, and what came of it.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { countsOf, failuresOf, inMinutes, inWords, type Counts, type Failure } from './report.ts';
import { findChromium } from './vscode/chromium.ts';
import { cache, failureFolder, repository } from './vscode/folders.ts';
import { npmScript } from './vscode/npm.ts';

const suites = ['unit', 'contract', 'strangers', 'pages', 'host', 'workbench'];
const sideBySide = [
  ['build', 'unit', 'contract', 'check'],
  ['pages', 'strangers', 'host'],
];
const alone = ['workbench']; // its windows keep two processors busy, and beside others they are late
/** Seconds: what takes longer is run too seldom. */
const longest = 600;

interface Result {
  readonly counts: Counts;
  readonly failures: readonly Failure[];
}

// All that test:unit tries takes three minutes more.
process.env['KEYTURNER_OPERATIONS'] ??= '5000';
process.env['KEYTURNER_DRAFTS'] ??= '3000';
process.env['KEYTURNER_DEPARTURES'] ??= '1000';
process.env['KEYTURNER_ROTATIONS'] ??= '1000';
process.env['KEYTURNER_ACCESS_PLANS'] ??= '500';
process.env['KEYTURNER_ACCESS_CALENDARS'] ??= '120';
process.env['KEYTURNER_ACCESS_CRASHES'] ??= '250';

const results = join(cache, 'results');
mkdirSync(results, { recursive: true });
rmSync(failureFolder, { recursive: true, force: true });

const outputs = new Map([...sideBySide.flat(), ...alone].map((step) => [step, new PassThrough()]));
const lines = new Map<string, string>();
const total = { passed: 0, failed: 0, skipped: 0 };

try {
  findChromium(); // before several steps look for it: two that install it at once would be in each other's way
} catch {
  // Each step that needs it says so.
}
const shown = show();
await Promise.all(sideBySide.map(runInTurn));
await runInTurn(alone);
await shown;
const seconds = Math.round(performance.now() / 1_000);
writeFileSync(join(results, 'all.json'), JSON.stringify({ seconds, passed: total.passed, failed: total.failed }));
console.log(`\n${[...outputs.keys()].map((step) => lines.get(step)).join('\n')}`);
if (seconds > longest) console.log(`This took longer than the ${inMinutes(longest)} that it may take.`);
console.log(`${inWords(total)} in ${inMinutes(seconds)}`);
process.exitCode = total.failed > 0 ? 1 : 0;

/** Shows what the steps print, each as a whole. */
async function show(): Promise<void> {
  for (const [step, output] of outputs) {
    console.log(`\n── ${step}`);
    for await (const text of output) process.stdout.write(String(text));
  }
}

async function runInTurn(steps: readonly string[]): Promise<void> {
  for (const step of steps) {
    const began = performance.now();
    const { counts, failures } = await run(step);
    const took = ((performance.now() - began) / 1_000).toFixed(0);
    const named = failures.map(({ title, reason }) => `\n  ✘ ${title}: ${reason}`);
    const came = suites.includes(step) ? inWords(counts) : counts.failed > 0 ? 'failed' : 'ok';
    lines.set(step, `${step}: ${came} in ${took} s${named.join('')}`);
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.skipped += counts.skipped;
  }
}

/** The counts are the runner's own. A suite that breaks off, or runs no test, counts as one failure more. */
async function run(step: string): Promise<Result> {
  const output = outputs.get(step) ?? new PassThrough();
  const report = join(results, `${step}.json`);
  const isSuite = suites.includes(step);
  rmSync(report, { force: true });
  const reporter = ['--reporter', 'test/reporter.ts', '--reporter-option', `output=${report}`];
  const code = isSuite
    ? await npmScript(repository, output, `test:${step}`, ...(step === 'host' ? [] : reporter)) // host does it by itself
    : await npmScript(repository, output, step);
  output.end();
  const { counts, failures } = readResult(report);
  if (counts.failed > 0 || (code === 0 && (counts.passed > 0 || !isSuite))) return { counts, failures };
  const reason = code === 0 ? 'no test has run' : `ended with exit code ${code}`;
  return {
    counts: { ...counts, failed: 1 },
    failures: [{ title: `npm run ${isSuite ? 'test:' : ''}${step}`, reason }],
  };
}

function readResult(file: string): Result {
  try {
    const json = readFileSync(file, 'utf8');
    return { counts: countsOf(json), failures: failuresOf(json) };
  } catch {
    return { counts: { passed: 0, failed: 0, skipped: 0 }, failures: [] };
  }
}
