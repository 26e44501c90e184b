import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { inEnglish } from '../../../src/base/locale.ts';
import { deviceIdOf, hexOfDeviceId } from '../../../src/nuki/deviceId.ts';
import { isKeypadCode } from '../../../src/nuki/authorization/keypadCode.ts';
import { kinds } from '../../../src/nuki/vocabulary/kinds.ts';
import { formatTimeOfDay } from '../../../src/nuki/time/timeOfDay.ts';
import { timeZones } from '../../../src/nuki/time/timeZones.ts';
import { resolveWallTime, wallTimeAt } from '../../../src/nuki/time/zonedTime.ts';
import {
  conversions,
  generateKeypadCodes,
  presentMoment,
  readingsOf,
  valueKinds,
  type ConversionContext,
  type Converted,
  type ValueKind,
} from '../../../src/apiHelp/conversions.ts';

const context: ConversionContext = {
  t: inEnglish,
  language: 'en',
  now: Date.UTC(2027, 0, 15),
  clock: { zone: 'Europe/Vienna', resolveWallTime, wallTimeAt },
};

const read = (name: ValueKind, text: string): readonly Converted[] => conversions[name](text, context);
const values = (name: ValueKind, text: string): readonly string[] => read(name, text).map(({ value }) => value);

describe('a conversion', () => {
  for (const name of valueKinds) {
    it(`of ${name} does not read nonsense`, () => {
      for (const text of ['§', '-1', '9'.repeat(40)]) assert.deepEqual(read(name, text), [], text);
    });

    it(`of ${name} never throws`, () => {
      const texts = fc.oneof(fc.string(), fc.integer().map(String), fc.stringMatching(/^[\d:. TZ-]{1,24}$/));
      fc.assert(fc.property(texts, (text) => void read(name, text)));
    });
  }
});

describe('a device id', () => {
  it('from the app becomes the integer of each kind, by name, and the integer its hex again', () => {
    const bare = fc.integer({ min: 1, max: 0xff_ff_ff_ff });
    fc.assert(
      fc.property(bare, (id) => {
        const hex = hexOfDeviceId(id);
        const ids = read('deviceId', `0x${hex}`);
        for (const type of Object.keys(kinds).map(Number)) {
          const integer = String(deviceIdOf(type, id));
          assert.ok(
            ids.some(({ value }) => value === integer),
            `${hex} of type ${type}`,
          );
          if (type > 0) assert.ok(values('deviceId', integer).includes(hex), integer);
        }
      }),
    );
  });

  it('51A2B3C4D is 21913877581, a Smart Lock of the 5th generation, and back', () => {
    assert.deepEqual(read('deviceId', '51A2B3C4D'), [
      { notation: 'Decimal ID', value: '21913877581', note: 'Smart Lock (5th generation)' },
      { notation: 'Hex ID', value: '1A2B3C4D' },
    ]);
    assert.deepEqual(read('deviceId', '21913877581'), [
      { notation: 'Hex ID', value: '1A2B3C4D', note: 'Smart Lock (5th generation)' },
      { notation: 'Hex ID with the device type', value: '51A2B3C4D' },
    ]);
  });

  it('1A2B3C4D is an id of every kind, the 5th generation first and with the prefix 5', () => {
    const [first] = read('deviceId', '1A2B3C4D');
    assert.deepEqual(first, {
      notation: 'Decimal ID from hex, Smart Lock (5th generation)',
      value: '21913877581',
    });
  });

  it('of the Bridge API is explained: the device type is missing', () => {
    const [hex, fifth] = read('deviceId', '439041101');
    assert.deepEqual(hex, { notation: 'Hex ID', value: '1A2B3C4D' });
    assert.equal(fifth?.value, '21913877581');
    assert.match(fifth.note ?? '', /^The Bridge API omits the device type/);
  });

  it('is read from the Bluetooth name, the MQTT topic and the path of a request', () => {
    const ofHex = values('deviceId', '0x1A2B3C4D');
    for (const text of ['Nuki_1A2B3C4D', 'nuki_1a2b3c4d', 'nuki/1A2B3C4D', 'nuki/1A2B3C4D/lock/state'])
      assert.deepEqual(values('deviceId', text), ofHex, text);
    // Eight decimal digits are hexadecimal all the same.
    assert.deepEqual(values('deviceId', 'Nuki_12345678'), values('deviceId', '0x12345678'));
    for (const text of ['https://api.nuki.io/smartlock/21913877581/action', '/smartlock/21913877581'])
      assert.deepEqual(values('deviceId', text), ['1A2B3C4D', '51A2B3C4D'], text);
    for (const text of ['Nuki_1A2B3C4', 'nuki/', 'Nuki_51A2B3C4D', 'smartlock/log', 'https://example.com/21913877581'])
      assert.deepEqual(values('deviceId', text), [], text);
  });

  it('beyond 2⁵³ is refused', () => assert.deepEqual(read('deviceId', '9007199254740993'), []));
});

