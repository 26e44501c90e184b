import { safeText } from '../../base/safeText.ts';
import type { PendingChange } from '../../model/pendingChanges.ts';
import type { Authorization } from '../../nuki/authorization/authorization.ts';
import type { RawAuthorization } from '../../nuki/authorization/authorizationWrites.ts';
import type { Locale, Translate } from '../../base/locale.ts';
import { scheduleInWords } from '../../nuki/authorization/schedule.ts';
import type { Conflict, Progress, ProgressRow } from '../protocol.ts';

/** How far each device is with what was sent. `pending`: the change that the list of the device does not show done yet. */
export function progressOf(
  heading: string,
  devices: readonly { readonly name: string; readonly pending: PendingChange | undefined }[],
  textOf: (pending: PendingChange) => string,
  { t }: Locale,
): Progress {
  const rows = devices.map(({ name, pending }): ProgressRow => ({
    device: name,
    state: stateOf(pending),
    words: pending ? textOf(pending) : t('on the lock'),
  }));
  const states = new Set(rows.map(({ state }) => state));
  const isOpen = states.has('open') || states.has('failed');
  return { heading, rows, note: noteOf(states.has('working'), isOpen, t), canCheck: isOpen };
}

function stateOf(pending: PendingChange | undefined): ProgressRow['state'] {
  if (!pending) return 'done';
  if (pending.kind === 'create' && pending.listedAs.length > 1) return 'failed'; // the list shows it twice
  return pending.givenUp ? 'open' : 'working';
}

function noteOf(isWorking: boolean, isOpen: boolean, t: Translate): string {
  if (isWorking) {
    return t('Nuki has taken it; the lock takes it within seconds, sometimes minutes. This page may be closed.');
  }
  return isOpen ? t('Nothing is sent again. What is missing may still come.') : '';
}

/** What another user has changed, beside what this one has written. */
export function conflictOf(
  before: RawAuthorization,
  edited: Authorization,
  now: RawAuthorization,
  zone: string | undefined,
  locale: Locale,
): Conflict {
  const { t } = locale;
  const valuesOf = (authorization: Authorization): readonly (readonly [string, string])[] => [
    [t('Name'), safeText(authorization.name)],
    [t('Schedule'), scheduleInWords(authorization, zone, locale)],
    [t('Remote access'), t(authorization.remoteAllowed ? 'yes' : 'no')],
    [t('Enabled'), t(authorization.enabled === false ? 'no' : 'yes')],
  ];
  const theirs = new Map(valuesOf(now.authorization));
  const old = new Map(valuesOf(before.authorization));
  const rows = valuesOf(edited)
    .map(([field, yours]) => ({ field, yours, theirs: theirs.get(field) ?? '' }))
    .filter((row) => row.yours !== row.theirs || old.get(row.field) !== row.theirs);
  const codeHasChanged = JSON.stringify(before.fields.code) !== JSON.stringify(now.fields.code);
  return {
    sentence: t('Somebody else has changed this authorization since you opened it. Nothing was sent.'),
    rows: codeHasChanged ? [...rows, { field: t('Code'), yours: '••••••', theirs: t('changed') }] : rows,
  };
}
