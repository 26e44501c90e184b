import type { Bench } from '../bench.ts';
import { leastSamples, megabyte, orderOf, type Rivals } from '../measure.ts';
import { manySmartlocks } from '../people.ts';
import type { Editor } from './editor.ts';
import { empty, first, ours } from './packages.ts';

/** What VS Code pays for the extension when it starts, beside one that does nothing. */
export const activation = (open: () => Promise<Editor>): Bench => ({
  name: 'activation and heap at rest',
  run: async () => {
    const editor = await open();
    editor.cloud.set(manySmartlocks(8));
    const megabytes: Rivals<number[]> = { ours: [], beside: [] };
    return [
      { line: 'activation without account', ...(await activations(editor, 0, megabytes)) },
      { line: 'activation with three accounts', ...(await activations(editor, 3)) },
      { line: 'heap at rest without account', ...megabytes },
    ];
  },
});

/** @returns milliseconds. What stays in use goes to `megabytes`, where it is given. */
async function activations(editor: Editor, accounts: number, megabytes?: Rivals<number[]>): Promise<Rivals<number[]>> {
  const ms: Rivals<number[]> = { ours: [], beside: [] };
  const ids = { ours, beside: empty };
  const window = await editor.window(accounts);
  for (let round = 0; round < leastSamples; round += 1) {
    if (round > 0) await window.reload();
    await window.activate(first);
    for (const which of orderOf(round)) {
      const before = megabytes && (await window.heap());
      ms[which].push(await window.activate(ids[which]));
      if (before !== undefined) megabytes?.[which].push(((await window.heap()) - before) / megabyte);
    }
  }
  await window.close();
  return ms;
}