describe('weekdays', () => {
  it('go from mask to days and back, all 127', () => {
    for (let mask = 1; mask <= 127; mask += 1) {
      const [days = ''] = values('weekdays', String(mask));
      if (mask !== 127) assert.equal(values('weekdays', days)[0], String(mask), days);
    }
  });

  it('of 0 are told to be documented nowhere', () => {
    assert.match(read('weekdays', '0')[0]?.note ?? '', /^Nuki doesn't document 0\./);
  });
});

describe('a time of day', () => {
  it('goes to minutes and back, all 1,440', () => {
    for (let minutes = 0; minutes < 1_440; minutes += 1) {
      const [clock = '', twelve = ''] = values('timeOfDay', String(minutes));
      assert.equal(clock, formatTimeOfDay(minutes));
      for (const time of [clock, twelve]) assert.equal(values('timeOfDay', time)[0], String(minutes), time);
    }
  });

  it('24:00 is 1440, with the word that the API takes 0 to 1439', () => {
    const note = 'The API accepts 0 to 1439. For all day, use 0 and 0.';
    for (const text of ['24:00', '24:00:00'])
      assert.deepEqual(read('timeOfDay', text)[0], { notation: 'Minutes since midnight', value: '1440', note });
    assert.deepEqual(read('timeOfDay', '1440')[0], { notation: 'Time of day, 24 hours', value: '24:00', note });
    assert.equal(read('timeOfDay', '23:59')[0]?.note, undefined);
  });

  it('23:59:59 is 1439, with the word that the API has no seconds', () => {
    const [minutes] = read('timeOfDay', '23:59:59');
    assert.equal(minutes?.value, '1439');
    assert.equal(minutes.note, 'The API counts whole minutes, so seconds are dropped.');
    assert.equal(read('timeOfDay', '23:59:00')[0]?.note, undefined);
  });

  it('09:00, 9:00 AM and 540 are the same', () => {
    assert.deepEqual(values('timeOfDay', '09:00'), ['540', '09:00', '9:00 AM']);
    assert.deepEqual(values('timeOfDay', '9:00 AM'), ['540', '09:00', '9:00 AM']);
    assert.deepEqual(values('timeOfDay', '540'), ['09:00', '9:00 AM']);
  });
});

describe('a date and time', () => {
  for (const [text, instant] of [
    ['2026-12-31 23:59:59', '2026-12-31T22:59:59.000Z'],
    ['2026-09-30T23:59:59', '2026-09-30T21:59:59.000Z'],
    ['31.12.2026 23:59:59', '2026-12-31T22:59:59.000Z'],
    ['2026-12-31 24:00', '2026-12-31T23:00:00.000Z'],
    ['2027-06-16 10:30', '2027-06-16T08:30:00.000Z'],
    ['2027-06-16T10:30', '2027-06-16T08:30:00.000Z'],
    ['2027-06-16T10:30:00', '2027-06-16T08:30:00.000Z'],
    ['16.6.2027, 10:30', '2027-06-16T08:30:00.000Z'],
    ['2027-01-16 9:05', '2027-01-16T08:05:00.000Z'],
    ['2027-01-16', '2027-01-15T23:00:00.000Z'],
  ] as const) {
    it(`${text} in Vienna is ${instant}`, () => assert.deepEqual(values('dateTime', text), [instant]));
  }

  it('in UTC is what the clock of the zone shows', () => {
    assert.deepEqual(read('dateTime', '2027-06-16T08:30:00.000Z'), [
      { notation: 'Time in Europe/Vienna', value: '2027-06-16 10:30', note: 'UTC+02:00' },
      { notation: 'UTC, as the API writes it', value: '2027-06-16T08:30:00.000Z' },
    ]);
  });

  it('in UTC is told to the second where it has seconds', () => {
    assert.equal(values('dateTime', '2026-12-31T22:59:59Z')[0], '2026-12-31 23:59:59');
    assert.equal(values('dateTime', '2026-12-31T22:59:59.5Z')[0], '2026-12-31 23:59:59.500');
  });

  for (const text of [
    '2026-12-31T23:59:59+01:00',
    '2026-12-31 23:59:59+01:00',
    '2026-12-31 23:59:59 +0100',
    '2026-12-31 22:59:59Z',
    '2026-12-31 22:59:59 UTC',
  ]) {
    it(`with an offset is that instant: ${text}`, () =>
      assert.deepEqual(values('dateTime', text), ['2026-12-31 23:59:59', '2026-12-31T22:59:59.000Z']));
  }

  it('that exists twice is offered twice', () => {
    assert.deepEqual(values('dateTime', '2026-10-25 02:30'), ['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z']);
  });

  it('that does not exist is the next one that does, and says so', () => {
    const [next] = read('dateTime', '2027-03-28 02:30');
    assert.equal(next?.value, '2027-03-28T01:00:00.000Z');
    assert.equal(next.note, "This time doesn't exist in Europe/Vienna. The next valid time is 2027-03-28 03:00.");
  });

  for (const text of [
    '2027-02-30 10:30',
    '2027-06-16 25:00',
    '2027-06-16 10:30:60',
    '10:30',
    '16.13.2027',
    '2027-06-16 10:30 x',
  ]) {
    it(`"${text}" is none`, () => assert.deepEqual(values('dateTime', text), []));
  }

  it('is read back, whatever the instant', () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(2000, 0), max: Date.UTC(2036, 0) }), (at) => {
        const instant = new Date(at).toISOString();
        const [wall = ''] = values('dateTime', instant);
        assert.ok(values('dateTime', wall).includes(instant), wall);
      }),
    );
  });
});

