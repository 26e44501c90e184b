import assert from 'node:assert/strict';
import * as v from 'valibot';
import { routes } from '../../src/simulator/api/api.ts';
import { resourceAt, resourcesOfNuki } from '../../src/simulator/api/operations.ts';
import { demoHomeOptions, demoToken } from '../../src/simulator/demo/demo.ts';
import { cellar, frontDoor, guestHouse, intercom, parcelBox } from '../../src/simulator/demo/demoDevices.ts';
import { makeSmartlock } from '../../src/simulator/devices/smartlockJson.ts';
import { SimulatedHome } from '../../src/simulator/home.ts';
import { FakeClock } from '../unit/fakeClock.ts';
import { Contract } from './contract.ts';
import { contradictions } from './contradictions.ts';
import { Specification } from './specification.ts';

const readOnlyToken = 'a-token-that-may-only-read-devices';
const foreignDevice = 17_179_869_185;
const noDevice = 17_179_869_186;

/** The demo home, a Smart Door in the states that the specification forbids, a device of another account, and a token with one scope. */
function contractHome(clock: FakeClock): SimulatedHome {
  const options = demoHomeOptions(clock, 1);
  const shed = makeSmartlock({
    type: 3,
    hex: '00000001',
    name: 'Shed',
    accountId: options.account.accountId,
    firmware: [1, 4, 10],
    timezoneId: 37,
    created: clock.now(),
    updated: clock.now(),
    state: { mode: 5, trigger: 7 },
  });
  return new SimulatedHome({
    ...options,
    tokens: [...options.tokens, { token: readOnlyToken, scopes: ['smartlock.readOnly'] }],
    devices: [...options.devices, { listed: shed }],
    foreignDevices: [foreignDevice],
  });
}

