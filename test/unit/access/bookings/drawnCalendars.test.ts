import assert from 'node:assert/strict';
import { bookingKey } from '../../../../src/access/bookings/bookings.ts';
import { readCalendar } from '../../../../src/access/bookings/calendarFile.ts';
import { mostBookings } from '../../../../src/access/bookings/bookingList.ts';
import { readTable } from '../../../../src/access/bookings/tableFile.ts';
import type { AccessFile, Door, Entry, Moment } from '../../../../src/access/file/accessFile.ts';
import { accessFileText } from '../../../../src/access/file/accessFileText.ts';
import { editAccessFile } from '../../../../src/access/file/editAccessFile.ts';
import { parseAccessFile } from '../../../../src/access/file/parseAccessFile.ts';
import { clockTime } from '../../../../src/nuki/time/timeOfDay.ts';
import { resolveWallTime } from '../../../../src/nuki/time/zonedTime.ts';
import { pick, seededRandom, type Random } from '../../../../src/simulator/random.ts';
import { calendarOf, doorOf, fileWith, flat, read, runCalendar, runList } from './bookingHome.ts';

const seed = Number(process.env['KEYTURNER_SEED'] ?? 20_261_127);
const runs = Number(process.env['KEYTURNER_ACCESS_CALENDARS'] ?? 2_000);

/** Before the clock changes of 2027 in most zones. */
const start = Date.parse('2027-03-01T00:00Z');
const zones = ['Europe/Vienna', 'America/New_York', 'Australia/Sydney', 'America/Sao_Paulo', 'Asia/Kolkata'] as const;

/** Days from 1 March 2027 on which clocks of these zones are put forward or back, and those before. */
const clockChanges = [12, 13, 26, 27, 33, 34, 215, 216, 243, 244, 250, 251] as const;

/** What must get into no file. */
const secret = 'Not available, Maria tel4711';

/** A whole-day stay, as the witness knows it: days from 1 March 2027. */
interface Drawn {
  readonly uid: string;
  readonly first: number;
  readonly nights: number;
}

function whole(random: Random, below: number): number {
  return Math.floor(random.next() * below);
}

function dateOf(day: number): string {
  return new Date(start + day * 86_400_000).toISOString().slice(0, 10);
}

function drawStays(random: Random): readonly Drawn[] {
  return Array.from({ length: 1 + whole(random, 12) }, (_, at) => ({
    uid: `${pick(random, ['', 'a b/', '../', '__proto__', '\u202Ex', '"quoted" ', 'Ä: '])}${at}-${whole(random, 1e6)}@example.com`,
    first: random.next() < 0.4 ? pick(random, clockChanges) : 1 + whole(random, 300),
    nights: 1 + whole(random, 14),
  }));
}

function eventOf({ uid, first, nights }: Drawn): readonly string[] {
  const [arrival, departure] = [first, first + nights].map((day) => dateOf(day).replaceAll('-', ''));
  return [
    `UID:${uid}`,
    `DTSTART;VALUE=DATE:${arrival}`,
    `DTEND;VALUE=DATE:${departure}`,
    `SUMMARY:${secret}`,
    `DESCRIPTION:${secret}\\n${'x'.repeat(100)}\r\n ${secret}`,
  ];
}

function drawDoor(random: Random): { readonly zone: string; readonly door: Door } {
  const door = doorOf('front', {
    checkIn: pick(random, [15 * 60, 2 * 60 + 30, 0, 23 * 60 + 59]),
    checkOut: pick(random, [10 * 60, 2 * 60 + 30, 1 * 60 + 30, 0]),
    bufferBefore: pick(random, [0, 30, 90]),
    bufferAfter: pick(random, [0, 15, 90]),
  });
  return { zone: pick(random, zones), door };
}

