// Where each shape of the access calendar lies: what the page draws, and what is written to a file.
import { minutesPerDay } from '../../nuki/time/timeOfDay.ts';
import type { Certainty, Row, Stretch, Texts } from '../protocol/calendar.ts';

/** A shape and its place in pixels; `look` says what it means. */
export type Shape =
  | { readonly kind: 'path'; readonly look: Look; readonly d: string }
  | { readonly kind: 'text'; readonly look: 'count'; readonly x: number; readonly y: number; readonly text: string };

export type Look =
  | Certainty
  | 'hatch'
  | 'count'
  | 'possible'
  | 'expiring'
  | 'gap'
  | 'overlap'
  | 'now'
  | 'day'
  | 'weekend'
  | 'line'
  | 'noon';

/** The size of a row's picture in pixels, and how many days it shows. */
export interface Track {
  readonly width: number;
  readonly height: number;
  readonly days: number;
}

const radius = 3;
const gapOfHatch = 5;
/** A bar that would be thinner is drawn so wide that it is seen. */
const thinnest = 2;
/** How wide, in pixels, a stretch must be to have a number in it. */
const widthOfNumber = 16;
/** How wide, in pixels, a day must be to have a line at noon. */
const widthWithNoon = 60;

/** What a row says beside its name, the gravest first; that something ends soon is told by its schedule. */
export function stateText({ marks, detail }: Pick<Row, 'marks' | 'detail'>): string {
  const words = (areLast: boolean): readonly string[] =>
    marks.filter(({ kind }) => (kind === 'expiring') === areLast).map((mark) => mark.words);
  return [...words(false), detail, ...words(true)].filter(Boolean).join(' · ');
}

/** The shapes of a row, those below first. */
export function rowShapes(row: Row, track: Track): readonly Shape[] {
  const place = placesIn(track);
  const barHeight = Math.min(14, track.height - 8);
  const top = (track.height - barHeight) / 2;
  const shapes = new Map<Look, string[]>();
  const draw = (look: Look, d: string): void => {
    const paths = shapes.get(look);
    if (paths) paths.push(d);
    else shapes.set(look, [d]);
  };
  for (const change of row.clockChanges) {
    const { x, width } = place(change);
    draw(change.kind, change.kind === 'gap' ? hatch(x, 0, width, track.height) : bars(x, width, track.height));
  }
  for (const { certainty, ...stretch } of row.bars) {
    const { x, width } = place(stretch);
    draw(certainty, barPath(x, top, width, barHeight, track.width));
    if (certainty === 'unsure') draw('hatch', hatch(x, top, width, barHeight));
  }
  if (row.marks.some(({ kind }) => kind === 'expiring')) {
    const end = row.bars.at(-1)?.until ?? Infinity;
    if (end < track.days * minutesPerDay) draw('expiring', flag(place({ from: end, until: end }).x, top, barHeight));
  }
  const numbers = drawCounts(row, track, draw);
  if (row.now !== null) {
    const { x } = place({ from: row.now, until: row.now });
    draw('now', `M${round(x)} 0V${track.height}`);
  }
  return [...[...shapes].map(([look, paths]): Shape => ({ kind: 'path', look, d: paths.join('') })), ...numbers];
}

/** How many can enter, as high as there are many, with the number where it fits. */
function drawCounts(
  { counts }: Row,
  track: Track,
  draw: (look: Look, d: string) => void,
): readonly (Shape & { readonly kind: 'text' })[] {
  const most = Math.max(1, ...counts.map(({ possible }) => possible));
  const room = track.height - 6;
  const base = track.height - 3;
  const place = placesIn(track);
  return counts.flatMap(({ sure, possible, ...stretch }) => {
    const { x, width } = place(stretch);
    const heightOf = (count: number): number => round((room * (most + 2 * count)) / (3 * most));
    if (sure > 0) draw('count', box(x, base - heightOf(sure), width, heightOf(sure)));
    if (possible > sure) {
      const floor = sure > 0 ? base - heightOf(sure) : base;
      const height = floor - (base - heightOf(possible));
      draw('possible', box(x, floor - height, width, height));
      draw('hatch', hatch(x, floor - height, width, height));
    }
    if (width < widthOfNumber) return [];
    const text = possible > sure ? `${sure}+${possible - sure}` : String(sure);
    if (width < widthOfNumber * Math.max(1, text.length / 2)) return [];
    return [{ kind: 'text', look: 'count', x: round(x + width / 2), y: round(base - 4), text }];
  });
}

