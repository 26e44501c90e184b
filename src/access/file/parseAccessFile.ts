import { safeText, textLength } from '../../base/safeText.ts';
import { nearestWord } from '../../base/nearestWord.ts';
import { longestName } from '../../nuki/authorization/authorization.ts';
import { credentials } from '../../nuki/authorization/credential.ts';
import { fitsKeypad, nameBytes } from '../../nuki/authorization/keypadName.ts';
import { isUsableDeviceId } from '../../nuki/deviceId.ts';
import { everyDay } from '../../nuki/time/weekdays.ts';
import { minutesPerDay } from '../../nuki/time/timeOfDay.ts';
import type { AccessFile, BookingColumns, BookingSource, Door, Entry, Moment } from './accessFile.ts';
import { columnFields, doorFields, entryFields, fileFields, sourceFields } from './accessFields.ts';
import type { Field, FieldValues } from './accessFields.ts';
import { shownProblems, type FileProblem, type ProblemKind, type Span } from './fileProblem.ts';
import { isEmail, isOnCalendar, readDays, readHours, readMoment, readTime } from './fileWords.ts';
import type { FilePath } from './plain.ts';
import { partsOf } from './scheduleOf.ts';
import { conflictsOf, orderOf } from './conflicts.ts';
import { errorAt, readYaml, type FileNode, type FilePair, type MapNode } from './yamlFile.ts';

export interface ParsedFile {
  /** Without the doors, entries and sources that have errors: with an error nothing may be made of it but what people see. */
  readonly file: AccessFile;
  readonly problems: readonly FileProblem[];
  /** Where a part of the file stands: its value, or the key before it. */
  placeOf(path: FilePath, what?: 'key' | 'value'): Span | undefined;
}

/** Reads an access file in YAML 1.2 or JSON. Never throws; what is wrong has a problem where it stands, at most 100 of them. */
export function parseAccessFile(text: string): ParsedFile {
  const { root, problems } = readYaml(text);
  const reading = new Reading();
  const file = root === undefined ? nothing : reading.file(root);
  const isRead = problems.length === 0;
  const empty = root === undefined && isRead ? [errorAt('noFields', { from: 0, until: text.length })] : [];
  return {
    file,
    problems: shownProblems(isRead ? [...empty, ...reading.problems] : problems),
    placeOf: (path, what = 'value') => placeIn(root, path, what),
  };
}

const nothing: AccessFile = { doors: [], entries: [], sources: [] };

function placeIn(root: FileNode | undefined, path: FilePath, what: 'key' | 'value'): Span | undefined {
  let [node, keySpan]: [FileNode | undefined, Span | undefined] = [root, undefined];
  for (const step of path) {
    const pair: FilePair | undefined = node?.kind === 'map' ? node.pairs.find(({ key }) => key === step) : undefined;
    keySpan = pair?.keySpan;
    node = node?.kind === 'list' && typeof step === 'number' ? node.items[step] : pair?.value;
  }
  return what === 'key' ? keySpan : node?.span;
}

/** Fields that would hold what is never in such a file, in lower case and without signs. */
const secretKeys: ReadonlySet<string> = new Set(
  'code pin pincode keypadcode token apitoken apikey password passwort secret'.split(' '),
);

type Reader<V> = (node: FileNode, field: string) => V | undefined;

class Reading {
  readonly problems: FileProblem[] = [];
  /** All aliases that the file has, also of doors with errors. */
  #aliases: ReadonlySet<string> = new Set();
  #sources: ReadonlySet<string> = new Set();

