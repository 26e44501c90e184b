import * as v from 'valibot';
import type { Clock } from '../../base/clock.ts';
import { nearestWord } from '../../base/nearestWord.ts';
import { keypadNameBytes } from '../../nuki/authorization/authorization.ts';
import { authorizationType } from '../../nuki/authorization/authorizationType.ts';
import { kindOf } from '../../nuki/vocabulary/kinds.ts';
import { kindWordsOf } from '../../nuki/vocabulary/kindWords.ts';
import type { HomeOptions } from '../home.ts';
import { fileObjects, homeFileSchema, lastingStatesOf, type HomeFile } from './homeFileSchema.ts';
import {
  codeOf,
  devicesOf,
  hexIdsOf,
  homeOf,
  typeOfAuthorization,
  typeOfDevice,
  type FileAuthorization,
  type FileDevice,
} from './homeOfFile.ts';

/** Why a file is no home: the place in it, and what is wrong there, such as `devices[1].type: "lock" isn't allowed here.` */
export class HomeFileError extends Error {
  override readonly name = 'HomeFileError';
}

/**
 * Reads the JSON of a home file.
 * @returns what makes the home; dates that the file counts from now count from the time of that clock
 * @throws {HomeFileError} for the first thing that is wrong
 */
export function readHomeFile(text: string): (clock: Clock, seed: number) => HomeOptions {
  const result = v.safeParse(homeFileSchema, jsonIn(text));
  if (!result.success) throw new HomeFileError(sentenceOf(result.issues));
  checkTogether(result.output);
  return (clock, seed) => homeOf(result.output, clock, seed);
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const message = (error instanceof Error ? error.message : String(error)).replaceAll(/\s+/g, ' ');
    const position = / in JSON at position (\d+)/.exec(message);
    if (position === null) throw new HomeFileError(`This isn't JSON: ${message}.`);
    const line = text.slice(0, Number(position[1])).split('\n').length;
    throw new HomeFileError(`Line ${line}: This isn't JSON: ${message.slice(0, position.index)}.`);
  }
}

/** What is wrong first, and where. A field that there is not is told of before one that is missing: it may be meant. */
function sentenceOf(issues: readonly [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]]): string {
  const [first] = issues;
  const issue = issues.find(isUnknownField) ?? first;
  const path = (issue.path ?? []).map(({ key }) => String(key));
  const place = path
    .reduce((before, key) => (/^\d+$/.test(key) ? `${before}[${key}]` : `${before}.${key}`), '')
    .slice(1);
  const wrong = isUnknownField(issue) ? unknownField(path) : wrongValue(issue);
  return place === '' ? wrong : `${place}: ${wrong}`;
}

function isUnknownField({ type, expected }: v.BaseIssue<unknown>): boolean {
  return type === 'strict_object' && expected === 'never';
}

function unknownField(path: readonly string[]): string {
  const { entries } = (path.length > 1 ? fileObjects[path[0] ?? ''] : undefined) ?? homeFileSchema;
  return `There is no such field.${guess(path.at(-1) ?? '', Object.keys(entries))}`;
}

/** The general sentences of the types; other rules have sentences of their own. */
const typeSentences: Readonly<Record<string, string>> = {
  string: 'Use text, in quotes.',
  number: 'Use a number.',
  boolean: 'Use true or false.',
  array: 'Use a list, in [ ].',
  strict_object: 'Use an object, in { }.',
};

function wrongValue({ type, kind, path, expected, received, message }: v.BaseIssue<unknown>): string {
  if (type === 'strict_object' && path?.at(-1)?.origin === 'key') return 'This is missing.';
  if (type === 'picklist') {
    const words = [...(expected ?? '').matchAll(/"([^"]*)"/g)].map(([, word = '']) => word);
    const guessed = guess(received.replace(/^"|"$/g, ''), words);
    const choices = message.startsWith('Invalid ') ? `Use one of: ${words.join(', ')}.` : message;
    return `${received} isn't allowed here.${guessed === '' ? ` ${choices}` : guessed}`;
  }
  return (kind === 'schema' && typeSentences[type]) || message;
}

function guess(word: string, known: readonly string[]): string {
  const meant = nearestWord(word, known);
  return meant === undefined ? '' : ` Did you mean "${meant}"?`;
}

