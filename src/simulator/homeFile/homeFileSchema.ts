import * as v from 'valibot';
import { keypadNameBytes } from '../../nuki/authorization/authorization.ts';
import { authorizationType } from '../../nuki/authorization/authorizationType.ts';
import { isKeypadCode, keypadCodeRule } from '../../nuki/authorization/keypadCode.ts';
import { formatVersion, readVersion } from '../../nuki/firmwareVersion.ts';
import { readTimeOfDay } from '../../nuki/time/timeOfDay.ts';
import { timeZones } from '../../nuki/time/timeZones.ts';
import { readWeekdays } from '../../nuki/time/weekdays.ts';
import { deviceType, kinds, type Kind } from '../../nuki/vocabulary/kinds.ts';
import {
  completionStates,
  lockLogActions,
  logSources,
  logTriggers,
  openerLogActions,
  type Vocabulary,
} from '../../nuki/vocabulary/words.ts';
import { allScopes } from '../tokens.ts';

const day = 24 * 3_600_000;

/** The lengths of the units in which a file says how long before or after the start of the home something is, in ms. */
const unitLengths: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: day, w: 7 * day };

/** How far from the start a relative date may be, in ms. */
const furthest = 36_525 * day;

/** The doors that a door sensor tells of, by the API's `doorState`. */
export const doors = { none: 0, deactivated: 1, closed: 2, open: 3, unknown: 4, calibrating: 5, removed: 240 } as const;

/** An instant of a file: ms since 1970, or ms after the start of the home's clock. */
export type FileDate = { readonly kind: 'absolute' | 'relative'; readonly ms: number };

/** @returns `undefined` for what is no date */
export function readFileDate(text: string): FileDate | undefined {
  const [, sign, offset = ''] = /^([+-])((?:\d{1,5}[smhdw])+)$/.exec(text) ?? [];
  if (text === 'now' || sign !== undefined) {
    const parts = [...offset.matchAll(/(\d+)([smhdw])/g)];
    const ms = parts.reduce((sum, [, count, unit = '']) => sum + Number(count) * (unitLengths[unit] ?? 0), 0);
    return ms <= furthest ? { kind: 'relative', ms: sign === '-' ? -ms : ms } : undefined;
  }
  if (!/^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d))?$/.test(text)) return undefined;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? undefined : { kind: 'absolute', ms };
}

/** The minutes since midnight in "08:00-17:30"; `undefined` for other forms, and for hours that end before they begin. */
export function readHours(text: string): readonly [from: number, until: number] | undefined {
  const [from = NaN, until = NaN] = text.split(/[-–]/).map((time) => readTimeOfDay(time) ?? NaN);
  return /^\d\d:\d\d[-–]\d\d:\d\d$/.test(text) && from < until && until < 1440 ? [from, until] : undefined;
}

/** A choice of the words and of the numbers that they stand for. */
function wordsAndNumbers(...vocabularies: readonly Vocabulary[]): readonly (string | number)[] {
  const entries = vocabularies.flatMap((vocabulary) => Object.entries(vocabulary));
  return [...new Set([...entries.map(([, word]) => word), ...entries.map(([code]) => Number(code))])];
}

function keysAndNumbers<K extends string>(table: Readonly<Record<K, number>>): readonly (string | number)[] {
  return [...Object.keys(table), ...Object.values<number>(table)];
}

/** The states of a kind that last. A motor that is under way when the home begins would never arrive. */
export function lastingStatesOf({ states }: Kind): Vocabulary {
  const lasting = Object.entries(states).filter(([phase]) => phase !== 'moving');
  return lasting.reduce<Vocabulary>((all, [, words]) => ({ ...all, ...words }), {});
}

function short(most: number): v.GenericSchema<string> {
  const rule = `Use 1 to ${most} characters.`;
  return v.pipe(v.string(), v.minLength(1, rule), v.maxLength(most, rule));
}

function date(description: string): v.GenericSchema<string> {
  const rule = 'Use a date such as 2026-12-24, 2026-12-24T18:00:00Z, now, -3d or +1d12h (s, m, h, d, w).';
  return v.pipe(
    v.string(),
    v.check((text) => readFileDate(text) !== undefined, rule),
    v.description(description),
    v.examples(['now', '-3d', '+1d12h', '2026-12-24', '2026-12-24T18:00:00Z']),
  );
}

function flag(usual: boolean, description: string): v.OptionalSchema<v.GenericSchema<boolean>, boolean> {
  return v.optional(v.pipe(v.boolean(), v.description(description)), usual);
}

function describedChoice(choices: readonly (string | number)[], description: string): v.GenericSchema<string | number> {
  return v.pipe(v.picklist(choices), v.description(description));
}

const email = v.pipe(v.string(), v.regex(/^[^@\s]+@[^@\s]+$/, 'Use an email address.'));

