import assert from 'node:assert/strict';
import * as v from 'valibot';
import { served } from '../../../src/simulator/conditions.ts';
import { demoHomeOptions } from '../../../src/simulator/demo/demo.ts';
import { cellar, frontDoor, garage, guestHouse, terrace } from '../../../src/simulator/demo/demoDevices.ts';
import { setFault, type FaultName } from '../../../src/simulator/faults/namedFaults.ts';
import type { HomeOptions } from '../../../src/simulator/home.ts';
import { behaviours, type BehaviourId } from '../../../src/simulator/behaviours.ts';
import { Simulation } from '../../../src/simulator/simulation.ts';
import { apiKeyId } from '../../../src/simulator/webhooks/webhooks.ts';
import type { AuthorizationJson } from '../../../src/simulator/wire.ts';
import { FakeClock } from '../fakeClock.ts';
import { TestSimulator, unknownToken } from './testSimulator.ts';
import { FakeReceiver, receiverSecret, signatureByNode, until } from './webhooks/fakeReceiver.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

const authorizationSchema = v.looseObject({
  id: v.string(),
  name: v.string(),
  enabled: v.boolean(),
  code: v.optional(v.number()),
  updateDate: v.nullish(v.string()),
});
type Listed = v.InferOutput<typeof authorizationSchema>;

const limitNames = ['allowedFromDate', 'allowedUntilDate', 'allowedWeekDays', 'allowedFromTime', 'allowedUntilTime'];
const bakersCode = 333_444;
const baker = { name: 'Baker', type: 13, code: bakersCode, remoteAllowed: false };

/** A client of a simulated home under the conditions in which a server shows it. */
class Client extends TestSimulator {
  constructor(changes: Partial<HomeOptions> = {}) {
    super({ conditions: served, ...changes });
  }

  static meeting(name: FaultName): Client {
    const client = new Client();
    setFault(client.home, name);
    return client;
  }

  get now(): number {
    return this.clock.now();
  }

  /** `ms` from now, as the API writes it. */
  date(ms: number): string {
    return new Date(this.now + ms).toISOString();
  }

  /** Lets time pass until `holds`. @returns the ms that have passed */
  async until(holds: () => Promise<boolean>): Promise<number> {
    const began = this.now;
    while (!(await holds())) {
      assert.ok(this.now - began < 10 * minute, 'it has not come true within ten minutes');
      await this.clock.advance(250);
    }
    return this.now - began;
  }

  /** Lets everything under way end, each copy of the cloud hear of it, and each webhook arrive. */
  async settle(): Promise<void> {
    await this.clock.advance(minute);
    this.home.devices();
    await until(() => this.home.webhooks.deliveries.all.every(({ receipt }) => receipt !== undefined));
  }

  async listed(smartlockId: number): Promise<readonly Listed[]> {
    return v.parse(v.array(authorizationSchema), await this.json(`/smartlock/${smartlockId}/auth`));
  }

  async named(smartlockId: number, name: string): Promise<Listed | undefined> {
    return (await this.listed(smartlockId)).find((entry) => entry.name === name);
  }

  /** Creates the baker's code on the front door, with `limits`, and waits until it is on the keypad. */
  async createBaker(limits: object = {}, smartlockId = frontDoor): Promise<Listed> {
    assert.equal(await this.status('PUT', `/smartlock/${smartlockId}/auth`, { ...baker, ...limits }), 204);
    await this.settle();
    return (await this.named(smartlockId, 'Baker')) ?? assert.fail('the code is not listed');
  }

  /** Whether the log calls it opened when someone types the code. */
  async opens(code: number, smartlockId = frontDoor): Promise<boolean> {
    const { id = '' } = (await this.log(smartlockId))[0] ?? {};
    this.home.people.typeCode(smartlockId, code);
    await this.settle();
    const entry = (await this.log(smartlockId)).find((candidate) => candidate.id > id && candidate.trigger === 255);
    return (entry ?? assert.fail('the log has no entry')).state === 0;
  }

  /** The states that the API shows in `ms`, one read after another. */
  async shown(smartlockId: number, ms: number): Promise<readonly (number | undefined)[]> {
    const states: (number | undefined)[] = [];
    for (const began = this.now; this.now - began < ms; await this.clock.advance(250)) {
      states.push((await this.device(smartlockId)).state?.state);
    }
    return states;
  }
}

const action = `/smartlock/${frontDoor}/action`;
const auth = `/smartlock/${frontDoor}/auth`;

/** Limits that are complete, around now. */
function complete(client: Client): Readonly<Record<string, unknown>> {
  return {
    allowedFromDate: client.date(-hour),
    allowedUntilDate: client.date(24 * hour),
    allowedWeekDays: 127,
    allowedFromTime: 0,
    allowedUntilTime: 0,
  };
}

/** A client, and who gets its webhooks. */
function withReceiver(): { readonly receiver: FakeReceiver; readonly client: Client } {
  const receiver = new FakeReceiver();
  return { receiver, client: new Client({ webhooks: receiver.central }) };
}

