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

/** Runs a conversion, and accepts what it offers first until it is done: its first result, put where it came from. */
async function convert(noun: string, text: string): Promise<string> {
  const editor = await editorWith(text);
  await acceptAll(noun);
  return editor.document.getText();
}

async function acceptAll(noun: string): Promise<void> {
  const done = commands.executeCommand(`nuki.convert.${noun}`).then(() => true);
  // The list may not be there yet, and VS Code has no event for it: it is accepted again until the command is done.
  const soon = (): Promise<false> => new Promise((resolve) => setTimeout(() => resolve(false), 50));
  while (!(await Promise.race([done, soon()]))) {
    await commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
  }
}

describe('a conversion in the editor', () => {
  for (const [noun, before, after] of [
    ['timeOfDay', 'from [09:00] on', 'from 540 on'],
    ['weekdays', 'days [1]', 'days Sun'],
    ['deviceId', 'id: [51A2B3C4D]', 'id: 21913877581'],
    ['weekdays', 'days [Mon–Fri]', 'days 124'],
    ['timeZone', 'zone [Europe/Berlin]', 'zone 37'],
    ['firmware', 'v[5.9.4]', 'v329988'],
    ['timeOfDay', '[09:00] to [5:30 PM], and [12.15]', '540 to 1050, and 735'],
    ['deviceId', '[21913877581]\n[9129696002]', '1A2B3C4D\n202C1B02'],
    ['timeZone', 'zone [Europe/Bratislava]', 'zone 37'],
    ['deviceId', 'id: [nuki/1A2B3C4D]', 'id: 21913877581'],
    ['timeOfDay', '[09:00], [noon], [10:00]', '540, noon, 600'],
  ] as const) {
    it(`of ${noun} replaces ${before.replaceAll('\n', ' ')}`, async () => {
      assert.equal(await convert(noun, before), after);
    });
  }

  it('is copied where the document is read-only', async () => {
    const reading = workspace.registerTextDocumentContentProvider('keyturner-read-only', {
      provideTextDocumentContent: () => '09:00',
    });
    try {
      const document = await workspace.openTextDocument(Uri.parse('keyturner-read-only:/times.txt'));
      const editor = await window.showTextDocument(document);
      editor.selections = [new Selection(0, 0, 0, 5)];
      await env.clipboard.writeText('what was there before');
      await acceptAll('timeOfDay');
      assert.equal(document.getText(), '09:00');
      assert.equal(await env.clipboard.readText(), '540');
    } finally {
      reading.dispose();
    }
  });

  it('puts a result at every cursor where nothing is selected', async () => {
    assert.equal(await convert('timeZone', 'a: []\nb: []'), 'a: 0\nb: 0');
  });
});
