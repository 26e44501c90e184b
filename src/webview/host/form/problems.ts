import { safeText } from '../../../base/safeText.ts';
import { creationProblems, type CreationProblem } from '../../../model/authorizations/creationProblem.ts';
import { emailForm, emailKey, type Person } from '../../../nuki/account.ts';
import { keypadNameBytes, longestName } from '../../../nuki/authorization/authorization.ts';
import { fitsKeypad, nameBytes } from '../../../nuki/authorization/keypadName.ts';
import { isKeypadCode, keypadCodeRule } from '../../../nuki/authorization/keypadCode.ts';
import type { Locale } from '../../../base/locale.ts';
import {
  scheduleProblems,
  type ScheduleProblem,
  type ScheduleProblems,
} from '../../../nuki/authorization/scheduleRules.ts';
import { dateText } from '../../../nuki/time/typedTime.ts';
import { everyDay } from '../../../nuki/time/weekdays.ts';
import { wallTimeAt } from '../../../nuki/time/zonedTime.ts';
import { typeOfCredential } from '../../../nuki/authorization/credential.ts';
import { clockOf, isScheduleTouched, isTouched, scheduleParts, type DraftTimes, type Original } from './draft.ts';
import type { FormDevice } from './formDevices.ts';
import type { Draft, Field, NewPerson } from '../../protocol/form.ts';
import { scheduleSentences } from '../../../views/text/scheduleSentences.ts';

/** Everything that decides whether a draft can be sent. */
export interface ProblemContext {
  readonly locale: Locale & { readonly now: number };
  /** The devices that are chosen. */
  readonly devices: readonly FormDevice[];
  readonly times: DraftTimes;
  readonly people: readonly Person[];
  /** Why the people could not be read, in a sentence. */
  readonly peopleError?: string | undefined;
  /** For an edit: the authorization as it began. */
  readonly original?: Original | undefined;
}

export type Problems = { readonly [F in Field]?: string };

/** A sentence for each field; `undefined` where nothing is wrong. */
type Sentences = { readonly [F in Field]?: string | undefined };

/** What is wrong with a draft, in a sentence for each field. What an edit has not touched is not checked. */
export function problemsOf(draft: Draft, context: ProblemContext): Problems {
  const sentences: Sentences = {
    name: nameProblem(draft, context),
    devices: devicesProblem(draft, context),
    ...personProblems(draft, context),
    code: codeProblem(draft, context),
    ...scheduleSentencesOf(draft, context),
  };
  return Object.fromEntries(Object.entries(sentences).filter(([, sentence]) => sentence !== undefined));
}

/** The first chosen device that cannot take the authorization for one of these reasons. */
function deviceWith(
  problems: readonly CreationProblem[],
  { credential, code, person }: Draft,
  { devices }: ProblemContext,
): FormDevice | undefined {
  const requested = {
    type: typeOfCredential[credential],
    code: Number(code),
    accountUserId: typeof person === 'number' ? person : undefined,
  };
  return devices.find((device) => creationProblems(requested, device).some((problem) => problems.includes(problem)));
}

function nameProblem({ credential, name }: Draft, { locale: { t }, original }: ProblemContext): string | undefined {
  if (name === original?.draft.name) return undefined;
  const trimmed = name.trim();
  if (trimmed === '') return t('Enter a name.');
  if (credential === 'code' && !fitsKeypad(trimmed)) {
    return t(
      'Too long for a keypad: {0} of {1} bytes. Accented letters and emoji count more than once.',
      nameBytes(trimmed),
      keypadNameBytes,
    );
  }
  if (trimmed.length > longestName) return t('Use at most {0} characters.', longestName);
  if (safeText(trimmed) === trimmed.normalize('NFC')) return undefined;
  return t('The name contains invisible characters or a combined emoji.');
}

function devicesProblem(draft: Draft, context: ProblemContext): string | undefined {
  const { devices, locale, original } = context;
  const { t } = locale;
  if (original) return undefined;
  if (devices.length === 0) return t('Select at least one device.');
  const withoutKeypad = devices.find(({ hasKeypad }) => !hasKeypad);
  if (draft.credential === 'code' && withoutKeypad) return t('{0} has no keypad.', withoutKeypad.name);
  const full = deviceWith(['codesFull', 'othersFull'], draft, context);
  return full && t('{0} is full. Delete an authorization first.', full.name);
}