/** What shows each behaviour: as a client sees it, through the API. */
const shows: Readonly<Record<BehaviourId, () => Promise<void>>> = {
  queued: async () => {
    const client = new Client();
    assert.equal(await client.act(frontDoor, 1), 204);
    assert.equal((await client.device(frontDoor)).state?.state, 1);
    await client.settle();
    assert.equal((await client.device(frontDoor)).state?.state, 3);
  },
  'no-id-on-creation': async () => {
    const client = new Client();
    const answer = await client.send('PUT', auth, baker);
    assert.equal(answer.status, 204);
    assert.equal(await answer.text(), '');
    await client.settle();
    const found = (await client.listed(frontDoor)).filter(({ code }) => code === bakersCode);
    assert.equal(found.length, 1);
  },
  'cloud-copy': async () => {
    const client = new Client();
    client.home.turnByHand(frontDoor, 3);
    assert.equal((await client.device(frontDoor)).state?.state, 1);
    await client.settle();
    assert.equal((await client.device(frontDoor)).state?.state, 3);
  },
  'lagging-copies': async () => {
    const client = new Client();
    client.home.turnByHand(frontDoor, 3);
    const states = await client.shown(frontDoor, 12 * second);
    assert.ok(states.some((state, index) => state === 1 && states[index - 1] === 3));
    assert.ok((await client.shown(frontDoor, 20 * second)).every((state) => state === 3));
  },
  'operation-id': async () => {
    const client = new Client();
    await client.act(frontDoor, 1);
    await client.until(() => client.isBusy(frontDoor));
    await client.settle();
    assert.equal(await client.isBusy(frontDoor), false);
  },
  busy: async () => {
    const client = new Client();
    assert.equal(await client.act(frontDoor, 1), 204);
    const refused = await client.send('POST', action, { action: 2 });
    assert.equal(refused.status, 423);
    assert.deepEqual(await refused.json(), { stackTrace: [], suppressedExceptions: [] });
  },
  'quick-updates': async () => {
    const client = new Client();
    const path = await client.pathOf(frontDoor, 'Family');
    const statuses: number[] = [];
    for (const code of [555_551, 555_552, 555_553, 555_554, 555_555]) {
      statuses.push(await client.status('POST', path, { name: 'Family', code }));
    }
    assert.deepEqual(statuses, [204, 204, 204, 204, 423]);
    await client.settle();
    assert.equal((await client.named(frontDoor, 'Family'))?.code, 555_553);
  },
  'quick-deletion': async () => {
    const client = new Client();
    const path = await client.pathOf(frontDoor, 'Family');
    assert.equal(await client.status('POST', path, { name: 'Family', code: 555_551 }), 204);
    assert.equal(await client.status('DELETE', path), 204);
    await client.settle();
    assert.equal((await client.named(frontDoor, 'Family'))?.code, 555_551);
    assert.equal(await client.status('DELETE', path), 204);
    await client.settle();
    assert.equal(await client.named(frontDoor, 'Family'), undefined);
  },
  replace: async () => {
    const client = new Client();
    const before = await client.createBaker(complete(client));
    assert.ok(limitNames.every((name) => name in before));
    const path = await client.pathOf(frontDoor, 'Baker');
    assert.equal(await client.status('POST', path, { name: 'Baker', code: bakersCode }), 204);
    await client.settle();
    const after = (await client.named(frontDoor, 'Baker')) ?? assert.fail();
    assert.deepEqual(
      limitNames.filter((name) => name in after),
      [],
    );
  },
  'null-removes': async () => {
    const client = new Client();
    await client.createBaker(complete(client));
    const path = await client.pathOf(frontDoor, 'Baker');
    const body = { name: 'Baker', ...complete(client), allowedUntilDate: null };
    assert.equal(await client.status('POST', path, body), 204);
    await client.settle();
    const after = (await client.named(frontDoor, 'Baker')) ?? assert.fail();
    assert.deepEqual(
      limitNames.filter((name) => !(name in after)),
      ['allowedUntilDate'],
    );
  },
  'code-in-use': async () => {
    const client = new Client();
    const { code } = (await client.named(frontDoor, 'Family')) ?? assert.fail();
    assert.equal(await client.status('PUT', auth, { ...baker, code }), 409);
  },
  'code-per-keypad': async () => {
    const client = new Client();
    const { code } = (await client.named(frontDoor, 'Housekeeping Cleanin')) ?? assert.fail();
    await client.createBaker({ code }, terrace);
    assert.equal(await client.opens(code ?? 0, terrace), true);
  },
  'expired-stays': async () => {
    const client = new Client();
    const expired = (await client.named(frontDoor, 'Guest Emil')) ?? assert.fail();
    assert.ok(Date.parse(String(expired['allowedUntilDate'])) < client.now);
    assert.equal(expired.enabled, true);
    assert.equal(await client.status('PUT', auth, { ...baker, code: expired.code }), 409);
  },
  'name-bytes': async () => {
    const client = new Client();
    const create = (name: string): Promise<Response> => client.send('PUT', auth, { ...baker, name });
    const refused = await create('Bäckerin Özge Ünal Ä');
    assert.equal(refused.status, 422);
    assert.partialDeepStrictEqual(await refused.json(), {
      reasonPhrase: 'Unprocessable Entity',
      uri: 'http://www.webdav.org/specs/rfc2518.html#STATUS_422',
    });
    assert.equal((await create('Bäckerin Özge Üna')).status, 204);
  },
  'code-digits': async () => {
    const client = new Client();
    for (const code of [33_344, 3_334_445, 330_444, 123_456]) {
      assert.equal(await client.status('PUT', auth, { ...baker, code }), 400, `${code}`);
    }
  },
  'keypad-needed': async () => {
    const client = new Client();
    const answer = client.send('PUT', `/smartlock/${garage}/auth`, baker);
    assert.equal((await answer).status, 400);
    assert.equal(await client.detailMessage(answer), "The supplied value '13' for parameter 'type' is not valid");
  },
  'limits-complete': async () => {
    const client = new Client();
    const listed = await client.createBaker({
      allowedFromDate: client.date(24 * hour),
      allowedUntilDate: client.date(48 * hour),
    });
    assert.deepEqual(
      limitNames.filter((name) => name in listed),
      [],
    );
    assert.equal(await client.opens(bakersCode), true);
  },
  'dates-utc': async () => {
    const client = new Client();
    // 13:00 UTC is 14:00 at the door.
    await client.createBaker({ ...complete(client), allowedFromDate: '2026-11-23T13:00:00Z' });
    await client.clock.advance(Date.parse('2026-11-23T12:55:00Z') - client.now);
    assert.equal(await client.opens(bakersCode), false);
    await client.clock.advance(Date.parse('2026-11-23T13:00:00Z') - client.now);
    assert.equal(await client.opens(bakersCode), true);
  },
  'hours-local': async () => {
    // A Monday, noon in UTC and seven in the morning at the door of the Guest House, in New York.
    const opensAt = async (hours: object): Promise<boolean> => {
      const client = new Client();
      await client.createBaker({ ...complete(client), ...hours }, guestHouse);
      return client.opens(bakersCode, guestHouse);
    };
    assert.equal(await opensAt({ allowedWeekDays: 64, allowedFromTime: 7 * 60, allowedUntilTime: 8 * 60 }), true);
    assert.equal(await opensAt({ allowedWeekDays: 64, allowedFromTime: 12 * 60, allowedUntilTime: 13 * 60 }), false);
    assert.equal(await opensAt({ allowedWeekDays: 32, allowedFromTime: 7 * 60, allowedUntilTime: 8 * 60 }), false);
  },
  'all-day': async () => {
    const client = new Client();
    await client.createBaker({ ...complete(client), allowedFromTime: 0, allowedUntilTime: 0 });
    assert.equal(await client.opens(bakersCode), true);
    await client.clock.advance(11 * hour);
    assert.equal(await client.opens(bakersCode), true);
  },
  'no-weekday': async () => {
    const client = new Client();
    await client.createBaker({ ...complete(client), allowedWeekDays: 0 });
    assert.equal(await client.opens(bakersCode), true);
  },
  'over-midnight': async () => {
    const client = new Client();
    // It is one in the afternoon at the front door.
    await client.createBaker({ ...complete(client), allowedFromTime: 22 * 60, allowedUntilTime: 6 * 60 });
    await client.clock.advance(10 * hour);
    assert.equal(await client.opens(bakersCode), false);
    await client.clock.advance(2 * hour);
    assert.equal(await client.opens(bakersCode), false);
  },
  'listed-first': async () => {
    const client = new Client();
    await client.status('PUT', auth, baker);
    const { id = '' } = (await client.log(frontDoor))[0] ?? {};
    assert.ok((await client.until(async () => (await client.named(frontDoor, 'Baker')) !== undefined)) < 500);
    client.home.people.typeCode(frontDoor, bakersCode);
    await client.settle();
    assert.deepEqual(
      (await client.log(frontDoor)).filter((entry) => entry.id > id).map(({ state }) => state),
      [224],
    );
    assert.equal(await client.opens(bakersCode), true);
  },
  'update-date': async () => {
    const client = new Client();
    await client.status('PUT', auth, baker);
    await client.until(async () => (await client.named(frontDoor, 'Baker')) !== undefined);
    assert.equal((await client.named(frontDoor, 'Baker'))?.updateDate ?? undefined, undefined);
    await client.settle();
    assert.ok(Date.parse((await client.named(frontDoor, 'Baker'))?.updateDate ?? '') > 0);
  },
  'deleted-later': async () => {
    const client = new Client();
    const { code = 0 } = (await client.named(frontDoor, 'Family')) ?? assert.fail();
    assert.equal(await client.status('DELETE', await client.pathOf(frontDoor, 'Family')), 204);
    const { id = '' } = (await client.log(frontDoor))[0] ?? {};
    client.home.people.typeCode(frontDoor, code);
    assert.notEqual(await client.named(frontDoor, 'Family'), undefined);
    await client.settle();
    assert.equal((await client.log(frontDoor)).find((entry) => entry.id > id)?.state, 0);
    assert.equal(await client.named(frontDoor, 'Family'), undefined);
    assert.equal(await client.opens(code), false);
  },
  'keypad-full': async () => {
    const { devices } = demoHomeOptions(new FakeClock(), 1);
    const fill = (entry: AuthorizationJson): AuthorizationJson[] =>
      Array.from({ length: 100 }, (_, index) => ({
        ...entry,
        id: `${entry.id.slice(0, -3)}${100 + index}`,
        authId: 9000 + index * 4,
        code: 700_000 + index,
      }));
    const client = new Client({
      devices: devices.map((device) => {
        const code = device.authorizations?.find(({ type }) => type === 13);
        if (device.listed.smartlockId !== terrace || code === undefined) return device;
        return { ...device, authorizations: fill(code) };
      }),
    });
    const listed = await client.createBaker({}, terrace);
    assert.equal(listed.updateDate ?? undefined, undefined);
    await client.clock.advance(hour);
    assert.equal((await client.named(terrace, 'Baker'))?.updateDate ?? undefined, undefined);
    assert.equal(await client.opens(bakersCode, terrace), false);
  },
  'late-log': async () => {
    const client = new Client();
    client.home.turnByHand(frontDoor, 3);
    const { id = '' } = (await client.log(frontDoor))[0] ?? {};
    const waited = await client.until(async () => ((await client.log(frontDoor))[0]?.id ?? '') > id);
    assert.ok(waited >= second);
  },
  'log-order': async () => {
    const client = new Client();
    const came = new Map((await client.log(frontDoor, '?limit=50')).map(({ id, date }) => [id, date]));
    const known = came.size;
    for (let passed = 0; passed < 60; passed++) {
      if (passed < 20) client.home.turnByHand(frontDoor, passed % 2 === 0 ? 3 : 1);
      await client.clock.advance(second);
      for (const { id, date } of (await client.log(frontDoor, '?limit=50')).toReversed()) {
        if (!came.has(id)) came.set(id, date);
      }
    }
    const dates = [...came.values()].slice(known).map((date = '') => date);
    assert.equal(dates.length, 20);
    assert.notDeepEqual(dates, dates.toSorted());
    const byId = (await client.log(frontDoor, '?limit=20')).map(({ id }) => id);
    assert.deepEqual(byId, byId.toSorted().toReversed());
  },
  attempts: async () => {
    const client = new Client();
    await client.createBaker({ ...complete(client), allowedUntilDate: client.date(-minute) });
    assert.equal(await client.opens(bakersCode), false);
    assert.partialDeepStrictEqual((await client.log(frontDoor))[0], { name: 'Baker', action: 1, state: 9 });
  },
  'log-limit': async () => {
    const client = new Client();
    const entries = await client.log(frontDoor);
    assert.equal(entries.length, 20);
    const dates = entries.map(({ date = '' }) => date);
    assert.deepEqual(dates, dates.toSorted().toReversed());
    assert.equal((await client.log(frontDoor, '?limit=200')).length, 50);
  },
  'log-cursor': async () => {
    const client = new Client();
    const ids: string[] = [];
    const sizes: number[] = [];
    do {
      const page = await client.log(frontDoor, `?limit=50${ids.length > 0 ? `&id=${ids.at(-1)}` : ''}`);
      sizes.push(page.length);
      ids.push(...page.map(({ id }) => id));
    } while (sizes.at(-1) !== 0);
    assert.ok(sizes.length > 2);
    assert.equal(new Set(ids).size, ids.length);
  },
  'log-dates': async () => {
    const client = new Client();
    assert.equal(await client.status('GET', '/smartlock/log?fromDate=1795435200'), 400);
    assert.equal(await client.status('GET', '/smartlock/log?fromDate=2026-11-23T00:00:00Z'), 200);
  },
  paged: async () => {
    const pageSchema = v.object({
      results: v.array(v.unknown()),
      pagination: v.looseObject({ currentPage: v.number(), totalPages: v.number(), pageSize: v.number() }),
    });
    const page = v.parse(pageSchema, await new Client().json('/smartlock/auth/paged'));
    assert.partialDeepStrictEqual(page.pagination, { currentPage: 0, totalPages: 1, pageSize: 100 });
    assert.ok(page.results.length > 20);
  },
  'web-trigger': async () => {
    const client = new Client();
    await client.act(garage, 2);
    await client.settle();
    assert.equal((await client.device(garage)).state?.trigger, 0);
    assert.partialDeepStrictEqual((await client.log(garage))[0], { action: 2, trigger: 4 });
  },
  'dead-token': async () => {
    const client = new Client();
    for (const path of ['/account', '/smartlock', auth, '/smartlock/log']) {
      assert.equal(await client.status('GET', path, undefined, unknownToken), 401, path);
    }
  },
  'missing-scope': async () => {
    const client = new Client({ tokens: [{ token: unknownToken, scopes: ['smartlock'] }] });
    assert.equal(await client.status('GET', '/smartlock', undefined, unknownToken), 200);
    const lacking = await client.send('GET', '/smartlock/log', undefined, { token: unknownToken });
    assert.equal(lacking.status, 401);
    const dead = await client.send('GET', '/smartlock', undefined, { token: `${unknownToken}-2` });
    assert.equal(await lacking.text(), await dead.text());
  },
  'error-shapes': async () => {
    const client = new Client();
    const keysOf = async (method: string, path: string): Promise<readonly string[]> => {
      const text = await (await client.send(method, path)).text();
      return text === '' ? [] : Object.keys(v.parse(v.record(v.string(), v.unknown()), JSON.parse(text)));
    };
    assert.deepEqual(await keysOf('GET', '/smartlock/log?limit=many'), [
      'detailMessage',
      'stackTrace',
      'suppressedExceptions',
    ]);
    assert.deepEqual(await keysOf('GET', '/smartlock/1'), ['code', 'description', 'homeRef', 'reasonPhrase', 'uri']);
    assert.deepEqual(await keysOf('DELETE', `/smartlock/${frontDoor}/auth/65219648fe57075d71a6cb01`), []);
  },
  'wrong-id': async () => {
    const client = new Client();
    assert.equal(await client.status('GET', '/smartlock/1A2B3C4D'), 404);
    assert.equal(await client.act(0x1a2b3c4d, 1), 404);
    assert.equal(await client.act(0x51a2b3c4d, 1), 204);
  },
  'us-locks': async () => {
    const client = new Client();
    assert.equal(await client.act(guestHouse, 3), 400);
    assert.equal(await client.act(guestHouse, 1), 204);
  },
  offline: async () => {
    const client = new Client();
    assert.partialDeepStrictEqual(await client.json(`/smartlock/${cellar}`), { serverState: 4, state: { state: 3 } });
    client.home.setServerState(frontDoor, 4);
    client.home.turnByHand(frontDoor, 3);
    await client.settle();
    assert.partialDeepStrictEqual(await client.json(`/smartlock/${frontDoor}`), {
      serverState: 4,
      state: { state: 1 },
    });
  },
  'offline-writes': async () => {
    const client = new Client();
    client.home.setServerState(garage, 4);
    assert.equal(await client.act(garage, 2), 204);
    await client.settle();
    assert.equal((await client.device(garage)).state?.state, 3);
    client.home.setServerState(garage, 0);
    await client.settle();
    assert.equal((await client.device(garage)).state?.state, 1);
  },
  sync: async () => {
    const client = new Client();
    assert.equal((await client.named(guestHouse, 'Guest Ida'))?.updateDate, null);
    assert.equal(await client.status('POST', `/smartlock/${guestHouse}/sync`), 204);
    await client.settle();
    assert.ok(Date.parse((await client.named(guestHouse, 'Guest Ida'))?.updateDate ?? '') > 0);
  },
  durations: async () => {
    const client = new Client();
    const began = client.now;
    await client.act(frontDoor, 3);
    const waited = await client.until(async () => {
      const { state, lastAction } = (await client.device(frontDoor)).state ?? {};
      return state === 3 && lastAction === 3;
    });
    // Reached in 0.5 to 8 s, 1.8 s to turn, 3 s to pull, and up to 2.5 s until the cloud hears of it.
    assert.ok(waited >= 5300 && waited <= 15_300 + 8000, `${waited} ms`);
    await client.settle();
    const { date } = (await client.log(frontDoor))[0] ?? {};
    assert.ok(Date.parse(date ?? '') - began >= 4 * second);
  },
  'person-removed-later': async () => {
    const client = new Client();
    const path = '/account/user/1000104';
    assert.equal(await client.status('DELETE', path), 204);
    assert.ok('operationId' in v.parse(v.record(v.string(), v.unknown()), await client.json(path)));
    await client.settle();
    assert.equal(await client.status('GET', path), 404);
  },
  'person-leaves-authorizations': async () => {
    const client = new Client();
    assert.equal(await client.status('DELETE', '/account/user/1000104'), 204);
    await client.settle();
    const entry = client.home.authorizationsOnLock(guestHouse).find(({ name }) => name === 'Dora Lind');
    assert.equal(entry?.accountUserId, 1_000_104);
    assert.ok(await client.named(guestHouse, 'Dora Lind'));
  },
  'request-id': async () => {
    const { receiver, client } = withReceiver();
    const answer = await client.send('POST', `/smartlock/${frontDoor}/action/unlock/advanced`);
    assert.equal(answer.status, 200);
    const { requestId } = v.parse(v.object({ requestId: v.string() }), await answer.json());
    assert.deepEqual(receiver.received, []);
    await client.settle();
    const [told] = receiver.about('UnlockAction');
    assert.deepEqual(told?.json, { type: 'UnlockAction', requestId, smartlockId: frontDoor, success: true });
  },
  'times-of-day': async () => {
    const client = new Client();
    const limits = { allowedFromDate: client.date(0), allowedWeekDays: 127, allowedFromTime: 600 };
    const create = (allowedUntilTime: number): Promise<number> =>
      client.status('PUT', auth, { ...baker, ...limits, allowedUntilTime });
    assert.equal(await create(1440), 400);
    assert.equal(await create(1439), 204);
  },
  'include-email': async () => {
    const client = new Client();
    assert.deepEqual(await client.json(`${auth}?includeEmail=true`), await client.json(auth));
  },
  'settings-later': async () => {
    const client = new Client();
    const config = async (): Promise<Record<string, unknown>> => {
      const device = v.object({ config: v.record(v.string(), v.unknown()) });
      return v.parse(device, await client.json(`/smartlock/${frontDoor}`)).config;
    };
    const before = await config();
    const path = `/smartlock/${frontDoor}/config`;
    assert.equal(await client.status('POST', path, { ...before, ledBrightness: 0 }), 204);
    assert.equal(await client.status('POST', path, before), 423);
    await client.until(async () => 'operationId' in (await config()));
    assert.equal((await config())['ledBrightness'], before['ledBrightness']);
    await client.settle();
    assert.deepEqual(await config(), { ...before, ledBrightness: 0 });
  },
  'settings-complete': async () => {
    const client = new Client();
    const path = `/smartlock/${frontDoor}/config`;
    const answer = client.send('POST', path, { ledBrightness: 0 });
    assert.equal((await answer).status, 400);
    assert.match((await client.detailMessage(answer)) ?? '', /'null' for parameter 'advertisingMode'/);
  },
  'new-password': async () => {
    const client = new Client();
    const change = { language: 'en', password: 'long enough' };
    assert.equal(await client.status('POST', '/account?deleteApiTokens=false', change), 204);
    assert.equal(await client.status('GET', '/account'), 200);
    assert.equal(await client.status('POST', '/account', change), 204);
    assert.equal(await client.status('GET', '/account'), 401);
  },
  'revoked-token': async () => {
    const client = new Client();
    const tokens = v.array(v.object({ tokenId: v.optional(v.string()), clientId: v.string() }));
    const [own] = v.parse(tokens, await client.json('/account/integration'));
    assert.equal(await client.status('DELETE', `/account/integration?tokenId=${own?.tokenId}`), 204);
    assert.equal(await client.status('GET', '/account'), 401);
  },
  'revoked-program': async () => {
    const client = new Client();
    const listed = async (): Promise<readonly { name: string; clientId: string }[]> =>
      v.parse(v.array(v.object({ name: v.string(), clientId: v.string() })), await client.json('/account/integration'));
    const before = await listed();
    const alexa = before.find(({ name }) => name === 'Amazon Alexa') ?? assert.fail();
    assert.equal(await client.status('DELETE', `/account/integration?apiKeyId=${alexa.clientId}`), 204);
    assert.deepEqual(
      await listed(),
      before.filter(({ name }) => name !== 'Amazon Alexa'),
    );
  },
  'last-active': async () => {
    const client = new Client();
    const used = async (): Promise<string | undefined> => {
      const tokens = v.array(v.object({ lastActiveAt: v.optional(v.string()) }));
      return v.parse(tokens, await client.json('/account/integration'))[0]?.lastActiveAt;
    };
    const first = await used();
    await client.settle();
    assert.ok(((await used()) ?? '') > (first ?? ''));
  },
  notifications: async () => {
    const receiver = new FakeReceiver();
    const client = new Client({ webhooks: receiver.decentral });
    const settings = [{ triggerEvents: ['unlock'] }];
    const notification = { os: 2, pushId: 'http://127.0.0.1:9000/hook', settings };
    assert.equal(await client.status('PUT', '/notification', notification), 200);
    await client.act(frontDoor, 1);
    await client.settle();
    assert.partialDeepStrictEqual(await client.json('/notification'), [notification]);
    assert.deepEqual(receiver.received, []);
  },
  'error-codes': async () => {
    const { receiver, client } = withReceiver();
    client.home.fault({ method: 'POST', completion: 1 });
    const answer = await client.send('POST', `/smartlock/${frontDoor}/action/advanced`, { action: 1 });
    const { requestId } = v.parse(v.object({ requestId: v.string() }), await answer.json());
    await client.settle();
    const [told] = receiver.about('UnlockAction');
    assert.partialDeepStrictEqual(told?.json, { requestId, success: false, detail: [{ errorCode: '42' }] });
  },
  'advanced-unreached': async () => {
    const { receiver, client } = withReceiver();
    assert.equal(await client.status('POST', `/smartlock/${cellar}/action/lock/advanced`), 200);
    await client.settle();
    await client.settle();
    const [told] = receiver.about('LockAction');
    assert.partialDeepStrictEqual(told?.json, { success: false, detail: [{ errorCode: 'ff' }] });
  },
  'webhook-features': async () => {
    const { receiver, client } = withReceiver();
    await client.act(frontDoor, 1);
    await client.status('PUT', auth, baker);
    await client.settle();
    await client.status('POST', `/smartlock/${frontDoor}/sync`);
    await client.settle();
    const told = receiver.received.map(({ json }) => json);
    const features = new Set(told.map(({ feature }) => feature));
    for (const feature of ['STATUS', 'MASTERDATA', 'CONFIG', 'LOGS', 'AUTHS'])
      assert.ok(features.has(`DEVICE_${feature}`));
    const [state] = receiver.about('DEVICE_STATUS');
    assert.partialDeepStrictEqual(state?.json, { smartlockId: frontDoor, serverState: 0 });
    const [entry] = receiver.about('DEVICE_LOGS');
    assert.partialDeepStrictEqual(entry?.json, { smartlockLog: { action: 1, trigger: 4 } });
    const [authorization] = receiver.about('DEVICE_AUTHS');
    assert.partialDeepStrictEqual(authorization?.json, { deleted: false, smartlockAuth: { code: bakersCode } });
  },
  'webhook-twice': async () => {
    const { receiver, client } = withReceiver();
    await client.status('PUT', auth, baker);
    await client.settle();
    const told = receiver.about('DEVICE_AUTHS').map(({ json }) => v.parse(authorizationSchema, json['smartlockAuth']));
    assert.deepEqual(
      told.map(({ updateDate }) => typeof updateDate === 'string'),
      [false, true],
    );
  },
  'webhook-person': async () => {
    const { receiver, client } = withReceiver();
    await client.status('PUT', '/account/user', { email: 'eva@example.com', name: 'Eva' });
    await client.settle();
    const [told] = receiver.about('ACCOUNT_USER');
    assert.partialDeepStrictEqual(told?.json, { deleted: false, accountUser: { name: 'Eva' } });
  },
  'webhook-signature': async () => {
    const { receiver, client } = withReceiver();
    await client.act(frontDoor, 1);
    await client.settle();
    assert.ok(receiver.received.length > 0);
    for (const { headers, body } of receiver.received) {
      assert.equal(headers.get('x-nuki-signature-sha256'), signatureByNode('sha256', body, receiverSecret));
    }
  },
  'webhook-second-signature': async () => {
    const { receiver, client } = withReceiver();
    client.home.turnByHand(frontDoor, 3);
    await client.settle();
    const { headers, body } = receiver.received[0] ?? assert.fail();
    assert.equal(headers.get('x-nuki-signature'), signatureByNode('sha1', body, receiverSecret));
  },
  'webhook-secret': async () => {
    const { receiver, client } = withReceiver();
    const webhookUrl = 'http://127.0.0.1:9001/logs';
    const body = { webhookUrl, webhookFeatures: ['DEVICE_LOGS'] };
    const answer = await client.send('PUT', '/api/decentralWebhook', body);
    assert.equal(answer.status, 200);
    const { secret } = v.parse(v.object({ id: v.number(), secret: v.string() }), await answer.json());
    await client.act(frontDoor, 1);
    await client.settle();
    const own = receiver.received.filter(({ url }) => url === webhookUrl);
    assert.deepEqual(
      own.map(({ json }) => json['feature']),
      ['DEVICE_LOGS'],
    );
    for (const { headers, body: sent } of own) {
      assert.equal(headers.get('x-nuki-signature-sha256'), signatureByNode('sha256', sent, secret));
    }
  },
  'webhook-here': async () => {
    const client = new Client();
    const statusFor = (webhookUrl: string): Promise<number> =>
      client.status('PUT', '/api/decentralWebhook', { webhookUrl, webhookFeatures: ['DEVICE_LOGS'] });
    assert.equal(await statusFor('https://example.com/hook'), 400);
    assert.equal(await statusFor('http://localhost:9001'), 200);
  },
  'webhook-once': async () => {
    const { receiver, client } = withReceiver();
    receiver.answer = () => new Response(null, { status: 500 });
    client.home.turnByHand(frontDoor, 3);
    await client.settle();
    client.home.turnByHand(frontDoor, 1);
    await client.settle();
    const states = receiver.about('DEVICE_STATUS').map(({ json }) => json['state']);
    assert.partialDeepStrictEqual(states, [{ state: 3 }, { state: 1 }]);
    assert.equal(states.length, 2);
    assert.equal(receiver.about('DEVICE_LOGS').length, 2);
  },
  'webhook-patience': async () => {
    const { receiver, client } = withReceiver();
    const location = 'http://127.0.0.1/';
    receiver.answer = ({ json }) =>
      json['feature'] === 'DEVICE_STATUS'
        ? new Promise<Response>(() => {})
        : new Response(null, { status: 307, headers: { location } });
    client.home.turnByHand(frontDoor, 3);
    await client.clock.advance(minute);
    client.home.devices();
    await until(() => receiver.received.length === 1);
    await receiver.clock.advance(10 * second);
    await client.settle();
    assert.deepEqual(
      client.home.webhooks.logs().map(({ succeeded, responseStatus }) => [succeeded, responseStatus]),
      [
        [false, 307],
        [false, undefined],
      ],
    );
  },
  'webhook-log': async () => {
    const { receiver, client } = withReceiver();
    receiver.answer = () => new Response(null, { status: 202 });
    client.home.turnByHand(frontDoor, 3);
    await client.settle();
    for (let count = 0; count < 310; count++) client.home.webhooks.replay(receiver.received.length);
    await client.settle();
    const logs = async (query: string): Promise<readonly string[]> => {
      const entry = v.object({ id: v.string(), succeeded: v.literal(true), responseStatus: v.literal(202) });
      const path = `/api/key/${apiKeyId}/webhook/logs${query}`;
      return v.parse(v.array(entry), await client.json(path)).map(({ id }) => id);
    };
    assert.equal((await logs('')).length, 50);
    const newest = await logs('?limit=200');
    assert.equal(newest.length, 100);
    assert.deepEqual(newest, newest.toSorted().toReversed());
    const older = await logs(`?limit=100&id=${newest.at(-1)}`);
    const oldest = await logs(`?limit=100&id=${older.at(-1)}`);
    assert.equal(new Set([...newest, ...older, ...oldest]).size, 300);
    assert.deepEqual(await logs(`?id=${oldest.at(-1)}`), []);
  },
  'webhook-deactivated': async () => {
    const { receiver, client } = withReceiver();
    receiver.answer = () => new Response(null, { status: 500 });
    for (let turns = 0; turns < 10; turns++) {
      client.home.turnByHand(frontDoor, turns % 2 === 0 ? 3 : 1);
      await client.settle();
    }
    assert.equal(receiver.received.length, 10);
    client.home.webhooks.reactivate();
    client.home.turnByHand(frontDoor, 3);
    await client.settle();
    assert.ok(receiver.received.length > 10);
  },
  'not-simulated': async () => {
    const simulation = new Simulation({
      clock: new FakeClock(),
      seed: 1,
      home: demoHomeOptions,
      tokens: [{ token: unknownToken }],
    });
    const answerTo = (path: string): Promise<Response> =>
      simulation.handle(
        new Request(`http://127.0.0.1${path}`, { headers: { authorization: `Bearer ${unknownToken}` } }),
      );
    const lacking = await answerTo('/address');
    assert.equal(lacking.status, 501);
    assert.match(await lacking.text(), /"error":"[^"]*GET \/address/);
    for (const answer of [lacking, await answerTo('/smartlock')])
      assert.equal(answer.headers.get('x-simulated'), 'keyturner');
    simulation.dispose();
  },
  'fault offline': async () => {
    const client = Client.meeting('offline');
    assert.equal(await client.act(frontDoor, 1), 204);
    await client.settle();
    assert.partialDeepStrictEqual(await client.json(`/smartlock/${frontDoor}`), {
      serverState: 4,
      state: { state: 1 },
    });
  },
  'fault slow': async () => {
    const client = Client.meeting('slow');
    const began = client.now;
    const ended = client.send('GET', '/smartlock').then(() => client.now - began);
    await client.settle();
    assert.equal(await ended, 10 * second);
  },
  'fault lost-answer': async () => {
    const client = Client.meeting('lost-answer');
    await assert.rejects(client.act(frontDoor, 1), TypeError);
    await client.settle();
    assert.equal((await client.device(frontDoor)).state?.state, 3);
  },
  'fault never-executed': async () => {
    const client = Client.meeting('never-executed');
    assert.equal(await client.act(frontDoor, 1), 204);
    await client.settle();
    assert.equal((await client.device(frontDoor)).state?.state, 1);
  },
  'fault late': async () => {
    const client = Client.meeting('late');
    assert.equal(await client.act(frontDoor, 1), 204);
    await client.settle();
    assert.equal((await client.device(frontDoor)).state?.state, 1);
    await client.clock.advance(2 * minute);
    assert.equal((await client.device(frontDoor)).state?.state, 3);
  },
  'fault motor-blocked': async () => {
    const client = Client.meeting('motor-blocked');
    assert.equal(await client.act(frontDoor, 1), 204);
    await client.settle();
    assert.equal((await client.device(frontDoor)).state?.state, 254);
    assert.partialDeepStrictEqual((await client.log(frontDoor))[0], { action: 1, trigger: 4, state: 1 });
  },
  'fault busy-423': async () => {
    const client = Client.meeting('busy-423');
    assert.equal(await client.act(frontDoor, 1), 423);
    assert.equal(await client.act(frontDoor, 1), 204);
  },
  'fault rate-limit': async () => {
    const client = new Client();
    setFault(client.home, 'rate-limit', { times: 2 });
    const answers = [await client.send('GET', '/smartlock'), await client.send('GET', '/smartlock')];
    assert.deepEqual(
      answers.map(({ status, headers }) => [status, headers.has('retry-after')]),
      [
        [429, true],
        [429, false],
      ],
    );
  },
  'fault bad-gateway-html': async () => {
    const answer = await Client.meeting('bad-gateway-html').send('GET', '/smartlock');
    assert.deepEqual([answer.status, answer.headers.get('content-type')], [502, 'text/html']);
  },
  'fault block-page-403': async () => {
    const answer = await Client.meeting('block-page-403').send('GET', '/smartlock');
    assert.deepEqual([answer.status, answer.headers.get('content-type')], [403, 'text/html']);
  },
  'fault truncated-json': async () => {
    const client = Client.meeting('truncated-json');
    await assert.rejects(client.json('/smartlock'), SyntaxError);
    assert.ok(Array.isArray(await client.json('/smartlock')));
  },
  'fault stale-copy': async () => {
    const client = new Client();
    client.home.turnByHand(frontDoor, 3);
    await client.clock.advance(30 * second);
    assert.equal((await client.device(frontDoor)).state?.state, 3);
    setFault(client.home, 'stale-copy');
    assert.equal((await client.device(frontDoor)).state?.state, 1);
    assert.equal((await client.device(frontDoor)).state?.state, 3);
  },
  'fault ghost': async () => {
    const client = Client.meeting('ghost');
    const { code = 0 } = (await client.named(frontDoor, 'Family')) ?? assert.fail();
    assert.equal(await client.status('DELETE', await client.pathOf(frontDoor, 'Family')), 204);
    await client.clock.advance(hour);
    assert.notEqual(await client.named(frontDoor, 'Family'), undefined);
    assert.equal(await client.opens(code), false);
    await client.status('POST', `/smartlock/${frontDoor}/sync`);
    await client.settle();
    assert.equal(await client.named(frontDoor, 'Family'), undefined);
  },
  'fault lost-write': async () => {
    const client = Client.meeting('lost-write');
    assert.equal(await client.status('DELETE', await client.pathOf(frontDoor, 'Family')), 204);
    await client.clock.advance(hour);
    await client.status('POST', `/smartlock/${frontDoor}/sync`);
    await client.settle();
    assert.notEqual(await client.named(frontDoor, 'Family'), undefined);
  },
  'fault unconfirmed': async () => {
    const client = Client.meeting('unconfirmed');
    assert.equal((await client.createBaker()).updateDate, null);
    await client.clock.advance(hour);
    assert.equal((await client.named(frontDoor, 'Baker'))?.updateDate, null);
    assert.equal(await client.opens(bakersCode), false);
  },
  'fault token-dies': async () => {
    const client = Client.meeting('token-dies');
    assert.equal(await client.status('GET', '/smartlock'), 401);
    assert.equal(await client.status('GET', '/account'), 401);
  },
  'fault scope-missing': async () => {
    const client = Client.meeting('scope-missing');
    assert.equal(await client.status('GET', '/smartlock/log'), 401);
    assert.equal(await client.status('GET', '/smartlock'), 200);
    assert.equal(await client.status('GET', auth), 200);
  },
  'fault us-lock': async () => {
    const client = Client.meeting('us-lock');
    assert.equal(await client.act(frontDoor, 3), 400);
    assert.equal(await client.act(frontDoor, 1), 204);
  },
  'fault webhook-duplicate': async () => {
    const { receiver, client } = withReceiver();
    setFault(client.home, 'webhook-duplicate');
    client.home.turnByHand(frontDoor, 3);
    await client.settle();
    const [sent, sentAgain] = receiver.received;
    assert.equal(sent?.body, sentAgain?.body);
    assert.equal(receiver.received.length, 3);
  },
  'fault webhook-late': async () => {
    const { receiver, client } = withReceiver();
    setFault(client.home, 'webhook-late');
    client.home.turnByHand(frontDoor, 3);
    await client.clock.advance(50 * second);
    await client.json('/smartlock');
    await client.settle();
    assert.deepEqual(
      receiver.received.map(({ json }) => json['feature']),
      ['DEVICE_LOGS', 'DEVICE_STATUS'],
    );
  },
};

describe('A behaviour of the simulated API', () => {
  it('is shown by a test, and has a name of its own', () => {
    assert.deepEqual(
      behaviours.map(({ id }) => id),
      Object.keys(shows),
    );
  });

  it('has a public source', () => {
    for (const { id, sources } of behaviours) {
      assert.ok(sources.length > 0, id);
      for (const source of sources) assert.match(source, /^(https:\/\/\S+|OpenAPI 4\.10\.0)$/, id);
    }
  });

  it('is told in sentences', () => {
    for (const { id, does } of behaviours) assert.match(does, /^[A-Z0-9].*[^.]\.$/, id);
  });

  for (const { id } of behaviours) it(id, shows[id]);
});