  readonly #readers: { readonly [T in keyof FieldValues]: Reader<FieldValues[T]> } = {
    part: (node) => node,
    text: (node, field) => this.#text(node, field),
    identifier: (node, field) => {
      const text = this.#text(node, field);
      return text === undefined ? undefined : this.#identifier(text, node.span);
    },
    email: (node, field) => this.#word(node, field, 'emailUnclear', (text) => (isEmail(text) ? text : undefined)),
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
      return this.#error('notYesNo', node.span, field);
    },
    doors: (node, field) => this.#doors(node, field),
  };

  file(root: FileNode): AccessFile {
    if (root.kind !== 'map') {
      this.#error('noFields', root.span);
      return nothing;
    }
    const fieldOf = this.#fields(root, fileFields);
    if (fieldOf('version') === undefined) return nothing; // of another version nothing is known
    fieldOf('$schema');
    const [doorsNode, sourcesNode] = [fieldOf('doors'), fieldOf('bookings')];
    this.#aliases = namesIn(doorsNode);
    this.#sources = namesIn(sourcesNode);
    const doors = this.#named(doorsNode, 'doors', (alias, node) => this.#door(alias, node));
    const sources = this.#named(sourcesNode, 'bookings', (name, node) => this.#source(name, node));
    const entries = this.#entries(fieldOf('access'), new Set(doors.map(({ alias }) => alias)));
    return { doors, entries, sources };
  }

  #error(kind: ProblemKind, span: Span, ...values: readonly (string | number)[]): undefined {
    this.problems.push(errorAt(kind, span, ...values));
  }

  #map(node: FileNode, field: string): MapNode | undefined {
    return node.kind === 'map' ? node : this.#error('notMap', node.span, field);
  }

  /** Reads the fields of a map, each where it is asked for; what is unknown, missing or there twice has a problem. */
  #fields<T extends Readonly<Record<string, keyof FieldValues>>>(
    map: MapNode,
    table: { readonly [K in keyof T]: Field<T[K]> },
  ): <K extends keyof T & string>(name: K) => FieldValues[T[K]] | undefined {
    const pairs = this.#pairsOf(map);
    for (const { key, keySpan } of pairs) {
      if (!Object.hasOwn(table, key)) this.#unknown(key, keySpan, Object.keys(table));
    }
    for (const [key, { isRequired }] of Object.entries<Field>(table)) {
      if (isRequired && !pairs.some((pair) => pair.key === key)) this.#error('missing', headOf(map), key);
    }
    return (name) => {
      const pair = pairs.find(({ key }) => key === name);
      return pair && this.#readers[table[name].type](pair.value, name);
    };
  }

  /** The pairs of a map, those with a key that was there before or that no program should meet left out with a problem. */
  #pairsOf(map: MapNode): readonly FilePair[] {
    const seen = new Set<string>();
    return map.pairs.filter(({ key, keySpan }) => {
      const kind = key === '<<' ? 'mergeKey' : key === '__proto__' ? 'reservedKey' : 'duplicateKey';
      if (kind === 'duplicateKey' && !seen.has(key)) {
        seen.add(key);
        return true;
      }
      this.#error(kind, keySpan, key);
      return false;
    });
  }

  #unknown(key: string, span: Span, known: readonly string[]): void {
    if (secretKeys.has(key.toLowerCase().replaceAll(/[^a-z]/g, ''))) {
      this.#error('secret', span, key);
      return;
    }
    const nearest = key.length > textLength ? undefined : nearestWord(key, known);
    const values = nearest === undefined ? [key] : [key, nearest];
    this.problems.push({ kind: 'unknownKey', span, values, severity: 'warning' });
  }

  #text(node: FileNode, field: string): string | undefined {
    if (node.kind !== 'scalar' || typeof node.value !== 'string') return this.#error('notText', node.span, field);
    return this.#checkedText(node.value, node.span, field);
  }

  #checkedText(text: string, span: Span, field: string): string | undefined {
    if (text.trim() === '') return this.#error('emptyText', span, field);
    if (text.length > textLength) return this.#error('tooLong', span, field, textLength);
    if (safeText(text, textLength) !== text.trim().normalize('NFC')) return this.#error('invisible', span, field);
    return text;
  }

  /** A key or an alias: it is compared, so nothing stands around it. */
  #identifier(text: string, span: Span): string | undefined {
    if (text === '__proto__') return this.#error('reservedKey', span, text);
    return text.trim() === text ? text : this.#error('spacesAround', span, text);
  }

  #word<V>(node: FileNode, field: string, kind: ProblemKind, read: (text: string) => V | undefined): V | undefined {
    const text = this.#text(node, field);
    return text === undefined ? undefined : (read(text) ?? this.#error(kind, node.span, field, text));
  }

  #number<V>(node: FileNode, field: string, kind: ProblemKind, read: (value: number) => V | undefined): V | undefined {
    const value = node.kind === 'scalar' && typeof node.value === 'number' ? read(node.value) : undefined;
    return value ?? this.#error(kind, node.span, field);
  }

  #hours(node: FileNode, field: string): FieldValues['hours'] | undefined {
    const hours = this.#word(node, field, 'hoursUnclear', readHours);
    if (hours === undefined) return undefined;
    if (hours.from === hours.until) return this.#error('sameTimes', node.span, field);
    return partsOf({ hours }).length === 0 ? this.#error('neverActive', node.span, field) : hours;
  }

  #moment(node: FileNode, field: string): Moment | undefined {
    const moment = this.#word(node, field, 'momentUnclear', readMoment);
    if (moment === undefined || isOnCalendar(moment)) return moment;
    return this.#error('noSuchDate', node.span, field, moment.date);
  }

  #doors(node: FileNode, field: string): readonly string[] | undefined {
    if (node.kind !== 'list') return this.#error('notList', node.span, field);
    if (node.items.length === 0) return this.#error('noDoors', node.span, field);
    const before = this.problems.length;
    const doors = new Set<string>();
    for (const item of node.items) {
      const alias = this.#text(item, field);
      if (alias === undefined) continue;
      if (doors.has(alias)) this.#error('doorTwice', item.span, alias);
      else if (!this.#aliases.has(alias)) this.#error('doorUnknown', item.span, alias, ...this.#nearestAlias(alias));
      doors.add(alias);
    }
    return this.problems.length > before ? undefined : [...doors];
  }

  #nearestAlias(alias: string): readonly string[] {
    const nearest = this.#aliases.size > textLength ? undefined : nearestWord(alias, [...this.#aliases]);
    return nearest === undefined ? [] : [nearest];
  }

  /** The parts of a map from a name to fields, without those that have errors. */
  #named<V>(
    node: FileNode | undefined,
    field: string,
    read: (name: string, node: MapNode) => V | undefined,
  ): readonly V[] {
    const map = node && this.#map(node, field);
    return (map ? this.#pairsOf(map) : []).flatMap(({ key, keySpan, value }) => {
      const part = this.#map(value, key);
      const text = this.#checkedText(key, keySpan, field);
      const name = text === undefined ? undefined : this.#identifier(text, keySpan);
      if (!part || name === undefined) return [];
      return this.#unlessWrong(() => read(name, part)) ?? [];
    });
  }

  /** What is read, unless that has found errors. */
  #unlessWrong<V>(read: () => V | undefined): V | undefined {
    const before = this.problems.length;
    const value = read();
    return this.problems.slice(before).some(({ severity }) => severity === 'error') ? undefined : value;
  }

  readonly #aliasesById = new Map<number, string>();

  #door(alias: string, node: MapNode): Door | undefined {
    const fieldOf = this.#fields(node, doorFields);
    const [id, name, checkIn, checkOut] = [fieldOf('id'), fieldOf('name'), fieldOf('checkIn'), fieldOf('checkOut')];
    const [bufferBefore = 0, bufferAfter = 0] = [fieldOf('bufferBefore'), fieldOf('bufferAfter')];
    if (id === undefined || name === undefined) return undefined;
    const other = this.#aliasesById.get(id);
    if (other !== undefined) return this.#error('sameId', spanOfField(node, 'id'), alias, other);
    this.#aliasesById.set(id, alias);
    return {
      alias,
      smartlockId: id,
      name,
      ...(checkIn !== undefined && { checkIn }),
      ...(checkOut !== undefined && { checkOut }),
      bufferBefore,
      bufferAfter,
    };
  }

  #source(name: string, node: MapNode): BookingSource | undefined {
    const fieldOf = this.#fields(node, sourceFields);
    const [doors, columns] = [fieldOf('doors'), fieldOf('columns')];
    if (doors === undefined) return undefined;
    return columns === undefined ? { name, doors } : { name, doors, columns: this.#columns(columns) };
  }

  #columns(node: FileNode): BookingColumns | undefined {
    const map = this.#map(node, 'columns');
    const fieldOf = map && this.#fields(map, columnFields);
    const [id, arrival] = [fieldOf?.('id'), fieldOf?.('arrival')];
    const [departure, name] = [fieldOf?.('departure'), fieldOf?.('name')];
    if (id === undefined || arrival === undefined || departure === undefined) return undefined;
    return { id, arrival, departure, ...(name !== undefined && { name }) };
  }

  /** `sound`: the aliases of the doors without errors. An entry at another door is left out; the door has the problem. */
  #entries(node: FileNode | undefined, sound: ReadonlySet<string>): readonly Entry[] {
    if (node === undefined) return [];
    if (node.kind !== 'list') {
      this.#error('notList', node.span, 'access');
      return [];
    }
    const keys = new Set<string>();
    const read = node.items.flatMap((item, index) => {
      const map = this.#map(item, 'access');
      const entry = map && this.#unlessWrong(() => this.#entry(map, index, keys));
      return map && entry ? [{ map, entry }] : [];
    });
    const conflicts = new Map(conflictsOf(read.map(({ entry }) => entry)).map((each) => [each.entry, each]));
    return read.flatMap(({ map, entry }) => {
      const conflict = conflicts.get(entry);
      if (!conflict) return entry.doors.every((alias) => sound.has(alias)) ? [entry] : [];
      const field = conflict.kind === 'emailTwice' ? 'email' : 'name';
      this.#error(conflict.kind, spanOfField(map, field), conflict.other.key, conflict.door);
      return [];
    });
  }

  #entry(map: MapNode, index: number, keys: Set<string>): Entry | undefined {
    const fieldOf = this.#fields(map, entryFields);
    const keySpan = spanOfField(map, 'key');
    const [key, name, doors, by] = [fieldOf('key'), fieldOf('name'), fieldOf('doors'), fieldOf('by')];
    const [email, remote = false, enabled = true] = [fieldOf('email'), fieldOf('remote'), fieldOf('enabled')];
    const [days = everyDay, hours] = [fieldOf('days'), fieldOf('hours')];
    const [from, until, booking] = [fieldOf('from'), fieldOf('until'), fieldOf('booking')];
    if (key !== undefined && keys.has(key)) this.#error('keyTwice', keySpan, key);
    if (key !== undefined) keys.add(key);
    if (by !== undefined) this.#credential(map, { name, email, remote, by });
    this.#period(map, from, until);
    if (booking !== undefined && !this.#sources.has(booking)) {
      this.#error('bookingUnknown', spanOfField(map, 'booking'), booking);
    }
    if (key === undefined || name === undefined || doors === undefined || by === undefined) return undefined;
    return {
      index,
      key,
      name,
      doors,
      by,
      ...(email !== undefined && { email }),
      remote,
      enabled,
      days,
      ...(hours !== undefined && { hours }),
      ...(from !== undefined && { from }),
      ...(until !== undefined && { until }),
      ...(booking !== undefined && { booking }),
    };
  }

  /** What a name, an email address and remote use have to be depends on what the door is opened with. */
  #credential(
    map: MapNode,
    { name, email, remote, by }: Pick<Entry, 'by' | 'email' | 'remote'> & { readonly name: string | undefined },
  ): void {
    if (name !== undefined && by === 'code' && !fitsKeypad(name)) {
      this.#error('nameTooLong', spanOfField(map, 'name'), nameBytes(name));
    } else if (name !== undefined && name.length > longestName) {
      this.#error('tooLong', spanOfField(map, 'name'), 'name', longestName);
    }
    const hasEmail = map.pairs.some(({ key }) => key === 'email');
    if (by === 'code' && email !== undefined) this.#error('emailOfCode', spanOfField(map, 'email'), 'email');
    if (by !== 'code' && !hasEmail) this.#error('emailMissing', headOf(map), 'email');
    if (by !== 'app' && remote) this.#error('remoteNotApp', spanOfField(map, 'remote'));
  }

  #period(map: MapNode, from: Moment | undefined, until: Moment | undefined): void {
    if (from === undefined || until === undefined) return;
    const [start = '', end = ''] = [orderOf(from), orderOf(until)];
    if (end <= start) this.#error(start === end ? 'empty' : 'untilBeforeFrom', spanOfField(map, 'until'), 'until');
  }
}

function namesIn(node: FileNode | undefined): ReadonlySet<string> {
  return new Set(node?.kind === 'map' ? node.pairs.map(({ key }) => key) : []);
}

/** Where a whole map is marked: at its first key, as it may be long. */
function headOf(map: MapNode): Span {
  return map.pairs[0]?.keySpan ?? map.span;
}

function spanOfField(map: MapNode, field: string): Span {
  return map.pairs.find(({ key }) => key === field)?.value.span ?? headOf(map);
}
