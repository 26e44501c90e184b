import { commands } from 'vscode';

/** The context keys that `when` clauses of the manifest read. */
export interface ContextKeys {
  readonly hasAccount: boolean;
  readonly hasDemoHome: boolean;
  readonly hasDevices: boolean;
  readonly hasStatusBarDevice: boolean;
}

export function setContextKeys(keys: ContextKeys): void {
  for (const [key, value] of Object.entries(keys)) void commands.executeCommand('setContext', `nuki.${key}`, value);
}
