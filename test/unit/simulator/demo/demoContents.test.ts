// What a user who tries the demo home finds in it, as the Web API tells it.
import assert from 'node:assert/strict';
import * as v from 'valibot';
import {
  cellar,
  frontDoor,
  garage,
  guestHouse,
  intercom,
  parcelBox,
  terrace,
} from '../../../../src/simulator/demo/demoDevices.ts';
import { demoHomeOptions } from '../../../../src/simulator/demo/demo.ts';
import { admits } from '../../../../src/simulator/devices/keypad.ts';
import type { AccountUserJson, AuthorizationJson, LogJson, SmartlockJson } from '../../../../src/simulator/wire.ts';
import { FakeClock } from '../../fakeClock.ts';
import { TestSimulator } from '../testSimulator.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const simulator = new TestSimulator();
const now = simulator.clock.now();

async function listed<T>(path: string): Promise<readonly T[]> {
  return v.parse(v.array(v.custom<T>((one) => typeof one === 'object')), await simulator.json(path));
}

async function device(id: number): Promise<SmartlockJson> {
  const found = (await listed<SmartlockJson>('/smartlock')).find(({ smartlockId }) => smartlockId === id);
  assert.ok(found);
  return found;
}

const ago = (date: string | undefined): number => now - Date.parse(date ?? '');
const object = v.record(v.string(), v.unknown());
const configOf = async (id: number): Promise<Record<string, unknown>> => v.parse(object, (await device(id)).config);

describe('The devices of the demo home', () => {
  for (const [id, name, heardOf, state, door] of [
    [frontDoor, 'Front Door', 42 * minute, 1, 2],
    [garage, 'Garage', 3 * hour, 3, 0],
    [cellar, 'Cellar', 4 * day, 3, 0],
    [intercom, 'Intercom', 2 * minute, 3, 0],
    [parcelBox, 'Parcel Box', 26 * hour, 1, 0],
    [terrace, 'Terrace', 7 * hour, 3, 3],
    [guestHouse, 'Guest House', 9 * hour, 1, 2],
  ] as const) {
    it(`have the ${name} with its state, its door and when it was heard of`, async () => {
      const found = await device(id);
      assert.equal(found.name, name);
      assert.deepEqual([found.state.state, found.state.doorState], [state, door]);
      assert.equal(ago(found.updateDate), heardOf);
      assert.equal(ago(found.creationDate), 400 * day);
    });
  }

  it('have the settings that their types have, and no others', async () => {
    const settings = async (id: number): Promise<readonly string[]> => {
      const { advancedConfig, openerAdvancedConfig, smartdoorAdvancedConfig } = await device(id);
      const advanced = { advancedConfig, openerAdvancedConfig, smartdoorAdvancedConfig };
      const { operatingMode, matterState, wifiEnabled } = await configOf(id);
      const all = { ...advanced, operatingMode, matterState, wifiEnabled };
      return Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [name]));
    };
    assert.deepEqual(await settings(cellar), ['advancedConfig']);
    assert.deepEqual(await settings(parcelBox), ['advancedConfig']);
    assert.deepEqual(await settings(intercom), ['openerAdvancedConfig', 'operatingMode']);
    assert.deepEqual(await settings(terrace), ['smartdoorAdvancedConfig']);
    for (const id of [garage, guestHouse, frontDoor]) {
      assert.deepEqual(await settings(id), ['advancedConfig', 'matterState', 'wifiEnabled']);
    }
  });

  it('lock by themselves, each type after its time, but for the opener, which rings', async () => {
    const lock = v.parse(object, (await device(frontDoor)).advancedConfig);
    assert.deepEqual([lock['autoLock'], lock['autoLockTimeout'], lock['lngTimeout']], [true, 600, 20]);
    const smartDoor = v.parse(object, (await device(terrace)).smartdoorAdvancedConfig);
    assert.deepEqual([smartDoor['autoLock'], smartDoor['autoLockTimeout']], [true, 300]);
    const opener = v.parse(object, (await device(intercom)).openerAdvancedConfig);
    assert.deepEqual([opener['rtoTimeout'], opener['disableRtoAfterRing']], [20, false]);
  });

  it('have the buttons and fobs that their types have', async () => {
    const { fobAction1, capabilities } = await configOf(intercom);
    assert.deepEqual([fobAction1, capabilities], [7, 1]);
    const ofDoor = await configOf(frontDoor);
    assert.deepEqual([ofDoor['fobAction1'], ofDoor['capabilities']], [4, 0]);
    assert.deepEqual([(await device(terrace)).lmType, (await device(frontDoor)).lmType], [1, 0]);
  });

  it('have keypads where there are codes, and fobs where there are fobs', async () => {
    const paired = async (id: number): Promise<readonly unknown[]> => {
      const { keypadPaired, keypad2Paired, fobPaired } = await configOf(id);
      return [keypadPaired, keypad2Paired, fobPaired];
    };
    assert.deepEqual(await paired(frontDoor), [false, true, true]);
    assert.deepEqual(await paired(terrace), [true, false, false]);
    assert.deepEqual(await paired(guestHouse), [true, false, false]);
    assert.deepEqual(await paired(cellar), [false, false, true]);
    assert.deepEqual(await paired(garage), [false, false, false]);
  });

  it('have one favorite, one battery that is low, one that is offline and one in night mode', async () => {
    const all = await listed<SmartlockJson>('/smartlock');
    const names = (is: (one: SmartlockJson) => boolean): readonly string[] => all.filter(is).map(({ name }) => name);
    assert.deepEqual(
      names(({ favorite }) => favorite),
      ['Front Door'],
    );
    assert.deepEqual(
      names(({ state }) => state.batteryCritical),
      ['Garage'],
    );
    assert.deepEqual(
      names(({ state }) => state.keypadBatteryCritical === true),
      ['Terrace'],
    );
    assert.deepEqual(
      names(({ serverState }) => serverState !== 0),
      ['Cellar'],
    );
    assert.deepEqual(
      names(({ state }) => state.nightMode),
      ['Guest House'],
    );
    assert.deepEqual(
      names(({ state }) => state.batteryCharging === true || state.doorsensorBatteryCritical === true),
      [],
    );
  });
});

