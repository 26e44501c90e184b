/** Rows of words under a heading each. */
export interface OutcomeTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/**
 * What became of something on several doors, to be kept: Markdown that reads as plain text too. All words are shown as they are, whoever wrote
 * them. A part is a paragraph, or a table, which is left out where it has no rows.
 */
export function outcomeDocument(title: string, parts: readonly (string | OutcomeTable)[]): string {
  const texts = parts.map((part) => (typeof part === 'string' ? markdownWords(part) : tableText(part)));
  return [`# ${markdownWords(title)}`, ...texts].filter(Boolean).join('\n\n') + '\n';
}

function tableText({ columns, rows }: OutcomeTable): string {
  if (rows.length === 0) return '';
  const line = (cells: readonly string[]): string => `| ${cells.map(markdownWords).join(' | ')} |`;
  return [line(columns), `|${columns.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}

/** What Markdown takes for marks, references, HTML, tables or links, wherever it stands in a line, and what makes a bare link of an address. */
const marks = /[\\`*_[\]<>|&~$@]|:(?=\/\/|[a-z])|\.(?=\w)/gi;

/** One line of words, fit for Markdown. */
export function markdownWords(words: string): string {
  return words.replaceAll(/\s+/g, ' ').replaceAll(marks, String.raw`\$&`);
}
