import { safeText } from '../../base/safeText.ts';
import type { Slots } from '../../model/creationProblem.ts';
import type { Person } from '../../nuki/account.ts';
import type { Locale } from '../../base/locale.ts';
import { weekdayBits, weekdayNames } from '../../nuki/time/weekdays.ts';
import type { FormDevice } from './formDevices.ts';
import { formTexts } from './formTexts.ts';
import type { DeviceChoice, Draft, FormModel, FormSubject } from '../protocol.ts';

interface Parts {
  readonly mode: 'create' | 'edit';
  readonly heading: string;
  readonly subheading: string;
  readonly subject: FormSubject;
  readonly draft: Draft;
  readonly lacksCode: boolean;
  readonly devices: readonly FormDevice[];
  readonly people: readonly Person[];
}

/** What the page is drawn from: words, choices and the draft, without its code. */
export function formModel(parts: Parts, locale: Locale): FormModel {
  const { mode, heading, subheading, subject, draft, lacksCode, devices, people } = parts;
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
    devices: devices.map((device) => deviceChoice(device, locale)),
    people: people
      .map((person) => ({ id: person.accountUserId, label: personLabel(person) }))
      .toSorted((a, b) => a.label.localeCompare(b.label, language)),
    weekdays: weekdayBits.map((bit, day) => ({
      bit,
      short: weekdayNames(language, 'short')[day] ?? '',
      long: weekdayNames(language, 'long')[day] ?? '',
    })),
    locked: mode === 'edit' ? ['credential', 'devices', 'person'] : [],
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

function deviceChoice(device: FormDevice, locale: Locale): DeviceChoice {
  const { id, name, hasKeypad } = device;
  return { id, name, detail: deviceDetail(device, locale), cannot: hasKeypad ? [] : ['code'] };
}

/** Zone and, once they have been read, slots: `Europe/Vienna · 5 of 200 · 12 of 100 codes`. */
export function deviceDetail({ zone, isOnline, hasKeypad, codes, others }: FormDevice, { t }: Locale): string {
  const slots = ({ used, limit }: Slots): string | undefined =>
    used === undefined ? undefined : t('{0} of {1}', used, limit);
  const codeSlots = hasKeypad && codes.used !== undefined ? t('{0} of {1} codes', codes.used, codes.limit) : undefined;
  const detail = [
    zone ?? t('time zone not known'),
    slots(others),
    hasKeypad ? codeSlots : t('no keypad'),
    isOnline ? undefined : t('offline'),
  ];
  return detail.filter((part) => part !== undefined).join(' · ');
}