describe('The people of the demo home', () => {
  it('are four, with an address and a language each', async () => {
    const people = await listed<AccountUserJson>('/account/user');
    assert.deepEqual(
      people.map(({ accountUserId, name, email, language }) => [accountUserId, name, email, language]),
      [
        [1_000_101, 'Anna Berger', 'anna.berger@example.com', 'en'],
        [1_000_102, 'Ben Berger', 'ben.berger@example.com', 'en'],
        [1_000_103, 'Clara Novak', 'clara.novak@example.com', 'en'],
        [1_000_104, 'Dora Lind', 'dora.lind@example.com', 'de'],
      ],
    );
    assert.deepEqual(
      people.map(({ creationDate }) => ago(creationDate) / day),
      [400, 399, 398, 397],
    );
  });
});

describe('The authorizations of the demo home', () => {
  const of = async (id: number, name: string): Promise<AuthorizationJson | undefined> =>
    (await listed<AuthorizationJson>(`/smartlock/${id}/auth`)).find((one) => one.name === name);
  const names = async (id: number): Promise<readonly string[]> =>
    (await listed<AuthorizationJson>(`/smartlock/${id}/auth`)).map(({ name, type }) => `${type} ${name}`).toSorted();

  it('are of people, bridges, fobs, keypads and codes', async () => {
    assert.deepEqual(await names(garage), ['0 Anna Berger', '0 Ben Berger', '1 Nuki Web']);
    assert.deepEqual(await names(cellar), ['0 Anna Berger', '1 Bridge', "2 Ben's Fob", '2 Cellar Fob']);
    assert.deepEqual(await names(intercom), ['0 Anna Berger', '0 Ben Berger', '1 Bridge']);
    assert.deepEqual(await names(parcelBox), ['0 Anna Berger', '0 Ben Berger']);
    assert.deepEqual(await names(terrace), [
      '0 Anna Berger',
      '13 Ben',
      '13 Family',
      '13 Gardener',
      '13 Painter',
      '3 Keypad',
    ]);
    assert.deepEqual(await names(guestHouse), [
      '0 Anna Berger',
      '0 Dora Lind',
      '13 Guest Gerda',
      '13 Guest Hanna',
      '13 Guest Ida',
      '13 Housekeeping Cleanin',
      '3 Keypad',
    ]);
    assert.deepEqual(await names(frontDoor), [
      '0 Anna Berger',
      '0 Ben Berger',
      '0 Clara Novak',
      '0 Dora Lind',
      '1 Nuki Web',
      '13 Family',
      '13 Guest Emil',
      '13 Guest Fritz',
      '13 Housekeeping Cleanin',
      '13 Plumber',
      '14 Z-Key',
      '15 Voice Assistant',
      "2 Ben's Fob",
      '3 Keypad 2',
    ]);
  });

  const midnight = now - (now % day);
  for (const [id, name, from, until] of [
    [frontDoor, 'Guest Emil', -30, -23],
    [frontDoor, 'Guest Fritz', 5, 12],
    [parcelBox, 'Ben Berger', -90, 275],
    [guestHouse, 'Dora Lind', 2, 9],
    [guestHouse, 'Guest Gerda', -2, 3],
    [guestHouse, 'Guest Hanna', -9, -2],
    [guestHouse, 'Guest Ida', 1, 6],
    [terrace, 'Painter', -6, 1],
  ] as const) {
    it(`let ${name} in from 14:00 of one day until 10:00 of another`, async () => {
      const guest = await of(id, name);
      assert.equal(Date.parse(guest?.allowedFromDate ?? ''), midnight + from * day + 14 * hour);
      assert.equal(Date.parse(guest?.allowedUntilDate ?? ''), midnight + until * day + 10 * hour);
    });
  }

  it('let some in on some weekdays and hours alone', async () => {
    const limits = async (name: string, id = frontDoor): Promise<readonly unknown[]> => {
      const found = await of(id, name);
      return [found?.allowedWeekDays, found?.allowedFromTime, found?.allowedUntilTime];
    };
    assert.deepEqual(await limits('Clara Novak'), [124, 480, 720]);
    assert.deepEqual(await limits('Housekeeping Cleanin'), [36, 540, 780]);
    assert.deepEqual(await limits('Guest Fritz'), [127, 0, 0]);
    assert.deepEqual(await limits('Housekeeping Cleanin', guestHouse), [36, 540, 780]);
    assert.deepEqual(await limits('Gardener', terrace), [18, 840, 1080]);
    assert.deepEqual(await limits('Painter', terrace), [126, 420, 1080]);
    assert.deepEqual(await limits('Family'), [undefined, undefined, undefined]);
  });

  it('disable two, and let no keypad and no code open from afar', async () => {
    const all = await listed<AuthorizationJson>(`/smartlock/${frontDoor}/auth`);
    const without = (is: (one: AuthorizationJson) => boolean): readonly string[] =>
      all
        .filter((one) => !is(one))
        .map(({ name }) => name)
        .toSorted();
    assert.deepEqual(
      without(({ enabled }) => enabled),
      ['Dora Lind', 'Plumber'],
    );
    const local = ['Family', 'Guest Emil', 'Guest Fritz', 'Housekeeping Cleanin', 'Keypad 2', 'Plumber'];
    assert.deepEqual(
      without(({ remoteAllowed }) => remoteAllowed),
      local,
    );
  });

  it('say when they were last used, where they ever were', async () => {
    assert.equal(ago((await of(frontDoor, 'Anna Berger'))?.lastActiveDate), 26 * hour);
    assert.equal((await of(frontDoor, 'Guest Fritz'))?.lastActiveDate, undefined);
    assert.equal((await of(frontDoor, 'Guest Fritz'))?.lockCount, 0);
  });
});

