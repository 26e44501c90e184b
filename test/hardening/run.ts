// npm run test:hardening: npm test with everything tried as often as the goals ask, then what takes too long for npm test, and one table:
// each goal with its threshold, what was measured, and whether it holds. Arguments choose among the steps: npm run test:hardening -- audit
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../vscode/folders.ts';
import { forgetFigures, readFigures } from './figures.ts';
import { goals } from './goals.ts';
import { judge, tableOf } from './table.ts';

/** Each a program in this folder that notes figures, but for the first. Those of one line run at the same time: a soak mostly waits. */
const steps = [['../all'], ['coverage'], ['mutation', 'soak'], ['sabotage'], ['secrets'], ['flakiness'], ['oldest']];

process.env['KEYTURNER_HARDENING'] = 'whole';
const chosen = process.argv.slice(2);
const failed: string[] = [];

forgetFigures();
for (const together of steps) {
  await Promise.all(
    together.filter(isChosen).map(async (step) => {
      console.log(`\n── ${step}`);
      if ((await run(step)) !== 0) failed.push(step);
    }),
  );
}
const verdicts = judge(goals, readFigures());
console.log(`\n${tableOf(verdicts)}`);
if (failed.length > 0) console.log(`\nfailed: ${failed.join(', ')}`);
const amiss = verdicts.filter(({ is }) => is === 'FAIL' || is === 'no figure');
process.exitCode = failed.length === 0 && amiss.length === 0 ? 0 : 1;

function isChosen(step: string): boolean {
  return chosen.length === 0 || chosen.some((word) => step.includes(word));
}

function run(step: string): Promise<number> {
  const program = join(import.meta.dirname, `${step}.ts`);
  if (!existsSync(program)) return Promise.resolve(1);
  const child = spawn(process.execPath, [program], { cwd: repository, stdio: 'inherit' });
  return new Promise((ended, broken) => {
    child.once('error', broken);
    child.once('exit', (code) => ended(code ?? 1));
  });
}
