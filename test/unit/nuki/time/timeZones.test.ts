import assert from 'node:assert/strict';
import table from '../../../fixtures/timezones.json' with { type: 'json' };
import {
  doubtfulTimeZoneIds,
  offsetOf,
  readTimeZone,
  timeZoneName,
  timeZones,
  zonesWithTheClockOf,
} from '../../../../src/nuki/time/timeZones.ts';

/** The offset of `timeZone` from UTC in hours at `instant`. */
function offsetAt(instant: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }).formatToParts(instant);
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign = '+', hours = '0', minutes = '0'] = /GMT([+-])(\d\d):(\d\d)/.exec(name) ?? [];
  return Number(`${sign}1`) * (Number(hours) + Number(minutes) / 60);
}

const winterAndSummer = [Date.UTC(2026, 0, 15), Date.UTC(2026, 6, 15)];

describe('the time zones of Nuki devices', () => {
  it('are 46, each known to Intl', () => {
    assert.equal(timeZones.length, 46);
    for (const zone of timeZones) assert.doesNotThrow(() => new Intl.DateTimeFormat('en', { timeZone: zone }), zone);
  });

  it('have no name for 65535, a missing or an unfamiliar id', () => {
    for (const id of [65_535, 46, -1, 1.5, undefined]) assert.equal(timeZoneName(id), undefined);
    assert.equal(timeZoneName(37), 'Europe/Berlin');
    assert.equal(timeZoneName(0), 'Africa/Cairo');
  });

  it('are those of the published table, in name and in the offsets of 2026', () => {
    assert.equal(table.length, timeZones.length);
    for (const { id, zone, offsets } of table) {
      assert.equal(timeZoneName(id), zone);
      assert.deepEqual(readTimeZone(String(id)), [id]);
      assert.deepEqual(readTimeZone(zone), [id]);
      assert.deepEqual(readTimeZone(zone.toUpperCase()), [id]);
      const actual = [...new Set(winterAndSummer.map((instant) => offsetAt(instant, zone)))];
      const ascending = (list: readonly number[]): number[] => list.toSorted((a, b) => a - b);
      assert.deepEqual(ascending(actual), ascending(offsets), zone);
    }
  });

  for (const [text, ids] of [
    ['65535', [65_535]],
    ['None', [65_535]],
    ['none', [65_535]],
    ['46', []],
    ['berlin', [37]],
    ['new york', [12]],
    ['Europe/', [37, 38, 39, 40, 41]],
    ['Asia/Calcutta', [24]],
    ['Asia/Katmandu', [23]],
    ['America/Buenos_Aires', [5]],
    ['Asia/Rangoon', [30]],
    ['Europe/Vienna', []],
    ['__proto__', []],
    ['constructor', []],
    ['', []],
  ] as const) {
    it(`are read from "${text}"`, () => assert.deepEqual(readTimeZone(text), ids));
  }

  it('are so far from UTC as they are at that time', () => {
    const [winter = 0, summer = 0] = winterAndSummer;
    assert.equal(offsetOf('Europe/Berlin', winter), 'UTC+01:00');
    assert.equal(offsetOf('Europe/Berlin', summer), 'UTC+02:00');
    assert.equal(offsetOf('Asia/Kathmandu', summer), 'UTC+05:45');
    assert.equal(offsetOf('Europe/London', winter), 'UTC+00:00');
  });

  describe('with the clock of a city that Nuki does not list', () => {
    const now = Date.UTC(2026, 10, 26);
    const alike = (text: string): readonly string[] =>
      zonesWithTheClockOf(text, now).flatMap(({ ids }) => ids.map((id) => timeZones[id] ?? ''));

    it('are found by its IANA name and by the city alone', () => {
      for (const text of ['Europe/Bratislava', 'europe/bratislava', 'Bratislava', 'Vienna', 'Europe/Zurich', 'CET'])
        assert.deepEqual(alike(text), ['Europe/Berlin'], text);
      assert.deepEqual(alike('Asia/Singapore'), ['Asia/Hong_Kong', 'Asia/Shanghai', 'Australia/Perth']);
      assert.deepEqual(alike('Kiev'), ['Europe/Helsinki']);
    });

    it('are none where no clock is the same all year', () => {
      // Havana changes its clock on the days of New York, but at other hours.
      for (const text of ['Atlantic/Azores', 'America/Havana', 'Australia/Lord_Howe', 'Nowhere', '', '§', '-1', 'a'])
        assert.deepEqual(alike(text), [], text);
    });

    it('keep it the whole year, whatever the city', () => {
      const clockOf = (timeZone: string): Intl.DateTimeFormat =>
        new Intl.DateTimeFormat('en', { timeZone, dateStyle: 'short', timeStyle: 'short' });
      for (const city of Intl.supportedValuesOf('timeZone').filter((_, index) => index % 5 === 0)) {
        const clock = clockOf(city);
        for (const zone of alike(city)) {
          const other = clockOf(zone);
          for (let hour = 0; hour < 366 * 24; hour += 11) {
            const at = now + hour * 3_600_000;
            assert.equal(other.format(at), clock.format(at), `${city} ${zone}`);
          }
        }
      }
    });
  });

  it("are doubtful where Nuki's summer time is not the world's: Cairo and Mexico City, and nowhere else", () => {
    const contradicted = table.filter(({ dst, offsets }) => dst !== offsets.length > 1);
    assert.deepEqual(
      contradicted.map(({ id }) => id),
      doubtfulTimeZoneIds,
    );
  });
});
