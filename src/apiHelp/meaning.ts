import { typeOfDeviceId } from '../nuki/deviceId.ts';
import { kindOf, kinds } from '../nuki/vocabulary/kinds.ts';
import { bitsInWords, type Vocabulary } from '../nuki/vocabulary/words.ts';
import { apiObjectNames, apiObjectOf, isAboutNuki, isApiObject, isGenericName, type ApiObject } from './apiObjects.ts';
import type { FieldInContext } from './fieldAt.ts';
import { fields, type Meaning, type ValueContext } from './fields.ts';
import type { Locale } from '../base/locale.ts';

/** One way to read a value. */
export interface Interpretation {
  /** The object that it would then be a field of: `Device state (Smart Lock, Box)`. */
  readonly object: string;
  readonly meaning: string;
}

/**
 * What the value of a field means, by its object and the kind of device; every interpretation where these are not known. Empty for an
 * unknown field, and for a generic name in a text that is not about Nuki, to which `fileNameAndHead` belongs. `now` in ms since 1970.
 */
export function interpretationsOf(
  found: FieldInContext,
  fileNameAndHead: string,
  locale: Locale & { readonly now: number },
): readonly Interpretation[] {
  const { field, enclosing, textBefore } = found;
  const meanings = Object.hasOwn(fields, field.name) ? fields[field.name] : undefined;
  if (!meanings || mayBeBareHex(field)) return [];
  if (isGenericName(field.name) && !isAboutNuki(enclosing, `${textBefore} ${fileNameAndHead}`)) return [];
  const knownObject = apiObjectAround(found);
  const deviceType = deviceTypeAround(found);
  const siblings = new Map([...(enclosing[0]?.fields ?? []), [field.name, field.value]]);
  const context = { ...locale, siblings };
  const possible = Object.keys(meanings).filter(isApiObject);
  const known = possible.filter((apiObject) => apiObject === knownObject);
  return (known.length > 0 ? known : possible).flatMap((apiObject) => {
    const meaning = meanings[apiObject];
    return meaning ? interpretationsIn(apiObject, meaning, field.value, deviceType, context) : [];
  });
}

/** Whether a field holds eight decimal digits in quotes where an id is meant: the hex id of the Nuki app, or an integer. */
function mayBeBareHex({ name, written }: FieldInContext['field']): boolean {
  return /^(?:smartlockIds?|nukiId)$/.test(name) && /^["']\d{8}["']$/.test(written);
}

/** A device's id in a path: digits, a variable in any language, or what puts the path together. */
const anyId = String.raw`(?:\/[^/\n]{1,60})?`;
const onDevice = (part: string): RegExp => new RegExp(String.raw`\/smartlock${anyId}\/${part}(?![\w-])`, 'g');
const atNuki = (path: string): RegExp =>
  new RegExp(String.raw`(?:api\.nuki\.io|\b(?:GET|POST|PUT|DELETE) [^\s/]{0,60})${path}(?![\w/-])`, 'g');

/** What the path of a request says of the object that it sends. */
const pathsOfBodies: readonly (readonly [path: RegExp, apiObject: ApiObject])[] = [
  [onDevice('action'), 'action'],
  [onDevice('auth'), 'authorization'],
  [onDevice('log'), 'log'],
  [onDevice('config'), 'config'],
  [onDevice('advanced/config'), 'lockSettings'],
  [onDevice('advanced/openerconfig'), 'openerSettings'],
  [onDevice('advanced/smartdoorconfig'), 'doorSettings'],
];

/** What the path of a request says of the objects that it answers with, but not of those within them. */
const pathsOfAnswers: readonly (readonly [path: RegExp, apiObject: ApiObject])[] = [
  [atNuki(String.raw`\/smartlock(?:\/[^/\s]{1,60})?`), 'device'],
  [atNuki(String.raw`\/account\/user(?:\/[^/\s]{1,60})?`), 'person'],
  [atNuki(String.raw`\/account\/sub(?:\/[^/\s]{1,60})?`), 'subAccount'],
  [atNuki(String.raw`\/account`), 'account'],
  [atNuki(String.raw`\/notification(?:\/[^/\s]{1,60})?`), 'notification'],
];

const devicePath = /\/smartlock\/(\d{1,16})\b/g;

/** The object of the API that a field stands in, by what else is in it, or by the path of the request before it. */
export function apiObjectAround({ enclosing, textBefore }: FieldInContext): ApiObject | undefined {
  const [innermost, ...outer] = enclosing;
  const paths = outer.length === 0 ? [...pathsOfBodies, ...pathsOfAnswers] : pathsOfBodies;
  return (innermost && apiObjectOf(innermost)) ?? lastOf(paths, textBefore);
}

/** What the path stands for that ends last in `text`. */
function lastOf(paths: typeof pathsOfBodies, text: string): ApiObject | undefined {
  const found = paths.map(([path, apiObject]) => ({ apiObject, end: endOfLast(path, text) }));
  return found.filter(({ end }) => end >= 0).toSorted((a, b) => b.end - a.end)[0]?.apiObject;
}

function endOfLast(pattern: RegExp, text: string): number {
  const last = [...text.matchAll(pattern)].at(-1);
  return last === undefined ? -1 : last.index + last[0].length;
}

/** The device type in the nearest object that has one, or has the id of a device; or of the id in the path of the request before it. */
export function deviceTypeAround({ enclosing, textBefore }: FieldInContext): number | undefined {
  const inObject = enclosing.map(deviceTypeIn).find((type) => type !== undefined);
  if (inObject !== undefined) return inObject;
  const id = lastMatch(devicePath, textBefore);
  return id === undefined ? undefined : typeOfDeviceId(Number(id));
}

function deviceTypeIn(object: FieldInContext['enclosing'][number]): number | undefined {
  const ownType = apiObjectOf(object) === 'device' ? object.fields.get('type') : undefined;
  if (ownType !== undefined) return ownType;
  const id = object.fields.get('smartlockId');
  return id ? typeOfDeviceId(id) : object.fields.get('deviceType');
}

/** What the first group of `pattern`, which is global, holds where it matches last. */
function lastMatch(pattern: RegExp, text: string): string | undefined {
  return [...text.matchAll(pattern)].at(-1)?.[1];
}

function interpretationsIn(
  apiObject: ApiObject,
  meaning: Meaning,
  value: number,
  deviceType: number | undefined,
  context: ValueContext,
): readonly Interpretation[] {
  const object = context.t(apiObjectNames[apiObject]);
  switch (meaning.kind) {
    case 'codes':
      return interpretation(object, wordFor(value, meaning.vocabulary, context));
    case 'bits':
      return interpretation(object, bitsInWords(value, meaning.vocabulary, context.t));
    case 'described':
      return interpretation(object, meaning.describe(value, context));
    case 'codesByKind': {
      const types = deviceType === undefined ? Object.keys(kinds).map(Number) : [deviceType];
      const typesByWord = Map.groupBy(types, (type) => wordFor(value, meaning.vocabularyOf(type), context));
      return [...typesByWord].flatMap(([word, alike]) => {
        return interpretation(`${object} (${kindNames(alike, context)})`, word);
      });
    }
  }
}

function interpretation(object: string, meaning: string | undefined): readonly Interpretation[] {
  return meaning === undefined ? [] : [{ object, meaning }];
}

function wordFor(value: number, vocabulary: Vocabulary, { t }: Locale): string | undefined {
  const word = vocabulary[value];
  return word === undefined ? undefined : t(word);
}

function kindNames(types: readonly number[], { t }: Locale): string {
  return [...new Set(types.map((type) => t(kindOf(type).name)))].join(', ');
}