describe('The activity of the demo home', () => {
  const told = async (id: number, limit = 50): Promise<readonly (readonly unknown[])[]> =>
    (await listed<LogJson>(`/smartlock/${id}/log?limit=${limit}`)).map((one) => [
      ago(one.date) / minute,
      one.action,
      one.trigger,
      one.name,
      one.source,
      one.state,
    ]);

  it('is that of an ordinary day at the front door, with an attempt that failed', async () => {
    assert.deepEqual(await told(frontDoor, 10), [
      [42, 2, 6, '', 0, 0],
      [51, 241, 0, '', 0, 0],
      [52, 240, 0, '', 0, 0],
      [52.5, 3, 255, 'Family', 1, 0],
      [402, 2, 5, 'Ben Berger', 0, 0],
      [408, 1, 1, '', 0, 0],
      [702, 4, 2, '', 0, 0],
      [714, 3, 255, 'Anna Berger', 2, 0],
      [780, 3, 253, '', 1, 224],
      [1_200, 2, 4, 'Anna Berger', 0, 1],
    ]);
  });

  it('is of its own kind at each other device', async () => {
    assert.deepEqual(await told(garage, 3), [
      [180, 1, 1, '', 0, 0],
      [900, 2, 4, 'Anna Berger', 0, 5],
      [2_880, 1, 5, 'Ben Berger', 0, 0],
    ]);
    assert.deepEqual(await told(cellar), [
      [5_760, 1, 1, '', 0, 0],
      [7_200, 2, 7, 'Cellar Fob', 0, 0],
      [15_840, 1, 7, "Ben's Fob", 0, 0],
    ]);
    assert.deepEqual(await told(parcelBox, 1), [[1_560, 1, 5, 'Anna Berger', 0, 0]]);
    assert.deepEqual(await told(guestHouse, 8), [
      [540, 2, 3, '', 0, 0],
      ...[10, 14, 21, 27, 30, 33].map((hours) => [hours * 60, 1, 255, 'Guest Gerda', 1, 0]),
      [2_160, 1, 255, 'Guest Hanna', 1, 9],
    ]);
  });

  it('says at the intercom who rang and what was opened', async () => {
    const entries = await listed<LogJson & { openerLog?: { source?: number; activeRto?: boolean } }>(
      `/smartlock/${intercom}/log`,
    );
    assert.deepEqual(
      entries.map(({ action, name, openerLog }) => [action, name, openerLog?.source, openerLog?.activeRto]),
      [
        [1, 'Anna Berger', 2, false],
        [224, '', 0, false],
        [224, '', 0, false],
        [3, 'Ben Berger', 2, false],
        [224, '', 0, true],
        [1, 'Anna Berger', 2, false],
        [224, '', 0, false],
      ],
    );
  });

  it('names the type of each device, the parcel box as the log does', async () => {
    const typeIn = async (id: number): Promise<unknown> =>
      (await listed<LogJson>(`/smartlock/${id}/log?limit=1`))[0]?.deviceType;
    assert.deepEqual([await typeIn(frontDoor), await typeIn(parcelBox), await typeIn(terrace)], [5, 0, 3]);
  });
});