describe("The simulator and Nuki's OpenAPI", () => {
  const specification = new Specification();
  const clock = new FakeClock();
  const home = contractHome(clock);
  const contract = new Contract(specification, home);
  const send = (status: number, method: string, path: string, body?: unknown, token = demoToken): Promise<unknown> =>
    contract.send(status, { method, path, body, token });
  const pathOf = (smartlockId: number, name: string): string => {
    const entry = home.authorizationsOnLock(smartlockId).find((candidate) => candidate.name === name);
    return `/smartlock/${smartlockId}/auth/${entry?.id}`;
  };
  const idOf = (smartlockId: number, name: string): string => pathOf(smartlockId, name).split('/').at(-1) ?? '';
  const aMinute = (): Promise<void> => clock.advance(60_000);
  const ofDevice = (path: string, id = frontDoor): string => `/smartlock/${id}${path}`;

  it('offers only operations of the specification, under its scopes', () => {
    for (const { method, path, scopes } of routes) {
      const operation = specification.operation(method, path);
      assert.ok(operation, `${method} ${path}`);
      assert.deepEqual(scopes, operation.scopes, `${method} ${path}`);
    }
  });

  it('knows which operations the specification has', () => {
    for (const operation of specification.operations()) {
      const [method = '', template = ''] = operation.split(' ');
      const resource = resourceAt(template.replace(/\{\w+\}/g, '1'));
      assert.equal(resource?.template, template);
      assert.ok(resource?.methods.includes(method), operation);
    }
    const known = resourcesOfNuki.flatMap(({ template, methods }) => methods.map((method) => `${method} ${template}`));
    assert.deepEqual(known.toSorted(), specification.operations().toSorted());
  });

  it('lists devices', async () => {
    await send(200, 'GET', '/smartlock');
    await send(200, 'GET', '/smartlock?type=4&authId=1');
    for (const { listed } of demoHomeOptions(clock, 1).devices)
      await send(200, 'GET', ofDevice('', listed.smartlockId));
    await send(403, 'GET', ofDevice('', foreignDevice));
    await send(404, 'GET', ofDevice('', noDevice));
  });

  it('acts', async () => {
    await send(204, 'POST', ofDevice('/action'), { action: 3, option: 2 });
    await send(423, 'POST', ofDevice('/action'), { action: 1 });
    await send(423, 'POST', ofDevice('/action/lock'));
    await send(423, 'POST', ofDevice('/action/unlock'));
    await send(200, 'GET', ofDevice(''));
    await aMinute();
    await send(204, 'POST', ofDevice('/action/lock'));
    await aMinute();
    await send(204, 'POST', ofDevice('/action/unlock'));
    await send(204, 'POST', ofDevice('/sync'));
    await send(204, 'POST', ofDevice('/action', intercom), { action: 6 });
    await aMinute();
    await send(200, 'GET', ofDevice('', intercom));
    await send(400, 'POST', ofDevice('/action', guestHouse), { action: 3 });
    await send(400, 'POST', ofDevice('/action', parcelBox), { action: 2 });
    await send(405, 'POST', ofDevice('/action/lock', parcelBox));
    await send(405, 'POST', ofDevice('/action/unlock', intercom));
    for (const path of ['/action', '/action/lock', '/action/unlock', '/sync']) {
      await send(404, 'POST', ofDevice(path, noDevice), path === '/action' ? { action: 1 } : undefined);
      await send(403, 'POST', ofDevice(path, foreignDevice), path === '/action' ? { action: 1 } : undefined);
    }
  });

  it('tells what happened', async () => {
    await send(200, 'GET', '/smartlock/log?limit=50');
    await send(200, 'GET', '/smartlock/log?action=1&accountUserId=1&fromDate=2026-01-01T00:00:00Z&id=f');
    await send(200, 'GET', ofDevice('/log?limit=50&authId=x&toDate=2099-01-01T00:00:00.000Z'));
    await send(200, 'GET', ofDevice('/log', intercom));
    await send(400, 'GET', '/smartlock/log?fromDate=1700000000');
    await send(400, 'GET', ofDevice('/log?toDate=1700000000'));
    await send(403, 'GET', ofDevice('/log', foreignDevice));
    await send(404, 'GET', ofDevice('/log', noDevice));
  });

  it('lists authorizations', async () => {
    await send(200, 'GET', '/smartlock/auth?types=0,13&accountUserId=-1');
    await send(200, 'GET', '/smartlock/auth/paged?page=1&size=5&types=13&accountUserId=-1');
    for (const { listed } of demoHomeOptions(clock, 1).devices) {
      await send(200, 'GET', ofDevice('/auth', listed.smartlockId));
    }
    await send(200, 'GET', ofDevice('/auth?types=13&includeEmail=true'));
    await send(200, 'GET', pathOf(frontDoor, 'Family'));
    await send(403, 'GET', pathOf(frontDoor, 'Nobody'));
    await send(403, 'GET', ofDevice('/auth', foreignDevice));
    await send(404, 'GET', ofDevice('/auth', noDevice));
    await send(404, 'GET', ofDevice('/auth/x', noDevice));
    const all = await contract.send(200, { method: 'GET', path: '/smartlock/auth/paged', token: demoToken });
    const { results } = v.parse(v.object({ results: v.pipe(v.array(v.unknown()), v.minLength(20)) }), all);
    for (const entry of results) contract.checkAgainst('SmartlockAuth', entry);
  });

  it('creates authorizations', async () => {
    const schedule = {
      allowedFromDate: '2026-12-01T10:00:00.000Z',
      allowedUntilDate: '2026-12-24T10:00:00.000Z',
      allowedWeekDays: 124,
      allowedFromTime: 540,
      allowedUntilTime: 1020,
    };
    const code = { name: 'Baker', remoteAllowed: false, type: 13, code: 333444, ...schedule };
    await send(204, 'PUT', ofDevice('/auth'), code);
    await aMinute();
    await send(200, 'GET', pathOf(frontDoor, 'Baker'));
    await send(409, 'PUT', ofDevice('/auth'), code);
    await send(409, 'PUT', '/smartlock/auth', { ...code, smartlockIds: [guestHouse, frontDoor] });
    await send(400, 'PUT', ofDevice('/auth', cellar), code);
    await send(400, 'PUT', '/smartlock/auth', { ...code, smartlockIds: [] });
    const app = { name: 'Dora', remoteAllowed: true, accountUserId: 1_000_104, smartlockIds: [cellar, parcelBox] };
    await send(204, 'PUT', '/smartlock/auth', app);
    await send(404, 'PUT', '/smartlock/auth', { ...app, smartlockIds: [noDevice] });
    await send(403, 'PUT', '/smartlock/auth', { ...app, smartlockIds: [foreignDevice] });
    await send(404, 'PUT', ofDevice('/auth', noDevice), code);
    await send(403, 'PUT', ofDevice('/auth', foreignDevice), code);
    await aMinute();
  });

  it('changes and removes authorizations', async () => {
    const baker = pathOf(frontDoor, 'Baker');
    const id = idOf(frontDoor, 'Baker');
    await send(204, 'POST', baker, { name: 'Baker', enabled: false });
    await send(200, 'GET', baker);
    await send(423, 'POST', baker, { name: 'Baker' });
    await send(423, 'DELETE', baker);
    await send(423, 'POST', '/smartlock/auth', [{ id, name: 'Baker' }]);
    await send(423, 'DELETE', '/smartlock/auth', [id]);
    await aMinute();
    await send(400, 'POST', baker, { enabled: true });
    await send(409, 'POST', baker, { name: 'Baker', code: 445566 });
    await send(403, 'POST', ofDevice('/auth/0'), { name: 'Baker' });
    await send(404, 'POST', ofDevice('/auth/0', noDevice), { name: 'Baker' });
    await send(204, 'POST', '/smartlock/auth', [{ id, name: 'Baker', code: 333445 }]);
    await send(400, 'POST', '/smartlock/auth', { id, name: 'Baker' });
    await send(403, 'POST', '/smartlock/auth', [{ id: '0', name: 'Baker' }]);
    await aMinute();
    await send(409, 'POST', '/smartlock/auth', [{ id, name: 'Baker', code: 445566 }]);
    await send(204, 'DELETE', baker);
    await aMinute();
    await send(403, 'DELETE', baker);
    await send(404, 'DELETE', ofDevice('/auth/0', noDevice));
    await send(204, 'DELETE', '/smartlock/auth', [idOf(frontDoor, 'Plumber'), idOf(cellar, 'Cellar Fob')]);
    await send(403, 'DELETE', '/smartlock/auth', ['0']);
    await send(400, 'DELETE', '/smartlock/auth', {});
  });

  it('knows the account and its users', async () => {
    const user = '/account/user/1000103';
    await send(200, 'GET', '/account');
    await send(200, 'GET', '/account/user?email=nobody@example.com&offset=0&limit=10');
    await send(200, 'GET', '/account/user');
    await send(200, 'PUT', '/account/user', { email: 'emma@example.com', name: 'Emma', language: 'en' });
    await send(400, 'PUT', '/account/user', { email: 'emma', name: 'Emma' });
    await send(409, 'PUT', '/account/user', { email: 'emma@example.com', name: 'Emma' });
    await send(200, 'GET', user);
    await send(200, 'POST', user, { name: 'Clara N.' });
    await send(400, 'POST', user, { email: 'clara' });
    await send(409, 'POST', user, { email: 'emma@example.com' });
    await send(204, 'DELETE', user);
    await send(200, 'GET', user);
    await send(423, 'DELETE', user);
    await send(423, 'POST', user, { name: 'Clara' });
    await aMinute();
    await send(404, 'GET', user);
    await send(404, 'DELETE', user);
    await send(404, 'POST', user, { name: 'Clara' });
  });

  it('refuses dead tokens and missing scopes', async () => {
    for (const { method, path, scopes } of routes) {
      const concrete = path.replace(/\{\w+\}/g, '1');
      await send(401, method, concrete, undefined, 'an-unknown-token');
      if (!scopes.includes('smartlock.readOnly')) await send(401, method, concrete, undefined, readOnlyToken);
    }
  });

  it('has each operation succeed once, and shows each listed contradiction', () => {
    const offered = routes.map(({ method, path }) => `${method} ${path}`);
    assert.deepEqual([...contract.tried].toSorted(), offered.toSorted());
    const stale = Object.keys(contradictions).filter((name) => !contract.met.has(name));
    assert.deepEqual(stale, []);
  });
});
