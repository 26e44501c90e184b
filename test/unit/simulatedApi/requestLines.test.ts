import assert from 'node:assert/strict';
import { stripVTControlCharacters } from 'node:util';
import * as fc from 'fast-check';
import { inEnglish } from '../../../src/base/locale.ts';
import {
  durationText,
  greetingLines,
  outcomeLines,
  refusalLines,
  reportLines,
  requestLines,
  type ShownRequest,
} from '../../../src/simulatedApi/requestLines.ts';
import { cellsOf } from '../../../src/simulatedApi/terminalText.ts';

const unlatch: ShownRequest = {
  number: 12,
  method: 'POST',
  path: '/smartlock/17179869184/action',
  status: 204,
  took: 7,
  words: 'unlatch Front Door',
};

const escape = '\u001B';

/** The number of the style in which `text` is shown. */
function styleOf(text: string, line: string): string | undefined {
  const part = line.split(`${escape}[`).find((each) => each.includes(text));
  return part?.split('m', 1)[0];
}

const requestLine = (request: ShownRequest, columns: number): string => requestLines(request, columns).join('\n');

const withoutStyles = (lines: readonly string[]): string[] => lines.map((line) => stripVTControlCharacters(line));

describe('the line of a request', () => {
  it('says number, method, path, status, duration and meaning', () => {
    assert.equal(
      stripVTControlCharacters(requestLine(unlatch, 110)),
      '  12  POST    /smartlock/17179869184/action       204    7 ms   unlatch Front Door',
    );
  });

  it('shows in green what went well, in yellow what was refused or met a fault, in red what failed or was lost', () => {
    const { status: _, ...lost } = unlatch;
    assert.equal(styleOf('204', requestLine(unlatch, 110)), '32');
    assert.equal(styleOf('423', requestLine({ ...unlatch, status: 423 }, 110)), '33');
    assert.equal(styleOf('502', requestLine({ ...unlatch, status: 502 }, 110)), '31');
    assert.equal(styleOf('–', requestLine(lost, 110)), '31');
    assert.equal(styleOf('slow · unlatch Front Door', requestLine({ ...unlatch, fault: 'slow' }, 110)), '33');
  });

  it('fits into the terminal, and holds no escape sequence but its own, whatever is in it', () => {
    const request = fc.record(
      {
        number: fc.integer({ min: 1, max: 9999 }),
        method: fc.constantFrom('GET', 'DELETE', 'PROPPATCH'),
        path: fc.string({ unit: 'binary', maxLength: 300 }),
        status: fc.integer({ min: 200, max: 599 }),
        took: fc.integer({ min: 0, max: 100_000 }),
        words: fc.string({ unit: 'binary', maxLength: 300 }),
        fault: fc.constantFrom('slow', 'bad-gateway-html'),
      },
      { requiredKeys: ['number', 'method', 'path', 'took', 'words'] },
    );
    fc.assert(
      fc.property(request, fc.integer({ min: 50, max: 240 }), (shown, columns) => {
        for (const line of requestLines(shown, columns)) {
          const parts = line.split(`${escape}[`).map((part, index) => (index === 0 ? part : part.replace(/^\d+m/, '')));
          assert.doesNotMatch(parts.join(''), /\p{Cc}/u);
          assert.ok(cellsOf(parts.join('')) <= columns);
        }
      }),
    );
  });

  it('goes on below where there is no room for its words', () => {
    const refused = { ...unlatch, status: 400, words: 'create code "Ben" on Front Door: the code is not valid' };
    assert.deepEqual(withoutStyles(requestLines(refused, 90)), [
      '  12  POST    /smartlock/1…869184/action  400    7 ms   create code "Ben" on Front Door:',
      '                                                        the code is not valid',
    ]);
    assert.deepEqual(withoutStyles(requestLines(refused, 60)), [
      '  12  POST    /smartl…4/action  400    7 ms   ',
      '      create code "Ben" on Front Door: the code is not valid',
    ]);
  });
});

describe('how a request came out', () => {
  it('is told by its number, in its style', () => {
    const [line = ''] = outcomeLines(12, 'unlatch Front Door: done in 3.1 s', 'good', 80);
    assert.equal(stripVTControlCharacters(line), '  12  unlatch Front Door: done in 3.1 s');
    assert.equal(styleOf('done', line), '32');
    assert.equal(styleOf('motor', outcomeLines(12, 'motor blocked', 'bad', 80)[0] ?? ''), '31');
  });
});

describe('a refused request', () => {
  it('has no number, and its reason below', () => {
    const lines = refusalLines('GET', '/smartlock', 'This is the token of an account of yours.', 30);
    assert.deepEqual(withoutStyles(lines), [
      '   –  GET     401  /smartlock',
      '      This is the token of an',
      '      account of yours.',
    ]);
  });
});

describe('a client check', () => {
  it('has what it found in another color, and below it what that means, in lines that fit', () => {
    const report = ['an unpadded id: request 3', '  The real API answers 404.', 'No finding is no praise.'];
    const lines = reportLines('Client check of 3 requests', report, 20);
    assert.deepEqual(withoutStyles(lines), [
      '',
      'Client check of 3 r…',
      '',
      'an unpadded id:',
      'request 3',
      '  The real API',
      '  answers 404.',
      '',
      'No finding is no',
      'praise.',
      '',
    ]);
    assert.deepEqual(
      lines.map((line) => styleOf('id', line) ?? styleOf('request 3', line)).filter((style) => style !== undefined),
      ['33', '33'],
    );
  });
});

describe('a duration', () => {
  for (const [ms, text] of [
    [0, '0 ms'],
    [999, '999 ms'],
    [1000, '1.0 s'],
    [9949, '9.9 s'],
    [9950, '10 s'],
    [61_000, '61 s'],
  ] as const) {
    it(`of ${ms} ms is ${text}`, () => assert.equal(durationText(ms), text));
  }
});

describe('the first lines', () => {
  const greeting = { url: 'http://127.0.0.1:8123', token: 'simulated-0123456789abcdef', smartlockId: 17_179_869_184 };
  const linesOn = (isWindows: boolean): string =>
    withoutStyles(greetingLines({ ...greeting, isWindows }, 80, inEnglish)).join('\n');

  it('say address and token, and the token once', () => {
    const text = linesOn(false);
    assert.match(text, /^Address\s+http:\/\/127\.0\.0\.1:8123$/m);
    assert.match(text, /^Token\s+simulated-0123456789abcdef$/m);
    assert.equal(text.split(greeting.token).length, 2);
  });

  it('show a read and an action as curl sends them', () => {
    assert.deepEqual(linesOn(false).match(/^curl .*$/gm), [
      'curl -H "Authorization: Bearer $NUKI_TOKEN" $NUKI_BASE_URL/smartlock',
      'curl -H "Authorization: Bearer $NUKI_TOKEN" $NUKI_BASE_URL/smartlock/17179869184/action/unlock -X POST',
    ]);
    assert.match(
      linesOn(true),
      /^curl\.exe -H "Authorization: Bearer \$env:NUKI_TOKEN" \$env:NUKI_BASE_URL\/smartlock$/m,
    );
  });

  it('say whose address it is, where there are two machines', () => {
    const lines = greetingLines({ ...greeting, isWindows: false, place: 'On the remote machine.' }, 80, inEnglish);
    assert.ok(withoutStyles(lines).includes('On the remote machine.'));
  });
});