describe('The story of the demo home, whenever it begins', () => {
  const hourly = Array.from({ length: 24 * 8 }, (_, hours) => Date.UTC(2026, 2, 24) + hours * hour);
  const starts = [
    ...hourly, // summer time begins within them
    ...[1_000, minute, day - 1_000].map((after) => Date.UTC(2026, 9, 25) + after), // it ends
  ];
  const homes = starts.map((start) => ({ start, home: demoHomeOptions(new FakeClock(start), 1) }));

  it('lets codes in when they open, and refuses them when they do not', () => {
    let codes = 0;
    for (const { home } of homes) {
      for (const { listed: lock, authorizations = [], log = [] } of home.devices) {
        for (const { name, trigger, state, date, authId } of log.filter((entry) => entry.authId !== undefined)) {
          const entry = authorizations.find(({ id }) => id === authId) ?? assert.fail();
          const isOpen = admits(entry, Date.parse(date), lock.config.timezoneId);
          if (trigger === 255 && entry.type === 13) codes += 1;
          if (state === 9) assert.equal(isOpen && entry.enabled, false, `${name} at ${date}`);
          else if (name !== 'Plumber') assert.ok(isOpen, `${name} at ${date}`);
        }
      }
    }
    assert.ok(codes > 30 * homes.length);
  });

  it('has no two entries with the same id, and greater ones for later entries', () => {
    for (const { home } of homes) {
      for (const { log = [] } of home.devices) {
        for (const [index, { id, date }] of log.entries()) {
          assert.match(id, /^[0-9a-f]{24}$/);
          const older = log[index + 1];
          if (older !== undefined) assert.ok(older.id < id && older.date <= date, `${older.id} ${id}`);
        }
      }
    }
  });

  it('has an entry of today or of yesterday, weeks of the past, several people, and what was refused', () => {
    for (const { start, home } of homes) {
      const log = home.devices.flatMap((one) => one.log ?? []);
      const ages = log.map(({ date }) => start - Date.parse(date));
      assert.ok(Math.min(...ages) > 0 && Math.min(...ages) < day);
      assert.ok(Math.max(...ages) > 21 * day);
      assert.ok(new Set(log.flatMap(({ accountUserId }) => accountUserId ?? [])).size >= 4);
      for (const state of [9, 224, 225]) assert.ok(log.some((entry) => entry.state === state));
    }
  });

  it('knows the first use of a code: it was made before, and not used between', () => {
    for (const { home } of homes) {
      const { authorizations = [], log = [] } = home.devices.find((one) => one.listed.smartlockId === guestHouse) ?? {};
      const gerda = authorizations.find(({ name }) => name === 'Guest Gerda') ?? assert.fail();
      const uses = log.filter(({ authId }) => authId === gerda.id);
      assert.equal(uses.length, gerda.lockCount);
      assert.ok(uses.every(({ date }) => date > gerda.creationDate));
    }
  });

  it('has names on several doors, and a person with an app, a fob and a code', () => {
    const [first] = homes;
    const all = first?.home.devices.flatMap((one) => one.authorizations ?? []) ?? [];
    const doorsOf = (is: (one: AuthorizationJson) => boolean): number =>
      new Set(all.filter(is).map(({ smartlockId }) => smartlockId)).size;
    for (const name of ['Family', 'Housekeeping Cleanin', "Ben's Fob"])
      assert.equal(
        doorsOf((one) => one.name === name),
        2,
        name,
      );
    const ofBen = all.filter(({ accountUserId }) => accountUserId === 1_000_102);
    assert.deepEqual(
      [...new Set(ofBen.map(({ type }) => type))].toSorted((one, other) => one - other),
      [0, 2, 13],
    );
  });
});
