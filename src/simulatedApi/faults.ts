import { l10n, QuickPickItemKind, ThemeIcon, window, type QuickPickItem } from 'vscode';
import type { Translate } from '../base/locale.ts';
import {
  activeFaults,
  clearFaults,
  faultNames,
  faultText,
  faultUnit,
  lastsUntilCleared,
  setFault,
  type ActiveFault,
  type FaultName,
} from '../simulator/faults/namedFaults.ts';
import type { SimulatedHome } from '../simulator/home.ts';

interface FaultItem extends QuickPickItem {
  choose?(): Promise<void> | void;
}

/** What is left of a fault: of one thing, and of several. */
const lefts = {
  requests: ['{0} request left', '{0} requests left'],
  deliveries: ['{0} delivery left', '{0} deliveries left'],
  minutes: ['{0} minute left', '{0} minutes left'],
} as const;

const questions = {
  requests: 'How many requests meet it?',
  deliveries: 'How many webhook deliveries meet it?',
  minutes: 'For how many minutes? Leave the box empty to keep it until you clear it.',
} as const;

/** Lists the faults; choosing one that is set clears it, and of another one the user says how often it is met. */
export async function pickFault(home: SimulatedHome): Promise<void> {
  const chosen = await window.showQuickPick(faultItems(home), {
    title: l10n.t('Faults'),
    placeHolder: l10n.t('Choose a fault that clients meet'),
    matchOnDetail: true,
  });
  await chosen?.choose?.();
}

function faultItems(home: SimulatedHome): readonly FaultItem[] {
  const active = activeFaults(home);
  const others = faultNames.filter((name) => !active.some((fault) => fault.name === name));
  const inactive = others.map((name): FaultItem => ({
    label: name,
    detail: faultText(name, l10n.t),
    choose: () => askAndSet(home, name),
  }));
  if (active.length === 0) return inactive;
  return [
    separator(l10n.t('Active: choose one to clear it')),
    ...active.map((fault): FaultItem => ({
      label: fault.name,
      iconPath: new ThemeIcon('warning'),
      description: leftText(fault, l10n.t) ?? '',
      detail: faultText(fault.name, l10n.t),
      choose: () => clearFaults(home, fault.name),
    })),
    { label: l10n.t('Clear All'), iconPath: new ThemeIcon('clear-all'), choose: () => clearFaults(home) },
    separator(l10n.t('Other faults')),
    ...inactive,
  ];
}

function separator(label: string): FaultItem {
  return { label, kind: QuickPickItemKind.Separator };
}

async function askAndSet(home: SimulatedHome, name: FaultName): Promise<void> {
  const mayBeEmpty = lastsUntilCleared(name);
  const isTimes = (value: string): boolean => (mayBeEmpty && value === '') || /^[1-9]\d{0,3}$/.test(value);
  const value = await window.showInputBox({
    title: name,
    value: mayBeEmpty ? '' : '1',
    prompt: `${faultText(name, l10n.t)} ${l10n.t(questions[faultUnit(name)])}`,
    validateInput: (typed) => (isTimes(typed.trim()) ? undefined : l10n.t('Enter a whole number from 1 to 9999.')),
  });
  const times = value?.trim();
  if (times !== undefined) setFault(home, name, times === '' ? {} : { times: Number(times) });
}

/** A fault that is set, and how much is left of it: `slow (2 requests left)`. */
export function activeFaultText(fault: ActiveFault, t: Translate): string {
  const left = leftText(fault, t);
  return left === undefined ? fault.name : `${fault.name} (${left})`;
}

function leftText({ name, left }: ActiveFault, t: Translate): string | undefined {
  const [one, several] = lefts[faultUnit(name)];
  return left === undefined ? undefined : t(left === 1 ? one : several, left);
}
