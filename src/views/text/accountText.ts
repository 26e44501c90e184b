import type { Locale } from '../../base/locale.ts';
import { safeText } from '../../base/safeText.ts';
import { accountRights, bitsInWords } from '../../nuki/vocabulary/words.ts';
import { demoHomeId } from '../../model/accounts/demoHome.ts';
import { simulatedApiId } from '../../model/accounts/simulatedApiAccount.ts';
import type { AccountState } from '../../model/snapshots.ts';

/** The names of the homes that are simulated on this computer. */
const simulatedNames: Readonly<Record<string, string>> = {
  [demoHomeId]: 'Demo Home',
  [simulatedApiId]: 'Simulated Web API',
};

/** An account's label fit to be shown. */
export function accountName({ label, simulated, id }: AccountState, { t }: Pick<Locale, 't'>): string {
  return simulated ? t(simulatedNames[id] ?? label) : safeText(label) || id;
}

/** What a sub-account may do: `operate devices, view activity logs`, and a number for bits beyond those that are known. */
export function rightsText(rights: number, { t }: Pick<Locale, 't'>): string {
  const known = rights < 0 ? 0 : rights % (2 * Math.max(...Object.keys(accountRights).map(Number)));
  const words = known === 0 && rights !== 0 ? [] : [bitsInWords(known, accountRights, t)];
  return [...words, ...(known === rights ? [] : [t('unknown ({0})', rights - known)])].join(', ');
}
