import assert from 'node:assert/strict';
import { commands, env, Selection, Uri, window, workspace, type TextEditor } from 'vscode';

/** An editor with `text` in which everything between `[` and `]` is selected. */
async function editorWith(text: string): Promise<TextEditor> {
  const document = await workspace.openTextDocument({ content: text.replace(/[[\]]/g, ''), language: 'plaintext' });
  const editor = await window.showTextDocument(document);
  const marks = [...text.matchAll(/[[\]]/g)].map(({ index }, count) => document.positionAt(index - count));
  await commands.executeCommand('workbench.action.focusActiveEditorGroup'); // a focus that comes later would close what asks
  editor.selections = marks.flatMap((start, at) =>
    at % 2 === 0 ? [new Selection(start, marks[at + 1] ?? start)] : [],
  );
  return editor;
}

/** Runs a conversion of what is selected, and accepts its first result, which is copied. */
async function convert(text: string): Promise<string> {
  const editor = await editorWith(text);
  await acceptFirst();
  assert.equal(editor.document.getText(), text.replace(/[[\]]/g, ''));
  return await env.clipboard.readText();
}

async function acceptFirst(): Promise<void> {
  await env.clipboard.writeText('what was there before');
  const done = commands.executeCommand('nuki.value.convert').then(() => true);
  // The list may not be there yet, and VS Code has no event for it: it is accepted again until the command is done.
  const soon = (): Promise<false> => new Promise((resolve) => setTimeout(() => resolve(false), 50));
  while (!(await Promise.race([done, soon()]))) {
    await commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
  }
}

describe('a conversion in the editor', () => {
  for (const [text, copied] of [
    ['from [09:00] on', '540'],
    ['days [1]', 'Sun'],
    ['id: [51A2B3C4D]', '21913877581'],
    ['days [Mon–Fri]', '124'],
    ['zone [Europe/Berlin]', '37'],
    ['v[5.9.4]', '329988'],
    ['[09:00] to [5:30 PM], and [12.15]', '540\n1050\n735'],
    ['[21913877581]\n[9129696002]', '1A2B3C4D\n202C1B02'],
    ['zone [Europe/Bratislava]', '37'],
    ['id: [nuki/1A2B3C4D]', '21913877581'],
    ['[09:00], [noon], [10:00]', '540\n600'],
  ] as const) {
    it(`of ${text.replaceAll('\n', ' ')} is copied`, async () => assert.equal(await convert(text), copied));
  }

  it('is copied where the document is read-only', async () => {
    const reading = workspace.registerTextDocumentContentProvider('keyturner-read-only', {
      provideTextDocumentContent: () => '09:00',
    });
    try {
      const document = await workspace.openTextDocument(Uri.parse('keyturner-read-only:/times.txt'));
      const editor = await window.showTextDocument(document);
      editor.selections = [new Selection(0, 0, 0, 5)];
      await acceptFirst();
      assert.equal(document.getText(), '09:00');
      assert.equal(await env.clipboard.readText(), '540');
    } finally {
      reading.dispose();
    }
  });
});
