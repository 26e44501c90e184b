import { Range, workspace, WorkspaceEdit, type TextDocument } from 'vscode';

/** Replaces what differs by one edit, which one Undo takes back. */
export async function replaceText(document: TextDocument, before: string, after: string): Promise<boolean> {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  const edits = new WorkspaceEdit();
  const range = new Range(document.positionAt(start), document.positionAt(before.length - end));
  edits.replace(document.uri, range, after.slice(start, after.length - end));
  return await workspace.applyEdit(edits);
}
