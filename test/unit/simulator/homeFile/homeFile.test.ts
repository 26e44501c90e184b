import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import * as v from 'valibot';
import { demoHomeOptions } from '../../../../src/simulator/demo/demo.ts';
import { SimulatedHome } from '../../../../src/simulator/home.ts';
import { HomeFileError, readHomeFile } from '../../../../src/simulator/homeFile/homeFile.ts';
import { fileObjects } from '../../../../src/simulator/homeFile/homeFileSchema.ts';
import { simulatedApi } from '../../../../src/simulator/api/api.ts';
import { FakeClock } from '../../fakeClock.ts';
import { homeJsonSchema, pagePath, schemaPath, withTables } from './homeSchema.ts';

const token = 'a-token-of-the-home-of-a-file';
const records = v.array(v.record(v.string(), v.unknown()));
type Json = v.InferOutput<typeof records>[number];

/** The home of a file, as a client of its API sees it. */
class FileHome {
  readonly clock = new FakeClock(Date.UTC(2026, 10, 23, 12));
  readonly home: SimulatedHome;

  constructor(file: object | string) {
    const text = typeof file === 'string' ? file : JSON.stringify(file);
    this.home = new SimulatedHome({ ...readHomeFile(text)(this.clock, 1), tokens: [{ token }] });
  }

  async list(path: string): Promise<readonly Json[]> {
    const headers = { authorization: `Bearer ${token}` };
    const answer = await simulatedApi(this.home)(new Request(`https://api.nuki.io${path}`, { headers }));
    return v.parse(records, await answer.json());
  }

  /** The only element of a list. */
  async only(path: string): Promise<Json> {
    const list = await this.list(path);
    assert.equal(list.length, 1, path);
    return list[0] ?? {};
  }

  /** The authorization with this name. */
  async authorization(name: string): Promise<Json> {
    return (await this.list('/smartlock/auth')).find((entry) => entry['name'] === name) ?? {};
  }
}

const frontDoor = { name: 'Front Door', keypad: 'Keypad' };

function withAuthorization(fields: object): FileHome {
  const people = [{ name: 'Ben' }];
  return new FileHome({
    devices: [frontDoor],
    people,
    authorizations: [{ device: 'Front Door', name: 'Emil', ...fields }],
  });
}

