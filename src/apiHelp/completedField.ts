import { Range, type Position, type TextDocument } from 'vscode';

/** How much of a line is read before the pointer, in characters. */
const lineReach = 200;

/** A field whose value is being written, and how much of it has been. */
export interface CompletedField {
  readonly name: 'allowedWeekDays' | 'action';
  readonly typed: string;
}

/** The field before the pointer, where it is one whose values can be completed. */
export function completedFieldBefore(document: TextDocument, position: Position): CompletedField | undefined {
  const lineStart = position.with({ character: Math.max(0, position.character - lineReach) });
  const line = document.getText(new Range(lineStart, position));
  const [, name, typed = ''] = /\b(allowedWeekDays|action)\\?["']?\]?\s*[:=]\s*(\d*)$/.exec(line) ?? [];
  return name === 'allowedWeekDays' || name === 'action' ? { name, typed } : undefined;
}
