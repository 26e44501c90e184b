import type { Locale } from '../../base/locale.ts';
import { safeText } from '../../base/safeText.ts';
import type { AccountState } from '../../model/snapshots.ts';

/** An account's label fit to be shown. */
export function accountName({ label, demo, id }: AccountState, { t }: Pick<Locale, 't'>): string {
  return demo ? t('Demo Home') : safeText(label) || id;
}
