import type { Bench } from '../bench.ts';
import { leastSamples, orderOf, type Rivals } from '../measure.ts';
import type { LineName } from '../lines.ts';
import { manySmartlocks } from '../people.ts';
import type { Editor } from './editor.ts';
import { copyTree, hide, prepare, timeToShow, views } from './trees.ts';

const sizes: readonly (readonly [LineName, number])[] = [
  ['first paint of 1,000 devices', 1_000],
  ['first paint of 5,000 devices', 5_000],
];

/** From showing the view for the first time, with the extension at rest, to its first painted rows. */
export const firstPaint = (open: () => Promise<Editor>): Bench => ({
  name: 'first paint of the tree',
  run: async () => {
    const editor = await open();
    const measured = [];
    for (const [line, count] of sizes) measured.push({ line, ...(await paints(editor, count)) });
    return measured;
  },
});

async function paints(editor: Editor, count: number): Promise<Rivals<number[]>> {
  const times: Rivals<number[]> = { ours: [], beside: [] };
  await copyTree(editor, manySmartlocks(count));
  const window = await editor.window(1);
  for (let round = 0; round < leastSamples; round += 1) {
    if (round > 0) await window.reload();
    await prepare(window);
    for (const which of orderOf(round)) times[which].push(await timeToShow(window, views[which]));
    await hide(window);
  }
  await window.close();
  return times;
}
