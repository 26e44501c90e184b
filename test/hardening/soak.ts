// G17: twenty minutes of a window in VS Code, by the clock on the wall. The days of test/host/soak.test.ts are simulated.
import { spawnSync } from 'node:child_process';
import { repository } from '../vscode/folders.ts';

const env = { ...process.env, KEYTURNER_MINUTES: process.env['KEYTURNER_MINUTES'] ?? '20' };
const run = spawnSync(process.execPath, ['test/host/run.ts', 'minutes'], { cwd: repository, env, stdio: 'inherit' });
process.exitCode = run.status ?? 1;
