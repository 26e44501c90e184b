import { deepEqual } from '../../../../base/deepEqual.ts';
import type { Locale } from '../../../../base/locale.ts';
import { safeText } from '../../../../base/safeText.ts';
import type { Authorization } from '../../../../nuki/authorization/authorization.ts';
import type { RawAuthorization } from '../../../../nuki/authorization/authorizationWrites.ts';
import { scheduleInWords } from '../../../../nuki/authorization/schedule.ts';
import { timesOf, type Original } from '../draft.ts';
import type { Conflict, Draft } from '../../../protocol/form.ts';

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
  const theirs = new Map(fieldsInWords(now.authorization, zone, locale));
  const old = new Map(fieldsInWords(before.authorization, zone, locale));
  const rows = fieldsInWords(edited, zone, locale)
    .map(([field, yours]) => ({ field, yours, theirs: theirs.get(field) ?? '' }))
    .filter((row) => row.yours !== row.theirs || old.get(row.field) !== row.theirs);
  const codeHasChanged = JSON.stringify(before.fields.code) !== JSON.stringify(now.fields.code);
  return {
    sentence: t('This authorization was changed elsewhere while you were editing. Nothing was sent.'),
    rows: codeHasChanged ? [...rows, { field: t('Code'), yours: '••••••', theirs: t('changed') }] : rows,
  };
}

/** What an edit can change of an authorization, but for its code, in words. */
export function fieldsInWords(
  authorization: Authorization,
  zone: string | undefined,
  locale: Locale,
): readonly (readonly [field: string, words: string])[] {
  const { t } = locale;
  return [
    [t('Name'), safeText(authorization.name)],
    [t('Schedule'), scheduleInWords(authorization, zone, locale)],
    [t('Remote access'), t(authorization.remoteAllowed ? 'yes' : 'no')],
    [t('Enabled'), t(authorization.enabled === false ? 'no' : 'yes')],
  ];
}
