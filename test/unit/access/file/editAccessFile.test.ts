import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { AccessFile, Entry } from '../../../../src/access/file/accessFile.ts';
import {
  accessFileText,
  entryLines,
  plainDoor,
  plainEntry,
  plainSource,
} from '../../../../src/access/file/accessFileText.ts';
import { yamlValue } from '../../../../src/access/file/accessFileText.ts';
import { conflictsOf } from '../../../../src/access/file/conflicts.ts';
import { editAccessFile, type FileEdit } from '../../../../src/access/file/editAccessFile.ts';
import { parseAccessFile } from '../../../../src/access/file/parseAccessFile.ts';
import { accessFile, entriesAt, inOrder } from './drawnFiles.ts';

const text = `# Who may enter our house
version: 1

doors:
  front:  { id: 21913877581, name: "Front Door" } # the heavy one
  garage:
    id: 17198957927
    name: Garage

access:
  # The cleaning team
  - key: cleaning
    name: 'Cleaning'   # as on the invoice
    doors: [front,  garage]
    by: code
    days: Mon-Fri
    hours: 9:00-17:00  # not on holidays
    # they have a code since 2020

  # Guests
  - key: weber
    name: Guest Weber
    doors:
      - front # only there
    by: code
    from: 2027-06-16 15:00
    until: 2027-06-30 10:00

  - { by: app, key: anna, name: "Anna", doors: [front], email: anna@example.com } # the owner
# The end
`;

const { file } = parseAccessFile(text);

function entry(key: string): Entry {
  return file.entries.find((each) => each.key === key) ?? assert.fail();
}

/** The lines of the text that an edit has taken away and added. */
function changesIn(before: string, after: string): { readonly removed: string[]; readonly added: string[] } {
  const [old, now] = [before.split('\n'), after.split('\n')];
  const isIn = (lines: readonly string[]) => {
    const left = [...lines];
    return (line: string): boolean => {
      const at = left.indexOf(line);
      if (at >= 0) left.splice(at, 1);
      return at >= 0;
    };
  };
  const [inNow, inOld] = [isIn(now), isIn(old)];
  return { removed: old.filter((line) => !inNow(line)), added: now.filter((line) => !inOld(line)) };
}

