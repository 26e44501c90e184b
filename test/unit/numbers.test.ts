import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { measured } from '../hardening/figures.ts';

// Every threat and every fault of reliability.md has a test that goes by its number.

const numbersOf = (letter: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => letter + String(index + 1).padStart(2, '0'));

/** The numbers in the quoted texts of a test file, also those in "F01–F04". */
function numbersIn(text: string): string[] {
  const texts = [...text.matchAll(/'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`|"(?:[^"\\\n]|\\.)*"/g)].map(
    ([quoted]) => quoted,
  );
  return texts.flatMap((quoted) => {
    const ranges = [...quoted.matchAll(/\b([TF])(\d\d)–\1(\d\d)\b/g)].flatMap(([, letter = '', first, last]) =>
      numbersOf(letter, Number(last)).slice(Number(first) - 1),
    );
    return [...(quoted.match(/\b[TF]\d\d\b/g) ?? []), ...ranges];
  });
}

const folders = ['unit', 'contract', 'form', 'host', 'workbench'];
const carriers = folders.map((folder) => ({
  folder,
  numbers: readdirSync(`test/${folder}`, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts') && !name.endsWith('numbers.test.ts'))
    .flatMap((name) => numbersIn(readFileSync(`test/${folder}/${name}`, 'utf8'))),
}));
const carried = new Set(carriers.flatMap(({ numbers }) => numbers));
const inVSCode = new Set(
  carriers.filter(({ folder }) => /host|workbench/.test(folder)).flatMap(({ numbers }) => numbers),
);

describe('the numbers of the tests', () => {
  it('every threat has a test', () =>
    assert.deepEqual(
      numbersOf('T', 30).filter((number) => !carried.has(number)),
      [],
    ));

  it('every fault has a test', () => {
    const faults = numbersOf('F', 64);
    const missing = faults.filter((number) => !carried.has(number));
    const there = faults.filter((number) => inVSCode.has(number)).length;
    const without = missing.length > 0 ? `; none for ${missing.join(', ')}` : '';
    measured('G3', `${64 - missing.length} of 64, ${there} of them in VS Code itself${without}`, missing.length === 0);
  });
});
