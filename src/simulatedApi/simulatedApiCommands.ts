import { l10n, workspace } from 'vscode';
import { commandIds } from '../commands/ids.ts';
import type { CommandServices } from '../commands/services.ts';
import type { RunningApi } from './runningApi.ts';

/** The commands of the simulated Web API, of which a window runs one at most. What it needs is loaded when the user starts it. */
export function simulatedApiCommands(services: CommandServices) {
  let running: Promise<RunningApi> | undefined;
  let last: RunningApi | undefined;

  const run = async (): Promise<RunningApi> => {
    const loaded = await import('./runningApi.ts');
    last?.dispose(); // closes the terminal that an earlier one has left
    last = new loaded.RunningApi(services, () => (running = undefined));
    await last.start();
    return last;
  };

  const start = async (): Promise<void> => {
    if (!workspace.isTrusted) {
      const sentence = l10n.t("The simulated Web API isn't started in Restricted Mode. Trust this workspace first.");
      return services.report.warn(sentence);
    }
    running ??= run();
    try {
      (await running).showRequests();
    } catch (error) {
      running = undefined;
      last?.dispose();
      throw error;
    }
  };

  const openMenu = async (): Promise<void> => {
    const api = await running;
    if (!api) return;
    const menu = await import('./menu.ts');
    await menu.openMenu(api, services);
  };

  services.disposeOnDeactivate({ dispose: () => last?.dispose() });
  return { [commandIds.startSimulatedApi]: start, [commandIds.openSimulatedApiMenu]: openMenu };
}
