import assert from 'node:assert/strict';
import { bookingKey } from '../../../../src/access/bookings/bookings.ts';
import type { AccessFile, Entry } from '../../../../src/access/file/accessFile.ts';
import { nameBytes } from '../../../../src/nuki/authorization/keypadName.ts';
import type { Booking } from '../../../../src/access/bookings/bookingList.ts';
import { calendarOf, doorOf, fileWith, flat, runCalendar, runList, stay, vienna, windowOf } from './bookingHome.ts';

const june = stay('june', '20270616', '20270620');
const july = stay('july', '20270701', '20270703');
const august = stay('august', '20270801', '20270805');

const windows = ({ entries }: AccessFile): readonly string[] => entries.map(windowOf);
const keys = ({ entries }: AccessFile): readonly string[] => entries.map(({ key }) => key);

function bookingWith(given: Partial<Booking>): Booking {
  const [from, until] = [{ kind: 'day', date: '2027-06-16' } as const, { kind: 'day', date: '2027-06-20' } as const];
  return { id: 'one', place: 1, from, until, ...given };
}

function entriesFor(...bookings: readonly Booking[]): readonly Entry[] {
  return runList({ kind: 'bookings', bookings, problems: [] }).file.entries;
}

describe('bookingEdits', () => {
  it('adds an entry per booking, in the order of arrival, for a code at the doors of the source', () => {
    const { changes, file } = runCalendar(calendarOf(july, june));
    assert.equal(changes.added, 2);
    assert.deepEqual(keys(file), ['flat/june', 'flat/july']);
    const [first] = file.entries;
    assert.match(first?.name ?? '', /^Booking [0-9a-z]{8}$/);
    assert.deepEqual(
      { ...first, name: '' },
      {
        index: 0,
        key: 'flat/june',
        name: '',
        doors: ['front'],
        by: 'code',
        remote: false,
        enabled: true,
        days: 127,
        booking: 'flat',
        from: { date: '2027-06-16', time: '15:00', seconds: 0, disambiguation: undefined },
        until: { date: '2027-06-20', time: '10:00', seconds: 0, disambiguation: undefined },
      },
    );
  });

  it('edits nothing when the same calendar comes again', () => {
    const calendar = calendarOf(june, july);
    const { file } = runCalendar(calendar);
    assert.deepEqual(runCalendar(calendar, { file }).changes.edits, []);
  });

  it('takes check-in, check-out and buffers from the door', () => {
    const door = doorOf('front', { checkIn: 16 * 60, checkOut: 11 * 60, bufferBefore: 30, bufferAfter: 15 });
    const { file } = runCalendar(calendarOf(june), { file: fileWith({ doors: [door] }) });
    assert.deepEqual(windows(file), ['2027-06-16 15:30 – 2027-06-20 11:15']);
  });

  it('gives doors with other times an entry each, so that no door opens longer and no stay is shorter', () => {
    const doors = [doorOf('front'), doorOf('garage', { checkOut: 18 * 60 }), doorOf('cellar')];
    const source = { name: 'flat', doors: ['front', 'garage', 'cellar'] };
    const calendar = calendarOf(june);
    const { changes, file } = runCalendar(calendar, { source, file: fileWith({ doors, sources: [source] }) });
    assert.equal(changes.added, 1, 'one booking');
    assert.deepEqual(
      file.entries.map((entry) => [entry.key, entry.doors.join(), windowOf(entry)]),
      [
        ['flat/june', 'front,cellar', '2027-06-16 15:00 – 2027-06-20 10:00'],
        ['flat/june/2', 'garage', '2027-06-16 15:00 – 2027-06-20 18:00'],
      ],
    );
    assert.equal(new Set(file.entries.map(({ name }) => name)).size, 1);
    assert.deepEqual(runCalendar(calendar, { source, file }).changes.edits, []);
    const alike = { ...file, doors: doors.map((door) => ({ ...door, checkOut: 12 * 60 })) };
    const after = runCalendar(calendar, { source, file: alike });
    assert.deepEqual([keys(after.file), after.file.entries[0]?.doors], [['flat/june'], ['front', 'cellar', 'garage']]);
    assert.equal(after.changes.changed, 1);
  });

  it('keeps an event with a time of its own, by the clock of each door', () => {
    const event = ['UID:own', 'DTSTART:20270616T130000Z', 'DTEND;TZID=America/New_York:20270616T120000'];
    assert.deepEqual(windows(runCalendar(calendarOf(event)).file), ['2027-06-16 15:00 – 2027-06-16 18:00']);
  });

  it('skips an event with a time of its own at a door without a known zone, and reads whole days there', () => {
    const event = ['UID:own', 'DTSTART:20270616T130000Z', 'DURATION:PT2H'];
    const { changes, file } = runCalendar(calendarOf(event, june), { zone: undefined });
    assert.deepEqual(windows(file), ['2027-06-16 15:00 – 2027-06-20 10:00']);
    assert.deepEqual(changes.problems, [{ kind: 'doorZone', id: 'own', place: 1 }]);
  });

  it('keeps name, doors and all else that the user has changed, and only follows the dates', () => {
    const { file } = runCalendar(calendarOf(june));
    const mine = { name: 'Anna', doors: ['garage'], enabled: false, days: 3 };
    const edited = {
      ...file,
      doors: [...file.doors, doorOf('garage')],
      entries: file.entries.map((entry) => ({ ...entry, ...mine })),
    };
    assert.deepEqual(runCalendar(calendarOf(june), { file: edited }).changes.edits, []);
    const moved = runCalendar(calendarOf(stay('june', '20270617', '20270621')), { file: edited });
    const [entry] = moved.file.entries;
    assert.deepEqual({ ...entry, ...mine }, entry);
    assert.deepEqual(windows(moved.file), ['2027-06-17 15:00 – 2027-06-21 10:00']);
  });

  it('never touches entries of another source or of none', () => {
    const { file } = runCalendar(calendarOf(june, july));
    const foreign = [
      ...file.entries.map((entry) => ({ ...entry, key: `hut/${entry.key}`, booking: 'hut' })),
      ...file.entries.map((entry) => ({ ...entry, key: `by hand ${entry.key}`, booking: undefined })),
    ];
    const { changes, file: after } = runCalendar(calendarOf(june), {
      file: { ...file, entries: [...foreign, ...file.entries] },
    });
    assert.deepEqual(after.entries.slice(0, 4), foreign);
    assert.deepEqual(
      changes.edits.map((edit) => edit.kind !== 'addEntry' && edit.key),
      ['flat/july'],
    );
  });

  it('does not add a booking whose key an entry of the user has', () => {
    const own: Entry = { ...(runCalendar(calendarOf(june)).file.entries[0] ?? assert.fail()), booking: undefined };
    const { changes } = runCalendar(calendarOf(june), { file: fileWith({ entries: [own] }) });
    assert.deepEqual([changes.edits, changes.problems], [[], [{ kind: 'twice', id: 'june', place: 1 }]]);
  });

  it('removes what is gone or cancelled, and leaves what cannot be read as it is', () => {
    const { file } = runCalendar(calendarOf(june, july, august));
    const { changes, file: after } = runCalendar(
      calendarOf([...june, 'STATUS:CANCELLED'], ['UID:july', 'DTSTART:nonsense'], august),
      { file },
    );
    assert.deepEqual(keys(after), ['flat/july', 'flat/august']);
    assert.deepEqual([changes.removed, changes.toCome, changes.doubt], [1, 3, undefined]);
  });

  it('counts a stay that is over as over and not as dropped, whether it is still in the calendar or not', () => {
    const { file } = runCalendar(calendarOf(june, july, august));
    const at = Date.parse('2027-06-20T08:00:00Z'); // 10:00 in Vienna
    for (const calendar of [calendarOf(july, august), calendarOf(june, july, august)]) {
      const before = runCalendar(calendarOf(june, july, august), { file, at: at - 1 }).changes;
      assert.deepEqual(before.edits, []);
      const { changes, file: after } = runCalendar(calendar, { file, at });
      assert.deepEqual([changes.over, changes.removed, changes.doubt], [1, 0, undefined]);
      assert.deepEqual(keys(after), ['flat/july', 'flat/august']);
      assert.deepEqual(runCalendar(calendar, { file: after, at }).changes.edits, []);
    }
  });

  it('asks when more than half of the stays to come are gone', () => {
    const { file } = runCalendar(calendarOf(june, july, august, stay('september', '20270901', '20270902')));
    assert.equal(runCalendar(calendarOf(june, july), { file }).changes.doubt, undefined, 'half of them');
    const { doubt, removed, toCome } = runCalendar(calendarOf(june), { file }).changes;
    assert.deepEqual([doubt, removed, toCome], ['moreThanHalf', 3, 4]);
    const late = Date.parse('2027-07-15T00:00:00Z');
    assert.equal(runCalendar(calendarOf(august), { file, at: late }).changes.doubt, undefined, '1 of 2 to come');
  });

  it('asks when a stay that has begun is gone, as someone may be there', () => {
    const september = stay('september', '20270901', '20270902');
    const { file } = runCalendar(calendarOf(june, july, august, september));
    const begins = Date.parse('2027-06-16T13:00:00Z'); // 15:00 in Vienna
    const gone = (at: number, zone?: string) =>
      runCalendar(calendarOf(july, august, september), { file, at, zone }).changes;
    assert.deepEqual([gone(begins - 1, vienna).doubt, gone(begins - 1, vienna).begun], [undefined, 0]);
    assert.deepEqual([gone(begins, vienna).doubt, gone(begins, vienna).begun], ['begun', 1]);
    assert.equal(
      gone(Date.parse('2027-06-16T01:00:00Z')).doubt,
      'begun',
      'it may have begun in a zone that is not known',
    );
  });

  describe('names', () => {
    it('come from the column of a table, cut as a keypad cuts them, without what cannot be seen', () => {
      const [entry] = entriesFor(bookingWith({ name: 'Weber\u202E, Anna-Maria\u200B Magdalena' }));
      assert.equal(entry?.name, 'Weber, Anna-Maria Ma');
    });

    it('are Booking and a short id where there is none, in 20 bytes and stable', () => {
      const [entry] = entriesFor(bookingWith({ name: ' \u200B ' }));
      assert.equal(entry?.name, 'Booking afcyqvwq');
      assert.ok(nameBytes(entry.name) <= 20);
    });

    it('are told apart by a mark where the file has them already', () => {
      const name = 'Grüner Ärzteverbund';
      const names = entriesFor(...['1', '2', '3'].map((id) => bookingWith({ id, name }))).map((entry) => entry.name);
      assert.equal(new Set(names).size, 3);
      assert.ok(
        names.every((each) => nameBytes(each) <= 20 && each.startsWith('Grüner Ärzt')),
        names.join(),
      );
    });
  });

  describe('keys', () => {
    it('are the source and the UID, and stay as they are', () => {
      assert.equal(bookingKey('flat', '1418fb94-e984@airbnb.com'), 'flat/1418fb94-e984@airbnb.com');
      assert.equal(bookingKey('Top 5', 'a/b: c\u202E\n'), 'Top-5/a-b-c--uy53sn1n');
    });

    it('differ for UIDs that look the same then', () => {
      const ids = ['a b', 'a-b', 'a/b', 'a  b', 'a\u200Bb', 'A-b', 'x'.repeat(100), 'x'.repeat(101)];
      assert.equal(new Set(ids.map((id) => bookingKey('flat', id))).size, ids.length);
      assert.notEqual(bookingKey('a/b', 'c'), bookingKey('a', 'b/c'));
    });
  });

  // The words of the lines in which others' issues say what bookings must not do.
  describe('what must never happen', () => {
    it('an empty calendar that deletes everybody', () => {
      const { file } = runCalendar(calendarOf(june, july));
      const { doubt, removed, toCome } = runCalendar(calendarOf(), { file }).changes;
      assert.deepEqual([doubt, removed, toCome], ['empty', 2, 2]);
      const { changes } = runList({ kind: 'bookings', bookings: [], problems: [] }, { file: fileWith() });
      assert.deepEqual([changes.doubt, changes.edits], [undefined, []], 'there is nobody to delete');
    });

    it('a changed stay that keeps its old window', () => {
      const { file } = runCalendar(calendarOf(june, july));
      const { changes, file: after } = runCalendar(calendarOf(stay('june', '20270618', '20270625'), july), { file });
      assert.equal(changes.changed, 1);
      assert.deepEqual(windows(after), ['2027-06-18 15:00 – 2027-06-25 10:00', '2027-07-01 15:00 – 2027-07-03 10:00']);
      const doors = [doorOf('front', { checkIn: 17 * 60 })];
      const later = runCalendar(calendarOf(june, july), { file: { ...after, doors } });
      assert.equal(windows(later.file)[1], '2027-07-01 17:00 – 2027-07-03 10:00', 'a door with another check-in too');
    });

    it('whole-day windows where hours were meant', () => {
      const whole = [
        june,
        ['UID:june', 'DTSTART;TZID=Europe/Vienna:20270616T000000', 'DTEND;TZID=Europe/Vienna:20270620T000000'],
        ['UID:june', 'DTSTART:20270616T000000', 'DURATION:P4D'],
      ];
      for (const event of whole) {
        assert.deepEqual(windows(runCalendar(calendarOf(event)).file), ['2027-06-16 15:00 – 2027-06-20 10:00']);
      }
    });

    it('local time taken for UTC', () => {
      const event = ['UID:own', 'DTSTART:20270616T150000', 'DTEND:20270616T180000'];
      for (const zone of ['Europe/Vienna', 'America/Los_Angeles', 'Pacific/Auckland', undefined]) {
        const { file } = runCalendar(calendarOf(june, event), { zone });
        assert.deepEqual(
          windows(file),
          ['2027-06-16 15:00 – 2027-06-20 10:00', '2027-06-16 15:00 – 2027-06-16 18:00'],
          'by the clock of the lock',
        );
      }
      const inUtc = ['UID:own', 'DTSTART:20270616T150000Z', 'DTEND:20270616T180000Z'];
      assert.deepEqual(windows(runCalendar(calendarOf(inUtc)).file), ['2027-06-16 17:00 – 2027-06-16 20:00']);
    });
  });

  describe('on a day of a clock change', () => {
    const at = (checkIn: number, checkOut: number, buffers: { bufferBefore?: number; bufferAfter?: number } = {}) => ({
      file: fileWith({ doors: [doorOf('front', { checkIn, checkOut, ...buffers })] }),
      at: Date.parse('2027-01-01T00:00Z'),
    });
    const [spring, autumn] = [stay('spring', '20270328', '20270330'), stay('autumn', '20271031', '20271102')];
    const [toSpring, toAutumn] = [stay('spring', '20270326', '20270328'), stay('autumn', '20271029', '20271031')];

    it('begins and ends at the moment of the change where its time is skipped', () => {
      const half = 2 * 60 + 30;
      assert.deepEqual(windows(runCalendar(calendarOf(spring), at(half, half)).file), [
        '2027-03-28 03:00 – 2027-03-30 02:30',
      ]);
      assert.deepEqual(windows(runCalendar(calendarOf(toSpring), at(half, half)).file), [
        '2027-03-26 02:30 – 2027-03-28 03:00',
      ]);
    });

    it('begins at the earlier and ends at the later of two, and says which is meant', () => {
      const half = 2 * 60 + 30;
      assert.deepEqual(windows(runCalendar(calendarOf(autumn), at(half, half)).file), [
        '2027-10-31 02:30 earlier – 2027-11-02 02:30',
      ]);
      assert.deepEqual(windows(runCalendar(calendarOf(toAutumn), at(half, half)).file), [
        '2027-10-29 02:30 – 2027-10-31 02:30 later',
      ]);
    });

    it('has the whole buffer, by a stopwatch', () => {
      const early = at(4 * 60, 60 + 30, { bufferBefore: 90, bufferAfter: 60 });
      assert.deepEqual(windows(runCalendar(calendarOf(spring), early).file), ['2027-03-28 01:30 – 2027-03-30 02:30']);
      assert.deepEqual(windows(runCalendar(calendarOf(toSpring), early).file), ['2027-03-26 02:30 – 2027-03-28 03:30']);
      assert.deepEqual(windows(runCalendar(calendarOf(toAutumn), early).file), [
        '2027-10-29 02:30 – 2027-10-31 02:30 earlier',
      ]);
    });
  });

  it('takes less than a second of work for 2,000 bookings at 20 doors', () => {
    const doors = Array.from({ length: 20 }, (_, at) => doorOf(`door${at}`));
    const source = { ...flat, doors: doors.map(({ alias }) => alias) };
    const bookings = Array.from({ length: 2_000 }, (_, at) => bookingWith({ id: String(at) }));
    const list = { kind: 'bookings', bookings, problems: [] } as const;
    // Of the processor, as other programs have it too.
    const times = [1, 2, 3].map(() => {
      const before = process.cpuUsage();
      assert.equal(runList(list, { file: fileWith({ doors }), source }).changes.added, 2_000);
      return process.cpuUsage(before).user / 1_000;
    });
    assert.ok(Math.min(...times) < 1_000, times.join());
  });
});
