import * as fc from 'fast-check';
import { credentials } from '../../../../src/nuki/authorization/credential.ts';
import { fitsKeypad } from '../../../../src/nuki/authorization/keypadName.ts';
import { safeText } from '../../../../src/base/safeText.ts';
import type { AccessFile, BookingSource, Door, Entry, Moment } from '../../../../src/access/file/accessFile.ts';
import { conflictsOf } from '../../../../src/access/file/conflicts.ts';
import { partsOf } from '../../../../src/access/file/scheduleOf.ts';

/** Names that a writer of YAML has to put into quotes, or is tempted to. */
const tricky = [
  'yes',
  'No',
  'null',
  '~',
  'true',
  '12',
  '0x1f',
  '1e3',
  '.inf',
  '2027-06-16',
  '15:00',
  'a: b',
  'a #b',
  '#1',
  '- a',
  '? a',
  "it's",
  '"quoted"',
  '\\',
  ' leading',
  'trailing ',
  '  ',
  '@home',
  '`x`',
  '%TAG',
  '&a',
  '*a',
  '!a',
  '|',
  '>',
  '{a}',
  '[a]',
  'a, b',
  '👋',
  'Zoë',
  'Zoe\u0308',
  '---',
  '...',
  '<<',
  'constructor',
  'Mon–Fri, Sun',
  'a:',
  ':a',
  '=',
];

const signs = `abZ09 .,:;#-–_?!&*|>%@'"\\/{}[]()<>=+~^$äß\`é中`.split('');
const letter = fc.constantFrom(...signs, '👋', 'e\u0301');

const name = fc
  .oneof(fc.constantFrom(...tricky), fc.string({ minLength: 1, maxLength: 12, unit: letter }))
  .filter((text) => text.trim() !== '' && text.length <= 32 && safeText(text) === text.trim().normalize('NFC'));
const identifier = name.filter((text) => text.trim() === text && !['__proto__', '<<'].includes(text));

const minute = fc.integer({ min: 0, max: 1439 });
const moment: fc.Arbitrary<Moment> = fc
  .record(
    {
      at: fc.integer({ min: 0, max: 20_000 * 1440 }),
      seconds: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 59 })),
      disambiguation: fc.constantFrom('earlier', 'later'),
    },
    { noNullPrototype: true, requiredKeys: ['at', 'seconds'] },
  )
  .map(({ at, ...others }) => {
    const [date = '', time = ''] = new Date(at * 60_000).toISOString().split('T');
    return { date, time: time.slice(0, 5), ...others };
  });

const hours = fc
  .record({ from: minute, until: minute }, { noNullPrototype: true })
  .filter((each) => each.from !== each.until && partsOf({ hours: each }).length > 0);

function entryAt(doors: readonly string[], sources: readonly string[]): fc.Arbitrary<Entry> {
  return fc
    .record(
      {
        index: fc.constant(0),
        key: identifier,
        name,
        doors: fc.subarray([...doors], { minLength: 1 }),
        by: fc.constantFrom(...credentials),
        email: fc.nat({ max: 999 }).map((number) => `'${number}+#"@example.com`),
        remote: fc.boolean(),
        enabled: fc.boolean(),
        days: fc.oneof(fc.constant(127), fc.integer({ min: 1, max: 127 })),
        hours,
        from: moment,
        until: moment,
        ...(sources.length > 0 && { booking: fc.constantFrom(...sources) }),
      },
      {
        noNullPrototype: true,
        requiredKeys: ['index', 'key', 'name', 'doors', 'by', 'email', 'remote', 'enabled', 'days'],
      },
    )
    .map(({ email, ...entry }): Entry => {
      const isApp = entry.by === 'app';
      const { from, until, ...dateless } = entry;
      const isOrdered = !from || !until || `${from.date} ${from.time}` < `${until.date} ${until.time}`;
      return {
        ...(isOrdered ? entry : dateless),
        ...(entry.by !== 'code' && { email }),
        remote: isApp && entry.remote,
      };
    })
    .filter((entry) => entry.by !== 'code' || fitsKeypad(entry.name));
}

/** Entries that a file can have together. */
export function entriesAt(
  doors: readonly string[],
  sources: readonly string[],
  maxLength: number,
): fc.Arbitrary<readonly Entry[]> {
  return fc.uniqueArray(entryAt(doors, sources), { maxLength, selector: ({ key }) => key }).map((all) => {
    const wrong = new Set(conflictsOf(all).map(({ entry }) => entry));
    return all.filter((entry) => !wrong.has(entry)).map((entry, index) => ({ ...entry, index }));
  });
}

const door: fc.Arbitrary<Door> = fc.record(
  {
    alias: identifier,
    smartlockId: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
    name,
    checkIn: minute,
    checkOut: minute,
    bufferBefore: fc.integer({ min: 0, max: 1440 }),
    bufferAfter: fc.constantFrom(0, 15),
  },
  { noNullPrototype: true, requiredKeys: ['alias', 'smartlockId', 'name', 'bufferBefore', 'bufferAfter'] },
);

function sourceAt(doors: readonly string[]): fc.Arbitrary<BookingSource> {
  return fc.record(
    {
      name: identifier,
      doors: fc.subarray([...doors], { minLength: 1 }),
      columns: fc.record(
        { id: name, arrival: name, departure: name, name },
        { noNullPrototype: true, requiredKeys: ['id', 'arrival', 'departure'] },
      ),
    },
    { noNullPrototype: true, requiredKeys: ['name', 'doors'] },
  );
}

/** Files that are valid. */
export const accessFile: fc.Arbitrary<AccessFile> = fc
  .uniqueArray(door, { minLength: 1, maxLength: 4, selector: ({ alias }) => alias })
  .map((doors) => [...new Map(doors.map((each) => [each.smartlockId, each])).values()])
  .chain((doors) => {
    const aliases = doors.map(({ alias }) => alias);
    return fc.uniqueArray(sourceAt(aliases), { maxLength: 2, selector: (source) => source.name }).chain((sources) =>
      entriesAt(
        aliases,
        sources.map((source) => source.name),
        5,
      ).map((entries) => ({ doors, entries, sources })),
    );
  });

/** A file whose doors and sources are in the order of their names: maps have none. */
export function inOrder({ doors, entries, sources }: AccessFile): AccessFile {
  const byName = (one: string, other: string): number => (one < other ? -1 : 1);
  return {
    doors: doors.toSorted((one, other) => byName(one.alias, other.alias)),
    entries,
    sources: sources.toSorted((one, other) => byName(one.name, other.name)),
  };
}
