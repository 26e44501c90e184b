import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { inEnglish } from '../../../src/base/locale.ts';
import { deviceIdOf, hexOfDeviceId } from '../../../src/nuki/deviceId.ts';
import { keypadCodeProblem } from '../../../src/nuki/authorization/keypadCode.ts';
import { kinds } from '../../../src/nuki/vocabulary/kinds.ts';
import { formatTimeOfDay } from '../../../src/nuki/time/timeOfDay.ts';
import { timeZones } from '../../../src/nuki/time/timeZones.ts';
import { resolveWallTime, wallTimeAt } from '../../../src/nuki/time/zonedTime.ts';
import { conversionNames, type ConversionName } from '../../../src/commands/ids.ts';
import { conversions, whyNot, type ConversionContext, type Converted } from '../../../src/apiHelp/conversions.ts';

const context: ConversionContext = {
  t: inEnglish,
  language: 'en',
  now: Date.UTC(2027, 0, 15),
  randomInt: (max) => Math.floor(Math.random() * max),
  clock: { zone: 'Europe/Vienna', resolveWallTime, wallTimeAt },
};

const read = (name: ConversionName, text: string): readonly Converted[] => conversions[name].read(text, context);
const values = (name: ConversionName, text: string): readonly string[] => read(name, text).map(({ value }) => value);

describe('a conversion', () => {
  for (const name of conversionNames) {
    it(`of ${name} has a title and a hint, and says why it does not read nonsense`, () => {
      assert.ok(conversions[name].title && conversions[name].hint);
      for (const text of ['§', '-1', '9'.repeat(40)]) {
        assert.deepEqual(read(name, text), [], text);
        assert.match(whyNot(name, text, inEnglish), /\.$/);
      }
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
      { notation: 'Integer ID', value: '21913877581', note: 'Smart Lock (5th generation)' },
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
      notation: 'Integer ID from hex, Smart Lock (5th generation)',
      value: '21913877581',
    });
  });

  it('of the Bridge API is explained: the device type is missing', () => {
    const [hex, fifth] = read('deviceId', '439041101');
    assert.deepEqual(hex, { notation: 'Hex ID', value: '1A2B3C4D' });
    assert.equal(fifth?.value, '21913877581');
    assert.match(fifth.note ?? '', /^The Bridge API leaves out the device type/);
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
    assert.match(read('weekdays', '0')[0]?.note ?? '', /^0 is documented nowhere/);
  });

  it('are suggested: every day, the weekdays, the weekend, each day', () => {
    assert.deepEqual(
      conversions.weekdays.suggest?.(context).map(({ value, note }) => `${value} ${note}`),
      ['127 every day', '124 Mon–Fri', '3 Sat, Sun', '64 Mon', '32 Tue', '16 Wed', '8 Thu', '4 Fri', '2 Sat', '1 Sun'],
    );
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

  it('09:00, 9:00 AM and 540 are the same', () => {
    assert.deepEqual(values('timeOfDay', '09:00'), ['540', '09:00', '9:00 AM']);
    assert.deepEqual(values('timeOfDay', '9:00 AM'), ['540', '09:00', '9:00 AM']);
    assert.deepEqual(values('timeOfDay', '540'), ['09:00', '9:00 AM']);
  });
});

describe('a date and time', () => {
  for (const [text, instant] of [
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

  it('is none without a clock to read it by', () => {
    const { clock: _, ...others } = context;
    assert.deepEqual(conversions.dateTime.read('2027-06-16 10:30', others), []);
  });

  it('that exists twice is offered twice', () => {
    assert.deepEqual(values('dateTime', '2026-10-25 02:30'), ['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z']);
  });

  it('that does not exist is the next one that does, and says so', () => {
    const [next] = read('dateTime', '2027-03-28 02:30');
    assert.equal(next?.value, '2027-03-28T01:00:00.000Z');
    assert.equal(next.note, 'This time does not exist in Europe/Vienna; the next one is 2027-03-28 03:00.');
  });

  for (const text of [
    '2027-02-30 10:30',
    '2027-06-16 25:00',
    '2027-06-16 10:30:15',
    '10:30',
    '16.13.2027',
    '2027-06-16 10:30 x',
  ]) {
    it(`"${text}" is none`, () => assert.deepEqual(values('dateTime', text), []));
  }

  it('is read back, whatever the instant', () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(2000, 0), max: Date.UTC(2036, 0) }), (at) => {
        const instant = new Date(at - (at % 60_000)).toISOString();
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
    for (const id of ['0', '11']) assert.match(read('timeZone', id)[0]?.note ?? '', /firmware may use another offset/);
  });

  it('65535 is none', () => assert.deepEqual(values('timeZone', '65535'), ['no time zone']));
});

describe('a keypad code', () => {
  it('is valid or told why not', () => {
    assert.deepEqual(values('keypadCode', '483927'), ['483927']);
    assert.equal(whyNot('keypadCode', '123456', inEnglish), 'A code does not begin with 12.');
    assert.equal(whyNot('keypadCode', '48392', inEnglish), 'A code has six digits.');
    assert.equal(whyNot('keypadCode', '480927', inEnglish), 'A code holds no 0.');
    assert.equal(whyNot('keypadCode', '48a927', inEnglish), 'A code holds digits only.');
    assert.equal(
      whyNot('keypadCode', '483927', inEnglish),
      'A code has six digits.',
      'the rule, where nothing is wrong',
    );
  });

  it('is generated, five different ones that keep the rule', () => {
    for (let round = 0; round < 200; round += 1) {
      const codes = conversions.keypadCode.suggest?.(context).map(({ value }) => value) ?? [];
      assert.equal(new Set(codes).size, 5);
      for (const code of codes) assert.equal(keypadCodeProblem(code), undefined, code);
    }
  });
});

describe('a firmware version', () => {
  it('goes to its number and back', () => {
    assert.deepEqual(values('firmware', '5.9.4'), ['329988']);
    assert.deepEqual(values('firmware', '329988'), ['5.9.4']);
  });
});
