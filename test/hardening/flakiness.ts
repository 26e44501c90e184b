// G23: the unit tests again and again. The suites with a VS Code take too long for that; they run once.
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repository } from '../vscode/folders.ts';
import { note } from './figures.ts';

const runs = Number(process.env['KEYTURNER_RUNS'] ?? 20);
const env = {
  ...process.env,
  KEYTURNER_HARDENING: '',
  KEYTURNER_FIGURES: join(tmpdir(), `keyturner-figures-${process.pid}.jsonl`), // the table has those of the first run already
};

const mocha = ['node_modules/mocha/bin/mocha.js', '--reporter', 'dot', 'test/unit/**/*.test.ts'];
let failures = 0;
for (let run = 0; run < runs; run += 1) {
  const { status } = spawnSync(process.execPath, mocha, {
    cwd: repository,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) failures += 1;
}
note({
  goal: 'G23',
  measured: `${failures} of ${runs} runs of the unit tests alone`,
  holds: failures === 0 && runs >= 20,
});
process.exitCode = failures;