/** The lines between the days, and the weekends, behind all rows. */
export function gridShapes(
  days: readonly { readonly isWeekend: boolean; readonly isToday: boolean }[],
  track: Track,
): readonly Shape[] {
  const width = track.width / track.days;
  const column = (index: number): string => box(index * width, 0, width, track.height);
  const columns = (fits: (day: (typeof days)[number]) => boolean): string =>
    days.map((day, index) => (fits(day) ? column(index) : '')).join('');
  const lines = days.map((_, index) => `M${round(index * width)} 0V${track.height}`).join('');
  const noons = days.map((_, index) => `M${round((index + 0.5) * width)} 0V${track.height}`).join('');
  return [
    { kind: 'path', look: 'weekend', d: columns(({ isWeekend }) => isWeekend) },
    { kind: 'path', look: 'day', d: columns(({ isToday }) => isToday) },
    { kind: 'path', look: 'line', d: lines },
    ...(width < widthWithNoon ? [] : [{ kind: 'path', look: 'noon', d: noons } as const]),
  ];
}

function placesIn({ width, days }: Track): (stretch: Stretch) => { readonly x: number; readonly width: number } {
  const scale = width / (days * minutesPerDay);
  return ({ from, until }) => ({
    x: from * scale,
    width: until > from ? Math.max(thinnest, (until - from) * scale) : 0,
  });
}

/** A bar with round ends, which are straight where it goes on before or after the period. */
function barPath(x: number, y: number, width: number, height: number, end: number): string {
  const left = x <= 0 ? 0 : Math.min(radius, width / 2);
  const right = x + width >= end - 0.01 ? 0 : Math.min(radius, width / 2);
  const [l, r] = [round(left), round(right)];
  const corner = (size: number, dx: number, dy: number): string =>
    size > 0 ? `a${size} ${size} 0 0 1 ${dx} ${dy}` : '';
  return (
    `M${round(x + left)} ${round(y)}H${round(x + width - right)}${corner(r, r, r)}V${round(y + height - right)}` +
    `${corner(r, -r, r)}H${round(x + left)}${corner(l, -l, -l)}V${round(y + left)}${corner(l, l, -l)}Z`
  );
}

function box(x: number, y: number, width: number, height: number): string {
  return `M${round(x)} ${round(y)}h${round(width)}v${round(height)}h${round(-width)}Z`;
}

/** Lines that rise from left to right in a box. */
function hatch(x: number, y: number, width: number, height: number): string {
  const lines: string[] = [];
  for (let start = gapOfHatch - height; start < width; start += gapOfHatch) {
    const from = Math.max(0, start);
    const until = Math.min(width, start + height);
    if (from >= until) continue;
    lines.push(
      `M${round(x + from)} ${round(y + height - (from - start))}L${round(x + until)} ${round(y + height - (until - start))}`,
    );
  }
  return lines.join('');
}

/** Lines from top to bottom at both ends and in the middle. */
function bars(x: number, width: number, height: number): string {
  return [x, x + width / 2, x + width].map((line) => `M${round(line)} 0V${height}`).join('');
}

/** A flag at the end of a bar. */
function flag(x: number, y: number, height: number): string {
  return `M${round(x)} ${round(y + height + 2)}V${round(y - 2)}h7l-2.5 3 2.5 3h-7`;
}

function round(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}

const nothing: Row = {
  key: 0,
  isUnfolded: null,
  name: '',
  detail: '',
  marks: [],
  bars: [],
  counts: [],
  clockChanges: [],
  now: null,
  cells: [],
  opens: null,
};
const middle: Stretch = { from: 240, until: 1_200 };

const examples: readonly (readonly [text: keyof Texts, row: Partial<Row>])[] = [
  ['sure', { bars: [{ ...middle, certainty: 'sure' }] }],
  ['unsure', { bars: [{ ...middle, certainty: 'unsure' }] }],
  ['off', { bars: [{ ...middle, certainty: 'off' }] }],
  ['expiring', { bars: [{ from: 0, until: 900, certainty: 'sure' }], marks: [{ kind: 'expiring', words: '' }] }],
  ['gap', { clockChanges: [{ ...middle, kind: 'gap' }] }],
  ['overlap', { clockChanges: [{ ...middle, kind: 'overlap' }] }],
  ['now', { now: 720 }],
];

/** The size of an example in the legend. */
export const sample: Track = { width: 28, height: 20, days: 1 };

/** What the shapes mean: an example of each, and its words. */
export function legendOf(texts: Texts): readonly { readonly words: string; readonly shapes: readonly Shape[] }[] {
  return examples.map(([text, row]) => ({ words: texts[text], shapes: rowShapes({ ...nothing, ...row }, sample) }));
}
