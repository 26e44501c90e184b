import { safeText } from '../base/safeText.ts';
import type { Person } from '../nuki/account.ts';
import { keypadCodeProblem, keypadCodeSentences } from '../nuki/keypadCode.ts';
import type { Reader } from '../nuki/schedule.ts';
import { scheduleProblems, type ScheduleProblem } from '../nuki/scheduleRules.ts';
import { everyDay } from '../nuki/weekdays.ts';
import type { WallReading } from '../nuki/zonedTime.ts';
import { clockOf, endsOf, isScheduleTouched, isTouched, scheduleOf, scheduleParts, type Seen } from './draft.ts';
import { commonZone, type FormDevice } from './formDevices.ts';
import type { Draft, Field, Moment } from './protocol.ts';
import { scheduleSentences } from './scheduleSentences.ts';

/** Everything that a draft is judged by. */
export interface Judging {
  readonly reader: Reader & { readonly now: number };
  /** The devices that are chosen. */
  readonly devices: readonly FormDevice[];
  readonly people: readonly Person[];
  /** Why the people could not be read, in a sentence. */
  readonly peopleTrouble?: string | undefined;
  /** For an edit: how it began. */
  readonly seen?: Seen | undefined;
}

export type Problems = { readonly [F in Field]?: string };

/** The longest name that the API takes. Web API, `SmartlockAuthCreate.name`. */
export const longestName = 32;

/** What is wrong with a draft, in a sentence for each field. What an edit has not touched is not judged. */
export function problemsOf(draft: Draft, judging: Judging): Problems {
  const { seen } = judging;
  return {
    ...nameProblems(draft, judging),
    ...(seen ? {} : devicesProblems(draft, judging)),
    ...(seen ? {} : personProblems(draft, judging)),
    ...codeProblems(draft, judging),
    ...(seen && !isScheduleTouched(draft, seen.draft) ? {} : limitProblems(draft, judging)),
  };
}

function nameProblems({ name }: Draft, { reader: { say }, seen }: Judging): Problems {
  if (name === seen?.draft.name) return {};
  const trimmed = name.trim();
  if (trimmed === '') return { name: say('A name is needed.') };
  if (trimmed.length > longestName) return { name: say('A name has at most {0} characters.', longestName) };
  return safeText(trimmed) === trimmed.normalize('NFC')
    ? {}
    : { name: say('This name holds characters that cannot be seen, or an emoji that is made with them.') };
}

function devicesProblems(draft: Draft, { devices, reader: { say } }: Judging): Problems {
  if (devices.length === 0) return { devices: say('Choose at least one device.') };
  const isCode = draft.means === 'code';
  const withoutKeypad = devices.find(({ hasKeypad }) => isCode && !hasKeypad);
  if (withoutKeypad) return { devices: say('{0} has no keypad.', withoutKeypad.name) };
  const full = devices.find(({ codes, others }) => isFull(isCode ? codes : others));
  return full ? { devices: say('{0} is full: delete an authorization there first.', full.name) } : {};
}

function isFull({ used, limit }: FormDevice['codes']): boolean {
  return used !== undefined && used >= limit;
}

function personProblems({ means, person }: Draft, judging: Judging): Problems {
  const { devices, people, peopleTrouble, reader } = judging;
  const { say } = reader;
  if (means === 'code') return {};
  if (peopleTrouble !== undefined) return { person: peopleTrouble };
  if (person === null) return { person: say('Choose a person.') };
  if (typeof person === 'object') {
    const { email } = person;
    return {
      ...(person.name.trim() === '' && { personName: say('A name is needed.') }),
      ...(!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email.trim()) && {
        personEmail: say('An e-mail address is needed: Nuki sends the invitation there.'),
      }),
      ...(people.some((known) => known.email?.toLowerCase() === email.trim().toLowerCase()) && {
        personEmail: say('There is a person with this e-mail address already. Choose them from the list.'),
      }),
    };
  }
  if (!people.some(({ accountUserId }) => accountUserId === person)) return { person: say('Choose a person.') };
  const has = devices.find(({ appUsers }) => means === 'app' && appUsers.has(person));
  return has ? { person: say('This person has an app authorization on {0} already.', has.name) } : {};
}

function codeProblems({ means, code }: Draft, { devices, seen, reader: { say } }: Judging): Problems {
  if (means !== 'code' || (seen && (code === '' || code === String(seen.whole.fields.code)))) return {};
  const problem = keypadCodeProblem(code);
  if (problem) return { code: say(keypadCodeSentences[problem]) };
  const taken = devices.find(({ takenCodes }) => takenCodes.has(code));
  return taken ? { code: say('This code is taken on {0}. Codes that have expired count too.', taken.name) } : {};
}

function limitProblems(draft: Draft, judging: Judging): Problems {
  const { devices, seen, reader } = judging;
  const { say, now } = reader;
  const common = commonZone(devices);
  if (common.is === 'several' && hasLimits(draft)) {
    return { devices: say('These devices are in different time zones: make one authorization for each zone.') };
  }
  const zone = common.is === 'one' ? common.zone : undefined;
  const moments = momentProblems(draft, zone, judging);
  if (Object.keys(moments).length > 0) return moments;
  const problems = scheduleProblems(scheduleOf(draft, zone, seen), now, zone);
  const found = scheduleParts.flatMap((part) => {
    const problem = problems[part];
    if (problem === undefined) return [];
    const isJudged = !seen || isTouched(part, draft, seen.draft) || problemsOfSeveral.includes(problem);
    return isJudged ? [[part, say(scheduleSentences[problem])] as const] : [];
  });
  return Object.fromEntries(found);
}

/** Problems that one limit has with another: either may have been touched. */
const problemsOfSeveral: readonly ScheduleProblem[] = ['untilBeforeFrom', 'empty', 'neverActive'];

function hasLimits({ from, until, weekdays, hours }: Draft): boolean {
  return from !== null || until !== null || weekdays !== everyDay || hours !== null;
}

function momentProblems(draft: Draft, zone: string | undefined, { seen, reader }: Judging): Problems {
  const ends = endsOf(draft, zone);
  const problem = (end: 'from' | 'until'): string | undefined =>
    seen && !isTouched(end, draft, seen.draft) ? undefined : momentProblem(ends[end], draft[end], zone, reader);
  const from = problem('from');
  const until = problem('until');
  return { ...(from !== undefined && { from }), ...(until !== undefined && { until }) };
}

function momentProblem(
  reading: WallReading | undefined,
  moment: Moment | null,
  zone: string | undefined,
  { say }: Reader,
): string | undefined {
  switch (reading?.is) {
    case undefined:
    case 'exact':
      return undefined;
    case 'invalid':
      return say('Enter a date and a time that exist.');
    case 'gap':
      return say(
        '{0} {1} does not exist in {2}: clocks are put forward. The next time is {3} {4}.',
        moment?.date ?? '',
        moment?.time ?? '',
        clockOf(zone),
        reading.firstValid.date,
        reading.firstValid.time,
      );
    case 'overlap':
      return moment?.pass ? undefined : say('This time comes twice: choose which one is meant.');
  }
}
