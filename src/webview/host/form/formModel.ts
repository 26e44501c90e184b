import { safeText } from '../../../base/safeText.ts';
import type { Person } from '../../../nuki/account.ts';
import type { Locale } from '../../../base/locale.ts';
import { weekdayBits, weekdayNames } from '../../../nuki/time/weekdays.ts';
import type { FormDevice } from './formDevices.ts';
import { formTexts } from './formTexts.ts';
import type { CredentialType, Draft, FormModel, FormSubject, Presets } from '../../protocol/form.ts';

interface Parts {
  readonly mode: 'create' | 'edit';
  readonly heading: string;
  readonly subheading: string;
  readonly subject: FormSubject;
  readonly draft: Draft;
  readonly lacksCode: boolean;
  readonly closedDraft: string;
  readonly devices: readonly FormDevice[];
  readonly people: readonly Person[];
  readonly ownZone: string;
  readonly presets: Presets;
  readonly isUnfolded: boolean;
}

/** What the page is drawn from: words, choices and the draft, without its code. */
export function formModel(parts: Parts, locale: Locale): FormModel {
  const { mode, heading, subheading, subject, draft, lacksCode, closedDraft } = parts;
  const { devices, people, ownZone, presets, isUnfolded } = parts;
  const { t, language } = locale;
  return {
    mode,
    heading,
    subheading,
    language,
    texts: formTexts(t),
    subject,
    draft: { ...draft, code: '' },
    lacksCode: lacksCode && draft.credential === 'code',
    closedDraft,
    devices: devices.map((device) => ({
      id: device.id,
      name: device.name,
      detail: deviceDetail(device, draft.credential, ownZone, locale),
      cannot: device.hasKeypad ? [] : ['code'],
    })),
    people: people
      .map((person) => ({
        id: person.accountUserId,
        label: personLabel(person),
        name: safeText(person.name ?? ''),
      }))
      .toSorted((a, b) => a.label.localeCompare(b.label, language)),
    weekdays: weekdayBits.map((bit, day) => ({
      bit,
      short: weekdayNames(language, 'short')[day] ?? '',
      long: weekdayNames(language, 'long')[day] ?? '',
    })),
    locked: mode === 'edit' ? ['credential', 'devices', 'person'] : [],
    presets,
    isUnfolded,
  };
}

/** `Anna · anna@example.org`. */
function personLabel({ name, email, accountUserId }: Person): string {
  return (
    [name, email]
      .map((part) => safeText(part ?? ''))
      .filter(Boolean)
      .join(' · ') || String(accountUserId)
  );
}

/** What is worth knowing of a device before it is chosen: a zone that is not the user's, few slots left, what keeps it from working. */
export function deviceDetail(
  { zone, isOnline, hasKeypad, codes, others }: FormDevice,
  credential: CredentialType,
  ownZone: string,
  { t }: Locale,
): string {
  const isCode = credential === 'code';
  const { used = 0, limit } = isCode ? codes : others;
  const slots = isCode ? 'Codes {0} of {1}' : 'Authorizations {0} of {1}';
  const detail = [
    zone === ownZone ? undefined : (zone ?? t('time zone unknown')),
    isCode && !hasKeypad ? t('no keypad') : undefined,
    used >= limit * scarce ? t(slots, used, limit) : undefined,
    isOnline ? undefined : t('offline'),
  ];
  return detail.filter((part) => part !== undefined).join(' · ');
}

/** From which part of a device's slots on it is said how many are used. */
const scarce = 0.8;
