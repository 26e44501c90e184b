/**
 * Rows as CSV (RFC 4180). A cell that a spreadsheet would run as a formula is made text by an apostrophe before it; ASVS 1.2.10.
 */
export function toCsv(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => `${cells.map(cellOf).join(',')}\r\n`).join('');
}

function cellOf(text: string): string {
  const harmless = /^[\s\0]*[=+\-@\t\r\0]/.test(text) ? `'${text}` : text;
  return `"${harmless.replaceAll('"', '""')}"`;
}
