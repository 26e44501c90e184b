import { parseArgs } from 'node:util';
import { nearestWord } from '../base/nearestWord.ts';
import { faultNames, isFaultName, type FaultName } from '../simulator/faults/namedFaults.ts';
import { fastest, lastMoment } from '../simulator/time/settableClock.ts';
import { allScopes, type SimulatedToken } from '../simulator/tokens.ts';
import type { Command } from './command.ts';
import { StartError } from './startError.ts';

/** What `keyturner simulate` is to do; what is missing was not given. */
export interface Simulate {
  readonly kind: 'simulate';
  readonly port?: number;
  readonly tokens: readonly SimulatedToken[];
  /** Path of a file. */
  readonly home?: string;
  readonly seed: number;
  /** ms since 1970. */
  readonly time?: number;
  readonly speed: number;
  readonly faults: readonly { readonly name: FaultName; readonly times?: number }[];
  readonly webhook?: { readonly url: string; readonly secret?: string };
  /** Path of a file. */
  readonly journal?: string;
  readonly cors: boolean;
  readonly check: boolean;
  readonly command?: Command;
}

const options = {
  port: { type: 'string' },
  token: { type: 'string', multiple: true },
  home: { type: 'string' },
  seed: { type: 'string' },
  time: { type: 'string' },
  speed: { type: 'string' },
  fault: { type: 'string', multiple: true },
  webhook: { type: 'string' },
  'webhook-secret': { type: 'string' },
  journal: { type: 'string' },
  cors: { type: 'boolean' },
  check: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const;

/** @throws {StartError} for what cannot be done, or is not understood */
export function readArguments(args: readonly string[]): Simulate | { readonly kind: 'help' | 'version' } {
  const end = args.indexOf('--');
  const { values, positionals } = parsed(end === -1 ? args : args.slice(0, end));
  if (values.help === true) return { kind: 'help' };
  if (values.version === true) return { kind: 'version' };
  const [name, ...more] = positionals;
  if (name !== 'simulate') {
    const problem = name === undefined ? 'A command is missing' : `There is no command "${name}"`;
    throw new StartError(`${problem}; "keyturner simulate" is the only one, and "keyturner --help" describes it.`);
  }
  if (more[0] !== undefined) throw new StartError(`"${more[0]}" is no option; put a command to run after "--".`);
  const { port, token = [], home, time, fault = [], webhook, journal, cors = false, check = false } = values;
  const secret = values['webhook-secret'];
  if (secret !== undefined && webhook === undefined) throw new StartError('--webhook-secret needs --webhook.');
  return {
    kind: 'simulate',
    ...(port !== undefined && { port: wholeNumber('port', port, 65_535) }),
    tokens: tokensOf(token),
    ...(home !== undefined && { home: text('home', home) }),
    seed: wholeNumber('seed', values.seed ?? '1', 2 ** 32 - 1),
    ...(time !== undefined && { time: timeOf(time) }),
    speed: speedOf(values.speed ?? '1'),
    faults: fault.map(faultOf),
    ...(webhook !== undefined && {
      webhook: { url: urlOf(webhook), ...(secret !== undefined && { secret: text('webhook-secret', secret) }) },
    }),
    ...(journal !== undefined && { journal: text('journal', journal) }),
    cors,
    check,
    ...(end !== -1 && { command: commandOf(args.slice(end + 1)) }),
  };
}

function parsed(args: readonly string[]) {
  const config = { args: [...args], options, allowPositionals: true } as const;
  const { tokens } = parseArgs({ ...config, strict: false, tokens: true });
  for (const token of tokens) if (token.kind === 'option') checkOption(token);
  return parseArgs(config);
}

/** An option as it was written; `rawName` with its dashes. */
interface WrittenOption {
  readonly name: string;
  readonly rawName: string;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
}

/** @throws {StartError} where Node's own sentence would be a long one */
function checkOption({ name, rawName, value, inlineValue }: WrittenOption): void {
  const known = Object.entries(options).find(([each]) => each === name)?.[1];
  if (known === undefined) {
    throw new StartError(`There is no option ${rawName}${suggestion(name, Object.keys(options), '--') || '.'}`);
  }
  if (known.type === 'boolean' && value !== undefined) throw new StartError(`${rawName} takes no value.`);
  const isAnotherOption = inlineValue === false && value?.startsWith('-') === true;
  if (known.type === 'string' && (value === undefined || isAnotherOption))
    throw new StartError(`${rawName} needs a value.`);
}

function suggestion(typed: string, names: readonly string[], before = ''): string {
  const near = nearestWord(typed, names);
  return near === undefined ? '' : `; did you mean ${before}${near}?`;
}

function text(option: string, value: string): string {
  if (value === '') throw new StartError(`--${option} needs a value.`);
  return value;
}

function wholeNumber(option: string, value: string, most: number): number {
  const number = /^\d+$/.test(value) ? Number(value) : NaN;
  if (number <= most) return number;
  throw new StartError(`--${option} takes a whole number from 0 to ${most}, not "${value}".`);
}

function speedOf(value: string): number {
  const speed = /^\d*\.?\d+$/.test(value) ? Number(value) : NaN;
  if (speed <= fastest) return speed;
  throw new StartError(`--speed takes a number from 0 to ${fastest}, not "${value}".`);
}

/** A time without its zone would be another one on another computer. */
function timeOf(value: string): number {
  const time = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/.test(value) ? Date.parse(value) : NaN;
  if (time >= 0 && time <= lastMoment) return time;
  throw new StartError(`--time takes a date from 1970 to 9999, such as 2026-11-26T09:00:00Z, not "${value}".`);
}

function tokensOf(values: readonly string[]): readonly SimulatedToken[] {
  const tokens = values.map((value) => {
    const [, token = '', list] = /^([^:]*)(?::(.*))?$/s.exec(value) ?? [];
    // What an HTTP header can hold, after "Bearer ". The token itself is not repeated: it may be a real one.
    if (!/^[!-~]+$/.test(token)) throw new StartError('--token takes letters, digits and signs without spaces.');
    return list === undefined ? { token } : { token, scopes: list.split(',').map(scopeOf) };
  });
  if (new Set(tokens.map(({ token }) => token)).size < tokens.length) {
    throw new StartError('--token was given the same token twice.');
  }
  return tokens;
}

function scopeOf(name: string): string {
  if (allScopes.includes(name)) return name;
  throw new StartError(
    `There is no scope "${name}"${suggestion(name, allScopes) || `; there are ${allScopes.join(', ')}.`}`,
  );
}

function faultOf(value: string): Simulate['faults'][number] {
  const [, name = '', times] = /^([^=]*)(?:=(.*))?$/s.exec(value) ?? [];
  if (!isFaultName(name)) {
    throw new StartError(
      `There is no fault "${name}"${suggestion(name, faultNames) || `; there are ${faultNames.join(', ')}.`}`,
    );
  }
  if (times === undefined) return { name };
  if (/^[1-9]\d{0,8}$/.test(times)) return { name, times: Number(times) };
  throw new StartError(`--fault ${name} takes a whole number of times from 1 on, not "${times}".`);
}

function urlOf(value: string): string {
  if (/^https?:/.test(value) && URL.canParse(value)) return value;
  throw new StartError(`--webhook takes a URL that begins with http:// or https://, not "${value}".`);
}

function commandOf([program, ...args]: readonly string[]): Command {
  if (program === undefined || program === '') throw new StartError('"--" needs a command after it.');
  return [program, ...args];
}