describe('a time zone', () => {
  it('goes from id to name and back, all 46', () => {
    for (const [id, zone] of timeZones.entries()) {
      assert.deepEqual(values('timeZone', String(id)), [zone]);
      assert.deepEqual(values('timeZone', zone), [String(id)]);
    }
  });

  it('tells how far it is from UTC now, and the two that Nuki and the world disagree on', () => {
    assert.equal(read('timeZone', 'Europe/Berlin')[0]?.note, 'Europe/Berlin, now UTC+01:00');
    for (const id of ['0', '11'])
      assert.match(read('timeZone', id)[0]?.note ?? '', /firmware may handle summer time differently/);
  });

  it('65535 is none, and none is 65535', () => {
    assert.deepEqual(values('timeZone', '65535'), ['no time zone']);
    for (const text of ['None', 'no time zone']) assert.deepEqual(values('timeZone', text), ['65535'], text);
    const german: ConversionContext = {
      ...context,
      t: (sentence) => (sentence === 'no time zone' ? 'keine' : sentence),
    };
    assert.deepEqual(
      conversions.timeZone('keine', german).map(({ value }) => value),
      ['65535'],
    );
  });

  it('of a city that Nuki does not list is the one with the same clock, and says so', () => {
    for (const text of ['Europe/Bratislava', 'bratislava']) {
      assert.deepEqual(read('timeZone', text), [
        {
          notation: 'Time zone ID',
          value: '37',
          note: "Europe/Berlin, now UTC+01:00 · Nuki doesn't list Europe/Bratislava. This zone has the same time all year.",
        },
      ]);
    }
    assert.deepEqual(read('timeZone', 'Atlantic/Azores'), []);
  });
});

