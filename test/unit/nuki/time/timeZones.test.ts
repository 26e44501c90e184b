import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { sharedFolder } from '../../../contract/spec.ts';
import {
  doubtfulTimeZoneIds,
  offsetOf,
  readTimeZone,
  timeZoneName,
  timeZones,
} from '../../../../src/nuki/time/timeZones.ts';

const published = join(sharedFolder, 'timezones.json');
const row = v.object({
  id: v.number(),
  iana: v.nullable(v.string()),
  nukiDst: v.nullable(v.boolean()),
  tzdata2026Offsets: v.nullish(v.array(v.number()), []),
});

/** The rows of the published table but for 65535, "no time zone". */
function readTable(): v.InferOutput<typeof row>[] {
  const table = v.parse(v.array(row), JSON.parse(readFileSync(published, 'utf8')));
  return table.filter(({ iana }) => iana);
}

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

  it('are those of the published table, in name and in the offsets of 2026', function () {
    if (!existsSync(published)) {
      console.log('      the published table (nuki/timezones.json) is not here');
      return this.skip();
    }
    const table = readTable();
    assert.equal(table.length, timeZones.length);
    for (const { id, iana, tzdata2026Offsets } of table) {
      assert.equal(timeZoneName(id), iana);
      assert.deepEqual(readTimeZone(String(id)), [id]);
      assert.deepEqual(readTimeZone(iana ?? ''), [id]);
      assert.deepEqual(readTimeZone((iana ?? '').toUpperCase()), [id]);
      const offsets = [...new Set(winterAndSummer.map((instant) => offsetAt(instant, iana ?? '')))];
      const ascending = (list: readonly number[]): number[] => list.toSorted((a, b) => a - b);
      assert.deepEqual(ascending(offsets), ascending(tzdata2026Offsets), iana ?? '');
    }
  });

  for (const [text, ids] of [
    ['65535', [65_535]],
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

  it("are doubtful where Nuki's summer time is not the world's: Cairo and Mexico City, and nowhere else", function () {
    if (!existsSync(published)) return this.skip();
    const table = readTable();
    const contradicted = table.filter(({ nukiDst, tzdata2026Offsets }) => nukiDst !== tzdata2026Offsets.length > 1);
    assert.deepEqual(
      contradicted.map(({ id }) => id),
      doubtfulTimeZoneIds,
    );
  });
});
