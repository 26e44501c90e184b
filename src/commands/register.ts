import { commands, l10n, type Disposable } from 'vscode';
import type { Report } from '../report.ts';
import { allCommandIds, type CommandId } from './ids.ts';

/** What a command does. Its argument is a hint from anywhere, to be looked up in the own store. */
export type Run = (hint: unknown) => Promise<void> | void;

export type Commands = Readonly<Record<CommandId, Run>>;

/**
 * Registers every command; what they do is loaded when the first one is run. What a command throws is logged and said once, here and
 * nowhere else; its callers learn nothing from it, not even another extension that runs it.
 */
export function registerCommands(report: Report, load: () => Promise<Commands>): Disposable[] {
  return allCommandIds.map((id) =>
    commands.registerCommand(id, async (hint?: unknown): Promise<void> => {
      try {
        const all = await load();
        await all[id](hint);
      } catch (error) {
        report.failure(id, error);
        report.warn(l10n.t('Something went wrong. The log says more.'), [
          { title: l10n.t('Show Log'), run: () => report.show() },
        ]);
      }
    }),
  );
}
