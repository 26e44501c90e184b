import type { Samples } from './bench.ts';
import { lineOf, type Line } from './lines.ts';
import { leastSamples, median } from './measure.ts';

/** A line as it was measured. */
export interface Measured {
  readonly name: string;
  readonly line: Line;
  readonly samples: Samples;
  /** What the limit is about, by the smallest samples and by the middle ones. */
  readonly byMinima: number;
  readonly byMedians: number;
  readonly isKept: boolean;
}

/** Judges a line. @throws where rivals were not measured often enough */
export function measured(samples: Samples): Measured {
  const line = lineOf(samples.line);
  const { ours, beside } = samples;
  const fewest = Math.min(ours.length, beside?.length ?? Infinity);
  if (fewest < (line.beside === undefined ? 1 : leastSamples) || (line.beside !== undefined) !== (beside !== undefined))
    throw new Error(`${samples.line}: ${ours.length} and ${beside?.length} samples are not what it is judged by.`);
  const compare = (our: number, their = NaN): number =>
    line.beside === undefined ? our : line.more ? our - their : our / their;
  const byMinima = compare(least(ours), beside && least(beside));
  const byMedians = compare(median(ours), beside && median(beside));
  const judged = line.eachTime ? Math.max(...ours) : byMedians;
  const isKept = line.atLeast ? judged >= line.limit : judged <= line.limit;
  return { name: samples.line, line, samples, byMinima, byMedians, isKept };
}

function least(samples: readonly number[]): number {
  return Math.min(...samples);
}

const head = [
  '| what | ours: least, median | beside | its least, median | by least | by medians | limit | |',
  '|---|---|---|---|---|---|---|---|',
];

/** The lines as a table in Markdown; where the machine was too busy, a missed limit is not judged. */
export function tableOf(all: readonly Measured[], isQuiet: boolean): string {
  return [...head, ...all.map((one) => rowOf(one, isQuiet))].join('\n');
}

export function rowOf({ name, line, samples, byMinima, byMedians, isKept }: Measured, isQuiet: boolean): string {
  const { ours, beside } = samples;
  const pair = (figures: readonly number[]): string =>
    `${short(least(figures))}, ${short(median(figures))} ${line.unit}`;
  const sign = line.more ? '+ ' : '× ';
  const compared = (figure: number): string => (line.beside === undefined ? '' : sign + short(figure));
  const most = line.eachTime ? `, at most ${short(Math.max(...ours))}` : '';
  const limit = `${line.atLeast ? '≥ ' : '≤ '}${line.beside === undefined ? '' : sign}${line.limit}`;
  const verdict = isKept ? 'kept' : isQuiet ? '**missed**' : 'not judged';
  const cells = [`${name} (${ours.length})`, pair(ours) + most, line.beside ?? '', beside ? pair(beside) : ''];
  return `| ${[...cells, compared(byMinima), compared(byMedians), limit, verdict].join(' | ')} |`;
}

/** Three digits that count. */
export function short(figure: number): string {
  return figure.toLocaleString('en', { maximumSignificantDigits: figure >= 1_000 ? 4 : 3 });
}
