/**
 * Rows as CSV (RFC 4180). An apostrophe goes before a cell that a spreadsheet would run as a formula, also where it begins
 * with a full-width sign; OWASP ASVS 1.2.10.
 */
export function toCsv(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => `${cells.map(cellOf).join(',')}\r\n`).join('');
}

function cellOf(text: string): string {
  const harmless = /^[\s\0]*[=+\-@＝＋－＠\t\r\0]/.test(text) ? `'${text}` : text;
  return `"${harmless.replaceAll('"', '""')}"`;
}
