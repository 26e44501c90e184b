import { nearestWord } from '../../base/nearestWord.ts';
import { safeText, textLength } from '../../base/safeText.ts';
import { emailForm } from '../../nuki/account.ts';
import { credentials } from '../../nuki/authorization/credential.ts';
import { isUsableDeviceId } from '../../nuki/deviceId.ts';
import { minutesPerDay } from '../../nuki/time/timeOfDay.ts';
import { isDate } from '../../nuki/time/typedTime.ts';
import type { Field, FieldValues } from './accessFields.ts';
import type { Moment } from './accessFile.ts';
import { mostProblems, type FileProblem, type ProblemKind, type Span } from './fileProblem.ts';
import { readDays, readHours, readMoment, readTime } from './fileWords.ts';
import { partsOf } from './scheduleOf.ts';
import { errorAt, type FileNode, type FilePair, type MapNode } from './yamlFile.ts';

/** Fields that would hold what is never in such a file, in lower case and without signs. */
const secretKeys: ReadonlySet<string> = new Set(
  'code pin pincode keypadcode token apitoken apikey password passwort secret'.split(' '),
);

type Reader<V> = (node: FileNode, field: string) => V | undefined;

/** Of longer words no one that is near is looked for. */
const longestWord = 40;

/** Reads the fields of an access file by their types, and notes what is wrong with them. */
export class FieldReader {
  readonly problems: FileProblem[] = [];
  /** All aliases that the file has, also of doors with errors. */
  aliases: ReadonlySet<string> = new Set();