describe('editAccessFile', () => {
  it('changes a value where it stands, with the comment behind it kept', () => {
    const cleaning = entry('cleaning');
    const hours = { from: 480, until: 960 };
    const edited = editAccessFile(text, [{ kind: 'changeEntry', key: 'cleaning', entry: { ...cleaning, hours } }]);
    assert.deepEqual(changesIn(text, edited), {
      removed: ['    hours: 9:00-17:00  # not on holidays'],
      added: ['    hours: 08:00-16:00  # not on holidays'],
    });
  });

  it('adds fields in their order, and takes others away', () => {
    const { from: _, hours: __, ...others } = { ...entry('weber'), enabled: false, days: 3 };
    const edited = editAccessFile(text, [{ kind: 'changeEntry', key: 'weber', entry: others }]);
    assert.deepEqual(changesIn(text, edited), {
      removed: ['    from: 2027-06-16 15:00'],
      added: ['    enabled: false', '    days: Sat, Sun'],
    });
    assert.ok(edited.includes('    by: code\n    enabled: false\n    days: Sat, Sun\n    until:'), edited);
  });

  it('changes an entry in braces, and leaves what it does not touch as it was written', () => {
    const edited = editAccessFile(text, [
      { kind: 'changeEntry', key: 'anna', entry: { ...entry('anna'), remote: true, name: 'yes' } },
    ]);
    assert.deepEqual(changesIn(text, edited), {
      removed: ['  - { by: app, key: anna, name: "Anna", doors: [front], email: anna@example.com } # the owner'],
      added: [
        '  - { by: app, key: anna, name: "yes", doors: [front], email: anna@example.com, remote: true } # the owner',
      ],
    });
  });

  it('removes an entry with the comments that are its own', () => {
    const edited = editAccessFile(text, [{ kind: 'removeEntry', key: 'weber' }]);
    const { removed, added } = changesIn(text, edited);
    assert.deepEqual(added, []);
    assert.equal(removed.join('\n'), text.slice(text.indexOf('  # Guests'), text.indexOf('  - { by: app') - 1));
  });

  it('adds entries after the others, with an empty line between where they have one', () => {
    const edited = editAccessFile(text, [
      { kind: 'addEntry', entry: { ...entry('anna'), key: 'ben', name: 'Ben', email: 'ben@example.com' } },
    ]);
    assert.deepEqual(changesIn(text, edited), {
      removed: [],
      added: ['  - key: ben', '    name: Ben', '    doors: [front]', '    by: app', '    email: ben@example.com', ''],
    });
    assert.ok(edited.endsWith('    email: ben@example.com\n# The end\n'));
  });

  it('adds doors and sources of bookings', () => {
    const edited = editAccessFile(text, [
      { kind: 'addDoor', door: { alias: 'cellar', smartlockId: 5, name: '#5', bufferBefore: 0, bufferAfter: 15 } },
      { kind: 'addSource', source: { name: 'flat', doors: ['front', 'cellar'] } },
    ]);
    assert.deepEqual(changesIn(text, edited), {
      removed: [],
      added: ['  cellar: { id: 5, name: "#5", bufferAfter: 15 }', 'bookings:', '  flat: { doors: [front, cellar] }'],
    });
    assert.deepEqual(parseAccessFile(edited).problems, []);
  });

  it('leaves a list when the last entry goes, and begins it when the first one comes', () => {
    const emptied = editAccessFile(
      text,
      file.entries.map(({ key }) => ({ kind: 'removeEntry', key })),
    );
    assert.deepEqual(parseAccessFile(emptied).problems, []);
    assert.match(emptied, /^access: \[\]$/m);
    const filled = editAccessFile(emptied, [{ kind: 'addEntry', entry: entry('cleaning') }]);
    assert.match(filled, /^access:\n {2}- key: cleaning$/m);
  });

  it('keeps the ends of lines, and a last line without one', () => {
    const windows = text.replaceAll('\n', '\r\n').slice(0, -'# The end\r\n'.length - 2);
    const edited = editAccessFile(windows, [{ kind: 'addEntry', entry: { ...entry('weber'), key: 'w2' } }]);
    assert.equal(edited.replaceAll('\r\n', '').includes('\n'), false);
    assert.equal(edited.endsWith('\n'), false);
    assert.ok(edited.startsWith(windows));
  });

  it('writes JSON with two spaces', () => {
    const json = accessFileText(file, 'json')
      .replaceAll('  ', '\t')
      .replace('"version"', '"$schema": "x",\n\t"version"');
    const edited = editAccessFile(json, [{ kind: 'removeEntry', key: 'weber' }]);
    const { entries } = parseAccessFile(edited).file;
    assert.deepEqual(
      entries.map(({ key }) => key),
      ['cleaning', 'anna'],
    );
    assert.ok(edited.startsWith('{\n  "$schema": "x",\n  "version": 1,'));
  });

  it('keeps comments in a list in brackets', () => {
    const flow = `version: 1\ndoors: { front: { id: 1, name: Front } }\naccess: [\n  # one\n  { key: a, name: A, doors: [front], by: code },\n  { key: b, name: B, doors: [front], by: code } # two\n]\n`;
    const edited = editAccessFile(flow, [
      { kind: 'removeEntry', key: 'b' },
      { kind: 'addEntry', entry: { ...entry('weber'), key: 'c' } },
    ]);
    const keys = parseAccessFile(edited).file.entries.map(({ key }) => key);
    assert.deepEqual(keys, ['a', 'c']);
    assert.match(edited, /# one/);
  });

  it('gives a text with errors back', () => {
    const broken = text.replace('by: code', 'by: magic');
    assert.equal(editAccessFile(broken, [{ kind: 'removeEntry', key: 'weber' }]), broken);
  });
});

const seed = Number(process.env['KEYTURNER_SEED'] ?? 20_261_127);
const runs = Number(process.env['KEYTURNER_EDITS'] ?? 150);

/** How an entry is laid out. */
const style = fc.record({
  isFlow: fc.boolean(),
  comment: fc.boolean(),
  deepComment: fc.boolean(),
  blankBefore: fc.boolean(),
  doorsInLines: fc.boolean(),
  quotes: fc.boolean(),
  trailing: fc.boolean(),
});
type Style = typeof style extends fc.Arbitrary<infer S> ? S : never;

/** A file as a person could have written it, with a comment by each number. */
function handWritten(
  { doors, entries, sources }: AccessFile,
  styles: readonly Style[],
  indent: string,
  lineEnd: string,
): string {
  const lines = [
    '# 100',
    'version: 1',
    'doors: # 101',
    ...doors.flatMap((door) => [`  ${yamlValue({ [door.alias]: plainDoor(door) }).slice(2, -2)} # 102`]),
    entries.length === 0 ? 'access: []' : 'access: # 103',
    ...entries.flatMap((each, index) => entryText(each, index, styles[index % styles.length])),
    '# 104',
    ...(sources.length === 0 ? [] : ['bookings:']),
    ...sources.map((each) => `  ${yamlValue({ [each.name]: plainSource(each) }).slice(2, -2)}`),
    '# 105',
  ];
  return lines.join(lineEnd);

  function entryText(each: Entry, index: number, look: Style | undefined): readonly string[] {
    const plain = plainEntry(each);
    const fields = entryLines(plain, indent).flatMap((line) => {
      if (look?.doorsInLines && /^\s+doors: /.test(line)) {
        return [`${indent}  doors:`, ...each.doors.map((alias) => `${indent}    - ${yamlValue(alias)}`)];
      }
      const isQuoted = look?.quotes && /^\s+name: \p{L}/u.test(line) && !/['#]/.test(line);
      return [isQuoted ? line.replace(/name: (.*)$/, "name: '$1'") : line];
    });
    const own = look?.isFlow ? [`${indent}- ${yamlValue(plain)}`] : fields;
    return [
      ...(look?.blankBefore ? [''] : []),
      ...(look?.comment ? [`${indent}# above ${index}`] : []),
      ...own.map((line, at) => (look?.trailing && at === own.length - 1 ? `${line} # behind ${index}` : line)),
      ...(look?.deepComment ? [`${indent}   # below ${index}`] : []),
    ];
  }
}

/** Edits of a drawn file, and the entries that are meant. */
interface Course {
  readonly file: AccessFile;
  readonly edits: readonly FileEdit[];
  readonly meant: readonly Entry[];
  readonly untouched: readonly number[];
}

const course: fc.Arbitrary<Course> = accessFile.chain((drawn) => {
  const aliases = drawn.doors.map(({ alias }) => alias);
  const names = drawn.sources.map(({ name }) => name);
  return fc
    .record({
      others: entriesAt(aliases, names, 6),
      fates: fc.array(fc.constantFrom('keep', 'remove', 'change', 'part')),
    })
    .map(({ others, fates }) => {
      const keys = new Set(drawn.entries.map(({ key }) => key));
      const fresh = others.filter(({ key }) => !keys.has(key));
      const meant: Entry[] = [];
      const edits: FileEdit[] = [];
      const untouched: number[] = [];
      for (const [index, each] of drawn.entries.entries()) {
        const fate = fates[index] ?? 'keep';
        const other = fate === 'keep' || fate === 'remove' ? undefined : fresh.shift();
        if (fate === 'remove') edits.push({ kind: 'removeEntry', key: each.key });
        else if (other) {
          const { hours, days, enabled, doors } = other;
          const now = fate === 'change' ? other : { ...each, days, enabled, doors, ...(hours && { hours }) };
          edits.push({ kind: 'changeEntry', key: each.key, entry: now });
          meant.push(now);
        } else {
          meant.push(each);
          untouched.push(index);
        }
      }
      for (const other of fresh) edits.push({ kind: 'addEntry', entry: other });
      meant.push(...fresh);
      return { file: drawn, edits, meant: meant.map((each, index) => ({ ...each, index })), untouched };
    })
    .filter(({ meant }) => conflictsOf(meant).length === 0);
});

describe('drawn edits of access files', () => {
  it(`say what was meant, and leave the other entries as they were, seed ${seed}`, () => {
    fc.assert(
      fc.property(
        course,
        fc.array(style, { minLength: 1, maxLength: 4 }),
        fc.constantFrom('', '  ', '    '),
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        ({ file: drawn, edits, meant, untouched }, styles, indent, lineEnd, isJson) => {
          const before = isJson ? accessFileText(drawn, 'json') : handWritten(drawn, styles, indent, lineEnd);
          assert.deepEqual(parseAccessFile(before).problems, [], before);
          const after = editAccessFile(before, edits);
          const parsed = parseAccessFile(after);
          assert.deepEqual(parsed.problems, [], after);
          assert.deepEqual(inOrder(parsed.file), inOrder({ ...drawn, entries: meant }), `${before}\n=>\n${after}`);
          if (isJson) return;
          const kept = new Set(after.split(lineEnd));
          const lost = before.split(lineEnd).filter((line) => {
            const [comment] = /# 10\d$/.exec(line) ?? [];
            if (comment !== undefined) return !after.includes(comment);
            return untouched.some((index) => line.endsWith(` ${index}`) && line.includes('#')) && !kept.has(line);
          });
          assert.deepEqual(lost, [], `${before}\n=>\n${after}`);
        },
      ),
      { seed, numRuns: runs },
    );
  });
});