describe('A home file', () => {
  it('needs no more than a device with a name', async () => {
    const file = new FileHome({ devices: [{ name: 'Front Door' }] });
    const device = await file.only('/smartlock');
    assert.deepEqual(
      [device['name'], device['type'], device['serverState'], device['smartlockId']],
      ['Front Door', 5, 0, 5 * 2 ** 32 + 0x1000_0001],
    );
    assert.deepEqual(
      (await file.list('/smartlock/auth')).map(({ name, type }) => [name, type]),
      [['Nuki Web', 1]],
    );
    assert.deepEqual(await file.list('/smartlock/log'), []);
    assert.deepEqual(await file.list('/account/user'), []);
  });

  it('may have no devices', async () => {
    assert.deepEqual(await new FileHome({ devices: [] }).list('/smartlock'), []);
  });

  it('says in words and numbers what devices are', async () => {
    const device = await new FileHome({
      devices: [
        {
          name: 'Guest House',
          type: 'smartLock3',
          hexId: '0abcdef1',
          timeZone: 'America/New_York',
          firmware: '3.10.7',
          state: 'unlocked',
          door: 'open',
          keypad: 'Keypad 2',
          battery: 12,
          online: false,
          nightMode: true,
          favorite: true,
        },
      ],
    }).only('/smartlock');
    assert.deepEqual(
      [device['smartlockId'], device['type'], device['firmwareVersion']],
      [4 * 2 ** 32 + 0x0abc_def1, 4, 199_175],
    );
    assert.deepEqual([device['serverState'], device['favorite']], [4, true]);
    const state = v.parse(v.record(v.string(), v.unknown()), device['state']);
    assert.deepEqual(
      ['state', 'lastAction', 'doorState', 'batteryCharge', 'batteryCritical', 'nightMode'].map(
        (field) => state[field],
      ),
      [3, 1, 3, 12, true, true],
    );
    const config = v.parse(v.record(v.string(), v.unknown()), device['config']);
    assert.deepEqual([config['timezoneId'], config['keypadPaired'], config['keypad2Paired']], [12, false, true]);
    const byNumbers = await new FileHome({ devices: [{ name: 'Door', type: 2, state: 3, continuousMode: true }] }).only(
      '/smartlock',
    );
    const opener = v.parse(
      v.looseObject({ mode: v.number(), state: v.number(), ringToOpenEnd: v.string() }),
      byNumbers['state'],
    );
    assert.deepEqual([byNumbers['type'], opener.mode, opener.state], [2, 3, 3]);
    assert.equal(opener.ringToOpenEnd, '2026-11-23T12:20:00.000Z');
  });

  it('gives devices ids that no other has', async () => {
    const devices = [{ name: 'A' }, { name: 'B', hexId: '10000002' }, { name: 'C' }];
    const ids = (await new FileHome({ devices }).list('/smartlock')).map(
      ({ smartlockId }) => Number(smartlockId) % 2 ** 32,
    );
    assert.deepEqual(ids, [0x1000_0001, 0x1000_0002, 0x1000_0003]);
  });

  it('says who cannot pull the latch', async () => {
    const { home } = new FileHome({ devices: [{ name: 'US', unlatches: false }] });
    const [device] = home.devices();
    const headers = { authorization: `Bearer ${token}` };
    const request = new Request(`https://api.nuki.io/smartlock/${device?.id}/action`, {
      method: 'POST',
      headers,
      body: '{"action":3}',
    });
    assert.equal((await simulatedApi(home)(request)).status, 400);
  });

  it('names people, who have an address by default', async () => {
    const people = [{ name: 'Ben Berger' }, { name: 'Zoë', email: 'zoe@example.org', language: 'de' }, { name: '李' }];
    const users = await new FileHome({ devices: [], people }).list('/account/user');
    assert.deepEqual(
      users.map(({ name, email, language }) => [name, email, language]),
      [
        ['Ben Berger', 'ben.berger@example.com', 'en'],
        ['Zoë', 'zoe@example.org', 'de'],
        ['李', 'person.3@example.com', 'en'],
      ],
    );
  });

  it('lists a code, in the type that it has by itself, and the keypad beside it', async () => {
    const file = withAuthorization({ code: 445_566, lockCount: 7 });
    const { type, code, enabled, remoteAllowed, lockCount, creationDate, updateDate } =
      await file.authorization('Emil');
    assert.deepEqual([type, code, enabled, remoteAllowed, lockCount], [13, 445_566, true, false, 7]);
    assert.deepEqual([creationDate, updateDate], ['2026-08-25T12:00:00.000Z', '2026-08-25T12:00:00.000Z']);
    assert.deepEqual(
      (await file.list('/smartlock/auth')).map(({ name }) => name),
      ['Nuki Web', 'Keypad', 'Emil'],
    );
    const [device] = file.home.devices();
    assert.equal(file.home.people.typeCode(device?.id ?? 0, 445_566).kind, 'opens');
  });

  it('completes limits, as they count only together', async () => {
    const limitsOf = async (fields: object): Promise<unknown[]> => {
      const entry = await withAuthorization({ code: '445566', ...fields }).authorization('Emil');
      return ['allowedFromDate', 'allowedUntilDate', 'allowedWeekDays', 'allowedFromTime', 'allowedUntilTime'].map(
        (field) => entry[field],
      );
    };
    const created = '2026-11-13T12:00:00.000Z';
    assert.deepEqual(await limitsOf({}), [undefined, undefined, undefined, undefined, undefined]);
    assert.deepEqual(await limitsOf({ created: '-10d', days: 'Mon-Fri' }), [created, undefined, 124, 0, 0]);
    assert.deepEqual(await limitsOf({ from: '-3d', until: '+1d12h', days: 'Tue, Sat', hours: '08:00-17:30' }), [
      '2026-11-20T12:00:00.000Z',
      '2026-11-25T00:00:00.000Z',
      34,
      480,
      1050,
    ]);
    assert.deepEqual(await limitsOf({ from: 'now', until: '2026-12-24' }), [
      '2026-11-23T12:00:00.000Z',
      '2026-12-24T00:00:00.000Z',
      127,
      0,
      0,
    ]);
  });

  it('lists what has not reached the device, until a sync brings it there', async () => {
    const file = withAuthorization({ code: 445_566, confirmed: false });
    assert.equal((await file.authorization('Emil'))['updateDate'], null);
    const [device] = file.home.devices();
    assert.equal(file.home.people.typeCode(device?.id ?? 0, 445_566).kind, 'unknown');
    device?.sync({});
    await file.clock.advance(30_000);
    assert.match(String((await file.authorization('Emil'))['updateDate']), /^2026-11-23/);
  });

  it('gives an authorization to a person, also on several devices', async () => {
    const file = new FileHome({
      devices: [{ name: 'A' }, { name: 'B' }],
      people: [{ name: 'Ben' }],
      authorizations: [{ device: ['A', 'B'], person: 'Ben', enabled: false }],
    });
    const bens = (await file.list('/smartlock/auth')).filter(({ name }) => name === 'Ben');
    assert.deepEqual(
      bens.map(({ type, accountUserId, enabled }) => [type, accountUserId, enabled]),
      [
        [0, 1_000_101, false],
        [0, 1_000_101, false],
      ],
    );
    assert.equal(new Set((await file.list('/smartlock/auth')).map(({ id }) => id)).size, 4);
  });

  it('tells what happened, newest first and by its words', async () => {
    const file = new FileHome({
      devices: [frontDoor, { name: 'Intercom', type: 'opener' }],
      authorizations: [{ device: 'Front Door', name: 'Family', code: 445_566 }],
      log: [
        { device: 'Front Door', at: '-2h', action: 'unlock', trigger: 'keypad', name: 'Family', source: 'keypad code' },
        { device: 'Front Door', at: '-1h', action: 'lock', trigger: 'web', result: 'motor blocked' },
        { device: 'Intercom', at: '2026-11-23T10:30:00Z', action: 'doorbell rang' },
      ],
    });
    const log = await file.list('/smartlock/log');
    assert.deepEqual(
      log.map(({ date, action, trigger, state, name, source }) => [date, action, trigger, state, name, source]),
      [
        ['2026-11-23T11:00:00.000Z', 2, 4, 1, '', 0],
        ['2026-11-23T10:30:00.000Z', 224, 0, 0, '', 0],
        ['2026-11-23T10:00:00.000Z', 1, 255, 0, 'Family', 1],
      ],
    );
    assert.equal(log[2]?.['authId'], (await file.authorization('Family'))['id']);
  });

  it('lists what has access to the account, besides the tokens of the run', async () => {
    const file = new FileHome({
      devices: [frontDoor],
      integrations: [
        { name: 'API token', description: 'Script', scopes: ['account', 'smartlock.log'], lastActive: '-140d' },
        { name: 'Echo', vendor: 'ALEXA', legacy: true, created: '-2w' },
      ],
    });
    const all = await file.list('/account/integration');
    assert.deepEqual(
      all.slice(-2).map(({ name, description, vendorKey, version, scopes, createdAt, lastActiveAt }) => [
        [name, description, vendorKey, version, scopes],
        [createdAt, lastActiveAt],
      ]),
      [
        [
          ['API token', 'Script', 'API_TOKEN', 'HYDRA', ['account', 'smartlock.log']],
          ['2026-08-25T12:00:00.000Z', '2026-07-06T12:00:00.000Z'],
        ],
        [
          ['Echo', undefined, 'ALEXA', 'LEGACY', []],
          ['2026-11-09T12:00:00.000Z', undefined],
        ],
      ],
    );
  });

  it('may begin with a byte order mark', () => {
    assert.equal(new FileHome('\uFEFF{"devices":[]}').home.devices().length, 0);
  });
});

