import { ConfigurationTarget, workspace } from 'vscode';

/** The settings, all of scope `application`: no workspace can change them. */
export interface Settings {
  /** Whether the simulated home is shown beside the own accounts. */
  readonly demoHome: boolean;
  /** Whether numbers of the API are explained in the editor. */
  readonly explainNumbers: boolean;
  /** Seconds between two refreshes; 0 reads once and then on request only. */
  readonly refreshInterval: number;
  /** The device in the status bar, `accountId/smartlockId`, or empty. */
  readonly 'statusBar.device': string;
}

const section = 'nuki';

const fallbacks: Settings = { demoHome: false, explainNumbers: true, refreshInterval: 60, 'statusBar.device': '' };

/** A setting's value, or its default when what stands in settings.json is of another type. */
export function setting<K extends keyof Settings>(key: K): Settings[K] {
  const value: unknown = workspace.getConfiguration(section).get(key);
  return isOfType(value, fallbacks[key]) ? value : fallbacks[key];
}

export async function writeSetting<K extends keyof Settings>(key: K, value: Settings[K] | undefined): Promise<void> {
  await workspace.getConfiguration(section).update(key, value, ConfigurationTarget.Global);
}

/** The shortest refresh interval, 0 (never) apart, in seconds: what Nuki's cloud copy can be asked for without being a burden. */
const shortestInterval = 30;

/** The refresh interval in milliseconds, 0 for never. */
export function refreshInterval(): number {
  const seconds = setting('refreshInterval');
  return seconds > 0 ? Math.max(shortestInterval, seconds) * 1_000 : 0;
}

function isOfType<T>(value: unknown, example: T): value is T {
  return typeof value === typeof example;
}
