import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parseAccessFile } from '../../../../src/access/file/parseAccessFile.ts';

const text = `version: 1
doors:                        # the id counts
  front:  { id: 21913877581, name: Front Door }
  garage: { id: 17198957927, name: Garage, checkIn: 15:00, bufferBefore: 30 }
access:
  - key: cleaning
    name: Cleaning
    doors: [front, garage]
    by: code
    days: Mon–Fri
    hours: 09:00–17:00
  - key: weber-2027-06
    name: Guest Weber
    doors: [front]
    by: code
    from: 2027-06-16 15:00
    until: 2027-10-31 02:30:59 later
    booking: flat
  - { key: anna, name: Anna, doors: [front], by: app, email: anna@example.com, remote: true, enabled: false }
bookings:
  flat: { doors: [front], columns: { id: Id, arrival: Arrival, departure: Departure } }
`;

const file = {
  doors: [
    { alias: 'front', smartlockId: 21913877581, name: 'Front Door', bufferBefore: 0, bufferAfter: 0 },
    { alias: 'garage', smartlockId: 17198957927, name: 'Garage', checkIn: 900, bufferBefore: 30, bufferAfter: 0 },
  ],
  entries: [
    {
      index: 0,
      key: 'cleaning',
      name: 'Cleaning',
      doors: ['front', 'garage'],
      by: 'code',
      remote: false,
      enabled: true,
      days: 124,
      hours: { from: 540, until: 1020 },
    },
    {
      index: 1,
      key: 'weber-2027-06',
      name: 'Guest Weber',
      doors: ['front'],
      by: 'code',
      remote: false,
      enabled: true,
      days: 127,
      from: { date: '2027-06-16', time: '15:00', seconds: 0 },
      until: { date: '2027-10-31', time: '02:30', seconds: 59, disambiguation: 'later' },
      booking: 'flat',
    },
    {
      index: 2,
      key: 'anna',
      name: 'Anna',
      doors: ['front'],
      by: 'app',
      email: 'anna@example.com',
      remote: true,
      enabled: false,
      days: 127,
    },
  ],
  sources: [{ name: 'flat', doors: ['front'], columns: { id: 'Id', arrival: 'Arrival', departure: 'Departure' } }],
};

const asJson = {
  $schema: 'https://example.com/schema.json',
  version: 1,
  doors: {
    front: { id: 21913877581, name: 'Front Door' },
    garage: { id: 17198957927, name: 'Garage', checkIn: '15:00', bufferBefore: 30 },
  },
  access: [
    { key: 'cleaning', name: 'Cleaning', doors: ['front', 'garage'], by: 'code', days: 'Mon-Fri', hours: '9:00-17:00' },
    {
      key: 'weber-2027-06',
      name: 'Guest Weber',
      doors: ['front'],
      by: 'code',
      from: '2027-06-16 15:00',
      until: '2027-10-31 02:30:59 later',
      booking: 'flat',
    },
    {
      key: 'anna',
      name: 'Anna',
      doors: ['front'],
      by: 'app',
      email: 'anna@example.com',
      remote: true,
      enabled: false,
    },
  ],
  bookings: { flat: { doors: ['front'], columns: { id: 'Id', arrival: 'Arrival', departure: 'Departure' } } },
};

describe('parseAccessFile', () => {
  it('reads doors, entries and sources of bookings', () => {
    const parsed = parseAccessFile(text);
    assert.deepEqual(parsed.problems, []);
    assert.deepEqual(parsed.file, file);
  });

  it('reads the same from JSON, indented with tabs, with a byte order mark and CRLF', () => {
    const json = JSON.stringify(asJson, null, '\t');
    const parsed = parseAccessFile(`\uFEFF${json.replaceAll('\n', '\r\n')}`);
    assert.deepEqual(parsed.problems, []);
    assert.deepEqual(parsed.file, file);
  });

  it('knows where each part stands', () => {
    const parsed = parseAccessFile(text);
    const partAt = (path: readonly (string | number)[], what?: 'key' | 'value'): string | undefined => {
      const span = parsed.placeOf(path, what);
      return span && text.slice(span.from, span.until);
    };
    assert.equal(partAt(['access', 0, 'hours']), '09:00–17:00');
    assert.equal(partAt(['access', 1, 'hours']), undefined);
    assert.equal(partAt(['access', 1, 'until'], 'key'), 'until');
    assert.equal(partAt(['doors', 'garage', 'id']), '17198957927');
    assert.equal(partAt(['access', 2])?.startsWith('{ key: anna'), true);
  });

  it('reads the files of the documentation', () => {
    const page = readFileSync('docs/access-file.md', 'utf8');
    const examples = [...page.matchAll(/```yaml\n(version:[^]*?)```/g)].map(([, example = '']) => example);
    assert.ok(examples.length > 0);
    for (const example of examples) assert.deepEqual(parseAccessFile(example).problems, [], example);
  });
});