describe('a keypad code', () => {
  it('is valid, or none', () => {
    assert.deepEqual(read('keypadCode', '483927'), [
      { notation: 'Keypad code', value: '483927', note: 'valid format (availability not checked)' },
    ]);
    for (const text of ['123456', '48392', '480927', '48a927', '4839271'])
      assert.deepEqual(read('keypadCode', text), [], text);
  });

  it('is generated, five different ones that keep the rule', () => {
    for (let round = 0; round < 200; round += 1) {
      const codes = generateKeypadCodes((max) => Math.floor(Math.random() * max));
      assert.equal(new Set(codes).size, 5);
      for (const code of codes) assert.ok(isKeypadCode(code), code);
    }
  });
});

describe('a firmware version', () => {
  it('goes to its number and back', () => {
    assert.deepEqual(values('firmware', '5.9.4'), ['329988']);
    assert.deepEqual(values('firmware', '329988'), ['5.9.4']);
  });

  it('is read from numbers from 1.0.0 to 99.255.255', () => {
    assert.deepEqual(values('firmware', '65535'), []);
    assert.deepEqual(values('firmware', '65536'), ['1.0.0']);
    assert.deepEqual(values('firmware', '6553599'), ['99.255.255']);
    assert.deepEqual(values('firmware', '6553600'), []);
  });
});

describe('a value', () => {
  for (const [text, ...readings] of [
    ['21913877581', 'Hex ID: 1A2B3C4D', 'Hex ID with the device type: 51A2B3C4D'],
    [
      '124',
      'Days of the bitmask: Mon–Fri',
      'Days bitmask, binary: 0b1111100',
      'Time of day, 24 hours: 02:04',
      'Time of day, 12 hours: 2:04 AM',
    ],
    ['Mon–Fri', 'Days bitmask: 124', 'Days bitmask, binary: 0b1111100'],
    ['09:00', 'Minutes since midnight: 540', 'Time of day, 24 hours: 09:00', 'Time of day, 12 hours: 9:00 AM'],
    ['540', 'Time of day, 24 hours: 09:00', 'Time of day, 12 hours: 9:00 AM'],
    [
      '37',
      'Days of the bitmask: Tue, Fri, Sun',
      'Days bitmask, binary: 0b0100101',
      'Time of day, 24 hours: 00:37',
      'Time of day, 12 hours: 12:37 AM',
      'Time zone: Europe/Berlin',
    ],
    ['329988', 'Keypad code: 329988', 'Firmware version: 5.9.4'],
    ['5.9.4', 'Firmware version as a number: 329988'],
    ['Europe/Berlin', 'Time zone ID: 37'],
    ['none', 'Time zone ID: 65535'],
    ['2027-06-16 10:30', 'UTC, as the API writes it: 2027-06-16T08:30:00.000Z'],
    [
      '2027-06-16T08:30:00.000Z',
      'Time in Europe/Vienna: 2027-06-16 10:30',
      'UTC, as the API writes it: 2027-06-16T08:30:00.000Z',
    ],
    ['add'],
    ['nothing of Nuki'],
    [''],
  ] as const) {
    it(`is recognised: ${text}`, () => {
      const told = readingsOf(text, context).map(({ notation, value }) => `${notation}: ${value}`);
      assert.deepEqual(told, readings);
    });
  }

  it('is an ID where it has seven digits or says that it is hexadecimal', () => {
    for (const text of ['1A2B3C', '123456']) assert.deepEqual(read('deviceId', text), [], text);
    for (const text of ['1A2B3C4', '1234567', '0xADD']) assert.notDeepEqual(read('deviceId', text), [], text);
  });

  it('is this moment before one was typed', () => {
    assert.deepEqual(presentMoment(context), {
      notation: 'UTC, as the API writes it',
      value: '2027-01-15T00:00:00.000Z',
      note: 'now',
    });
  });
});
