import { safeText, textLength } from '../base/safeText.ts';

/** The styles of what a terminal shows: colors of the theme. Numbers: ECMA-48, SGR. */
const styles = { strong: 1, quiet: 90, good: 32, odd: 33, bad: 31 } as const;

export type Style = keyof typeof styles;

/** `text` in a style. Whatever others wrote has gone through {@link fit} or {@link plain} before. */
export function styled(style: Style, text: string): string {
  return `\u001B[${styles[style]}m${text}\u001B[0m`;
}

/** Foreign text in one line and without anything that a terminal would obey. */
export function plain(foreign: string): string {
  return safeText(foreign, textLength * 10);
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Letters of East Asia and emoji, which take two cells. Unicode, UAX 11; as xterm counts them. */
const wide =
  /\p{Emoji_Presentation}|[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uA960-\uA97F\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{20000}-\u{3FFFD}]/u;

/** How many cells of a terminal a text takes that has no style. */
export function cellsOf(text: string): number {
  return cellsIn(text).reduce((sum, [, cells]) => sum + cells, 0);
}

function cellsIn(text: string): (readonly [grapheme: string, cells: number])[] {
  return [...graphemes.segment(text)].map(({ segment }) => [segment, wide.test(segment) ? 2 : 1]);
}

/** Foreign text in exactly `cells` cells: padded with blanks, or with its end cut off. */
export function fit(foreign: string, cells: number): string {
  const text = cutTo(plain(foreign), cells);
  return text + ' '.repeat(Math.max(0, cells - cellsOf(text)));
}

/** As much of a text as `cells` cells hold, with "…" where its end is missing. */
export function cutTo(text: string, cells: number): string {
  if (cellsOf(text) <= cells) return text;
  let left = cells - 1;
  const kept = cellsIn(text).filter(([, width]) => (left -= width) >= 0);
  return `${kept.map(([grapheme]) => grapheme).join('')}…`;
}

/** A path of a request in exactly `cells` cells; a long one lacks its middle, as both of its ends tell something. */
export function fitPath(path: string, cells: number): string {
  const text = plain(path);
  if (cellsOf(text) <= cells) return fit(text, cells);
  const end = cellsIn(text).slice(-Math.floor(cells / 2));
  const tail = end.map(([grapheme]) => grapheme).join('');
  return fit(cutTo(text, cells - cellsOf(tail)) + tail, cells);
}

/** A sentence in lines of at most `cells` cells, broken between words. */
export function wrapped(sentence: string, cells: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of plain(sentence).split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line === '' || cellsOf(longer) <= cells) {
      line = longer;
      continue;
    }
    lines.push(line);
    line = word;
  }
  return [...lines, line];
}
