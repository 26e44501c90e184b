import { Range, workspace, WorkspaceEdit, type TextDocument } from 'vscode';

/** Replaces what differs by one edit, which one Undo takes back. @returns whether the document was as `before`, and is changed */
export async function replaceText({ uri }: TextDocument, before: string, after: string): Promise<boolean> {
  // VS Code closes what no editor shows, and it may have changed since.
  const document = await workspace.openTextDocument(uri);
  if (document.getText() !== before) return false;
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  const edits = new WorkspaceEdit();
  const range = new Range(document.positionAt(start), document.positionAt(before.length - end));
  edits.replace(uri, range, after.slice(start, after.length - end));
  return await workspace.applyEdit(edits);
}
