import { commands, l10n, type Disposable } from 'vscode';
import { once } from '../base/once.ts';
import type { Report } from '../report.ts';
import type { CommandId } from './ids.ts';

/** What a command does. Its arguments, a row and those chosen with it, are hints from anywhere, to be looked up in the own store. */
export type Run = (hint: unknown, selected?: unknown) => Promise<void> | void;

export type Commands = Readonly<Record<CommandId, Run>>;

/** What of our own package.json tells which commands there are; a test compares it with the table of ids. */
interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: CommandId }[] };
}

/**
 * Registers the commands that the manifest declares; what they do is loaded when the first one is run. What a command throws is logged and said once, here and
 * nowhere else; its callers learn nothing from it, not even another extension that runs it.
 */
export function registerCommands(
  { packageJSON }: { readonly packageJSON: Manifest },
  report: Report,
  load: () => Promise<Commands>,
): Disposable[] {
  const loadOnce = once(load); // what is under way is known to the one doorkeeper among them
  return packageJSON.contributes.commands.map(({ command: id }) =>
    commands.registerCommand(id, async (hint?: unknown, selected?: unknown): Promise<void> => {
      try {
        const all = await loadOnce();
        await all[id](hint, selected);
      } catch (error) {
        report.failure(id, error);
        report.warn(l10n.t('Something went wrong. The log says more.'), [
          { title: l10n.t('Show Log'), run: () => report.show() },
        ]);
      }
    }),
  );
}
