/** Rows as CSV (RFC 4180), with no cell that a spreadsheet would run as a formula. */
export function toCsv(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => `${cells.map(cellOf).join(',')}\r\n`).join('');
}

/** Rows as text with tabs, which spreadsheets take from the clipboard, with no cell that one would run as a formula. */
export function toTsv(rows: readonly (readonly string[])[]): string {
  return rows
    .map((cells) => `${cells.map((text) => harmless(text.replaceAll(/[\t\r\n]+/g, ' '))).join('\t')}\n`)
    .join('');
}

function cellOf(text: string): string {
  return `"${harmless(text).replaceAll('"', '""')}"`;
}

/** With an apostrophe before what would run as a formula, also where it begins with a full-width sign; OWASP ASVS 1.2.10. */
function harmless(text: string): string {
  return /^[\s\0]*[=+\-@＝＋－＠\t\r\0]/.test(text) ? `'${text}` : text;
}
