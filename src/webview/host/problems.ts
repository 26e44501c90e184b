import { safeText } from '../../base/safeText.ts';
import type { Person } from '../../nuki/account.ts';
import { keypadCodeProblem, keypadCodeSentences } from '../../nuki/authorization/keypadCode.ts';
import type { Locale } from '../../nuki/authorization/schedule.ts';
import { scheduleProblems, type ScheduleProblem } from '../../nuki/authorization/scheduleRules.ts';
import { everyDay } from '../../nuki/time/weekdays.ts';
import type { WallTimeResolution } from '../../nuki/time/zonedTime.ts';
import { clockOf, endsOf, isScheduleTouched, isTouched, scheduleOf, scheduleParts, type Original } from './draft.ts';
import { commonZone, type FormDevice } from './formDevices.ts';
import type { Draft, Field, Moment } from '../protocol.ts';
import { scheduleSentences } from './scheduleSentences.ts';

/** Everything that a draft is judged by. */
export interface ProblemContext {
  readonly locale: Locale & { readonly now: number };
  /** The devices that are chosen. */
  readonly devices: readonly FormDevice[];
  readonly people: readonly Person[];
  /** Why the people could not be read, in a sentence. */
  readonly peopleError?: string | undefined;
  /** For an edit: how it began. */
  readonly original?: Original | undefined;
}

export type Problems = { readonly [F in Field]?: string };

/** The longest name that the API takes. Web API, `SmartlockAuthCreate.name`. */
export const longestName = 32;

/** What is wrong with a draft, in a sentence for each field. What an edit has not touched is not judged. */
export function problemsOf(draft: Draft, judging: ProblemContext): Problems {
  const { original } = judging;
  return {
    ...nameProblems(draft, judging),
    ...(original ? {} : devicesProblems(draft, judging)),
    ...(original ? {} : personProblems(draft, judging)),
    ...codeProblems(draft, judging),
    ...(original && !isScheduleTouched(draft, original.draft) ? {} : limitProblems(draft, judging)),
  };
}

function nameProblems({ name }: Draft, { locale: { t }, original }: ProblemContext): Problems {
  if (name === original?.draft.name) return {};
  const trimmed = name.trim();
  if (trimmed === '') return { name: t('A name is needed.') };
  if (trimmed.length > longestName) return { name: t('A name has at most {0} characters.', longestName) };
  return safeText(trimmed) === trimmed.normalize('NFC')
    ? {}
    : { name: t('This name holds characters that cannot be seen, or an emoji that is made with them.') };
}

function devicesProblems(draft: Draft, { devices, locale: { t } }: ProblemContext): Problems {
  if (devices.length === 0) return { devices: t('Choose at least one device.') };
  const isCode = draft.credential === 'code';
  const withoutKeypad = devices.find(({ hasKeypad }) => isCode && !hasKeypad);
  if (withoutKeypad) return { devices: t('{0} has no keypad.', withoutKeypad.name) };
  const full = devices.find(({ codes, others }) => isFull(isCode ? codes : others));
  return full ? { devices: t('{0} is full: delete an authorization there first.', full.name) } : {};
}

function isFull({ used, limit }: FormDevice['codes']): boolean {
  return used !== undefined && used >= limit;
}

function personProblems({ credential, person }: Draft, judging: ProblemContext): Problems {
  const { devices, people, peopleError, locale } = judging;
  const { t } = locale;
  if (credential === 'code') return {};
  if (peopleError !== undefined) return { person: peopleError };
  if (person === null) return { person: t('Choose a person.') };
  if (typeof person === 'object') {
    const { email } = person;
    return {
      ...(person.name.trim() === '' && { personName: t('A name is needed.') }),
      ...(!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email.trim()) && {
        personEmail: t('An e-mail address is needed: Nuki sends the invitation there.'),
      }),
      ...(people.some((known) => known.email?.toLowerCase() === email.trim().toLowerCase()) && {
        personEmail: t('There is a person with this e-mail address already. Choose them from the list.'),
      }),
    };
  }
  if (!people.some(({ accountUserId }) => accountUserId === person)) return { person: t('Choose a person.') };
  const has = devices.find(({ appUsers }) => credential === 'app' && appUsers.has(person));
  return has ? { person: t('This person has an app authorization on {0} already.', has.name) } : {};
}

function codeProblems({ credential, code }: Draft, { devices, original, locale: { t } }: ProblemContext): Problems {
  if (credential !== 'code' || (original && (code === '' || code === String(original.raw.fields.code)))) return {};
  const problem = keypadCodeProblem(code);
  if (problem) return { code: t(keypadCodeSentences[problem]) };
  const taken = devices.find(({ takenCodes }) => takenCodes.has(code));
  return taken ? { code: t('This code is taken on {0}. Codes that have expired count too.', taken.name) } : {};
}

function limitProblems(draft: Draft, judging: ProblemContext): Problems {
  const { devices, original, locale } = judging;
  const { t, now } = locale;
  const common = commonZone(devices);
  if (common.kind === 'several' && hasLimits(draft)) {
    return { devices: t('These devices are in different time zones: make one authorization for each zone.') };
  }
  const zone = common.kind === 'one' ? common.zone : undefined;
  const moments = momentProblems(draft, zone, judging);
  if (Object.keys(moments).length > 0) return moments;
  const problems = scheduleProblems(scheduleOf(draft, zone, original), now, zone);
  const found = scheduleParts.flatMap((part) => {
    const problem = problems[part];
    if (problem === undefined) return [];
    const isJudged = !original || isTouched(part, draft, original.draft) || problemsOfSeveral.includes(problem);
    return isJudged ? [[part, t(scheduleSentences[problem])] as const] : [];
  });
  return Object.fromEntries(found);
}

/** Problems that one limit has with another: either may have been touched. */
const problemsOfSeveral: readonly ScheduleProblem[] = ['untilBeforeFrom', 'empty', 'neverActive'];

function hasLimits({ from, until, weekdays, hours }: Draft): boolean {
  return from !== null || until !== null || weekdays !== everyDay || hours !== null;
}

function momentProblems(draft: Draft, zone: string | undefined, { original, locale }: ProblemContext): Problems {
  const ends = endsOf(draft, zone);
  const problem = (end: 'from' | 'until'): string | undefined =>
    original && !isTouched(end, draft, original.draft) ? undefined : momentProblem(ends[end], draft[end], zone, locale);
  const from = problem('from');
  const until = problem('until');
  return { ...(from !== undefined && { from }), ...(until !== undefined && { until }) };
}

function momentProblem(
  reading: WallTimeResolution | undefined,
  moment: Moment | null,
  zone: string | undefined,
  { t }: Locale,
): string | undefined {
  switch (reading?.kind) {
    case undefined:
    case 'exact':
      return undefined;
    case 'invalid':
      return t('Enter a date and a time that exist.');
    case 'gap':
      return t(
        '{0} {1} does not exist in {2}: clocks are put forward. The next time is {3} {4}.',
        moment?.date ?? '',
        moment?.time ?? '',
        clockOf(zone),
        reading.firstValid.date,
        reading.firstValid.time,
      );
    case 'overlap':
      return moment?.disambiguation ? undefined : t('This time comes twice: choose which one is meant.');
  }
}
