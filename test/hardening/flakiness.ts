// G23: the unit tests again and again, two at a time, so that they have no processor to themselves. The suites with a VS Code take too long
// for that; they run once.
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { repository } from '../vscode/folders.ts';
import { note } from './figures.ts';

const runs = Number(process.env['KEYTURNER_RUNS'] ?? 20);
const atATime = 2;
const env = {
  ...process.env,
  KEYTURNER_HARDENING: '',
  KEYTURNER_FIGURES: join(tmpdir(), `keyturner-figures-${process.pid}.jsonl`), // the table has those of the first run already
};
const mocha = ['node_modules/mocha/bin/mocha.js', '--reporter', 'dot', 'test/unit/**/*.test.ts'];

const result = { runs: 0, failures: 0 };
await Promise.all(Array.from({ length: atATime }, repeat));
note({
  goal: 'G23',
  measured: `${result.failures} of ${result.runs} runs of the unit tests alone`,
  holds: result.failures === 0 && result.runs >= 20,
});
process.exitCode = result.failures;

async function repeat(): Promise<void> {
  while (result.runs < runs) {
    result.runs += 1;
    const output = await failureOfRun();
    if (output === undefined) continue;
    result.failures += 1;
    console.log(output);
  }
}

/** What a run has printed that failed. */
async function failureOfRun(): Promise<string | undefined> {
  const child = spawn(process.execPath, mocha, { cwd: repository, env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve, broken) => child.once('error', broken).once('exit', resolve));
  const [output, code] = await Promise.all([text(child.stdout), ended]);
  return code === 0 ? undefined : output;
}
