import type { Translate } from '../base/locale.ts';
import type { Exchange } from '../simulator/journal/exchange.ts';
import { cutTo, fit, fitPath, plain, styled, wrapped, type Style } from './terminalText.ts';

/** A request that has ended, as it is shown. */
export interface ShownRequest extends Pick<Exchange, 'number' | 'method' | 'path' | 'fault' | 'status'> {
  /** How long the client has waited, in ms. */
  readonly took: number;
  /** What it meant. */
  readonly words: string;
}

/** Cells of a terminal: number, method, status and duration, each with the blanks after it. */
const cells = { number: 6, method: 8, status: 5, took: 9 } as const;
const fixed = cells.number + cells.method + cells.status + cells.took;

/** Fewer cells beside the path hold no words: they begin a line of their own. */
const fewestForWords = 20;

/**
 * The lines of a request: number, method, path, status and duration, with what it meant beside them, or below where that is longer. They fit into
 * `columns`, where these are 50 or more.
 */
export function requestLines(request: ShownRequest, columns: number): readonly string[] {
  const { number, method, path, status, took, fault, words } = request;
  const pathCells = Math.min(44, Math.max(16, Math.floor((columns - fixed) * 0.42)));
  const begin = fixed + pathCells + 2;
  const isBeside = columns - begin >= fewestForWords;
  const indent = isBeside ? begin : cells.number;
  const said = fault === undefined ? words : `${fault} · ${words}`;
  const lines = wrapped(said, columns - indent).map((line) => {
    const text = cutTo(line, columns - indent);
    return fault === undefined ? text : styled('odd', text);
  });
  const facts = [
    numberCells(number),
    fit(method, cells.method),
    styled('quiet', fitPath(path, pathCells)),
    '  ',
    styled(statusStyle(status), fit(status === undefined ? '–' : String(status), cells.status)),
    styled('quiet', `${durationText(took).padStart(cells.took - 3)}   `),
  ].join('');
  const [first = '', ...more] = isBeside ? lines : ['', ...lines];
  return [facts + first, ...more.map((line) => ' '.repeat(indent) + line)];
}

/** The lines of how a request came out after its answer: `12  unlatch Front Door: done in 3.1 s`. */
export function outcomeLines(number: number, sentence: string, style: Style, columns: number): readonly string[] {
  return wrapped(sentence, columns - cells.number).map((line, index) => {
    const start = index === 0 ? numberCells(number) : ' '.repeat(cells.number);
    return start + styled(style, line);
  });
}

/** The lines of a request that is refused before it reaches the API, and that has no number therefore. */
export function refusalLines(method: string, path: string, sentence: string, columns: number): readonly string[] {
  const pathCells = Math.max(1, columns - cells.number - cells.method - cells.status);
  const indent = ' '.repeat(cells.number);
  return [
    `${styled('quiet', '   –  ')}${fit(method, cells.method)}${styled('odd', '401')}  ${styled('quiet', cutTo(plain(path), pathCells))}`,
    ...wrapped(sentence, columns - cells.number).map((line) => indent + styled('odd', line)),
  ];
}

function numberCells(number: number): string {
  return styled('quiet', `${String(number).padStart(cells.number - 2)}  `);
}

function statusStyle(status: number | undefined): Style {
  if (status === undefined || status >= 500) return 'bad';
  return status < 400 ? 'good' : 'odd';
}

/** `12 ms` or `3.1 s`; from 10 seconds on without a fraction. */
export function durationText(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  return ms < 9950 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`;
}

/** The lines of a client check: what it found stands out, with what it means and what to do below; how much it could find comes last. */
export function reportLines(title: string, report: readonly string[], columns: number): readonly string[] {
  const isDetail = (line: string | undefined): boolean => line?.startsWith(' ') === true;
  const said = report.flatMap((line, index) => {
    const indent = isDetail(line) ? '  ' : '';
    const lines = wrapped(line, columns - indent.length).map((each) => indent + each);
    if (isDetail(line)) return lines;
    if (isDetail(report[index + 1])) return ['', ...lines.map((each) => styled('odd', each))];
    return ['', ...lines];
  });
  return ['', styled('strong', cutTo(title, columns)), ...said, ''];
}

/** How the API is used, above the requests. */
export interface Greeting {
  readonly url: string;
  readonly token: string;
  /** A device to try an action on. */
  readonly smartlockId: number;
  /** PowerShell writes variables in its own way. */
  readonly isWindows: boolean;
  /** Where it is reached, in words, where that is not this very computer. */
  readonly place?: string | undefined;
}

/** The first lines: address and token, and a request for each of the two things that clients do. */
export function greetingLines(greeting: Greeting, columns: number, t: Translate): readonly string[] {
  const { url, token, smartlockId, isWindows, place } = greeting;
  const [curl, environment] = isWindows ? ['curl.exe', '$env:'] : ['curl', '$'];
  const request = `${curl} -H "Authorization: Bearer ${environment}NUKI_TOKEN"`;
  const [address, tokenName] = [t('Address'), t('Token')];
  const nameCells = Math.max(address.length, tokenName.length) + 2;
  const hint = t('The menu of the status bar item copies both variables. Ctrl+C stops the API.');
  return [
    styled('quiet', fit(address, nameCells)) + url,
    styled('quiet', fit(tokenName, nameCells)) + token,
    ...(place === undefined ? [] : quietLines(place, columns)),
    '',
    `${request} ${environment}NUKI_BASE_URL/smartlock`,
    `${request} ${environment}NUKI_BASE_URL/smartlock/${smartlockId}/action/unlock -X POST`,
    '',
    ...quietLines(hint, columns),
    '',
  ];
}

function quietLines(sentence: string, columns: number): readonly string[] {
  return wrapped(sentence, columns).map((line) => styled('quiet', line));
}
