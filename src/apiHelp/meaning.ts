import type { FieldInContext } from './fieldAt.ts';
import { typeOfDeviceId } from '../nuki/deviceId.ts';
import { fields, type Meaning, type ValueReader } from './fields.ts';
import { kindOf, kinds } from '../nuki/vocabulary/kinds.ts';
import { isAboutNuki, isGenericName, apiObjectNames, apiObjectOf, type ApiObject } from './apiObjects.ts';
import type { Locale } from '../base/locale.ts';
import type { Vocabulary } from '../nuki/vocabulary/words.ts';

/** One way to read a value. */
export interface Interpretation {
  /** What it would then be a field of: `Device state (Smart Lock, Box)`. */
  readonly of: string;
  /** What it would then mean. */
  readonly words: string;
}

/**
 * What the value of a field means, by the object that it stands in and the device that the object names; every reading where they are
 * not known, and none where nothing is. `about` is what else tells whether the text is about Nuki, such as the name of its file.
 */
export function interpretationsOf(
  { field, enclosing: around, textBefore: lead }: FieldInContext,
  about: string,
  locale: Locale & { readonly now: number },
): readonly Interpretation[] {
  const meanings = Object.hasOwn(fields, field.name) ? fields[field.name] : undefined;
  if (!meanings || (isGenericName(field.name) && !isAboutNuki(around, `${lead} ${about}`))) return [];
  const place = apiObjectAround({ enclosing: around, textBefore: lead });
  const known = place === undefined ? undefined : meanings[place];
  const type = deviceTypeIn({ enclosing: around, textBefore: lead });
  const beside = new Map([...(around[0]?.fields ?? []), [field.name, field.value]]);
  return namesOf(meanings)
    .filter((name) => known === undefined || name === place)
    .flatMap((name) => read(name, meanings[name], field.value, type, { ...locale, beside }));
}

function namesOf(meanings: Readonly<Partial<Record<ApiObject, Meaning>>>): readonly ApiObject[] {
  return Object.keys(meanings).filter((name): name is ApiObject => Object.hasOwn(apiObjectNames, name));
}

type Context = Pick<FieldInContext, 'enclosing' | 'textBefore'>;

/** The end of a path says what its body is. */
const bodies: Readonly<Record<string, ApiObject>> = { action: 'action', auth: 'authorization', log: 'log' };

/** The object that a field stands in, by what is in it, or else by the path of the request. */
export function apiObjectAround({ enclosing: around, textBefore: lead }: Context): ApiObject | undefined {
  const place = around[0] && apiObjectOf(around[0]);
  if (place !== undefined) return place;
  const [, end = ''] = [...lead.matchAll(/\/smartlock(?:\/\d+)?\/(action|auth|log)\b/g)].at(-1) ?? [];
  return bodies[end];
}

/** The device type that the nearest object says, or an id in it, or the path that the body is sent to. */
export function deviceTypeIn({ enclosing: around, textBefore: lead }: Context): number | undefined {
  for (const object of around) {
    const { fields: its } = object;
    const id = its.get('smartlockId');
    const type =
      (apiObjectOf(object) === 'device' ? its.get('type') : undefined) ??
      (id ? typeOfDeviceId(id) : its.get('deviceType'));
    if (type !== undefined) return type;
  }
  const [, id] = [...lead.matchAll(/\/smartlock\/(\d{1,16})\b/g)].at(-1) ?? [];
  return id === undefined ? undefined : typeOfDeviceId(Number(id));
}

function read(
  place: ApiObject,
  meaning: Meaning | undefined,
  value: number,
  type: number | undefined,
  locale: ValueReader,
): readonly Interpretation[] {
  const { t } = locale;
  const name = t(apiObjectNames[place]);
  switch (meaning?.kind) {
    case undefined:
      return [];
    case 'code': {
      const vocabulary = typeof meaning.of === 'function' ? meaning.of(locale) : meaning.of;
      return interpretation(name, wordIn(vocabulary, value, locale));
    }
    case 'mask':
      return interpretation(name, bitsInWords(meaning.of, value, locale));
    case 'value':
      return interpretation(name, meaning.of(value, locale));
    case 'kind': {
      const types = type === undefined ? Object.keys(kinds).map(Number) : [type];
      const byWords = Map.groupBy(types, (each) => wordIn(meaning.of(kindOf(each)), value, locale));
      return [...byWords].flatMap(([words, alike]) => interpretation(`${name} (${kindNames(alike, locale)})`, words));
    }
  }
}

function interpretation(of: string, words: string | undefined): readonly Interpretation[] {
  return words === undefined ? [] : [{ of, words }];
}

function wordIn(vocabulary: Vocabulary, value: number, { t }: Locale): string | undefined {
  const known = vocabulary[value];
  return known === undefined ? undefined : t(known);
}

function kindNames(types: readonly number[], { t }: Locale): string {
  return [...new Set(types.map((type) => t(kindOf(type).name)))].join(', ');
}

/** A mask with a bit that means nothing is not understood. */
function bitsInWords(bits: Vocabulary, mask: number, locale: Locale): string | undefined {
  if (mask === 0) return locale.t('none');
  const known = Object.keys(bits).map(Number);
  const set = known.filter((bit) => Math.floor(mask / bit) % 2 === 1);
  if (set.reduce((sum, bit) => sum + bit, 0) !== mask) return undefined;
  return set.map((bit) => wordIn(bits, bit, locale)).join(', ');
}
