import type { FieldInContext } from '../base/fieldAt.ts';
import { typeOfDeviceId } from './deviceId.ts';
import { fields, type Meaning, type ValueReader } from './fields.ts';
import { kindOf, kinds } from './kinds.ts';
import { isAboutNuki, isEveryday, placeNames, placeOf, type Place } from './places.ts';
import type { Reader } from './schedule.ts';
import type { Vocabulary } from './words.ts';

/** One way to read a value. */
export interface Reading {
  /** What it would then be a field of: `Device state (Smart Lock, Box)`. */
  readonly of: string;
  /** What it would then mean. */
  readonly words: string;
}

/**
 * What the value of a field means, by the object that it stands in and the device that the object names; every reading where they are
 * not known, and none where nothing is. `about` is what else tells whether the text is about Nuki, such as the name of its file.
 */
export function readingsOf(
  { field, around, lead }: FieldInContext,
  about: string,
  reader: Reader & { readonly now: number },
): readonly Reading[] {
  const meanings = Object.hasOwn(fields, field.name) ? fields[field.name] : undefined;
  if (!meanings || (isEveryday(field.name) && !isAboutNuki(around, `${lead} ${about}`))) return [];
  const place = placeIn({ around, lead });
  const known = place === undefined ? undefined : meanings[place];
  const type = deviceTypeIn({ around, lead });
  const beside = new Map([...(around[0]?.fields ?? []), [field.name, field.value]]);
  return namesOf(meanings)
    .filter((name) => known === undefined || name === place)
    .flatMap((name) => read(name, meanings[name], field.value, type, { ...reader, beside }));
}

function namesOf(meanings: Readonly<Partial<Record<Place, Meaning>>>): readonly Place[] {
  return Object.keys(meanings).filter((name): name is Place => Object.hasOwn(placeNames, name));
}

type Context = Pick<FieldInContext, 'around' | 'lead'>;

/** The end of a path says what its body is. */
const bodies: Readonly<Record<string, Place>> = { action: 'action', auth: 'authorization', log: 'log' };

/** The object that a field stands in, by what is in it, or else by the path of the request. */
export function placeIn({ around, lead }: Context): Place | undefined {
  const place = around[0] && placeOf(around[0]);
  if (place !== undefined) return place;
  const [, end = ''] = [...lead.matchAll(/\/smartlock(?:\/\d+)?\/(action|auth|log)\b/g)].at(-1) ?? [];
  return bodies[end];
}

/** The device type that the nearest object says, or an id in it, or the path that the body is sent to. */
export function deviceTypeIn({ around, lead }: Context): number | undefined {
  for (const object of around) {
    const { fields: its } = object;
    const id = its.get('smartlockId');
    const type =
      (placeOf(object) === 'device' ? its.get('type') : undefined) ?? (id ? typeOfDeviceId(id) : its.get('deviceType'));
    if (type !== undefined) return type;
  }
  const [, id] = [...lead.matchAll(/\/smartlock\/(\d{1,16})\b/g)].at(-1) ?? [];
  return id === undefined ? undefined : typeOfDeviceId(Number(id));
}

function read(
  place: Place,
  meaning: Meaning | undefined,
  value: number,
  type: number | undefined,
  reader: ValueReader,
): readonly Reading[] {
  const { say } = reader;
  const name = say(placeNames[place]);
  switch (meaning?.by) {
    case undefined:
      return [];
    case 'code': {
      const vocabulary = typeof meaning.of === 'function' ? meaning.of(reader) : meaning.of;
      return reading(name, wordIn(vocabulary, value, reader));
    }
    case 'mask':
      return reading(name, bitsInWords(meaning.of, value, reader));
    case 'value':
      return reading(name, meaning.of(value, reader));
    case 'kind': {
      const types = type === undefined ? Object.keys(kinds).map(Number) : [type];
      const byWords = Map.groupBy(types, (each) => wordIn(meaning.of(kindOf(each)), value, reader));
      return [...byWords].flatMap(([words, alike]) => reading(`${name} (${kindNames(alike, reader)})`, words));
    }
  }
}

function reading(of: string, words: string | undefined): readonly Reading[] {
  return words === undefined ? [] : [{ of, words }];
}

function wordIn(vocabulary: Vocabulary, value: number, { say }: Reader): string | undefined {
  const known = vocabulary[value];
  return known === undefined ? undefined : say(known);
}

function kindNames(types: readonly number[], { say }: Reader): string {
  return [...new Set(types.map((type) => say(kindOf(type).name)))].join(', ');
}

/** A mask with a bit that means nothing is not understood. */
function bitsInWords(bits: Vocabulary, mask: number, reader: Reader): string | undefined {
  if (mask === 0) return reader.say('none');
  const known = Object.keys(bits).map(Number);
  const set = known.filter((bit) => Math.floor(mask / bit) % 2 === 1);
  if (set.reduce((sum, bit) => sum + bit, 0) !== mask) return undefined;
  return set.map((bit) => wordIn(bits, bit, reader)).join(', ');
}
