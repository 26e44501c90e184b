import assert from 'node:assert/strict';
import { readTable, titlesIn } from '../../../../src/access/bookings/tableFile.ts';
import type { BookingList, BookingTime } from '../../../../src/access/bookings/bookingList.ts';
import { inEnglish } from '../../../../src/base/locale.ts';
import { bookingProblemText, listRefusalText } from '../../../../src/views/text/bookingText.ts';
import { read } from './bookingHome.ts';

const columns = { id: 'Id', arrival: 'Arrival', departure: 'Departure', name: 'Guest' };

function tableOf(...rows: readonly (readonly string[])[]): BookingList {
  const cells = rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(','));
  return readTable(['Id,Arrival,Departure,Guest', ...cells].join('\r\n'), columns, 'de');
}

/** How an arrival is read, with a departure that is late enough. */
function arrivalIn(cell: string): BookingTime | string {
  const { bookings, problems } = read(tableOf(['one', cell, '2027-12-31 23:00', '']));
  return bookings[0]?.from ?? problems.map(({ kind }) => bookingProblemText(kind, inEnglish)).join();
}

function saidOf(list: BookingList): string {
  if (list.kind === 'refused') return listRefusalText(list, 'flat.csv', inEnglish);
  return list.problems.map(({ place, kind }) => `${place}: ${bookingProblemText(kind, inEnglish)}`).join(' ');
}

const noTable =
  "flat.csv isn't a table of bookings. Its first row must have the titles of the columns: three or more, all different.";
const unclear = "It isn't clear which number is the day, the month or the year.";

