// npm run test:sabotage: breaks a copy of the repository in every way that sabotages.ts knows, and runs what must see it. Fails where
// something goes unseen. Arguments choose by a part of the name: npm run test:sabotage -- keypad page
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import { repository } from '../../test/vscode/folders.ts';
import { sabotages, type Sabotage } from './sabotages.ts';

const words = process.argv.slice(2);
const chosen = sabotages.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));
const timeoutMs = 180_000;
const reportSchema = v.object({ stats: v.object({ passes: v.number(), failures: v.number() }) });

const copy = copyRepository();
try {
  const unseen = chosen.filter((sabotage) => !isSeen(sabotage));
  console.log(`${chosen.length - unseen.length} of ${chosen.length} sabotages seen`);
  process.exitCode = unseen.length;
} finally {
  rmSync(copy, { recursive: true });
}

/** Every file as it is here now, with the packages that are installed here. */
function copyRepository(): string {
  const folder = mkdtempSync(join(tmpdir(), 'keyturner-sabotage-'));
  const listed = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const files = execFileSync('git', listed, { cwd: repository, encoding: 'utf8' }).split('\0').filter(Boolean);
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(repository, file), join(folder, file));
  }
  symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

function isSeen(sabotage: Sabotage): boolean {
  const { name, file, text, instead } = sabotage;
  const path = join(copy, file);
  const whole = readFileSync(path, 'utf8');
  const [before, after, more] = whole.split(text);
  const verdicts: string[] = [verdictOn(sabotage)];
  writeFileSync(path, [before, after].join(instead));
  verdicts.push(verdictOn(sabotage));
  writeFileSync(path, whole);
  const isOnce = after !== undefined && more === undefined;
  const seen = isOnce && verdicts.join() === 'passes,fails';
  const reason = isOnce ? `whole: ${verdicts.join(', broken: ')}` : `does not stand once in ${file}: ${text}`;
  console.log(seen ? `seen      ${name}` : `NOT SEEN  ${name} (${reason})`);
  return seen;
}

/** Tests that could not even be loaded have seen nothing. */
function verdictOn({ file, seenBy, title = '' }: Sabotage): 'passes' | 'fails' | 'breaks off' {
  if (seenBy === 'tsc') return run('tsc', '-p', '.') === 0 ? 'passes' : 'fails';
  if (seenBy === 'oxlint') return run('oxlint', '--deny-warnings', file) === 0 ? 'passes' : 'fails';
  const output = join(copy, 'report.json');
  rmSync(output, { force: true });
  const reporter = ['--reporter', 'json', '--reporter-option', `output=${output}`];
  run('mocha', seenBy, '--grep', title, '--timeout', '60000', '--bail', ...reporter);
  try {
    const { stats } = v.parse(reportSchema, JSON.parse(readFileSync(output, 'utf8')));
    if (stats.failures > 0) return 'fails';
    return stats.passes > 0 ? 'passes' : 'breaks off';
  } catch {
    return 'breaks off';
  }
}

function run(program: string, ...args: readonly string[]): number | null {
  const path = join('node_modules', '.bin', program);
  return spawnSync(path, args, { cwd: copy, stdio: 'ignore', timeout: timeoutMs }).status;
}
