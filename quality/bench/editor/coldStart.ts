import type { Bench } from '../bench.ts';
import { inTurn } from '../measure.ts';
import { manySmartlocks } from '../people.ts';
import type { Editor, Window } from './editor.ts';
import { lookFromStart } from './paint.ts';
import { firstRows, row, views, copyTree } from './trees.ts';

const devices = 8;

/** From the start of a window that shows the view, as it did when it was left, to its first painted rows. */
export const coldStart = (open: () => Promise<Editor>): Bench => ({
  name: 'cold start with the tree in sight',
  run: async () => {
    const editor = await open();
    await copyTree(editor, manySmartlocks(devices));
    const windows = { ours: await openShowing(editor, views.ours), beside: await openShowing(editor, views.beside) };
    const times = await inTurn({ ours: () => windows.ours.start(), beside: () => windows.beside.start() });
    for (const { window } of Object.values(windows)) await window.close();
    return [{ line: 'cold start, view open: window to first rows', ...times }];
  },
});

async function openShowing(
  editor: Editor,
  view: string,
): Promise<{ readonly window: Window; start(): Promise<number> }> {
  const window = await editor.window(1);
  await window.run(`${view}.focus`);
  await row(window, 0).waitFor();
  const painted = await lookFromStart(window.workbench.page, firstRows);
  const start = async (): Promise<number> => {
    await window.reload();
    return await painted();
  };
  await start(); // the first one fills the browser's cache
  return { window, start };
}
