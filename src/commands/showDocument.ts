import { window, workspace } from 'vscode';

/** Opens a document that can be kept: it has no file until the user saves it. */
export async function showDocument(markdown: string): Promise<void> {
  const document = await workspace.openTextDocument({ language: 'markdown', content: markdown });
  await window.showTextDocument(document, { preview: false });
}
