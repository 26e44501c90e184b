import { isListedTwice, type PendingChange } from '../../model/pendingChanges.ts';
import type { Locale } from '../../base/locale.ts';
import { clockMinute } from './timeText.ts';

/** What is said of an authorization that Nuki's list shows: the list is no proof that the lock lets anyone in. */
export const unconfirmedText = 'listed by Nuki, not yet confirmed by the lock';

/** Where Nuki's lists do not show a change: `unknown`, whether Nuki has taken it; `missing`, though Nuki has. */
type Unlisted = 'unknown' | 'missing';

/** `untold`: Nuki lists it, and the device never tells more. */
type Listed = 'listed' | 'untold';

/** A kind of change, and how it has ended as far as that was seen. */
type End = `${'create' | 'change'}.${Unlisted | Listed}` | 'create.twice' | `delete.${Unlisted}`;

function endOf(change: PendingChange): End {
  if (isListedTwice(change)) return 'create.twice';
  if (change.kind !== 'delete' && change.listed !== 'no') {
    return change.listed === 'yes' ? `${change.kind}.listed` : `${change.kind}.untold`;
  }
  return change.answer === 'taken' ? `${change.kind}.missing` : `${change.kind}.unknown`;
}

type Texts = Readonly<Record<End, string>>;

const inShort: Texts = {
  'create.unknown': 'not known whether Nuki has taken it',
  'create.missing': 'not on the lock yet',
  'create.listed': unconfirmedText,
  'create.untold': 'listed by Nuki; this lock confirms nothing',
  'create.twice': 'listed more than once',
  'change.unknown': 'not known whether Nuki has taken the change',
  'change.missing': 'change not on the lock yet',
  'change.listed': 'change listed by Nuki, not yet confirmed by the lock',
  'change.untold': 'change listed by Nuki; this lock confirms nothing',
  'delete.unknown': 'not known whether Nuki has taken the deletion',
  'delete.missing': 'deletion not confirmed, Nuki still lists it',
};

const beingSent: Readonly<Record<PendingChange['kind'], string>> = {
  create: 'being sent…',
  change: 'change being sent…',
  delete: 'deleting…',
};

const waiting: Readonly<Record<PendingChange['kind'], string>> = {
  create: 'pending on the lock',
  change: 'change pending on the lock',
  delete: 'deleting…',
};

/** How far a pending change is, and when the list was last checked for one that is no longer followed. */
export function pendingChangeText(change: PendingChange, locale: Locale): string {
  const { t } = locale;
  if (!change.givenUp && (change.kind === 'delete' || change.listed === 'no')) {
    if (change.answer === 'awaited') return t(beingSent[change.kind]);
    if (change.answer === 'taken') return t(waiting[change.kind]);
  }
  const words = t(inShort[endOf(change)]);
  if (!change.givenUp || change.checkedAt === undefined) return words;
  return `${words} (${t('checked {0}', clockMinute(change.checkedAt, locale))})`;
}

/** `{0}`: the authorizations with their devices. */
const sentences: Texts = {
  'create.unknown':
    'It is not known whether Nuki has taken {0}. Nothing is sent again. Check again before you create it a second time.',
  'create.missing': '{0}: not on the lock yet. Nothing is sent again.',
  'create.listed': '{0}: listed by Nuki, not yet confirmed by the lock. "Wake and Refresh" may help.',
  'create.untold': '{0}: listed by Nuki. This lock never tells what it has taken.',
  'create.twice': '{0}: listed more than once by Nuki.',
  'change.unknown':
    'It is not known whether Nuki has taken the change: {0}. Nothing is sent again. Check again before you make it a second time.',
  'change.missing': '{0}: the change is not on the lock yet. Nothing is sent again.',
  'change.listed': '{0}: the change is listed by Nuki, not yet confirmed by the lock. "Wake and Refresh" may help.',
  'change.untold': '{0}: the change is listed by Nuki. This lock never tells what it has taken.',
  'delete.unknown':
    'It is not known whether Nuki has taken the deletion: {0}. Whoever was to lose access may still have it.',
  'delete.missing':
    'Nuki still lists {0}: the deletion is not confirmed. Whoever was to lose access may still have it.',
};

/**
 * What became of changes that are followed no longer and were not seen done: a sentence for each way in which they ended. `listOf` names
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
