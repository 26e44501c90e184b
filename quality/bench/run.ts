// npm run bench: everything that is promised of speed and size, measured beside what would be there instead, in one table. Words choose
// benches by a part of their names: npm run bench -- tree. It fails when a limit is missed, or could not be judged.
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { cache } from '../../test/vscode/folders.ts';
import { activation } from './editor/activation.ts';
import { changes } from './editor/changes.ts';
import { coldStart } from './editor/coldStart.ts';
import { Editor } from './editor/editor.ts';
import { firstPaint } from './editor/firstPaint.ts';
import { panels } from './editor/panels.ts';
import { growsSlowly, growthTable } from './growth.ts';
import { Machine } from './machine.ts';
import { actions } from './node/actions.ts';
import { accessPlan } from './node/accessPlan.ts';
import { growths } from './node/growths.ts';
import { keystroke } from './node/keystroke.ts';
import { largeAccount } from './node/largeAccount.ts';
import { lockAll } from './node/lockAll.ts';
import { npmTest } from './node/npmTest.ts';
import { requests } from './node/requests.ts';
import { simulatedApi } from './node/simulatedApi.ts';
import { measured, rowOf, short, tableOf, type Measured } from './table.ts';
import { within } from './within.ts';

/** The longest that a bench may take, in seconds. */
const longest = 240;

const opened: { editor?: Promise<Editor> } = {};
/** One VS Code for all that need it, opened by the first of them. */
const open = (): Promise<Editor> => (opened.editor ??= Editor.open());

const benches = [
  keystroke,
  requests,
  largeAccount,
  actions,
  lockAll,
  simulatedApi,
  accessPlan,
  firstPaint(open),
  changes(open),
  coldStart(open),
  activation(open),
  panels(open),
  npmTest,
];

const seed = Number(process.env['KEYTURNER_SEED'] ?? 1);
const words = process.argv.slice(2).map((word) => word.toLowerCase());
const isWanted = (name: string): boolean => words.every((word) => name.toLowerCase().includes(word));
const chosen = benches.filter(({ name }) => isWanted(name));
if (chosen.length === 0 && !isWanted(growths.name)) throw new Error(`No bench has a name with ${words.join(' and ')}.`);
const began = performance.now();
const machine = new Machine();
const all: Measured[] = [];
const grown = [];
const brokenOff: string[] = [];
try {
  await machine.waitForRest();
  for (const { name, run } of chosen) {
    await machine.glance();
    const start = performance.now();
    const lines = (await within(longest, name, Promise.resolve(run(seed)))).map(measured);
    console.log(`\n${name}, ${short((performance.now() - start) / 1_000)} s`);
    for (const line of lines) console.log(rowOf(line, machine.tooBusy === undefined));
    all.push(...lines);
  }
  await machine.glance();
  if (isWanted(growths.name)) grown.push(...(await within(longest, growths.name, growths.run(seed))));
} catch (error) {
  console.error(error); // what was measured until then is shown
  brokenOff.push('A bench broke off: this is only what was measured before.\n\n');
  process.exitCode = 1;
} finally {
  await opened.editor?.then((editor) => within(60, 'Closing VS Code', editor.close())).catch(console.error);
}

const isQuiet = machine.tooBusy === undefined;
const text = `${brokenOff.join('')}${tableOf(all, isQuiet)}\n\n${growthTable(grown)}`;
console.log(
  `\n${text}\n${machine.tooBusy ?? 'The machine was quiet.'} ${short((performance.now() - began) / 1_000)} s`,
);
const results = join(cache, 'results');
mkdirSync(results, { recursive: true });
writeFileSync(join(results, 'bench.md'), text);
const about = { cores: cpus().length, load: loadavg()[0], node: process.version, tooBusy: machine.tooBusy, seed };
writeFileSync(join(results, 'bench.json'), `${JSON.stringify({ about, lines: all, growth: grown }, undefined, 2)}\n`);
if (!isQuiet || all.some(({ isKept }) => !isKept) || !grown.every(growsSlowly)) process.exitCode = 1;
process.exit(); // whatever a bench that broke off has left running
