import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { toCsv } from '../../../src/base/csv.ts';

/** The cells of a row, as a spreadsheet reads them. */
function cellsOf(row: string): string[] {
  return [...row.matchAll(/"((?:[^"]|"")*)"(?:,|\r\n$)/g)].map(([, text = '']) => text.replaceAll('""', '"'));
}

describe('rows as CSV', () => {
  it('have a line each, with every cell quoted', () => {
    const rows = [
      ['Name', 'Until'],
      ['Anna "Nan" Weber, guest', ''],
    ];
    assert.equal(toCsv(rows), '"Name","Until"\r\n"Anna ""Nan"" Weber, guest",""\r\n');
  });

  it('hold no cell that a spreadsheet would run as a formula, and otherwise what was put in', () => {
    const formulas = fc.constantFrom(
      '=HYPERLINK("https://evil.test")',
      '+1',
      '-1',
      '@SUM(A1)',
      '\t=1',
      '\r=1',
      '\0=1',
      ' =1',
      '＝1',
      '＋1',
      '－1',
      '＠SUM(A1)',
      '\u3000＝1',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(formulas, fc.string()), { minLength: 1 }), (cells) => {
        const read = cellsOf(toCsv([cells]));
        assert.equal(read.length, cells.length);
        for (const [place, text] of read.entries()) {
          assert.doesNotMatch(text, /^[\s\0]*[=+\-@＝＋－＠]|^[\t\r\0]/);
          assert.ok(text === cells[place] || text === `'${cells[place]}`);
        }
      }),
    );
  });
});