const language = v.pipe(
  v.string(),
  v.regex(/^[a-z]{2}$/, 'Use two letters, such as en.'),
  v.description('The language, by its two letters.'),
);

const account = v.strictObject({
  name: v.optional(
    v.pipe(short(32), v.description('The name of the account, under which its Web API appears in the activity log.')),
    'Anna Berger',
  ),
  email: v.optional(v.pipe(email, v.description('The email address.')), 'anna.berger@example.com'),
  language: v.optional(language, 'en'),
});

const person = v.strictObject({
  name: v.pipe(short(32), v.description('The name. Authorizations refer to it.')),
  email: v.optional(v.pipe(email, v.description('The email address; by default one at example.com made of the name.'))),
  language: v.optional(language, 'en'),
});

const device = v.strictObject({
  name: v.pipe(short(32), v.description('The name. Authorizations and log entries refer to it.')),
  type: v.optional(
    describedChoice(
      keysAndNumbers(deviceType),
      'The device type, or its number in the API. smartLock1 is the 1st and 2nd generation, smartLock3 the 3rd and 4th, smartLock5 the 5th.',
    ),
    'smartLock5',
  ),
  hexId: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^(?!0{8})[0-9A-Fa-f]{8}$/, 'Use 8 hex digits that are not all 0.'),
      v.description('The id as the Nuki app shows it, 8 hex digits; by default 10000001, 10000002 and so on.'),
    ),
  ),
  timeZone: v.optional(
    v.pipe(
      v.picklist(timeZones, `Use one of Nuki's ${timeZones.length} time zones, such as Europe/Berlin.`),
      v.description('The time zone, one of those that Nuki has.'),
    ),
    'Europe/Berlin',
  ),
  firmware: v.optional(
    v.pipe(
      v.string(),
      v.check(
        (text) => /^\d+\.\d+\.\d+$/.test(text) && formatVersion(readVersion(text) ?? -1) === text,
        'Use a version such as 5.9.4.',
      ),
      v.description('The firmware version, such as 5.9.4; by default one that fits the type.'),
    ),
  ),
  state: v.optional(
    describedChoice(
      wordsAndNumbers(...Object.values(kinds).map(lastingStatesOf)),
      'The state at the start, or its number in the API; by default locked, or online for an Opener.',
    ),
  ),
  door: v.optional(
    describedChoice(Object.keys(doors), 'What a door sensor tells; none means that there is none.'),
    'none',
  ),
  keypad: v.optional(
    v.pipe(v.picklist(['none', 'Keypad', 'Keypad 2']), v.description('The keypad that is paired.')),
    'none',
  ),
  battery: v.optional(
    v.pipe(
      v.number(),
      v.integer('Use a whole number.'),
      v.minValue(0, 'Use 0 to 100.'),
      v.maxValue(100, 'Use 0 to 100.'),
      v.description('The charge of the batteries in percent.'),
    ),
    84,
  ),
  batteryCritical: v.optional(
    v.pipe(v.boolean(), v.description('Whether the batteries are nearly empty; by default at 20 percent and below.')),
  ),
  online: flag(true, 'Whether Nuki reaches the device.'),
  unlatches: flag(true, 'Whether the motor can pull the latch. Locks sold in the US refuse to.'),
  nightMode: flag(false, 'Whether night mode is active.'),
  continuousMode: flag(false, "Whether an Opener's continuous mode is active."),
  favorite: flag(false, 'Whether it is a favorite.'),
});

