import { inEnglish, type Translate } from '../../../../base/locale.ts';
import { formatLimit, scheduleInWords, type Schedule } from '../../../../nuki/authorization/schedule.ts';
import { instantOf } from '../../../../nuki/time/instant.ts';
import type { CredentialType, MessageLanguage } from '../../../protocol/form.ts';

/** What someone was given, as far as a message to them says it. */
export interface GuestAccess {
  readonly credential: CredentialType;
  /** Only for a keypad code. */
  readonly code?: string | undefined;
  readonly doors: readonly string[];
  /** Its dates are instants. */
  readonly schedule: Schedule;
  /** Of the locks; `undefined` where it is not known. */
  readonly zone: string | undefined;
  /** Whether Nuki sends an invitation for it. */
  readonly isInvited: boolean;
}

interface Texts {
  readonly code: string;
  readonly app: string;
  readonly fob: string;
  readonly invitation: string;
  readonly from: string;
  readonly until: string;
  readonly zone: string;
  /** The words of {@link scheduleInWords}, by their English. */
  readonly words: Readonly<Record<string, string>>;
}

const texts: Readonly<Record<MessageLanguage, Texts>> = {
  en: {
    code: 'Code for {0}: {1}',
    app: 'Access to {0} with the Nuki app',
    fob: 'Access to {0} with a Nuki Fob',
    invitation: 'Nuki sends the invitation by email. It expires, so accept it soon.',
    from: 'Valid from {0}',
    until: 'Valid until {0}',
    zone: 'Time zone: {0}',
    words: {},
  },
  de: {
    code: 'Code für {0}: {1}',
    app: 'Zugang zu {0} mit der Nuki-App',
    fob: 'Zugang zu {0} mit einem Nuki Fob',
    invitation: 'Nuki schickt die Einladung per E-Mail. Sie läuft ab, also bitte bald annehmen.',
    from: 'Gültig ab {0}',
    until: 'Gültig bis {0}',
    zone: 'Zeitzone: {0}',
    words: {
      'from {0}': 'ab {0}',
      'until {0}': 'bis {0}',
      'unknown days ({0})': 'unbekannte Tage ({0})',
      'unknown ({0})': 'unbekannt ({0})',
      'unknown date': 'unbekanntes Datum',
    },
  },
};

/** A message for whom the accesses are: each with its doors, its code and when it is valid, on the clock of the locks. `ownZone`: of the user. */
export function guestMessage(accesses: readonly GuestAccess[], language: MessageLanguage, ownZone: string): string {
  return accesses.map((access) => paragraph(access, language, ownZone).join('\n')).join('\n\n');
}

function paragraph(access: GuestAccess, language: MessageLanguage, ownZone: string): readonly string[] {
  const { credential, code = '', doors, schedule, zone, isInvited } = access;
  const { allowedFromDate: from, allowedUntilDate: until, ...daily } = schedule;
  const text = texts[language];
  const say: Translate = (sentence, ...values) => inEnglish(text.words[sentence] ?? sentence, ...values);
  const dateIn = (sentence: string, date: string | undefined): string => {
    if (date === undefined) return '';
    const instant = instantOf(date);
    return say(
      sentence,
      instant === undefined ? say('unknown date') : formatLimit(instant, zone, { language, t: say }),
    );
  };
  const daysAndHours = scheduleInWords(daily, zone, { language, t: say });
  const limits = [
    dateIn(text.from, from),
    dateIn(text.until, until),
    daysAndHours === 'always' ? '' : daysAndHours,
  ].filter(Boolean);
  const doorList = new Intl.ListFormat(language, { type: 'conjunction' }).format(doors);
  return [
    say(text[credential], doorList, code),
    isInvited ? text.invitation : '',
    ...limits,
    limits.length > 0 && zone !== undefined && zone !== ownZone ? say(text.zone, zone) : '',
  ].filter(Boolean);
}