/** The text of a calendar, damaged in one of many ways. */
function damaged(random: Random, text: string): string {
  const at = whole(random, text.length);
  const line = pick(random, [
    'RRULE:FREQ=SECONDLY',
    'BEGIN:VEVENT',
    'END:VEVENT',
    'END:VCALENDAR',
    'UID:',
    ':',
    ';',
    'DTSTART;TZID=Nowhere:20270616T150000',
    'DTSTART;__proto__=x:20270230',
    'DURATION:P99999999D',
    'STATUS:CANCELLED',
    'SEQUENCE:999999999999',
    ' folded',
    '\0',
    '\uFFFD',
    'DTEND;X="',
    'DTSTART:20270328T023000',
    'RECURRENCE-ID:20270616',
    'METHOD:CANCEL',
    `X-LONG:${'y'.repeat(5_000)}`,
  ]);
  return pick(random, [
    (): string => text.slice(0, at),
    (): string => text.slice(at),
    (): string => `${text.slice(0, at)}\r\n${line}\r\n${text.slice(at)}`,
    (): string => text.replaceAll('\r\n', `\r\n${line}\r\n`),
    (): string => text.slice(0, at) + text.slice(at + 1 + whole(random, 40)),
    (): string => text + text,
    (): string => text.replaceAll(/\d{8}/g, () => String(whole(random, 1e8)).padStart(8, '0')),
    (): string => text.slice(0, at) + String.fromCharCode(whole(random, 0x10000)) + text.slice(at),
  ])();
}

function instantOf({ date, time }: Moment | { date: string; time: string }, zone: string, later: boolean): number {
  const found = resolveWallTime({ date, time }, zone);
  if (found.kind === 'exact') return Date.parse(found.instant);
  if (found.kind === 'overlap') return Date.parse((later ? found.later : found.earlier).instant);
  return found.kind === 'gap' ? instantOf(found.firstValid, zone, later) : NaN;
}

/** Which of an entry's moments a plan would refuse: one that its zone's clock skips, or shows twice without saying which. */
function isUnclear(moment: Moment | undefined, zone: string): boolean {
  const found = moment && resolveWallTime(moment, zone).kind;
  return found !== (moment?.disambiguation === undefined ? 'exact' : 'overlap');
}

function checkEntry(entry: Entry | undefined, { uid, first, nights }: Drawn, file: AccessFile, zone: string): void {
  const [door] = file.doors;
  assert.ok(entry?.from && entry.until && door, uid);
  assert.ok(!isUnclear(entry.from, zone) && !isUnclear(entry.until, zone), uid);
  const stated = (day: number, minutes = 0): { date: string; time: string } => ({
    date: dateOf(day),
    time: clockTime(minutes),
  });
  const [from, until] = [
    instantOf(entry.from, zone, entry.from.disambiguation === 'later'),
    instantOf(entry.until, zone, entry.until.disambiguation === 'later'),
  ];
  assert.equal(from, instantOf(stated(first, door.checkIn), zone, false) - door.bufferBefore * 60_000, uid);
  assert.equal(until, instantOf(stated(first + nights, door.checkOut), zone, true) + door.bufferAfter * 60_000, uid);
}

