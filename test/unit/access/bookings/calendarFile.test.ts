import assert from 'node:assert/strict';
import { readCalendar } from '../../../../src/access/bookings/calendarFile.ts';
import { inEnglish } from '../../../../src/base/locale.ts';
import { bookingProblemText, listRefusalText } from '../../../../src/views/text/bookingText.ts';
import { calendarOf, read, stay } from './bookingHome.ts';

function bookingOf(...lines: readonly string[]): unknown {
  const { bookings, problems } = read(readCalendar(calendarOf(['UID:one', ...lines])));
  assert.deepEqual(problems, []);
  return bookings.map(({ from, until }) => ({ from, until }))[0];
}

/** What is said of the one event with these lines. */
function saidOf(...lines: readonly string[]): string {
  const { bookings, problems } = read(readCalendar(calendarOf(lines)));
  assert.deepEqual(bookings, []);
  return problems.map(({ kind }) => bookingProblemText(kind, inEnglish)).join();
}

/** What is said of a calendar that is not read. */
function refusalOf(text: string): string {
  const list = readCalendar(text);
  assert.ok(list.kind === 'refused');
  return listRefusalText(list, 'flat.ics', inEnglish);
}

const incomplete = "flat.ics isn't a complete calendar, so it is not read. Download it again.";

