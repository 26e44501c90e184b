import { isAbsent, isListedTwice, type PendingChange } from '../../model/authorizations/pendingChanges.ts';
import type { Locale, Translate } from '../../base/locale.ts';
import { clockMinute } from './timeText.ts';

/** What is said of an authorization that Nuki's list shows: the list is no proof that the lock lets anyone in. */
export const unconfirmedText = 'listed by Nuki, not yet confirmed by the lock';

/** What is said of what Nuki has taken and the lock has not. */
export const waitingText = 'waiting for the lock';

/** Where Nuki's lists do not show a change: `unknown`, whether Nuki has taken it; `missing`, though Nuki has. */
type Unlisted = 'unknown' | 'missing';

/** `untold`: Nuki lists it, and the device never tells more. */
type Listed = 'listed' | 'untold';

/** A kind of change, and how it has ended as far as that was seen. */
type End = `${'create' | 'change'}.${Unlisted | Listed}` | 'create.twice' | 'delete.absent' | `delete.${Unlisted}`;

function endOf(change: PendingChange): End {
  if (isListedTwice(change)) return 'create.twice';
  if (isAbsent(change)) return 'delete.absent';
  if (change.kind !== 'delete' && change.listed !== 'no') {
    return change.listed === 'yes' ? `${change.kind}.listed` : `${change.kind}.untold`;
  }
  return change.answer === 'taken' ? `${change.kind}.missing` : `${change.kind}.unknown`;
}

type Texts = Readonly<Record<End, string>>;

const inShort: Texts = {
  'create.unknown': 'result unknown: Nuki may or may not have accepted it',
  'create.missing': "hasn't reached the lock yet",
  'create.listed': unconfirmedText,
  'create.untold': 'listed by Nuki; this lock never confirms',
  'create.twice': 'listed more than once',
  'change.unknown': 'result unknown: Nuki may or may not have accepted the change',
  'change.missing': "change hasn't reached the lock yet",
  'change.listed': 'change listed by Nuki, not yet confirmed by the lock',
  'change.untold': 'change listed by Nuki; this lock never confirms',
  'delete.unknown': 'result unknown: Nuki may or may not have accepted the deletion',
  'delete.missing': 'deletion not confirmed, still listed by Nuki',
  'delete.absent': 'no longer listed, but too new to be sure',
};

const inRow: Texts = {
  'create.unknown': 'result unknown',
  'create.missing': "hasn't reached the lock",
  'create.listed': 'not yet confirmed',
  'create.untold': 'listed by Nuki',
  'create.twice': 'listed more than once',
  'change.unknown': 'result unknown',
  'change.missing': 'change not saved yet',
  'change.listed': 'not yet confirmed',
  'change.untold': 'listed by Nuki',
  'delete.unknown': 'deletion not confirmed',
  'delete.missing': 'deletion not confirmed',
  'delete.absent': 'deletion not confirmed',
};

const beingSent: Readonly<Record<PendingChange['kind'], string>> = {
  create: 'sending…',
  change: 'sending change…',
  delete: 'deleting…',
};

const waiting: Readonly<Record<PendingChange['kind'], string>> = {
  create: waitingText,
  change: 'change waiting for the lock',
  delete: 'deleting…',
};

/** How far a pending change is, and when the list was last checked for one that Keyturner no longer waits for. */
export function pendingChangeText(change: PendingChange, locale: Locale): string {
  const { t } = locale;
  const underWay = underWayText(change, waiting);
  if (underWay !== undefined) return t(underWay);
  const words = t(inShort[endOf(change)]);
  if (!change.givenUp || change.checkedAt === undefined) return words;
  return `${words} (${t('checked {0}', clockMinute(change.checkedAt, locale))})`;
}

/** The same in the few words of a row. */
export function pendingChangeSummary(change: PendingChange, t: Translate): string {
  return t(underWayText(change, { ...waiting, change: waitingText }) ?? inRow[endOf(change)]);
}

/** `undefined` once it is listed, Nuki's answer was lost, or Keyturner no longer waits for it. */
function underWayText(change: PendingChange, texts: typeof waiting): string | undefined {
  if (change.givenUp || (change.kind !== 'delete' && change.listed !== 'no')) return undefined;
  if (change.answer === 'awaited') return beingSent[change.kind];
  return change.answer === 'taken' ? texts[change.kind] : undefined;
}

/** `{0}`: the authorizations with their devices. */
const sentences: Texts = {
  'create.unknown':
    "Unknown whether Nuki accepted {0}. Keyturner won't send it again. Refresh before you create it a second time.",
  'create.missing': "{0} hasn't reached the lock yet. It may still arrive; Keyturner won't send it again.",
  'create.listed': '{0}: listed by Nuki, not yet confirmed by the lock. "Wake and Refresh" may help.',
  'create.untold': '{0}: listed by Nuki. This lock never confirms whether it has saved it.',
  'create.twice': '{0}: listed more than once by Nuki.',
  'change.unknown':
    "Unknown whether Nuki accepted the change: {0}. Keyturner won't send it again. Refresh before you make it a second time.",
  'change.missing': "{0}: the change hasn't reached the lock yet. It may still arrive; Keyturner won't send it again.",
  'change.listed': '{0}: the change is listed by Nuki, not yet confirmed by the lock. "Wake and Refresh" may help.',
  'change.untold': '{0}: the change is listed by Nuki. This lock never confirms whether it has saved it.',
  'delete.unknown': 'Unknown whether Nuki accepted the deletion: {0}. They may still have access.',
  'delete.missing': '{0}: deletion not confirmed, still listed by Nuki. They may still have access.',
  'delete.absent': '{0}: no longer listed by Nuki, but too new to be sure.',
};

/**
 * What became of changes that Keyturner no longer waits for and has not seen done: a sentence for each way in which they ended. `listOf` names
 * the authorizations of some of them with their devices.
 */
export function endText<C extends { readonly pendingChange: PendingChange }>(
  changes: readonly C[],
  listOf: (changes: readonly C[]) => string,
  { t }: Locale,
): string {
  const groups = Map.groupBy(changes, ({ pendingChange }) => endOf(pendingChange));
  return [...groups].map(([end, group]) => t(sentences[end], listOf(group))).join(' ');
}