describe('readTable', () => {
  it('reads commas, semicolons and tabs, with a byte order mark and quotes', () => {
    for (const delimiter of [',', ';', '\t']) {
      const rows = [
        ['\uFEFFId', '"Arrival"', 'Departure', 'Guest'],
        ['1', '2027-06-16', '2027-06-20', `"Weber${delimiter} ""Anna"""`],
        ['', '', '', ''],
      ];
      const text = rows.map((row) => row.join(delimiter)).join('\n');
      assert.deepEqual(titlesIn(text), ['Id', 'Arrival', 'Departure', 'Guest']);
      assert.deepEqual(read(readTable(text, columns, 'en')), {
        kind: 'bookings',
        bookings: [
          {
            id: '1',
            place: 2,
            from: { kind: 'day', date: '2027-06-16' },
            until: { kind: 'day', date: '2027-06-20' },
            name: `Weber${delimiter} "Anna"`,
          },
        ],
        problems: [],
      });
    }
  });

  it('reads a date as people write it', () => {
    const june16 = { kind: 'day', date: '2027-06-16' };
    const written =
      '2027-06-16 | 16.6.2027 | 16.06.2027 | 16 Jun 2027 | June 16, 2027 | 16. Juni 2027 | 16/06/2027 | 6/16/2027 | 16-06-2027';
    for (const cell of written.split(' | ')) assert.deepEqual(arrivalIn(cell), june16, cell);
  });

  it('reads times where the column has them, and an offset from UTC', () => {
    const at = (time: string, seconds = 0): unknown => ({ kind: 'wall', date: '2027-06-16', time, seconds });
    assert.deepEqual(arrivalIn('2027-06-16 15:30'), at('15:30'));
    assert.deepEqual(arrivalIn('2027-06-16T15:30:05'), at('15:30', 5));
    assert.deepEqual(arrivalIn('16.6.2027, 15.30 Uhr'), at('15:30'));
    assert.deepEqual(arrivalIn('Jun 16, 2027 3:30 PM'), at('15:30'));
    assert.deepEqual(arrivalIn('6/16/2027 3:30pm'), at('15:30'));
    const { bookings } = read(tableOf(['1', '2027-06-16T15:30:00+02:00', '2027-06-16T16:00:00Z', '']));
    assert.deepEqual(
      bookings.map(({ from }) => from),
      [{ kind: 'instant', instant: Date.parse('2027-06-16T13:30Z') }],
    );
  });

  it('takes midnight to midnight for whole days', () => {
    const { bookings } = read(tableOf(['1', '2027-06-16 00:00:00', '2027-06-20 00:00:00', '']));
    assert.deepEqual(
      bookings.map(({ from, until }) => [from.kind, until.kind]),
      [['day', 'day']],
    );
  });

  it('guesses no month, no day and no year', () => {
    for (const cell of ['6/7/2027', '06-07-2027', '16/6/27', '27/06/16', '16.6.', '16.6.27', '6/7']) {
      assert.equal(arrivalIn(cell), unclear, cell);
    }
  });

  describe('of a hostile table', () => {
    it('one with formulas: reads them as text', () => {
      const { bookings } = read(tableOf(['=HYPERLINK("x")', '2027-06-16', '2027-06-20', "=cmd|' /C calc'!A0"]));
      assert.deepEqual(
        bookings.map(({ id, name }) => [id, name]),
        [['=HYPERLINK("x")', "=cmd|' /C calc'!A0"]],
      );
      assert.equal(arrivalIn('=DATE(2027,6,16)'), 'A date is missing or unreadable.');
    });

    it('one in another encoding: says that it is not UTF-8', () => {
      const latin = new TextDecoder().decode(
        Buffer.from('Id,Arrival,Departure,Guest\n1,2027-06-16,2027-06-20,M\xFCller', 'latin1'),
      );
      const utf16 = new TextDecoder().decode(Buffer.from('\uFEFFId\tArrival\tDeparture\tGuest\n', 'utf16le'));
      for (const text of [latin, utf16]) {
        assert.equal(
          saidOf(readTable(text, columns, 'en')),
          "flat.csv isn't saved as UTF-8, so it can't be read. Save it as UTF-8, then try again.",
        );
      }
    });

    it('one that is no table: says what a table needs', () => {
      const page = '<!DOCTYPE html>\n<title>Sign in</title>';
      for (const text of ['', ' ', page, 'a,a,b\n', `${'a,'.repeat(500)}b`, '{"bookings":[]}', 'BEGIN:VCALENDAR']) {
        assert.equal(saidOf(readTable(text, columns, 'en')), noTable, text);
      }
    });

    it('one with other titles: says which columns are missing', () => {
      const said = saidOf(readTable('Id,From,Departure\n1,2027-06-16,2027-06-20', columns, 'en'));
      assert.equal(said, 'flat.csv lacks columns that the access file names: Arrival, Guest.');
    });

    it('one with more than 2,000 rows: says that it is not read', () => {
      for (const count of [2_001, 20_000]) {
        const rows = Array.from({ length: count }, (_, at) => [String(at), '2027-06-16', '2027-06-20', '']);
        assert.equal(saidOf(tableOf(...rows)), 'flat.csv has more than 2,000 bookings, so it is not read.');
      }
    });

    it('one larger than 1 MB: says that it is not read', () => {
      const said = saidOf(readTable('x,'.repeat(600_000), columns, 'en'));
      assert.equal(said, 'flat.csv is larger than 1 MB, so it is not read.');
    });

    it('one with rows too short, without ids or dates: says what is wrong in which row', () => {
      const list = tableOf(
        ['1'],
        ['', '2027-06-16', '2027-06-20', ''],
        ['x'.repeat(1_001), '2027-06-16', '2027-06-20', ''],
        ['3', '46552', '2027-06-20', ''],
        ['4', '2027-02-30', '2027-06-20', ''],
        ['5', 'x'.repeat(900_000), '2027-06-20', ''],
      );
      assert.equal(
        saidOf(list),
        '2: A date is missing or unreadable. 3: It has no ID. 4: It has no ID. 5: A date is missing or unreadable. ' +
          '6: A date is missing or unreadable. 7: A date is missing or unreadable.',
      );
    });

    it('one with one id twice: says that they contradict each other', () => {
      const list = tableOf(['1', '2027-06-16', '2027-06-20', ''], ['1', '2027-06-17', '2027-06-20', '']);
      assert.equal(saidOf(list), '2: Bookings with the same ID contradict each other.');
      assert.deepEqual(read(list).bookings, []);
    });

    it('one whose stays end before they begin: says so', () => {
      const list = tableOf(['1', '2027-06-20', '2027-06-16', ''], ['2', '2027-06-16', '2027-06-16', '']);
      assert.equal(saidOf(list), "2: The departure isn't after the arrival. 3: The departure isn't after the arrival.");
    });

    it('one with a quotation mark that is not closed: says so, as the rows behind it are not read', () => {
      const text = 'Id,Arrival,Departure,Guest\n1,2027-06-16,2027-06-20,"Anna\n2,2027-06-16,2027-06-20,Ben\n';
      const said = saidOf(readTable(text, columns, 'en'));
      assert.equal(said, "flat.csv has a quotation mark that isn't closed, so it is not read.");
    });

    it('one with endless cells and quotes that do not close: reads or refuses it in little time', () => {
      const began = performance.now();
      const head = 'Id,Arrival,Departure,Guest\n';
      for (const rest of [
        '"'.repeat(900_000),
        '"a'.repeat(400_000),
        '"a" b'.repeat(180_000),
        ','.repeat(900_000),
        `1,${'2027 '.repeat(180_000)}`,
        '\n'.repeat(900_000),
        '","\n'.repeat(220_000),
      ]) {
        const list = readTable(head + rest, columns, 'en');
        assert.ok(list.kind === 'refused' || list.bookings.length === 0);
      }
      assert.ok(performance.now() - began < 10_000);
    });
  });
});
