import { safeText } from '../../../../base/safeText.ts';
import type { Locale } from '../../../../base/locale.ts';
import { withChanges, type AuthorizationChanges } from '../../../../nuki/authorization/authorizationWrites.ts';
import { limitingStart } from '../../../../nuki/authorization/completeLimits.ts';
import { scheduleInWords, type Schedule } from '../../../../nuki/authorization/schedule.ts';
import { fieldsInWords } from './conflict.ts';
import type { Original } from '../draft.ts';
import type { GuestAccess } from './guestMessage.ts';
import type { PreviewContext } from '../preview/previewSentences.ts';
import type { CredentialType, Draft, Progress } from '../../../protocol/form.ts';

/** What a form has sent, as it is told when it is followed. It may hold a keypad code: the page is told only that it does. */
export interface SentAuthorization {
  readonly isNew: boolean;
  readonly credential: CredentialType;
  readonly name: string;
  /** What was created, or what was changed. */
  readonly facts: Progress['facts'];
  /** What a message can say of it; `undefined` where it would lack the code. */
  readonly access: GuestAccess | undefined;
}

const credentialWords: Readonly<Record<CredentialType, string>> = {
  code: 'Keypad code',
  app: 'App user',
  fob: 'Fob',
};

/** What a draft without problems creates. */
export function createdFrom(draft: Draft, context: PreviewContext): SentAuthorization {
  const { locale, times } = context;
  const { t } = locale;
  const { zone, schedule } = times;
  const person = personOf(draft, context);
  return {
    isNew: true,
    credential: draft.credential,
    name: safeText(draft.name.trim()),
    facts: [
      { field: t('Type'), value: t(credentialWords[draft.credential]) },
      ...(person === '' ? [] : [{ field: t('Person'), value: person }]),
      { field: t('Schedule'), value: scheduleWithZone(schedule, zone, locale) },
    ],
    access: accessOf(draft, schedule, context, draft.credential === 'app'),
  };
}

/** What an edit makes of an authorization. `changes`: of {@link Original.raw}. */
export function changedFrom(
  draft: Draft,
  changes: AuthorizationChanges,
  { raw }: Original,
  context: PreviewContext,
): SentAuthorization {
  const { locale, times } = context;
  const { t } = locale;
  const before = new Map(fieldsInWords(raw.authorization, times.zone, locale));
  const after = withChanges(raw.authorization, changes);
  const facts = fieldsInWords(after, times.zone, locale)
    .filter(([field, words]) => before.get(field) !== words)
    .map(([field, words]) => ({ field, value: `${before.get(field) ?? ''} → ${words}` }));
  const hasOtherCode = changes.code !== undefined && String(changes.code) !== String(raw.fields.code);
  return {
    isNew: false,
    credential: draft.credential,
    name: safeText(after.name.trim()),
    facts: hasOtherCode ? [...facts, { field: t('Code'), value: t('changed') }] : facts,
    access: accessOf(draft, { ...after, allowedFromDate: limitingStart(after) }, context, false),
  };
}

/** The same without its code, and where that is found instead. */
export function withoutCode(sent: SentAuthorization, { t }: Locale): SentAuthorization {
  if (sent.access?.code === undefined) return sent;
  const fact = { field: t('Code'), value: t('No longer kept here. Reveal Code in the sidebar shows it.') };
  return { ...sent, access: undefined, facts: [...sent.facts.filter(({ field }) => field !== fact.field), fact] };
}

function accessOf(
  { credential, code }: Draft,
  schedule: Schedule,
  { devices, times }: PreviewContext,
  isInvited: boolean,
): GuestAccess | undefined {
  if (credential === 'code' && code === '') return undefined;
  const { allowedFromDate, allowedUntilDate, allowedWeekDays, allowedFromTime, allowedUntilTime } = schedule;
  return {
    credential,
    ...(credential === 'code' && { code }),
    doors: devices.map(({ name }) => name),
    schedule: { allowedFromDate, allowedUntilDate, allowedWeekDays, allowedFromTime, allowedUntilTime },
    zone: times.zone,
    isInvited,
  };
}

function personOf({ credential, person }: Draft, { people }: PreviewContext): string {
  if (credential === 'code' || person === null) return '';
  const known = typeof person === 'number' ? people.find(({ accountUserId }) => accountUserId === person) : person;
  return [known?.name, known?.email]
    .map((part) => safeText(part?.trim() ?? ''))
    .filter(Boolean)
    .join(' · ');
}

/** `Mon–Fri 09:00–17:00 (Europe/Berlin)`. */
function scheduleWithZone(schedule: Schedule, zone: string | undefined, locale: Locale): string {
  const words = scheduleInWords(schedule, zone, locale);
  return zone === undefined || Object.keys(schedule).length === 0 ? words : `${words} (${zone})`;
}