/** Checks what one value alone does not tell. @throws {HomeFileError} */
function checkTogether(file: HomeFile): void {
  const { people, devices, authorizations, log } = file;
  checkUnique(
    devices,
    (index) => `devices[${index}].name`,
    ({ name }) => name,
  );
  const hexIds = hexIdsOf(devices);
  checkUnique(
    devices,
    (index) => `devices[${index}].hexId`,
    (device) => `${typeOfDevice(device)} ${hexIds[devices.indexOf(device)]}`,
  );
  checkUnique(
    people,
    (index) => `people[${index}].name`,
    ({ name }) => name,
  );
  checkUnique(
    people,
    (index) => `people[${index}].email`,
    ({ email }, index) => email ?? index,
  );
  for (const [index, device] of devices.entries()) checkState(device, `devices[${index}]`);
  const known: Known = {
    people: new Set(people.map(({ name }) => name)),
    devices: new Map(devices.map((device) => [device.name, device])),
    held: new Set(),
  };
  for (const [index, entry] of authorizations.entries()) checkAuthorization(entry, known, `authorizations[${index}]`);
  for (const [index, { device: name, action }] of log.entries()) {
    const place = `log[${index}]`;
    const type = typeOfDevice(deviceNamed(name, known.devices, `${place}.device`));
    if (codeOf(kindWordsOf(type).logActions, action) === undefined) {
      fail(
        `${place}.action`,
        `The log of ${name} has no "${action}". It has: ${Object.values(kindWordsOf(type).logActions).join(', ')}.`,
      );
    }
  }
}

function fail(place: string, sentence: string): never {
  throw new HomeFileError(`${place}: ${sentence}`);
}

function checkUnique<T>(
  items: readonly T[],
  placeOf: (index: number) => string,
  keyOf: (item: T, index: number) => unknown,
): void {
  const known = new Map<unknown, number>();
  for (const [index, item] of items.entries()) {
    const key = keyOf(item, index);
    const first = known.get(key);
    if (first !== undefined) fail(placeOf(index), `This is the same as ${placeOf(first)}.`);
    known.set(key, index);
  }
}

function checkState(device: FileDevice, place: string): void {
  const states = lastingStatesOf(kindOf(typeOfDevice(device)));
  const { state = 1 } = device;
  if (state === 1 || states[codeOf(states, state) ?? -1] !== undefined) return;
  fail(`${place}.state`, `${device.name} has no state "${state}". It has: ${Object.values(states).join(', ')}.`);
}

/** What the authorizations of a file, of which there may be a million, are checked against. */
interface Known {
  readonly people: ReadonlySet<string>;
  readonly devices: ReadonlyMap<string, FileDevice>;
  /** The codes and apps of those before, each with its device. */
  readonly held: Set<string>;
}

function checkAuthorization(entry: FileAuthorization, { people, devices, held }: Known, place: string): void {
  const { name, person, code } = entry;
  const type = typeOfAuthorization(entry);
  const isCode = type === authorizationType.keypadCode;
  if (person !== undefined && !people.has(person)) {
    fail(`${place}.person`, `There is no person "${person}".${guess(person, [...people])}`);
  }
  if (name === undefined && person === undefined)
    fail(`${place}.name`, 'This is missing; only what has a person needs no name.');
  if (code !== undefined && !isCode) fail(`${place}.code`, 'Only a keypadCode has a code.');
  if (code === undefined && isCode) fail(`${place}.code`, 'This is missing.');
  if (isCode && new TextEncoder().encode(name ?? person).length > keypadNameBytes) {
    fail(`${place}.name`, `The name of a keypad code has at most ${keypadNameBytes} bytes.`);
  }
  for (const deviceName of devicesOf(entry)) {
    const device = deviceNamed(deviceName, devices, `${place}.device`);
    const needsKeypad = isCode || type === authorizationType.keypad;
    if (needsKeypad && device.keypad === 'none') fail(`${place}.device`, `${deviceName} has no keypad.`);
    if (isCode && held.has(heldOn(deviceName, 'code', code)))
      fail(`${place}.code`, `${deviceName} has this code already.`);
    const isApp = type === authorizationType.app && person !== undefined;
    if (isApp && held.has(heldOn(deviceName, 'app', person))) {
      fail(`${place}.person`, `${person} has an app authorization on ${deviceName} already.`);
    }
  }
  for (const deviceName of devicesOf(entry)) {
    if (code !== undefined) held.add(heldOn(deviceName, 'code', code));
    if (type === authorizationType.app && person !== undefined) held.add(heldOn(deviceName, 'app', person));
  }
}

function heldOn(device: string, what: 'code' | 'app', whose: string | number | undefined): string {
  return JSON.stringify([device, what, String(whose)]);
}

function deviceNamed(name: string, devices: ReadonlyMap<string, FileDevice>, place: string): FileDevice {
  return devices.get(name) ?? fail(place, `There is no device "${name}".${guess(name, [...devices.keys()])}`);
}