const authorization = v.strictObject({
  device: v.pipe(
    v.union(
      [v.string(), v.pipe(v.array(v.string()), v.minLength(1, 'Name at least one device.'))],
      'Use the name of a device, or a list of names.',
    ),
    v.description('The name of the device, or a list of names: the same authorization on each.'),
  ),
  type: v.optional(
    describedChoice(
      keysAndNumbers(authorizationType),
      'The type, or its number in the API; by default keypadCode where there is a code, otherwise app.',
    ),
  ),
  name: v.optional(
    v.pipe(
      short(32),
      v.description(
        `The name; by default that of the person. That of a keypad code has at most ${keypadNameBytes} bytes.`,
      ),
    ),
  ),
  person: v.optional(v.pipe(v.string(), v.description('The name of the person whose it is.'))),
  code: v.optional(
    v.pipe(
      v.union([v.string(), v.number()], keypadCodeRule),
      v.check((code) => isKeypadCode(String(code)), keypadCodeRule),
      v.description('The keypad code: 6 digits from 1 to 9, not beginning with 12.'),
    ),
  ),
  from: v.optional(date('When it begins to be valid: a date, or one relative to the start such as -3d.')),
  until: v.optional(date('When it ends: a date, or one relative to the start such as +2w.')),
  days: v.optional(
    v.pipe(
      v.string(),
      v.check((text) => (readWeekdays(text, 'en') ?? 0) > 0, 'Use days such as Mon-Fri or Tue, Sat.'),
      v.description('The days on which it opens, such as Mon-Fri or Tue, Sat.'),
      v.examples(['Mon-Fri', 'Tue, Sat']),
    ),
  ),
  hours: v.optional(
    v.pipe(
      v.string(),
      v.check((text) => readHours(text) !== undefined, 'Use hours within one day, such as 08:00-17:30.'),
      v.description("The hours between which it opens by the device's clock, such as 08:00-17:30."),
      v.examples(['08:00-17:30']),
    ),
  ),
  enabled: flag(true, 'Whether it is enabled.'),
  remoteAllowed: v.optional(
    v.pipe(
      v.boolean(),
      v.description('Whether it may be used from afar; by default all but keypads and their codes may.'),
    ),
  ),
  confirmed: flag(
    true,
    'Whether the device has it. What it has not is listed with updateDate null and opens nothing until a sync.',
  ),
  created: v.optional(date('When it was created.'), '-90d'),
  lockCount: v.optional(
    v.pipe(
      v.number(),
      v.integer('Use a whole number.'),
      v.minValue(0, 'Use 0 or more.'),
      v.maxValue(2 ** 31 - 1, 'Use a smaller number.'),
      v.description('How often it was used.'),
    ),
    0,
  ),
  lastActive: v.optional(date('When it was last used.')),
});

const logEntry = v.strictObject({
  device: v.pipe(v.string(), v.description('The name of the device.')),
  at: date('When it happened: a date, or one relative to the start such as -3h.'),
  action: describedChoice(
    wordsAndNumbers(lockLogActions, openerLogActions),
    'What was done, or its number in the API.',
  ),
  trigger: v.optional(
    describedChoice(wordsAndNumbers(logTriggers), 'What triggered it, or its number in the API.'),
    'system',
  ),
  name: v.optional(v.pipe(v.string(), v.maxLength(32, 'Use at most 32 characters.'), v.description('Who did it.')), ''),
  result: v.optional(
    describedChoice(wordsAndNumbers(completionStates), 'How it ended, or its number in the API.'),
    'success',
  ),
  source: v.optional(
    describedChoice(wordsAndNumbers(logSources), 'What a keypad was operated with, or its number in the API.'),
    'default',
  ),
  autoUnlock: flag(false, 'Whether it was Auto Unlock.'),
});

const integration = v.strictObject({
  name: v.pipe(short(64), v.description('The name of the program or the phone.')),
  description: v.optional(v.pipe(short(64), v.description('What its owner wrote of it; usual for API tokens.'))),
  vendor: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^[A-Z][A-Z0-9_]*$/, 'Use a key such as ALEXA or API_TOKEN.'),
      v.description('Who made it, by the key of the API.'),
      v.examples(['ALEXA', 'IOS', 'NUKI_WEB', 'API_TOKEN']),
    ),
    'API_TOKEN',
  ),
  scopes: v.optional(v.pipe(v.array(v.picklist(allScopes)), v.description('What it may do.')), []),
  created: v.optional(date('When it got access.'), '-90d'),
  lastActive: v.optional(date('When it was last used; by default never.')),
  legacy: flag(false, 'Whether it signs in as programs did before OAuth 2.'),
  phone: flag(false, 'Whether it is a device rather than a program.'),
});

/** The objects of a file by the field that holds one or a list of them. */
export const fileObjects: Readonly<Record<string, { readonly entries: object }>> = {
  account,
  people: person,
  devices: device,
  authorizations: authorization,
  log: logEntry,
  integrations: integration,
};

/** A home as a file describes it. A JSON Schema is made of it, with which editors help. */
export const homeFileSchema = v.pipe(
  v.strictObject({
    $schema: v.optional(v.pipe(v.string(), v.description('The JSON Schema, for editors.'))),
    account: v.optional(v.pipe(account, v.description('Whose home it is.')), {}),
    people: v.optional(v.pipe(v.array(person), v.description('The people of the account.')), []),
    devices: v.pipe(v.array(device), v.description('The devices.')),
    authorizations: v.optional(
      v.pipe(
        v.array(authorization),
        v.description('Who may operate the devices. Each device also has one for Nuki Web, and one for its keypad.'),
      ),
      [],
    ),
    log: v.optional(v.pipe(v.array(logEntry), v.description('What happened before, in any order.')), []),
    integrations: v.optional(
      v.pipe(v.array(integration), v.description('What has access to the account besides the tokens of the run.')),
      [],
    ),
  }),
  v.title('A home for the simulated Nuki Web API'),
  v.description('Only devices are needed, and of them only names.'),
);

export type HomeFile = v.InferOutput<typeof homeFileSchema>;