describe('readCalendar', () => {
  it('reads whole days, whose last is the day of departure', () => {
    assert.deepEqual(bookingOf('DTSTART;VALUE=DATE:20270616', 'DTEND;VALUE=DATE:20270620'), {
      from: { kind: 'day', date: '2027-06-16' },
      until: { kind: 'day', date: '2027-06-20' },
    });
  });

  it('reads a day without an end, and a duration, as RFC 5545 has them', () => {
    const days = (date: string, last: string): unknown => ({
      from: { kind: 'day', date },
      until: { kind: 'day', date: last },
    });
    assert.deepEqual(bookingOf('DTSTART;VALUE=DATE:20271231'), days('2027-12-31', '2028-01-01'));
    assert.deepEqual(bookingOf('DTSTART;VALUE=DATE:20280227', 'DURATION:P1W'), days('2028-02-27', '2028-03-05'));
    assert.deepEqual(bookingOf('DTSTART:20270616', 'DTEND:20270618'), days('2027-06-16', '2027-06-18'));
  });

  it('counts days of a duration by the clock and hours by a stopwatch', () => {
    const end = (duration: string): unknown => {
      const [booking] = read(
        readCalendar(calendarOf(['UID:one', 'DTSTART;TZID=Europe/Vienna:20270327T120000', `DURATION:${duration}`])),
      ).bookings;
      return booking?.until.kind === 'instant' && new Date(booking.until.instant).toISOString();
    };
    assert.equal(end('P1D'), '2027-03-28T10:00:00.000Z', 'noon again, though the day has 23 hours');
    assert.equal(end('PT24H'), '2027-03-28T11:00:00.000Z');
  });

  it('reads times in UTC and in a named zone as instants, and times without one by the clock of the door', () => {
    const instant = (iso: string): unknown => ({ kind: 'instant', instant: Date.parse(iso) });
    assert.deepEqual(bookingOf('DTSTART:20270616T130000Z', 'DTEND:20270616T150000Z'), {
      from: instant('2027-06-16T13:00Z'),
      until: instant('2027-06-16T15:00Z'),
    });
    assert.deepEqual(
      bookingOf('DTSTART;TZID=Europe/Vienna:20270616T150000', 'DTEND;TZID=America/New_York:20270616T150000'),
      { from: instant('2027-06-16T13:00Z'), until: instant('2027-06-16T19:00Z') },
    );
    assert.deepEqual(bookingOf('DTSTART:20270616T150000', 'DTEND:20270616T173015'), {
      from: { kind: 'wall', date: '2027-06-16', time: '15:00', seconds: 0 },
      until: { kind: 'wall', date: '2027-06-16', time: '17:30', seconds: 15 },
    });
  });

  it('reads the name of a zone behind the path of its maker, and no rule of a zone that no one knows', () => {
    const path = 'DTSTART;TZID="/citadel.org/20210210_1/Europe/Vienna":20270616T150000';
    assert.deepEqual(bookingOf(path, 'DURATION:PT1H'), {
      from: { kind: 'instant', instant: Date.parse('2027-06-16T13:00Z') },
      until: { kind: 'instant', instant: Date.parse('2027-06-16T14:00Z') },
    });
    const said = saidOf('UID:one', 'DTSTART;TZID=Customized Time Zone:20270616T150000', 'DURATION:PT1H');
    assert.equal(said, 'Its time zone is unknown.');
  });

  it('takes midnight to midnight for whole days', () => {
    assert.deepEqual(bookingOf('DTSTART;TZID=Europe/Vienna:20270616T000000', 'DTEND:20270620T000000'), {
      from: { kind: 'day', date: '2027-06-16' },
      until: { kind: 'day', date: '2027-06-20' },
    });
  });

  it('leaves out what is cancelled', () => {
    const list = read(readCalendar(calendarOf([...stay('one', '20270616', '20270620'), 'STATUS:CANCELLED'])));
    assert.deepEqual([list.bookings, list.problems], [[], []]);
  });

  it('takes the newest of several events with one UID, and none where two contradict each other', () => {
    const older = [...stay('one', '20270616', '20270620'), 'SEQUENCE:1'];
    const newer = [...stay('one', '20270617', '20270620'), 'SEQUENCE:2'];
    const other = [...stay('one', '20270618', '20270620'), 'SEQUENCE:2'];
    const list = read(readCalendar(calendarOf(newer, older, newer)));
    assert.deepEqual(
      list.bookings.map(({ from }) => from),
      [{ kind: 'day', date: '2027-06-17' }],
    );
    const { bookings, problems } = read(readCalendar(calendarOf(newer, older, other)));
    assert.deepEqual([bookings, problems], [[], [{ kind: 'twice', id: 'one', place: 1 }]]);
  });

  it('reads folded lines, bare line feeds and small letters', () => {
    const text = calendarOf(['uid:one', 'dtstart;value=da\r\n te:20270616', 'DTEND;VALUE=DATE:2027\r\n\t0620']);
    for (const each of [text, text.replaceAll('\r\n', '\n')]) {
      assert.equal(read(readCalendar(each)).bookings.length, 1);
    }
  });

  it('keeps nothing of what a platform writes beside dates and UID', () => {
    const secret = 'CLOSED - Not available (Maria\\, 4711)';
    const text = calendarOf([
      ...stay('one', '20270616', '20270620'),
      `DESCRIPTION:${secret}\\nPhone Number (Last 4 Digits): 4711`,
      `LOCATION;X-NAME="${secret}":${secret}`,
    ]);
    assert.deepEqual(read(readCalendar(text)).bookings, [
      {
        id: 'one',
        place: 1,
        from: { kind: 'day', date: '2027-06-16' },
        until: { kind: 'day', date: '2027-06-20' },
      },
    ]);
  });

  describe('of a hostile calendar', () => {
    const whole = stay('one', '20270616', '20270620');

    it('one that repeats for ever: says that repeating events are not read', () => {
      for (const rule of ['RRULE:FREQ=SECONDLY', 'RDATE:20270617', 'RECURRENCE-ID:20270617', 'RRULE:nonsense']) {
        assert.equal(saidOf(...whole, rule), "Repeating events aren't read.");
      }
    });

    it('one without UIDs: says that it has no ID', () => {
      assert.equal(saidOf(...whole.slice(1)), 'It has no ID.');
      assert.equal(saidOf('UID:   ', ...whole.slice(1)), 'It has no ID.');
    });

    it('one with days that there are not: says that a date is unreadable', () => {
      for (const date of ['20270230', '20271301', '00000000', '99991231', '-1', 'TODAY', '20270616T250000']) {
        assert.equal(saidOf('UID:one', `DTSTART:${date}`, 'DTEND:20270620'), 'A date is missing or unreadable.');
      }
      for (const duration of ['P99999999999999D', 'PT1E9H', '-P1D', 'P', 'PT', `P${'9'.repeat(900)}W`]) {
        assert.equal(
          saidOf('UID:one', 'DTSTART:20270616', `DURATION:${duration}`),
          'A date is missing or unreadable.',
          duration,
        );
      }
    });

    it('one whose stays end before they begin: says so', () => {
      for (const end of ['20270616', '20270615', '20260616']) {
        assert.equal(
          saidOf('UID:one', 'DTSTART;VALUE=DATE:20270616', `DTEND;VALUE=DATE:${end}`),
          "The departure isn't after the arrival.",
        );
      }
    });

    it('one that breaks off: says that it is not complete', () => {
      const text = calendarOf(whole, stay('two', '20270701', '20270702'));
      for (let length = 1; length < text.length - 'END:VCALENDAR\r\n'.length; length += 7) {
        assert.equal(refusalOf(text.slice(0, length)), incomplete, String(length));
      }
    });

    it('one that is a web page or empty: says that it is not a calendar', () => {
      for (const text of [
        '',
        ' ',
        '<!DOCTYPE html><title>Sign in</title>',
        '\0\0',
        'BEGIN:VCARD\r\nEND:VCARD',
        'UID:x',
      ]) {
        assert.equal(refusalOf(text), incomplete, text);
      }
    });

    it('one that is nested 20,000 deep, or ends what has not begun: says that it is not complete', () => {
      const deep = `${'BEGIN:VEVENT\r\n'.repeat(20_000)}${'END:VEVENT\r\n'.repeat(20_000)}`;
      assert.equal(refusalOf(deep), incomplete);
      assert.equal(refusalOf(`END:VCALENDAR\r\n${calendarOf(whole)}`), incomplete);
      const inside = readCalendar(`BEGIN:VCALENDAR\r\n${deep}END:VCALENDAR\r\n`);
      assert.deepEqual(read(inside).problems, [{ kind: 'noId', id: undefined, place: 1 }]);
    });

    it('one with more than 2,000 events: says that it is not read', () => {
      const text = calendarOf(...Array.from({ length: 2_001 }, (_, at) => stay(String(at), '20270616', '20270620')));
      assert.equal(refusalOf(text), 'flat.ics has more than 2,000 bookings, so it is not read.');
    });

    it('one larger than 1 MB: says that it is not read', () => {
      assert.equal(refusalOf('X'.repeat(1_048_577)), 'flat.ics is larger than 1 MB, so it is not read.');
    });

    it('one with endless lines of folds, parameters and quotes: reads or refuses it in little time', () => {
      const began = performance.now();
      const parameters = `;A=1`.repeat(250_000);
      const endless = [
        `DESCRIPTION${parameters}:x`,
        `SUMMARY:${'x\r\n '.repeat(200_000)}`,
        `X-A${';B="'.repeat(200_000)}`,
        `DESCRIPTION:${'\\'.repeat(900_000)}`,
      ];
      for (const line of endless) {
        assert.equal(read(readCalendar(calendarOf([...whole, line]))).bookings.length, 1);
      }
      for (const line of [
        `DTSTART${parameters}:20270616`,
        `UID:${'x'.repeat(1_000)}`,
        `DTEND${';B="'.repeat(90_000)}`,
      ]) {
        assert.equal(refusalOf(calendarOf([...whole, line])), incomplete);
      }
      assert.ok(performance.now() - began < 5_000);
    });

    it('one with names that programs stumble over: reads it and changes nothing else', () => {
      const text = calendarOf(stay('__proto__', '20270616', '20270620'), stay('constructor', '20270616', '20270620'), [
        'UID;__proto__=1;constructor=2:three',
        'DTSTART;__proto__="a";VALUE=DATE:20270616',
        'DTEND:20270620',
      ]);
      const ids = read(readCalendar(text)).bookings.map(({ id }) => id);
      assert.deepEqual(ids, ['__proto__', 'constructor', 'three']);
      assert.deepEqual(Object.keys(Object.prototype), []);
      assert.equal(saidOf('UID:one', 'DTSTART;VALUE=constructor:x'), 'A date is missing or unreadable.');
      assert.equal(saidOf('UID:one', 'DTSTART;TZID=__proto__:20270616T100000'), 'Its time zone is unknown.');
    });
  });
});
