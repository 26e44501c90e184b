import type { AccessFile } from './accessFile.ts';

/** In UTF-16 code units from the start of the text. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

/** What is wrong in a file, where it stands. */
export interface FileProblem {
  readonly kind: string;
  readonly span: Span;
  readonly values: readonly (string | number)[];
  readonly severity: 'error' | 'warning';
}

/** An access file as far as it can be read. */
export interface ParsedFile {
  readonly file: AccessFile;
  readonly problems: readonly FileProblem[];
  placeOf(path: readonly (string | number)[], what?: 'key' | 'value'): Span | undefined;
}

/** Not there yet. */
export function parseAccessFile(_text: string): ParsedFile {
  return { file: { doors: [], entries: [], sources: [] }, problems: [], placeOf: () => undefined };
}