function personProblems(draft: Draft, context: ProblemContext): Sentences {
  const { people, peopleError, locale, original } = context;
  const { t } = locale;
  const { credential, person } = draft;
  if (original || credential === 'code') return {};
  if (peopleError !== undefined) return { person: peopleError };
  if (person === null) return { person: t('Select a person.') };
  if (typeof person === 'object') return newPersonProblems(person, context);
  if (!people.some(({ accountUserId }) => accountUserId === person)) return { person: t('Select a person.') };
  const owner = deviceWith(['personHasOne'], draft, context);
  return { person: owner && t('This person already has app access to {0}.', owner.name) };
}

function newPersonProblems({ name, email }: NewPerson, context: ProblemContext): Sentences {
  return {
    personName: name.trim() === '' ? context.locale.t('Enter a name.') : undefined,
    personEmail: emailProblem(email.trim(), context),
  };
}

function emailProblem(email: string, { people, locale: { t } }: ProblemContext): string | undefined {
  if (people.some((known) => emailKey(known.email) === emailKey(email))) {
    return t('Someone with this email address already exists. Select them from the list.');
  }
  if (emailForm.test(email)) return undefined;
  return t('Enter an email address. Nuki sends the invitation there.');
}

function codeProblem(draft: Draft, context: ProblemContext): string | undefined {
  const { original, locale } = context;
  const { t } = locale;
  const { credential, code } = draft;
  if (credential !== 'code') return undefined;
  if (original && (code === '' || code === String(original.raw.fields.code))) return undefined;
  if (!isKeypadCode(code)) return t(keypadCodeRule);
  const owner = deviceWith(['codeTaken'], draft, context);
  return owner && t('{0} already uses this code. Expired codes count too.', owner.name);
}

function scheduleSentencesOf(draft: Draft, context: ProblemContext): Sentences {
  const { original, locale, times } = context;
  const { t, now } = locale;
  if (original && !isScheduleTouched(draft, original.draft)) return {};
  if (times.zonesDiffer && hasLimits(draft)) {
    return { devices: t('These devices are in different time zones. Create one authorization per time zone.') };
  }
  const from = momentProblem('from', draft, context);
  const until = momentProblem('until', draft, context);
  if (from !== undefined || until !== undefined) return { from, until };
  const problems: ScheduleProblems = hoursAreEmpty(draft)
    ? { hours: 'sameTimes' }
    : scheduleProblems(times.schedule, now, times.zone);
  const isChecked = (part: keyof typeof problems, problem: ScheduleProblem): boolean =>
    !original || isTouched(part, draft, original.draft) || problemsOfSeveral.includes(problem);
  const found = scheduleParts.flatMap((part) => {
    const problem = problems[part];
    return problem && isChecked(part, problem) ? [[part, t(scheduleSentences[problem])] as const] : [];
  });
  return Object.fromEntries(found);
}

/** Two equal times. 00:00 to 00:00 is no limit for the API, other ones may be never: a user who means all day chooses that. */
function hoursAreEmpty({ hours }: Draft): boolean {
  return hours !== null && hours.from !== '' && hours.from === hours.until;
}

/** Problems that one limit has with another: the user may have touched either. */
const problemsOfSeveral: readonly ScheduleProblem[] = ['untilBeforeFrom', 'empty', 'neverActive'];

function hasLimits({ from, until, weekdays, hours }: Draft): boolean {
  return from !== null || until !== null || weekdays !== everyDay || hours !== null;
}

/** What is wrong with an end of the dates, before it is compared with anything. */
function momentProblem(
  end: 'from' | 'until',
  draft: Draft,
  { original, times, locale: { t, language, now } }: ProblemContext,
): string | undefined {
  const today = wallTimeAt(now, clockOf(times.zone)).date;
  const resolution = times.ends[end];
  const moment = draft[end];
  if (!resolution || !moment || (original && !isTouched(end, draft, original.draft))) return undefined;
  switch (resolution.kind) {
    case 'exact':
      return undefined;
    case 'invalid':
      return t('Enter a date such as {0}, and a time such as 15:00.', dateText(today, language));
    case 'gap':
      return t(
        "{0} {1} doesn't exist in {2} because clocks go forward. The next valid time is {3} {4}.",
        dateText(moment.date, language),
        moment.time,
        clockOf(times.zone),
        dateText(resolution.firstValid.date, language),
        resolution.firstValid.time,
      );
    case 'overlap':
      return moment.disambiguation ? undefined : t('Choose the first or the second {0}.', moment.time);
  }
}
