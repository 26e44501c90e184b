import { longestName } from '../../nuki/authorization/authorization.ts';
import { fitsKeypad, nameBytes } from '../../nuki/authorization/keypadName.ts';
import { everyDay } from '../../nuki/time/weekdays.ts';
import type { AccessFile, BookingColumns, BookingSource, Door, Entry, Moment } from './accessFile.ts';
import { columnFields, doorFields, entryFields, fileFields, sourceFields } from './accessFields.ts';
import { FieldReader, headOf } from './fieldReader.ts';
import { hasErrors, shownProblems, type FileProblem, type Span } from './fileProblem.ts';
import type { FilePath } from './plain.ts';
import { conflictsOf } from './conflicts.ts';
import { momentKey } from './momentKey.ts';
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

class Reading {
  readonly #reader = new FieldReader();
  #sources: ReadonlySet<string> = new Set();

  get problems(): readonly FileProblem[] {
    return this.#reader.problems;
  }

  file(root: FileNode): AccessFile {
    if (root.kind !== 'map') {
      this.#reader.error('noFields', root.span);
      return nothing;
    }
    const fieldOf = this.#reader.fieldsOf(root, fileFields);
    if (fieldOf('version') === undefined) return nothing; // of another version nothing is known
    fieldOf('$schema');
    const [doorsNode, sourcesNode] = [fieldOf('doors'), fieldOf('bookings')];
    this.#reader.aliases = namesIn(doorsNode);
    this.#sources = namesIn(sourcesNode);
    const doors = this.#named(doorsNode, 'doors', (alias, node) => this.#door(alias, node));
    const sources = this.#named(sourcesNode, 'bookings', (name, node) => this.#source(name, node));
    const entries = this.#entries(fieldOf('access'), new Set(doors.map(({ alias }) => alias)));
    return { doors, entries, sources };
  }

