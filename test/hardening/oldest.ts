// The suites that need a VS Code, in the oldest one that is supported. What they measure is in the table already, of the newest one.
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repository } from '../vscode/folders.ts';

const env = {
  ...process.env,
  CODE_SERVER_VERSION: '4.103.2',
  KEYTURNER_HARDENING: '',
  KEYTURNER_FIGURES: join(tmpdir(), `keyturner-figures-${process.pid}.jsonl`),
};
const failed = ['host', 'workbench'].filter((suite) => {
  const { status } = spawnSync(process.execPath, [`test/${suite}/run.ts`], { cwd: repository, env, stdio: 'inherit' });
  return status !== 0;
});
if (failed.length > 0) console.error(`failed in the oldest VS Code: ${failed.join(', ')}`);
process.exitCode = failed.length;