describe(`${runs} drawn calendars, seed ${seed}`, () => {
  const random = seededRandom(seed);

  it('become entries by the clock of the lock, follow each change, and touch nothing else', function () {
    this.timeout(10_000 + runs * 60);
    for (let run = 0; run < runs; run++) {
      const { zone, door } = drawDoor(random);
      const foreign: readonly Entry[] = [
        {
          index: 0,
          key: 'flat/mine',
          name: 'Anna',
          doors: ['front'],
          by: 'code',
          remote: false,
          enabled: true,
          days: 127,
        },
      ];
      const file = fileWith({ doors: [door], entries: foreign });
      const stays = drawStays(random);
      const given = { file, zone, at: start };
      const first = runCalendar(calendarOf(...stays.map(eventOf)), given);
      assert.equal(first.changes.added, stays.length);
      assert.deepEqual(first.file.entries.slice(0, 1), foreign);
      const written = JSON.stringify(first.file);
      assert.ok(!written.includes('Maria') && !written.includes('tel4711') && !written.includes('available'));
      const check = (drawn: readonly Drawn[], now: AccessFile): void => {
        for (const each of drawn) {
          const entry = now.entries.find(({ key }) => key === bookingKey('flat', each.uid));
          checkEntry(entry, each, now, zone);
        }
        assert.equal(now.entries.length, drawn.length + 1);
      };
      check(stays, first.file);
      assert.deepEqual(
        runCalendar(calendarOf(...stays.map(eventOf)), { ...given, file: first.file }).changes.edits,
        [],
      );

      const kept = stays.filter(() => random.next() < 0.8);
      const moved = kept.map((each) =>
        random.next() < 0.5 ? each : { ...each, first: each.first + 1, nights: 1 + whole(random, 14) },
      );
      const second = runCalendar(calendarOf(...moved.map(eventOf)), { ...given, file: first.file });
      const dropped = stays.length - kept.length;
      assert.deepEqual(
        [second.changes.added, second.changes.removed, second.changes.toCome],
        [0, dropped, stays.length],
      );
      assert.equal(second.changes.doubt !== undefined, dropped * 2 > stays.length);
      check(moved, second.file);

      const broken = damaged(random, calendarOf(...stays.map(eventOf)));
      const list = readCalendar(broken);
      if (list.kind === 'refused') continue;
      assert.ok(list.bookings.length <= mostBookings);
      const third = runList(list, { ...given, file: first.file });
      assert.deepEqual(third.file.entries.slice(0, 1), foreign);
      assert.equal(new Set(third.file.entries.map(({ key }) => key)).size, third.file.entries.length);
      assert.ok(third.changes.removed * 2 <= third.changes.toCome || third.changes.doubt);
      assert.deepEqual(runList(list, { ...given, file: third.file }).changes.edits, []);
    }
  });

  it('are written into the text of a file without a problem, and read back as they were meant', function () {
    this.timeout(10_000 + runs * 60);
    for (let run = 0; run < runs / 5; run++) {
      const { zone, door } = drawDoor(random);
      const stays = drawStays(random);
      const text = accessFileText(
        fileWith({ doors: [door], entries: [], sources: [] }),
        pick(random, ['yaml', 'json']),
      );
      const edited = (before: string, drawn: readonly Drawn[]): string => {
        const { file } = parseAccessFile(before);
        const { edits } = runCalendar(calendarOf(...drawn.map(eventOf)), { file, zone, at: start }).changes;
        return editAccessFile(before, [
          ...(before === text ? [{ kind: 'addSource', source: flat } as const] : []),
          ...edits,
        ]);
      };
      const once = edited(text, stays);
      const moved = stays.map((each) => ({ ...each, first: each.first + whole(random, 2) }));
      const after = edited(once, moved);
      assert.equal(edited(after, moved), after);
      for (const [written, drawn] of [
        [once, stays],
        [after, moved],
      ] as const) {
        const { file, problems } = parseAccessFile(written);
        assert.deepEqual(problems, []);
        for (const each of drawn) {
          const entry = file.entries.find(({ key }) => key === bookingKey('flat', each.uid));
          checkEntry(entry, each, file, zone);
        }
      }
    }
  });

  it('say the same as a table', () => {
    for (let run = 0; run < runs; run++) {
      const stays = drawStays(random).map((each) => ({ ...each, uid: each.uid.trim() }));
      const rows = stays.map(({ uid, first, nights }) => [uid, dateOf(first), dateOf(first + nights)]);
      const cells = [['Id', 'In', 'Out'], ...rows].map((row) =>
        row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(';'),
      );
      const columns = { id: 'Id', arrival: 'In', departure: 'Out' };
      const table = read(readTable(cells.join('\n'), columns, 'en'));
      const calendar = read(readCalendar(calendarOf(...stays.map(eventOf))));
      const days = ({ bookings }: typeof table): unknown => bookings.map(({ id, from, until }) => [id, from, until]);
      assert.deepEqual(days(table), days(calendar));
      const broken = readTable(damaged(random, cells.join('\n')), columns, 'en');
      assert.ok(broken.kind === 'refused' || broken.bookings.length <= mostBookings);
    }
  });
});