  readonly #readers: { readonly [T in keyof FieldValues]: Reader<FieldValues[T]> } = {
    part: (node) => node,
    text: (node, field) => this.#text(node, field),
    identifier: (node, field) => {
      const text = this.#text(node, field);
      return text === undefined ? undefined : this.#identifier(text, node.span);
    },
    email: (node, field) =>
      this.#word(node, field, 'emailUnclear', (text) => (emailForm.test(text) ? text : undefined)),
    days: (node, field) => this.#word(node, field, 'daysUnclear', readDays),
    hours: (node, field) => this.#hours(node, field),
    time: (node, field) => this.#word(node, field, 'timeUnclear', readTime),
    moment: (node, field) => this.#moment(node, field),
    credential: (node, field) =>
      this.#word(node, field, 'credentialUnknown', (text) => credentials.find((each) => each === text)),
    id: (node, field) => this.#number(node, field, 'idUnclear', (id) => (isUsableDeviceId(id) ? id : undefined)),
    version: (node, field) => this.#number(node, field, 'versionUnknown', (version) => (version === 1 ? 1 : undefined)),
    minutes: (node, field) =>
      this.#number(node, field, 'minutesUnclear', (minutes) =>
        Number.isInteger(minutes) && minutes >= 0 && minutes <= minutesPerDay ? minutes : undefined,
      ),
    yesNo: (node, field) => {
      if (node.kind === 'scalar' && typeof node.value === 'boolean') return node.value;
      return this.error('notYesNo', node.span, field);
    },
    doors: (node, field) => this.#doors(node, field),
  };

  error(kind: ProblemKind, span: Span, ...values: readonly (string | number)[]): undefined {
    this.problems.push(errorAt(kind, span, ...values));
  }

  mapOf(node: FileNode, field: string): MapNode | undefined {
    return node.kind === 'map' ? node : this.error('notMap', node.span, field);
  }

  /** Reads the fields of a map, each where it is asked for; what is unknown, missing or there twice has a problem. */
  fieldsOf<T extends Readonly<Record<string, keyof FieldValues>>>(
    map: MapNode,
    table: { readonly [K in keyof T]: Field<T[K]> },
  ): <K extends keyof T & string>(name: K) => FieldValues[T[K]] | undefined {
    const pairs = this.pairsOf(map);
    for (const { key, keySpan } of pairs) {
      if (!Object.hasOwn(table, key)) this.#unknown(key, keySpan, Object.keys(table));
    }
    for (const [key, { isRequired }] of Object.entries<Field>(table)) {
      if (isRequired && !pairs.some((pair) => pair.key === key)) this.error('missing', headOf(map), key);
    }
    return (name) => {
      const pair = pairs.find(({ key }) => key === name);
      return pair && this.#readers[table[name].type](pair.value, name);
    };
  }

  /** The pairs of a map, those with a key that was there before or that no program should meet left out with a problem. */
  pairsOf(map: MapNode): readonly FilePair[] {
    const seen = new Set<string>();
    return map.pairs.filter(({ key, keySpan }) => {
      const kind = key === '<<' ? 'mergeKey' : key === '__proto__' ? 'reservedKey' : 'duplicateKey';
      if (kind === 'duplicateKey' && !seen.has(key)) {
        seen.add(key);
        return true;
      }
      this.error(kind, keySpan, key);
      return false;
    });
  }

  #unknown(key: string, span: Span, known: readonly string[]): void {
    if (secretKeys.has(key.toLowerCase().replaceAll(/[^a-z]/g, ''))) {
      this.error('secret', span, key);
      return;
    }
    this.error('unknownKey', span, key, ...this.#nearest(key, known));
  }

  #text(node: FileNode, field: string): string | undefined {
    if (node.kind !== 'scalar' || typeof node.value !== 'string') return this.error('notText', node.span, field);
    return this.#checkedText(node.value, node.span, field);
  }

  #checkedText(text: string, span: Span, field: string): string | undefined {
    if (text.trim() === '') return this.error('emptyText', span, field);
    if (text.length > textLength) return this.error('tooLong', span, field, textLength);
    if (safeText(text, textLength) !== text.trim().normalize('NFC')) return this.error('invisible', span, field);
    return text;
  }

  /** A key or an alias: it is compared, so nothing stands around it. */
  #identifier(text: string, span: Span): string | undefined {
    if (text === '__proto__') return this.error('reservedKey', span, text);
    return text.trim() === text ? text : this.error('spacesAround', span, text);
  }

  /** The name under which a map has something. */
  nameIn({ key, keySpan }: FilePair, field: string): string | undefined {
    const text = this.#checkedText(key, keySpan, field);
    return text === undefined ? undefined : this.#identifier(text, keySpan);
  }

  #word<V>(node: FileNode, field: string, kind: ProblemKind, read: (text: string) => V | undefined): V | undefined {
    const text = this.#text(node, field);
    return text === undefined ? undefined : (read(text) ?? this.error(kind, node.span, field, text));
  }

  #number<V>(node: FileNode, field: string, kind: ProblemKind, read: (value: number) => V | undefined): V | undefined {
    const value = node.kind === 'scalar' && typeof node.value === 'number' ? read(node.value) : undefined;
    return value ?? this.error(kind, node.span, field);
  }

  #hours(node: FileNode, field: string): FieldValues['hours'] | undefined {
    const hours = this.#word(node, field, 'hoursUnclear', readHours);
    if (hours === undefined) return undefined;
    if (hours.from === hours.until) return this.error('sameTimes', node.span, field);
    return partsOf({ hours }).length === 0 ? this.error('neverActive', node.span, field) : hours;
  }

  #moment(node: FileNode, field: string): Moment | undefined {
    const moment = this.#word(node, field, 'momentUnclear', readMoment);
    if (moment === undefined || isDate(moment.date)) return moment;
    return this.error('noSuchDate', node.span, field, moment.date);
  }

  #doors(node: FileNode, field: string): readonly string[] | undefined {
    if (node.kind !== 'list') return this.error('notList', node.span, field);
    if (node.items.length === 0) return this.error('noDoors', node.span, field);
    const before = this.problems.length;
    const doors = new Set<string>();
    for (const item of node.items) {
      const alias = this.#text(item, field);
      if (alias === undefined) continue;
      if (doors.has(alias)) this.error('doorTwice', item.span, alias);
      else if (!this.aliases.has(alias))
        this.error('doorUnknown', item.span, alias, ...this.#nearest(alias, [...this.aliases]));
      doors.add(alias);
    }
    return this.problems.length > before ? undefined : [...doors];
  }

  /** What may have been meant; not looked for in long texts, nor for more problems than are shown: it takes time. */
  #nearest(word: string, known: readonly string[]): readonly string[] {
    const isCostly = word.length > longestWord || known.length > mostProblems || this.problems.length > mostProblems;
    const nearest = isCostly ? undefined : nearestWord(word, known);
    return nearest === undefined ? [] : [nearest];
  }
}

/** Where a whole map is marked: at its first key, as it may be long. */
export function headOf(map: MapNode): Span {
  return map.pairs[0]?.keySpan ?? map.span;
}
