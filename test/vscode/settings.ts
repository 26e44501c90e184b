// The settings a server's windows start with. A window in the browser reads its USER settings from this file of the
// server; those of scope "application" count nowhere else (in data/Machine they are ignored).
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as v from 'valibot';

export type Settings = Readonly<Record<string, unknown>>;

/** Nothing on the screen but what the user opened. */
export const quiet: Settings = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.editor.useModal': 'off', // settings open in a tab
  'workbench.enableExperiments': false,
  'chat.disableAIFeatures': true,
  'chat.commandCenter.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'security.workspace.trust.enabled': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'update.showReleaseNotes': false,
  'git.enabled': false,
};

export function userSettingsFile(dataFolder: string): string {
  return join(dataFolder, 'data', 'User', 'settings.json');
}

/** Replaces all user settings, for the windows that open from now on; those that are open don't look again. */
export async function writeUserSettings(dataFolder: string, settings: Settings): Promise<void> {
  const file = userSettingsFile(dataFolder);
  await mkdir(dirname(file), { recursive: true });
  const part = `${file}.${randomUUID()}`; // another window may be reading them
  await writeFile(part, JSON.stringify(settings, undefined, 2));
  await rename(part, file);
}

export async function readUserSettings(dataFolder: string): Promise<Settings> {
  return v.parse(v.record(v.string(), v.unknown()), JSON.parse(await readFile(userSettingsFile(dataFolder), 'utf8')));
}
