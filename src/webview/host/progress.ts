import { safeText } from '../../base/safeText.ts';
import { isListedTwice, type PendingChange } from '../../model/pendingChanges.ts';
import type { Authorization } from '../../nuki/authorization/authorization.ts';
import type { RawAuthorization } from '../../nuki/authorization/authorizationWrites.ts';
import type { Locale, Translate } from '../../base/locale.ts';
import { deepEqual } from '../../base/deepEqual.ts';
import { scheduleInWords } from '../../nuki/authorization/schedule.ts';
import { timesOf, type Original } from './draft.ts';
import type { Conflict, Draft, Progress, ProgressRow } from '../protocol.ts';

/** How far a device is with what was sent: `undefined` where its list shows it done. */
interface DeviceProgress {
  readonly name: string;
  readonly pending: PendingChange | undefined;
}

export function progressOf(
  heading: string,
  devices: readonly DeviceProgress[],
  textOf: (pending: PendingChange) => string,
  { t }: Locale,
): Progress {
  const rows = devices.map(({ name, pending }): ProgressRow => ({
    device: name,
    state: stateOf(pending),
    words: pending ? textOf(pending) : t('on the lock'),
  }));
  const states = new Set(rows.map(({ state }) => state));
  const pending = devices.map((device) => device.pending).filter((change) => change !== undefined);
  return {
    heading,
    rows,
    note: states.has('working') ? noteWhileFollowed(pending, t) : noteAtTheEnd(pending, t),
    canCheck: states.has('open') || states.has('failed'),
  };
}

function stateOf(pending: PendingChange | undefined): ProgressRow['state'] {
  if (!pending) return 'done';
  if (isListedTwice(pending)) return 'failed';
  return pending.givenUp ? 'open' : 'working';
}

const isUnknown = ({ answer }: PendingChange): boolean => answer !== 'taken';

function noteWhileFollowed(pending: readonly PendingChange[], t: Translate): string {
  return pending.some(isUnknown)
    ? t('It is not known whether Nuki has taken it. It is looked for, and not sent again. This page may be closed.')
    : t('Nuki has taken it; the lock takes it within seconds, sometimes minutes. This page may be closed.');
}

function noteAtTheEnd(pending: readonly PendingChange[], t: Translate): string {
  if (pending.length === 0) return '';
  if (pending.some(isUnknown)) {
    return t('Nothing is sent again. Check again before you send it a second time: Nuki may have it.');
  }
  const isListed = pending.every((change) => change.kind !== 'delete' && change.listed !== 'no');
  return isListed
    ? t('Nuki lists it, which is no proof that it opens the door. "Wake and Refresh" may help.')
    : t('Nothing is sent again. What is missing may still come.');
}

/** What another user has changed since an edit began that is resumed now; `undefined` where that is nothing. */
export function conflictOfResumed(
  before: Draft,
  draft: Draft,
  { raw, draft: now }: Original,
  zone: string | undefined,
  locale: Locale,
): Conflict | undefined {
  if (deepEqual(before, now)) return undefined;
  const written = (from: Draft): Authorization => ({
    ...raw.authorization,
    ...noLimits,
    ...timesOf(from, [{ zone }]).schedule,
    name: from.name,
    remoteAllowed: from.remoteAllowed,
  });
  return conflictOf({ ...raw, authorization: written(before) }, written(draft), raw, zone, locale);
}

const noLimits = {
  allowedFromDate: undefined,
  allowedUntilDate: undefined,
  allowedWeekDays: undefined,
  allowedFromTime: undefined,
  allowedUntilTime: undefined,
} as const;

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
