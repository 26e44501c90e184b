import { safeText } from '../../base/safeText.ts';
import type { PendingChange } from '../../model/pendingChanges.ts';
import type { Authorization } from '../../nuki/authorization/authorization.ts';
import type { RawAuthorization } from '../../nuki/authorization/authorizationWrites.ts';
import { scheduleInWords, type Locale } from '../../nuki/authorization/schedule.ts';
import type { Conflict, Progress, ProgressRow } from '../protocol.ts';

/** How far what was sent is, on each device. `work`: what is not seen done there; none is done. */
export function progressOf(
  heading: string,
  devices: readonly { readonly name: string; readonly work: PendingChange | undefined }[],
  workWords: (work: PendingChange) => string,
  { t }: Locale,
): Progress {
  const rows = devices.map(({ name, work }): ProgressRow => {
    if (!work) return { device: name, state: 'done', words: t('on the lock') };
    const isTwice = work.kind === 'create' && work.listedAs.length > 1;
    return { device: name, state: isTwice ? 'failed' : work.givenUp ? 'open' : 'working', words: workWords(work) };
  });
  const isOpen = rows.some(({ state }) => state === 'open' || state === 'failed');
  const isWorking = rows.some(({ state }) => state === 'working');
  return {
    heading,
    rows,
    note: isWorking
      ? t('Nuki has taken it; the lock takes it within seconds, sometimes minutes. This page may be closed.')
      : isOpen
        ? t('Nothing is sent again. What is missing may still come.')
        : '',
    canCheck: isOpen,
  };
}

/** What somebody else has changed, beside what was written here. */
export function conflictOf(
  before: RawAuthorization,
  wanted: Authorization,
  now: RawAuthorization,
  zone: string | undefined,
  locale: Locale,
): Conflict {
  const { t } = locale;
  const words = (authorization: Authorization): readonly (readonly [string, string])[] => [
    [t('Name'), safeText(authorization.name)],
    [t('Schedule'), scheduleInWords(authorization, zone, locale)],
    [t('Remote access'), t(authorization.remoteAllowed ? 'yes' : 'no')],
    [t('Enabled'), t(authorization.enabled === false ? 'no' : 'yes')],
  ];
  const theirs = new Map(words(now.authorization));
  const old = new Map(words(before.authorization));
  const rows = words(wanted)
    .map(([field, yours]) => ({ field, yours, theirs: theirs.get(field) ?? '' }))
    .filter((row) => row.yours !== row.theirs || old.get(row.field) !== row.theirs);
  const codeHasChanged = JSON.stringify(before.fields.code) !== JSON.stringify(now.fields.code);
  return {
    sentence: t('Somebody else has changed this authorization since you opened it. Nothing was sent.'),
    rows: codeHasChanged ? [...rows, { field: t('Code'), yours: '••••••', theirs: t('changed') }] : rows,
  };
}
