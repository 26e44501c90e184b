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
    const without = await activations(editor, 0);
    const withThree = await activations(editor, 3);
    return [
      { line: 'activation without account', ...without.ms },
      { line: 'activation with three accounts', ...withThree.ms },
      { line: 'heap at rest without account', ...without.megabytes },
    ];
  },
});

interface Activations {
  /** Of activating. */
  readonly ms: Rivals<number[]>;
  /** What stays in use. */
  readonly megabytes: Rivals<number[]>;
}

/** Activates both in a fresh extension host each time. The heap is read with any number of accounts, so that all are measured alike. */
async function activations(editor: Editor, accounts: number): Promise<Activations> {
  const ms: Rivals<number[]> = { ours: [], beside: [] };
  const megabytes: Rivals<number[]> = { ours: [], beside: [] };
  const ids = { ours, beside: empty };
  const window = await editor.window(accounts);
  for (let round = 0; round < leastSamples; round += 1) {
    if (round > 0) await window.reload();
    await window.activate(first);
    for (const which of orderOf(round)) {
      const before = await window.heap();
      ms[which].push(await window.activate(ids[which]));
      megabytes[which].push(((await window.heap()) - before) / megabyte);
    }
  }
  await window.close();
  return { ms, megabytes };
}