  /** The parts of a map from a name to fields, without those that have errors. */
  #named<V>(
    node: FileNode | undefined,
    field: string,
    read: (name: string, node: MapNode) => V | undefined,
  ): readonly V[] {
    const map = node && this.#reader.mapOf(node, field);
    return (map ? this.#reader.pairsOf(map) : []).flatMap((pair) => {
      const part = this.#reader.mapOf(pair.value, pair.key);
      const name = this.#reader.nameIn(pair, field);
      if (!part || name === undefined) return [];
      return this.#unlessWrong(() => read(name, part)) ?? [];
    });
  }

  /** What is read, unless that has found errors. */
  #unlessWrong<V>(read: () => V | undefined): V | undefined {
    const before = this.#reader.problems.length;
    const value = read();
    return hasErrors(this.#reader.problems.slice(before)) ? undefined : value;
  }

  readonly #aliasesById = new Map<number, string>();

  #door(alias: string, node: MapNode): Door | undefined {
    const fieldOf = this.#reader.fieldsOf(node, doorFields);
    const [id, name, checkIn, checkOut] = [fieldOf('id'), fieldOf('name'), fieldOf('checkIn'), fieldOf('checkOut')];
    const [bufferBefore = 0, bufferAfter = 0] = [fieldOf('bufferBefore'), fieldOf('bufferAfter')];
    if (id === undefined || name === undefined) return undefined;
    const other = this.#aliasesById.get(id);
    if (other !== undefined) return this.#reader.error('sameId', spanOfField(node, 'id'), alias, other);
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
    const fieldOf = this.#reader.fieldsOf(node, sourceFields);
    const [doors, columns] = [fieldOf('doors'), fieldOf('columns')];
    if (doors === undefined) return undefined;
    return columns === undefined ? { name, doors } : { name, doors, columns: this.#columns(columns) };
  }

  #columns(node: FileNode): BookingColumns | undefined {
    const map = this.#reader.mapOf(node, 'columns');
    const fieldOf = map && this.#reader.fieldsOf(map, columnFields);
    const [id, arrival] = [fieldOf?.('id'), fieldOf?.('arrival')];
    const [departure, name] = [fieldOf?.('departure'), fieldOf?.('name')];
    if (id === undefined || arrival === undefined || departure === undefined) return undefined;
    return { id, arrival, departure, ...(name !== undefined && { name }) };
  }

  /** `sound`: the aliases of the doors without errors. An entry at another door is left out; the door has the problem. */
  #entries(node: FileNode | undefined, sound: ReadonlySet<string>): readonly Entry[] {
    if (node === undefined) return [];
    if (node.kind !== 'list') {
      this.#reader.error('notList', node.span, 'access');
      return [];
    }
    const keys = new Set<string>();
    const read = node.items.flatMap((item, index) => {
      const map = this.#reader.mapOf(item, 'access');
      const entry = map && this.#unlessWrong(() => this.#entry(map, index, keys));
      return map && entry ? [{ map, entry }] : [];
    });
    const conflicts = new Map(conflictsOf(read.map(({ entry }) => entry)).map((each) => [each.entry, each]));
    return read.flatMap(({ map, entry }) => {
      const conflict = conflicts.get(entry);
      if (!conflict) return entry.doors.every((alias) => sound.has(alias)) ? [entry] : [];
      const field = conflict.kind === 'emailTwice' ? 'email' : 'name';
      this.#reader.error(conflict.kind, spanOfField(map, field), conflict.other.key, conflict.door);
      return [];
    });
  }

  #entry(map: MapNode, index: number, keys: Set<string>): Entry | undefined {
    const fieldOf = this.#reader.fieldsOf(map, entryFields);
    const keySpan = spanOfField(map, 'key');
    const [key, name, doors, by] = [fieldOf('key'), fieldOf('name'), fieldOf('doors'), fieldOf('by')];
    const [email, remote = false, enabled = true] = [fieldOf('email'), fieldOf('remote'), fieldOf('enabled')];
    const [days = everyDay, hours] = [fieldOf('days'), fieldOf('hours')];
    const [from, until, booking] = [fieldOf('from'), fieldOf('until'), fieldOf('booking')];
    if (key !== undefined && keys.has(key)) this.#reader.error('keyTwice', keySpan, key);
    if (key !== undefined) keys.add(key);
    if (by !== undefined) this.#credential(map, { name, email, remote, by });
    this.#period(map, from, until);
    if (booking !== undefined && !this.#sources.has(booking)) {
      this.#reader.error('bookingUnknown', spanOfField(map, 'booking'), booking);
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
      this.#reader.error('nameTooLong', spanOfField(map, 'name'), nameBytes(name));
    } else if (name !== undefined && name.length > longestName) {
      this.#reader.error('tooLong', spanOfField(map, 'name'), 'name', longestName);
    }
    const hasEmail = map.pairs.some(({ key }) => key === 'email');
    if (by === 'code' && email !== undefined) this.#reader.error('emailOfCode', spanOfField(map, 'email'), 'email');
    if (by !== 'code' && !hasEmail) this.#reader.error('emailMissing', headOf(map), 'email');
    if (by !== 'app' && remote) this.#reader.error('remoteNotApp', spanOfField(map, 'remote'));
  }

  #period(map: MapNode, from: Moment | undefined, until: Moment | undefined): void {
    if (from === undefined || until === undefined) return;
    const [start, end] = [momentKey(from), momentKey(until)];
    if (end <= start)
      this.#reader.error(start === end ? 'empty' : 'untilBeforeFrom', spanOfField(map, 'until'), 'until');
  }
}

function namesIn(node: FileNode | undefined): ReadonlySet<string> {
  return new Set(node?.kind === 'map' ? node.pairs.map(({ key }) => key) : []);
}

function spanOfField(map: MapNode, field: string): Span {
  return map.pairs.find(({ key }) => key === field)?.value.span ?? headOf(map);
}
