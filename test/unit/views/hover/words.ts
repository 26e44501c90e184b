import type { Hover } from '../../../../src/views/hover/hover.ts';

/** What a hover says, a line each. */
export function wordsOf({ title, subtitle, lines, footer }: Hover): string {
  return [`${title} · ${subtitle}`, ...lines.map(({ text }) => text), ...footer].join('\n');
}
