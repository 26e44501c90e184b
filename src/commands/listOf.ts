import { l10n } from 'vscode';

/** How many lines of a list a dialog shows. */
export const shownLines = 20;

/** The first {@link shownLines} items as lines of a dialog or parts of a sentence, and how many more there are. */
export function listOf<T>(all: readonly T[], lineOf: (item: T) => string, separator = '\n'): string {
  const rest = all.length - shownLines;
  return [...all.slice(0, shownLines).map(lineOf), ...(rest > 0 ? [l10n.t('and {0} more', rest)] : [])].join(separator);
}
