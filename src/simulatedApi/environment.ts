import { l10n, ThemeIcon, window, type QuickPickItem } from 'vscode';
import { copyQuietly } from '../commands/clipboard.ts';

/** Where the API is, as its clients are told. */
export interface Environment {
  readonly url: string;
  readonly token: string;
}

/** The notations in which address and token are copied, by their names. */
const notations: Readonly<Record<string, (environment: Environment) => string>> = {
  'bash, zsh': ({ url, token }) => `export NUKI_BASE_URL='${url}' NUKI_TOKEN='${token}'`,
  PowerShell: ({ url, token }) => `$env:NUKI_BASE_URL = '${url}'; $env:NUKI_TOKEN = '${token}'`,
  '.env': ({ url, token }) => `NUKI_BASE_URL=${url}\nNUKI_TOKEN=${token}\n`,
};

interface Choice extends QuickPickItem {
  readonly take: () => Promise<void> | void;
}

/** Copies address and token as variables, or opens a terminal that has them. */
export async function copyEnvironment(environment: Environment): Promise<void> {
  const { url: NUKI_BASE_URL, token: NUKI_TOKEN } = environment;
  const choices: Choice[] = Object.entries(notations).map(([label, textOf]) => ({
    label,
    iconPath: new ThemeIcon('copy'),
    take: () => copyQuietly(textOf(environment), l10n.t('Environment copied')),
  }));
  const openTerminal = (): void => window.createTerminal({ env: { NUKI_BASE_URL, NUKI_TOKEN } }).show();
  choices.push({ label: l10n.t('Open a Terminal with It'), iconPath: new ThemeIcon('terminal'), take: openTerminal });
  const chosen = await window.showQuickPick(choices, {
    title: l10n.t('Copy Environment'),
    placeHolder: l10n.t('Choose a notation'),
  });
  await chosen?.take();
}
