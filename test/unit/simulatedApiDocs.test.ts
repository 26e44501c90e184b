import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inEnglish } from '../../src/base/locale.ts';
import { usage } from '../../src/bin/usage.ts';
import { ruleIds, rules } from '../../src/simulator/clientCheck/rules.ts';
import { controlRoutes } from '../../src/simulator/control/control.ts';
import { faultNames, faultText, faultUnit, lastsUntilCleared } from '../../src/simulator/faults/namedFaults.ts';
import { behaviours, type Behaviour } from '../../src/simulator/behaviours.ts';
import { TestSimulation } from './simulator/testSimulation.ts';

const readText = (name: string): string => readFileSync(join(import.meta.dirname, '../..', name), 'utf8');
const page = readText('docs/simulated-api.md');

/** The rows of the table in a section of the page, without its heading. */
function rowsIn(heading: string): readonly string[] {
  const section = page.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? assert.fail(`no heading "${heading}"`);
  return section
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2);
}

const row = (...cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;

/** A source as a link, called by what tells it from the others. */
function linkTo(source: string): string {
  const [, forum] = /^https:\/\/developer\.nuki\.io\/t\/(\d+)$/.exec(source) ?? [];
  const [, repository, issue] = /^https:\/\/github\.com\/[^/]+\/([^/]+)(?:\/issues\/(\d+))?$/.exec(source) ?? [];
  const [, guide] = /^https:\/\/docs\.nuki\.io\/guide\/(?:.*\/)?([^/]+)\/$/.exec(source) ?? [];
  if (forum !== undefined) return `[forum ${forum}](${source})`;
  if (repository !== undefined) return `[${repository}${issue === undefined ? '' : ` #${issue}`}](${source})`;
  if (guide !== undefined) return `[guide, ${guide}](${source})`;
  return source.startsWith('https://') ? `[${new URL(source).hostname}](${source})` : source;
}

const known = ({ knowledge, sources }: Behaviour): readonly string[] => [knowledge, sources.map(linkTo).join(', ')];

describe('the page about the simulated Web API', () => {
  it('has every option of the command line', () => {
    const options = usage
      .split('\n')
      .flatMap((line) => /^ {2}(?:-\w, )?(--\S*(?: [A-Z]\S*)?(?: \.{3})?)/.exec(line)?.[1] ?? []);
    assert.ok(options.length > 10);
    assert.deepEqual(
      rowsIn('In a terminal').map((line) => /^\| `([^`]+)`/.exec(line)?.[1]),
      options,
    );
  });

  it('has every behaviour with its source', () => {
    assert.deepEqual(
      rowsIn('How it behaves'),
      behaviours
        .filter(({ id }) => !id.startsWith('fault '))
        .map((behaviour) => row(`\`${behaviour.id}\``, behaviour.does, ...known(behaviour))),
    );
  });

  it('has every fault with its source', () => {
    assert.deepEqual(
      rowsIn('Faults'),
      faultNames.map((name) => {
        const behaviour = behaviours.find(({ id }) => id === `fault ${name}`) ?? assert.fail(name);
        const counted = lastsUntilCleared(name) ? `${faultUnit(name)}, or until cleared` : faultUnit(name);
        return row(`\`${name}\``, faultText(name, inEnglish), counted, ...known(behaviour));
      }),
    );
  });

  it('has every control route', () => {
    assert.deepEqual(
      rowsIn('Control'),
      controlRoutes.map(({ method, path, does }) => row(`\`${method} ${path}\``, does)),
    );
  });

  it('asks the simulation what it answers', async () => {
    const test = new TestSimulation();
    const commands = [...page.matchAll(/^curl (?:-X (\w+) )?localhost:8123(\/\S+)(?: -d '([^']*)')?/gm)];
    assert.ok(commands.length > 4);
    for (const [command, method = 'GET', path = '', body] of commands) {
      assert.equal((await test.send(method, path, body)).status, 200, command);
    }
    test.simulation.dispose();
  });

  it('has every rule of the client check', () => {
    assert.deepEqual(
      rowsIn('The client check'),
      ruleIds.map((id) => row(`\`${id}\``, rules[id].title, rules[id].advice)),
    );
  });
});