describe('A home file that is no home', () => {
  const device = { name: 'Front Door' };
  const code = { device: 'Front Door', name: 'Emil', code: 445_566 };
  const wrong: readonly (readonly [file: object | string | null, message: string | RegExp])[] = [
    ['{', /^Line 1: This isn't JSON: Expected property name or '}'\.$/],
    ['', /^This isn't JSON: /],
    ['{\n  "devices": [1,]\n}', /^This isn't JSON: Unexpected token [^\n]+\.$/],
    [
      '{\n  "devices": [\n    { "name": "Shed", }\n  ]\n}',
      /^Line 3: This isn't JSON: Expected double-quoted property name\.$/,
    ],
    ['5', 'Use an object, in { }.'],
    [null, 'Use an object, in { }.'],
    [{}, 'devices: This is missing.'],
    [{ devices: {} }, 'devices: Use a list, in [ ].'],
    [{ devices: [5] }, 'devices[0]: Use an object, in { }.'],
    [{ device: [] }, 'device: There is no such field. Did you mean "devices"?'],
    [{ devices: [{ naem: 'x' }] }, 'devices[0].naem: There is no such field. Did you mean "name"?'],
    [{ devices: [{ ...device, colour: 'red' }] }, 'devices[0].colour: There is no such field.'],
    [{ devices: [], account: { mail: 'x' } }, 'account.mail: There is no such field. Did you mean "email"?'],
    [{ devices: [{}] }, 'devices[0].name: This is missing.'],
    [{ devices: [{ name: 7 }] }, 'devices[0].name: Use text, in quotes.'],
    [{ devices: [{ name: '' }] }, 'devices[0].name: Use 1 to 32 characters.'],
    [{ devices: [{ ...device, online: 'no' }] }, 'devices[0].online: Use true or false.'],
    [{ devices: [{ ...device, type: 'smart lock 5' }] }, /^devices\[0\]\.type: "smart lock 5" isn't allowed here\./],
    [
      { devices: [{ ...device, type: 'smartlock5' }] },
      'devices[0].type: "smartlock5" isn\'t allowed here. Did you mean "smartLock5"?',
    ],
    [
      { devices: [{ ...device, type: 'door' }] },
      'devices[0].type: "door" isn\'t allowed here. Use one of: smartLock1, box, opener, smartDoor, smartLock3, smartLock5.',
    ],
    [{ devices: [{ ...device, type: 6 }] }, /^devices\[0\]\.type: 6 isn't allowed here\. Use one of: /],
    [
      { devices: [{ ...device, timeZone: 'Europe/Paris' }] },
      'devices[0].timeZone: "Europe/Paris" isn\'t allowed here. Use one of Nuki\'s 46 time zones, such as Europe/Berlin.',
    ],
    [{ devices: [{ ...device, hexId: '1A2B3C4' }] }, 'devices[0].hexId: Use 8 hex digits that are not all 0.'],
    [{ devices: [{ ...device, hexId: '00000000' }] }, 'devices[0].hexId: Use 8 hex digits that are not all 0.'],
    [{ devices: [{ ...device, firmware: '5.9' }] }, 'devices[0].firmware: Use a version such as 5.9.4.'],
    [{ devices: [{ ...device, firmware: '5.9.256' }] }, 'devices[0].firmware: Use a version such as 5.9.4.'],
    [{ devices: [{ ...device, battery: 101 }] }, 'devices[0].battery: Use 0 to 100.'],
    [{ devices: [{ ...device, battery: '84' }] }, 'devices[0].battery: Use a number.'],
    [{ devices: [{ ...device, state: 'locking' }] }, /^devices\[0\]\.state: "locking" isn't allowed here\./],
    [
      { devices: [{ name: 'Bell', type: 'opener', state: 'locked' }] },
      'devices[0].state: Bell has no state "locked". It has: untrained, online, ring to open active, open, boot run, undefined.',
    ],
    [{ devices: [device, device] }, 'devices[1].name: This is the same as devices[0].name.'],
    [
      {
        devices: [
          { ...device, hexId: 'ABCDEF12' },
          { name: 'B', hexId: 'abcdef12' },
        ],
      },
      'devices[1].hexId: This is the same as devices[0].hexId.',
    ],
    [
      { devices: [], people: [{ name: 'Ben' }, { name: 'Ben' }] },
      'people[1].name: This is the same as people[0].name.',
    ],
    [{ devices: [], people: [{ name: 'Ben', email: 'ben' }] }, 'people[0].email: Use an email address.'],
    [
      { devices: [device], authorizations: [{ ...code, device: 'Front Dor' }] },
      'authorizations[0].device: There is no device "Front Dor". Did you mean "Front Door"?',
    ],
    [
      { devices: [device], authorizations: [{ ...code, device: [] }] },
      'authorizations[0].device: Name at least one device.',
    ],
    [
      { devices: [device], authorizations: [{ ...code, device: 1 }] },
      'authorizations[0].device: Use the name of a device, or a list of names.',
    ],
    [{ devices: [device], authorizations: [code] }, 'authorizations[0].device: Front Door has no keypad.'],
    [
      { devices: [frontDoor], authorizations: [{ ...code, code: 123_456 }] },
      "authorizations[0].code: Use 6 digits from 1 to 9. The code can't start with 12.",
    ],
    [
      { devices: [frontDoor], authorizations: [{ ...code, code: true }] },
      "authorizations[0].code: Use 6 digits from 1 to 9. The code can't start with 12.",
    ],
    [
      { devices: [frontDoor], authorizations: [{ ...code, type: 'app' }] },
      'authorizations[0].code: Only a keypadCode has a code.',
    ],
    [
      { devices: [frontDoor], authorizations: [{ device: 'Front Door', name: 'x', type: 13 }] },
      'authorizations[0].code: This is missing.',
    ],
    [
      { devices: [frontDoor], authorizations: [{ ...code, name: 'Housekeeping Cleaning' }] },
      'authorizations[0].name: The name of a keypad code has at most 20 bytes.',
    ],
    [
      { devices: [frontDoor], authorizations: [code, { ...code, code: '445566' }] },
      'authorizations[1].code: Front Door has this code already.',
    ],
    [
      { devices: [frontDoor], authorizations: [{ device: 'Front Door' }] },
      'authorizations[0].name: This is missing; only what has a person needs no name.',
    ],
    [
      { devices: [frontDoor], people: [{ name: 'Benno' }], authorizations: [{ device: 'Front Door', person: 'Beno' }] },
      'authorizations[0].person: There is no person "Beno". Did you mean "Benno"?',
    ],
    [
      {
        devices: [device],
        people: [{ name: 'Ben' }],
        authorizations: [
          { device: 'Front Door', person: 'Ben' },
          { device: ['Front Door'], person: 'Ben' },
        ],
      },
      'authorizations[1].person: Ben has an app authorization on Front Door already.',
    ],
    ...['yesterday', '-3', '3d', '2026-13-01', '2026-12-24T18:00', '-99999w', ''].map(
      (from) =>
        [
          { devices: [frontDoor], authorizations: [{ ...code, from }] },
          'authorizations[0].from: Use a date such as 2026-12-24, 2026-12-24T18:00:00Z, now, -3d or +1d12h (s, m, h, d, w).',
        ] as const,
    ),
    ...['22:00-06:00', '8-17', '08:00-24:00', '08:00-08:00'].map(
      (hours) =>
        [
          { devices: [frontDoor], authorizations: [{ ...code, hours }] },
          'authorizations[0].hours: Use hours within one day, such as 08:00-17:30.',
        ] as const,
    ),
    ...['never', '0', ''].map(
      (days) =>
        [
          { devices: [frontDoor], authorizations: [{ ...code, days }] },
          'authorizations[0].days: Use days such as Mon-Fri or Tue, Sat.',
        ] as const,
    ),
    [
      { devices: [device], log: [{ device: 'Back Door', at: 'now', action: 'lock' }] },
      'log[0].device: There is no device "Back Door".',
    ],
    [
      { devices: [{ name: 'Bell', type: 'opener' }], log: [{ device: 'Bell', at: 'now', action: 'lock' }] },
      /^log\[0\]\.action: The log of Bell has no "lock"\. It has: activate ring to open, /,
    ],
  ];

  for (const [file, message] of wrong) {
    const text = typeof file === 'string' ? file : JSON.stringify(file);
    it(`is told in a sentence: ${text}`, () => {
      assert.throws(
        () => readHomeFile(text),
        (error) => {
          assert.ok(error instanceof HomeFileError);
          if (typeof message === 'string') assert.equal(error.message, message);
          else assert.match(error.message, message);
          return !error.message.includes('\n');
        },
      );
    });
  }

  it('is the only alternative to a home, whatever the JSON is', () => {
    let homes = 0;
    const read = (text: string): void => {
      try {
        const options = readHomeFile(text)(new FakeClock(), 1);
        homes += new SimulatedHome(options).devices().length;
      } catch (error) {
        assert.ok(error instanceof HomeFileError, String(error));
        assert.match(error.message, /^[^\n]+[.:].*$/);
      }
    };
    fc.assert(fc.property(fc.json(), read), { numRuns: 300 });
    fc.assert(fc.property(fc.string(), read), { numRuns: 300 });
    fc.assert(
      fc.property(nearlyHome, (file) => read(JSON.stringify(file))),
      { numRuns: 500 },
    );
  });
});

/** Files with the right fields and any values, right ones and wrong ones. */
const nearlyHome = (() => {
  const anything = fc.oneof(
    fc.constantFrom(
      'Front Door',
      'Ben',
      'now',
      '-3d',
      '+99999d',
      'Mon',
      '08:00-09:00',
      'locked',
      'unlock',
      'keypadCode',
      'Keypad',
      '5.9.4',
    ),
    fc.constantFrom(0, 1, 3, 13, 445_566, 84, -1, 1e300),
    fc.boolean(),
    fc.jsonValue({ maxDepth: 1 }),
  );
  const objectOf = (name: string, always: Record<string, unknown>): fc.Arbitrary<object> =>
    fc
      .dictionary(fc.constantFrom(...Object.keys(fileObjects[name]?.entries ?? {})), anything, { maxKeys: 4 })
      .map((fields) => ({ ...always, ...fields }));
  return fc.record(
    {
      devices: fc.array(objectOf('devices', { name: 'Front Door', keypad: 'Keypad' }), { maxLength: 2 }),
      people: fc.array(objectOf('people', { name: 'Ben' }), { maxLength: 2 }),
      authorizations: fc.array(objectOf('authorizations', { device: 'Front Door', name: 'Emil' }), { maxLength: 2 }),
      log: fc.array(objectOf('log', { device: 'Front Door', at: 'now', action: 'lock' }), { maxLength: 2 }),
      account: objectOf('account', {}),
    },
    { requiredKeys: ['devices'] },
  );
})();

describe('The JSON Schema of home files', () => {
  it('is what is published; npm run renew:homeSchema makes it so', () => {
    assert.deepEqual(JSON.parse(readFileSync(schemaPath, 'utf8')), JSON.parse(JSON.stringify(homeJsonSchema())));
  });

  it('gives the page about home files its tables, with each field and what it is', () => {
    const page = readFileSync(pagePath, 'utf8');
    assert.equal(page, withTables(page));
    const fields = Object.values(fileObjects).flatMap(({ entries }) => Object.keys(entries));
    for (const field of fields) assert.match(page, new RegExp(`^\\| \`${field}\` \\| .+ \\| .+ \\|$`, 'm'));
  });
});

describe('docs/home-file.md', () => {
  it('shows files that are homes', () => {
    const examples = [...readFileSync(pagePath, 'utf8').matchAll(/```json\n([^]*?)```/g)].map(([, text = '']) => text);
    assert.equal(examples.length, 2);
    for (const example of examples) assert.ok(new FileHome(example).home.devices().length > 0);
  });
});

describe('docs/demo.nuki-home.json', () => {
  it('is the demo home as a file', async () => {
    const file = new FileHome(readFileSync('docs/demo.nuki-home.json', 'utf8'));
    const demo = demoHomeOptions(file.clock, 1);
    const shownOf = ({
      listed: { smartlockId, name, type, firmwareVersion, serverState, favorite, state, config },
    }: (typeof demo.devices)[number]): unknown => [
      [
        smartlockId,
        name,
        type,
        firmwareVersion,
        serverState,
        favorite,
        state.state,
        state.doorState,
        state.batteryCharge,
        state.batteryCritical,
      ],
      [state.nightMode, config.timezoneId, config.keypadPaired, config.keypad2Paired],
    ];
    const read = readHomeFile(readFileSync('docs/demo.nuki-home.json', 'utf8'))(file.clock, 1);
    assert.deepEqual(read.devices.map(shownOf), demo.devices.map(shownOf));
    assert.deepEqual(
      read.devices.map(({ unlatches }) => unlatches),
      demo.devices.map(({ unlatches }) => unlatches),
    );
    assert.deepEqual(
      read.users?.map(({ name, email, language }) => [name, email, language]),
      demo.users?.map(({ name, email, language }) => [name, email, language]),
    );
    const isOfPeople = ({ type }: { type: number }): boolean => type !== 1 && type !== 3;
    for (const [index, { authorizations = [], log = [] }] of demo.devices.entries()) {
      const other = read.devices[index];
      const inShort = (all: typeof authorizations): unknown =>
        all
          .filter(isOfPeople)
          .map(
            ({
              name,
              type,
              code,
              enabled,
              accountUserId,
              allowedWeekDays,
              allowedFromTime,
              allowedUntilTime,
              updateDate,
            }) => [
              name,
              type,
              code,
              enabled,
              accountUserId,
              allowedWeekDays,
              allowedFromTime,
              allowedUntilTime,
              updateDate === null,
            ],
          );
      assert.deepEqual(inShort(other?.authorizations ?? []), inShort(authorizations));
      const count = other?.log?.length ?? 0;
      const entriesOf = (all: typeof log): unknown =>
        all
          .slice(0, count)
          .map(({ name, action, trigger, state, source, autoUnlock }) => [
            name,
            action,
            trigger,
            state,
            source,
            autoUnlock,
          ]);
      assert.ok(count > 0);
      assert.deepEqual(entriesOf(other?.log ?? []), entriesOf(log));
    }
    const holders = ({ integrations }: typeof demo): unknown =>
      integrations?.map(({ name, description, vendorKey, version, scopes, createdAt, lastActiveAt, device }) => [
        [name, description, vendorKey, version, scopes],
        [createdAt, lastActiveAt, device],
      ]);
    assert.deepEqual(holders(read), holders(demo));
  });
});

describe('A large home file', () => {
  it('is read in seconds, and its last line is checked against its first', function () {
    this.timeout(10_000);
    const names = Array.from({ length: 200 }, (_, index) => `Door ${index}`);
    const devices = names.map((name) => ({ name, type: 'smartLock5', keypad: 'Keypad 2' }));
    const code = (place: number): string =>
      place
        .toString(8)
        .padStart(6, '0')
        .replaceAll(/\d/g, (digit) => String(Number(digit) + 1));
    const authorizations = names.flatMap((device) =>
      Array.from({ length: 200 }, (_, index) => ({
        device,
        type: 'keypadCode',
        name: 'Guest',
        code: code(index + 8 ** 3),
      })),
    );
    readHomeFile(JSON.stringify({ devices, authorizations }));
    assert.throws(
      () => readHomeFile(JSON.stringify({ devices, authorizations: [...authorizations, authorizations[0]] })),
      new HomeFileError('authorizations[40000].code: Door 0 has this code already.'),
    );
  });
});
