import { commands, l10n, type Disposable } from 'vscode';
import type { Report } from '../report.ts';
import type { CommandId } from './ids.ts';

/**
 * Registers a command. What it throws is logged and said once, here and nowhere else; its callers learn nothing from it, not even
 * another extension that runs it.
 * @param run gets the argument that it was called with: a hint from anywhere, to be looked up in the own store
 */
export function registerCommand(
  id: CommandId,
  report: Report,
  run: (hint: unknown) => Promise<void> | void,
): Disposable {
  return commands.registerCommand(id, async (hint?: unknown): Promise<void> => {
    try {
      await run(hint);
    } catch (error) {
      report.failure(id, error);
      report.warn(l10n.t('Something went wrong. The log says more.'), [
        { title: l10n.t('Show Log'), run: () => report.show() },
      ]);
    }
  });
}
