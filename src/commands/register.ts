import { commands, l10n, type Disposable } from 'vscode';
import { once } from '../base/once.ts';
import { showLogButton } from '../report.ts';
import { CommandError } from './commandError.ts';
import type { CommandId } from './ids.ts';
import type { Services } from './services.ts';

/**
 * What a command does. Its arguments, the row it was called on and the selected rows, come from anywhere: they are looked up in the store.
 */
export type Run = (hint: unknown, selected?: unknown) => Promise<void> | void;

export type Commands = Readonly<Record<CommandId, Run>>;

type CommandList = readonly { readonly command: CommandId }[];

/** The part of package.json that lists the commands; a test compares it with the table of ids. */
interface Manifest {
  readonly contributes: { readonly commands: CommandList; readonly menus: { readonly 'view/title': CommandList } };
}

type ReportServices = Pick<Services, 'report' | 'store' | 'renderContext'>;

/** Registers the commands that the manifest declares; what they do is loaded when the user runs the first one. */
export function registerCommands(
  { packageJSON }: { readonly packageJSON: Manifest },
  services: ReportServices,
  load: () => Promise<Commands>,
): Disposable[] {
  const loadOnce = once(load); // only one doorkeeper knows what is under way
  const { contributes } = packageJSON;
  const ofNoRow = new Set(contributes.menus['view/title'].map(({ command }) => command));
  return contributes.commands.map(({ command: id }) =>
    commands.registerCommand(id, async (...args: readonly unknown[]): Promise<void> => {
      const [hint, selected] = args;
      if (!ofNoRow.has(id) && isOfLostRow(args)) {
        return services.report.warn(l10n.t('The row was being redrawn. Nothing was done. Try again.'));
      }
      const run = async (): Promise<void> => (await loadOnce())[id](hint, selected);
      await reportErrors(id, services, run, hint);
    }),
  );
}

/**
 * Whether a row's menu runs the command, and VS Code no longer knows the row, or one of those that are selected with it: it forgets what is
 * below a row while that is redrawn. Menus of rows pass two arguments, and so does the title of the view where the user has moved it beside
 * others; all others pass fewer, or a URI first. See https://github.com/microsoft/vscode/issues/144250
 */
function isOfLostRow(args: readonly unknown[]): boolean {
  const [row, selected] = args;
  const isLost = (each: unknown): boolean => each === undefined || each === null;
  return args.length === 2 && (isLost(row) || (Array.isArray(selected) && selected.some(isLost)));
}

/**
 * Runs `task` for the command `id` or for a button that it has shown. An error is logged and reported once and goes no further, not even to
 * another extension that runs the command.
 */
export async function reportErrors(
  id: CommandId,
  services: ReportServices,
  task: () => Promise<void>,
  hint?: unknown,
): Promise<void> {
  const { report } = services;
  try {
    await task().catch(async (error: unknown) => {
      const { describeFailure } = await import('./describeFailure.ts');
      const sentence = await describeFailure(error, hint, services);
      if (sentence === undefined) throw error;
      report.warn(sentence, error instanceof CommandError ? error.buttons : []);
    });
  } catch (error) {
    report.logFailure(id, error);
    report.warn(l10n.t('Something went wrong. See the log.'), [showLogButton(report)]);
  }
}
