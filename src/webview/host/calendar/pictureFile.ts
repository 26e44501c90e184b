import { yieldToEventLoop } from '../../../base/eventLoop.ts';
import { safeText } from '../../../base/safeText.ts';
import { gridShapes, legendOf, rowShapes, stateText, type Shape } from '../../picture/calendarPicture.ts';
import type { CalendarModel, Row } from '../../protocol/calendar.ts';

export type FileKind = 'svg' | 'html';

const width = 1_180;
const nameWidth = 280;
const rowHeight = 26;
const headHeight = 26;
const titleHeight = 56;
const legendHeight = 34;
const noteHeight = 18;
/** Of most letters at most. */
const widthOfLetter = 7;
/** Around the picture. */
const margin = 20;

/** As many rows as are drawn in some 20 ms. */
const rowsInTurn = 50;

/** The calendar as a file of its own, in light colours: a picture, or a page to print. */
export async function drawFile(kind: FileKind, model: CalendarModel): Promise<string> {
  return await (kind === 'svg' ? svgFile(model) : htmlFile(model));
}

/** What `draw` makes of each row, with turns for everything else. */
async function drawnRows({ pages }: CalendarModel, draw: (row: Row, index: number) => string): Promise<string[]> {
  const drawn: string[] = [];
  for (const row of pages.flatMap(({ rows }) => rows)) {
    drawn.push(draw(row, drawn.length));
    if (drawn.length % rowsInTurn === 0) await yieldToEventLoop();
  }
  return drawn;
}

async function svgFile(model: CalendarModel): Promise<string> {
  const top = titleHeight + headHeight;
  const rows = await drawnRows(model, (row, index) => at(0, top + index * rowHeight, rowParts(row, model)));
  const bottom = top + rows.length * rowHeight;
  const notes = model.notes.map((note, index) => {
    const y = bottom + legendHeight + 20 + index * noteHeight;
    return `<text class="muted" x="0" y="${y}">${escaped(note)}</text>`;
  });
  const content = [
    `<style>${style}</style><rect class="page" x="-${margin}" y="-${margin}" width="100%" height="100%"/>`,
    `<text class="title" x="0" y="20">${escaped(titleOf(model))}</text>`,
    `<text class="muted" x="0" y="42">${escaped(model.subheading)}</text>`,
    at(0, titleHeight, headParts(model)),
    ...rows,
    at(0, bottom + 8, legendParts(model)),
    ...notes,
  ];
  const height = bottom + legendHeight + notes.length * noteHeight;
  return `${svg(height, content.join(''), titleOf(model), margin)}\n`;
}

/** A table of one column, whose head is printed again on every sheet. */
async function htmlFile(model: CalendarModel): Promise<string> {
  const { subheading, language, notes } = model;
  const rows = await drawnRows(
    model,
    (row) => `<tr><td>${svg(rowHeight, rowParts(row, model), rowWords(row, model))}</td></tr>`,
  );
  return `<!DOCTYPE html>
<html lang="${escaped(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(titleOf(model))}</title>
<style>${style}${pageStyle}</style>
</head>
<body>
<h1>${escaped(titleOf(model))}</h1>
<p>${escaped(subheading)}</p>
${notes.map((note) => `<p>${escaped(note)}</p>`).join('\n')}
<table>
<thead><tr><th>${svg(headHeight, headParts(model), model.period)}</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>
${svg(legendHeight, legendParts(model), model.texts.legend)}
</body>
</html>
`;
}

/** All that is drawn of a row, for a screen reader. */
function rowWords(row: Row, { days }: CalendarModel): string {
  const cells = row.cells.map((words, day) => words && `${days[day]?.spoken ?? ''}: ${words}`);
  return [row.name, stateText(row), ...cells].filter(Boolean).join('. ');
}

function titleOf({ heading, period }: CalendarModel): string {
  return `${heading}, ${period}`;
}

