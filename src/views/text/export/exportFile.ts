import { toCsv } from '../../../base/csv.ts';
import { yieldToEventLoop } from '../../../base/eventLoop.ts';

export type ExportFormat = 'csv' | 'json';

/** What an entry has in the columns of an export. */
export type Exported<Column extends string> = { readonly [C in Column]?: string | number | boolean | undefined };

export interface ExportFile {
  /** How many entries it has. */
  readonly count: number;
  readonly content: Uint8Array;
}

/** How an export is written: the texts before, between and after the entries, and each entry. */
interface Format<Column extends string> {
  readonly begin: string;
  readonly between: string;
  readonly end: string;
  readonly write: (entry: Exported<Column>) => string;
}

function formatOf<Column extends string>(format: ExportFormat, columns: readonly Column[]): Format<Column> {
  const formats = {
    csv: {
      begin: toCsv([columns]),
      between: '',
      end: '',
      write: (entry) => toCsv([columns.map((column) => String(entry[column] ?? ''))]),
    },
    json: {
      begin: '[',
      between: ',',
      end: '\n]\n',
      write: (entry) => `\n${JSON.stringify(entry, undefined, 2)}`.replaceAll('\n', '\n  '),
    },
  } as const satisfies Record<ExportFormat, Format<Column>>;
  return formats[format];
}

/** A file of these entries, a page after the other. */
export async function exportFile<Column extends string>(
  format: ExportFormat,
  columns: readonly Column[],
  pages: AsyncIterable<readonly Exported<Column>[]>,
): Promise<ExportFile> {
  const { begin, between, end, write } = formatOf(format, columns);
  const encoder = new TextEncoder();
  const parts = [encoder.encode(begin)];
  let count = 0;
  for await (const page of pages) {
    if (page.length === 0) continue;
    parts.push(encoder.encode((count === 0 ? '' : between) + page.map(write).join(between)));
    count += page.length;
  }
  parts.push(encoder.encode(end));
  return { count, content: await joined(parts) };
}

/** The parts as one, copied with turns for everything else: those of a large account are 100 MB. */
async function joined(parts: readonly Uint8Array[]): Promise<Uint8Array> {
  const content = new Uint8Array(parts.reduce((size, { length }) => size + length, 0));
  let end = 0;
  for (const part of parts) {
    content.set(part, end);
    end += part.length;
    await yieldToEventLoop();
  }
  return content;
}