function headParts({ days }: CalendarModel): string {
  const dayWidth = (width - nameWidth) / days.length;
  const isNarrow = dayWidth < 44;
  return days
    .map(({ label, short, isToday }, index) => {
      const x = nameWidth + index * dayWidth + (isNarrow ? dayWidth / 2 : 5);
      const look = isToday ? 'strong' : 'muted';
      return `<text class="${look}"${isNarrow ? ' text-anchor="middle"' : ''} x="${x.toFixed(1)}" y="17">${escaped(isNarrow ? short : label)}</text>`;
    })
    .join('');
}

function rowParts(row: Row, { days }: CalendarModel): string {
  const track = { width: width - nameWidth, height: rowHeight, days: days.length };
  const isGroup = row.isUnfolded !== null;
  const state = stateText(row);
  const nameX = isGroup ? 0 : 16;
  return (
    `<text class="${isGroup ? 'strong' : 'name'}" x="${nameX}" y="17">${escaped(safeText(row.name, state === '' ? 38 : 22))}</text>` +
    `<text class="muted" text-anchor="end" x="${nameWidth - 10}" y="17">${escaped(safeText(state, 26))}</text>` +
    at(nameWidth, 0, parts([...gridShapes(days, track), ...rowShapes(row, track)])) +
    (isGroup ? `<path class="line" d="M0 0H${width}"/>` : '')
  );
}

function legendParts({ texts }: CalendarModel): string {
  let x = 0;
  return legendOf(texts)
    .map(({ words, shapes }) => {
      const example = at(x, 6, parts(shapes)) + `<text class="muted" x="${x + 36}" y="20">${escaped(words)}</text>`;
      x += 64 + words.length * widthOfLetter;
      return example;
    })
    .join('');
}

function parts(shapes: readonly Shape[]): string {
  return shapes
    .map((shape) =>
      shape.kind === 'path'
        ? `<path class="${shape.look}" d="${shape.d}"/>`
        : `<text class="${shape.look}" text-anchor="middle" x="${shape.x}" y="${shape.y}">${escaped(shape.text)}</text>`,
    )
    .join('');
}

function at(x: number, y: number, content: string): string {
  return `<g transform="translate(${x} ${y})">${content}</g>`;
}

function svg(height: number, content: string, label: string, around = 0): string {
  const box = [-around, -around, width + 2 * around, height + 2 * around].join(' ');
  return `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="${escaped(label)}" viewBox="${box}">${content}</svg>`;
}

/** Foreign text between tags or in an attribute of HTML and XML, without the characters that XML cannot hold. */
function escaped(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** Light colours that stay apart in grey, too. */
const style = [
  'text{font:12px system-ui,sans-serif;fill:#1f1f1f}',
  '.title{font-size:18px;font-weight:600}.strong{font-weight:600}.muted{fill:#5a5a5a}',
  'path{fill:none}.page{fill:#fff}',
  '.sure{fill:#0b5cad}.unsure{fill:#fff;stroke:#0b5cad}.hatch{stroke:#0b5cad}',
  '.off{stroke:#6e6e6e;stroke-dasharray:3 2}',
  'path.count{fill:#a9cbee}.possible{stroke:#0b5cad;stroke-dasharray:2 2}text.count{font-size:10px}',
  '.expiring{fill:#a85400;stroke:#a85400}.gap{stroke:#6e6e6e}.overlap{stroke:#6e6e6e}',
  '.noon{stroke:#d4d4d4;stroke-dasharray:1 4}.now{stroke:#b5200d;stroke-width:1.5}.line{stroke:#d4d4d4}.weekend{fill:#f3f3f3}.day{fill:#e8f1fb}',
].join('');

const pageStyle = [
  'body{margin:24px;font:13px system-ui,sans-serif;color:#1f1f1f;background:#fff}h1{font-size:18px}p{margin:4px 0;color:#5a5a5a}',
  'table{width:100%;border-collapse:collapse;margin-top:16px}th,td{padding:0}svg{display:block;width:100%}tr{break-inside:avoid}',
  '@page{size:landscape;margin:12mm}@media print{body{margin:0}*{print-color-adjust:exact}}',
].join('');
