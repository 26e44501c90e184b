import assert from 'node:assert/strict';
import * as v from 'valibot';
import { routes } from '../../src/simulator/api/api.ts';
import { resourceAt, resourcesOfNuki } from '../../src/simulator/api/operations.ts';
import { demoHomeOptions, demoToken } from '../../src/simulator/demo/demo.ts';
import { settingsParts } from '../../src/simulator/api/settingsRules.ts';
import {
  cellar,
  demoAccountId,
  frontDoor,
  guestHouse,
  intercom,
  parcelBox,
  terrace,
} from '../../src/simulator/demo/demoDevices.ts';
import { makeSmartlock } from '../../src/simulator/devices/smartlockJson.ts';
import { SimulatedHome } from '../../src/simulator/home.ts';
import type { SmartlockJson } from '../../src/simulator/wire.ts';
import { FakeClock } from '../unit/fakeClock.ts';
import { until } from '../unit/simulator/webhooks/fakeReceiver.ts';
import { Contract } from './contract.ts';
import { contradictions } from './contradictions.ts';
import { Specification } from './specification.ts';

const readOnlyToken = 'a-token-that-may-only-read-devices';
const spareToken = 'a-token-that-is-revoked';
const spareTokenId = 40_003;
const settingsSchemas = [
  ['config', 'Smartlock.Config'],
  ['advancedConfig', 'Smartlock.AdvancedConfig'],
  ['openerAdvancedConfig', 'Smartlock.OpenerAdvancedConfig'],
  ['smartdoorAdvancedConfig', 'Smartlock.SmartdoorAdvancedConfig'],
] as const;
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
    tokens: [...options.tokens, { token: readOnlyToken, scopes: ['smartlock.readOnly'] }, { token: spareToken }],
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
    await send(400, 'GET', '/smartlock?type=lock');
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
    const advanced = ['/action/advanced', '/action/lock/advanced', '/action/unlock/advanced'];
    for (const path of [...advanced, '/action', '/action/lock', '/action/unlock', '/sync']) {
      const body = /action(\/advanced)?$/.test(path) ? { action: 1 } : undefined;
      await send(404, 'POST', ofDevice(path, noDevice), body);
      await send(403, 'POST', ofDevice(path, foreignDevice), body);
    }
    await aMinute();
    await send(200, 'POST', ofDevice('/action/advanced'), { action: 2 });
    await send(423, 'POST', ofDevice('/action/advanced'), { action: 2 });
    await send(423, 'POST', ofDevice('/action/lock/advanced'));
    await send(423, 'POST', ofDevice('/action/unlock/advanced'));
    await aMinute();
    await send(200, 'POST', ofDevice('/action/unlock/advanced'));
    await aMinute();
    await send(200, 'POST', ofDevice('/action/lock/advanced'));
    await send(400, 'POST', ofDevice('/action/advanced', guestHouse), { action: 3 });
    await send(405, 'POST', ofDevice('/action/lock/advanced', parcelBox));
    await send(405, 'POST', ofDevice('/action/unlock/advanced', intercom));
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
    await send(400, 'GET', '/smartlock/auth?types=code');
    await send(400, 'GET', '/smartlock/auth/paged?page=first');
    await send(400, 'GET', ofDevice('/auth?types=0,code'));
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
    const advanced = { ...app, name: 'Ben', accountUserId: 1_000_102, smartlockIds: [terrace, guestHouse] };
    await send(200, 'PUT', '/smartlock/auth/advanced', advanced);
    await send(400, 'PUT', '/smartlock/auth/advanced', { ...advanced, accountUserId: undefined });
    await send(404, 'PUT', '/smartlock/auth/advanced', { ...advanced, smartlockIds: [noDevice] });
    await send(403, 'PUT', '/smartlock/auth/advanced', { ...advanced, smartlockIds: [foreignDevice] });
    await aMinute();
    await send(409, 'PUT', '/smartlock/auth/advanced', advanced);
    await send(404, 'PUT', ofDevice('/auth', noDevice), code);
    await send(403, 'PUT', ofDevice('/auth', foreignDevice), code);
    await aMinute();
  });

  it('refuses names that are too long for a keypad', async () => {
    const name = 'PIN for guest99@example.com';
    const refusing = new SimulatedHome({ ...demoHomeOptions(clock, 1), conditions: { longNames: 'refused' } });
    const refused = contract.of(refusing);
    const family = refusing.authorizationsOnLock(frontDoor).find((entry) => entry.name === 'Family');
    const code = { name, type: 13, code: 333444, remoteAllowed: false };
    for (const [method, path, body] of [
      ['PUT', ofDevice('/auth'), code],
      ['PUT', '/smartlock/auth', { ...code, smartlockIds: [frontDoor] }],
      ['POST', ofDevice(`/auth/${family?.id}`), { name }],
      ['POST', '/smartlock/auth', [{ id: family?.id, name }]],
    ] as const) {
      await refused.send(422, { method, path, body, token: demoToken });
    }
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
    await send(400, 'GET', '/account/user?offset=first');
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

  it('sets devices', async () => {
    const listed = async (id: number): Promise<SmartlockJson> => {
      const device = await contract.send(200, { method: 'GET', path: ofDevice('', id), token: demoToken });
      return v.parse(
        v.custom<SmartlockJson>(() => true),
        device,
      );
    };
    const door = await listed(frontDoor);
    await send(204, 'POST', ofDevice(''), { name: 'Front', favorite: false });
    await send(204, 'POST', ofDevice('/config'), { ...door.config, ledBrightness: 5 });
    assert.equal('operationId' in (await listed(frontDoor)).config, true);
    await send(423, 'POST', ofDevice('/config'), door.config);
    await send(204, 'POST', ofDevice('/advanced/config'), { ...door.advancedConfig, lngTimeout: 60 });
    await send(423, 'POST', ofDevice('/advanced/config'), door.advancedConfig);
    const { openerAdvancedConfig } = await listed(intercom);
    await send(204, 'POST', ofDevice('/advanced/openerconfig', intercom), openerAdvancedConfig);
    await send(423, 'POST', ofDevice('/advanced/openerconfig', intercom), openerAdvancedConfig);
    const { smartdoorAdvancedConfig } = await listed(terrace);
    await send(204, 'POST', ofDevice('/advanced/smartdoorconfig', terrace), smartdoorAdvancedConfig);
    await send(423, 'POST', ofDevice('/advanced/smartdoorconfig', terrace), smartdoorAdvancedConfig);
    await send(204, 'POST', ofDevice('/web/config'), {
      batteryWarningPerMailEnabled: true,
      dismissedLiftUpHandleWarning: [1],
    });
    await send(204, 'POST', ofDevice('/admin/pin'), { adminPin: 1234 });
    await aMinute();
    assert.equal((await listed(frontDoor)).config['ledBrightness'], 5);
    await listed(intercom);
    await listed(terrace);
    for (const [path, wrong] of [
      ['', { name: '' }],
      ['/config', { ...door.config, timezoneId: 46 }],
      ['/advanced/config', { ...door.advancedConfig, lngTimeout: 61 }],
      ['/advanced/openerconfig', {}],
      ['/advanced/smartdoorconfig', {}],
      ['/web/config', { batteryWarningPerMailEnabled: 1 }],
      ['/admin/pin', { adminPin: -1 }],
    ] as const) {
      await send(400, 'POST', ofDevice(path), wrong);
      await send(403, 'POST', ofDevice(path, foreignDevice), {});
      await send(404, 'POST', ofDevice(path, noDevice), {});
    }
  });

  for (const [part, schema] of settingsSchemas) {
    it(`takes of ${part} what the specification has`, () => {
      const { rules, required } = settingsParts[part];
      const fields = specification.fieldsOf(schema);
      assert.deepEqual(
        Object.keys(rules).filter((name) => !fields.includes(name)),
        [],
      );
      for (const name of required) assert.equal(specification.field(schema, name).required, true, name);
      for (const [name, rule] of Object.entries(rules)) {
        const { enum: values = [], minimum, maximum, type } = specification.field(schema, name);
        for (const value of [...values, minimum, maximum]) {
          if (value !== undefined) assert.equal(rule({ [name]: value }, name), value, `${name} ${value}`);
        }
        const above = Math.max(...values.map(Number), maximum ?? -Infinity) + 1;
        const wrong = above > -Infinity ? above : type === 'boolean' ? 1 : type === 'string' ? 1 : 'text';
        assert.throws(() => rule({ [name]: wrong }, name), `${name} ${wrong}`);
      }
    });
  }

  it('knows the account, its sub accounts and settings', async () => {
    const sub = `/account/sub/${demoAccountId + 1}`;
    await send(204, 'POST', '/account', { language: 'de', name: 'Anna B.' });
    await send(400, 'POST', '/account', { name: 'Anna' });
    await send(409, 'POST', '/account', { language: 'de', email: 'ben.berger@example.com' });
    const subs = await contract.send(200, { method: 'GET', path: '/account/sub?email=ben', token: demoToken });
    for (const each of v.parse(v.pipe(v.array(v.unknown()), v.length(1)), subs)) contract.checkAgainst('Account', each);
    const eva = { email: 'eva@example.com', language: 'de', name: 'Eva', password: 'secret!', rights: 2 };
    await send(200, 'PUT', '/account/sub', eva);
    await send(400, 'PUT', '/account/sub', { ...eva, rights: 32 });
    await send(409, 'PUT', '/account/sub', eva);
    await send(200, 'GET', sub);
    await send(204, 'POST', sub, { language: 'de', rights: 127 });
    await send(400, 'POST', sub, { rights: 127 });
    await send(409, 'POST', sub, { language: 'de', email: 'eva@example.com' });
    await send(204, 'DELETE', sub);
    await send(404, 'DELETE', sub);
    await send(404, 'GET', sub);
    await send(404, 'POST', sub, { language: 'de' });
    await send(404, 'GET', '/account/setting');
    const setting = {
      web: { deviceViewType: 'TILE', annotations: { 'a/b': true }, removedStaledDevices: [{ name: 'x' }] },
    };
    await send(200, 'PUT', '/account/setting', setting);
    await send(400, 'PUT', '/account/setting', { web: { deviceViewType: 'SQUARE' } });
    assert.deepEqual(await send(200, 'GET', '/account/setting'), setting);
    await send(204, 'DELETE', '/account/setting');
  });

  it('knows notifications', async () => {
    const notification = {
      os: 2,
      pushId: 'https://example.com/hook',
      referenceId: 'r',
      settings: [{ smartlockId: frontDoor, triggerEvents: ['lock'], authIds: [] }],
    };
    const made = await contract.send(200, {
      method: 'PUT',
      path: '/notification',
      body: notification,
      token: demoToken,
    });
    const one = `/notification/${v.parse(v.object({ notificationId: v.string() }), made).notificationId}`;
    await send(400, 'PUT', '/notification', { ...notification, pushId: 'no address' });
    assert.deepEqual(await send(200, 'GET', '/notification?referenceId=r'), [made]);
    assert.deepEqual(await send(200, 'GET', one), made);
    await send(200, 'POST', one, { ...notification, os: 0 });
    await send(400, 'POST', one, { ...notification, os: 3 });
    await send(204, 'DELETE', one);
    await send(403, 'DELETE', one);
    await send(403, 'POST', one, notification);
    await send(404, 'GET', one);
  });

  it('knows who gets webhooks, and how they were taken', async () => {
    const hook = { webhookUrl: 'http://127.0.0.1:9/', webhookFeatures: ['DEVICE_STATUS', 'DEVICE_AUTHS'] };
    await send(400, 'PUT', '/api/decentralWebhook', { ...hook, webhookUrl: 'https://example.com/' });
    await send(400, 'PUT', '/api/decentralWebhook', { ...hook, webhookFeatures: [] });
    const made = await contract.send(200, {
      method: 'PUT',
      path: '/api/decentralWebhook',
      body: hook,
      token: demoToken,
    });
    assert.deepEqual(await send(200, 'GET', '/api/decentralWebhook'), [made]);
    await send(204, 'POST', ofDevice('/action'), { action: 1 });
    await aMinute();
    home.devices();
    const { deliveries } = home.webhooks;
    await until(() => deliveries.all.length > 1 && deliveries.all.every(({ receipt }) => receipt !== undefined));
    const keys = v.array(v.object({ apiKeyId: v.number() }));
    const [key] = v.parse(keys, await send(200, 'GET', '/api/key'));
    const logs = `/api/key/${key?.apiKeyId}/webhook/logs`;
    const list = await contract.send(200, { method: 'GET', path: `${logs}?limit=5`, token: demoToken });
    const [first] = v.parse(v.pipe(v.array(v.object({ id: v.string() })), v.minLength(2)), list);
    await send(200, 'GET', `${logs}?id=${first?.id}&limit=101`);
    await send(400, 'GET', `${logs}?limit=all`);
    await send(404, 'GET', '/api/key/7/webhook/logs');
    await send(204, 'POST', `/api/key/${key?.apiKeyId}/advanced/reactivate`);
    await send(404, 'POST', '/api/key/7/advanced/reactivate');
    const { id } = v.parse(v.object({ id: v.number() }), made);
    await send(204, 'DELETE', `/api/decentralWebhook/${id}`);
    await send(403, 'DELETE', `/api/decentralWebhook/${id}`);
  });

  it('knows what has access, and revokes it', async () => {
    const integrations = v.array(v.object({ tokenId: v.optional(v.string()), scopes: v.array(v.string()) }));
    const list = await contract.send(200, { method: 'GET', path: '/account/integration', token: demoToken });
    const readOnly = v
      .parse(integrations, list)
      .find(({ scopes }) => scopes.includes('smartlock.readOnly') && scopes.length === 1);
    await send(400, 'DELETE', '/account/integration');
    await send(404, 'DELETE', '/account/integration?apiKeyId=7');
    await send(204, 'DELETE', `/account/integration?tokenId=${spareTokenId}`);
    await send(404, 'DELETE', `/account/integration?tokenId=${spareTokenId}`);
    assert.ok(readOnly);
    await send(200, 'GET', '/smartlock', undefined, readOnlyToken);
    await send(401, 'GET', '/smartlock', undefined, spareToken);
  });

  it('answers 501 to every operation that it lacks', async () => {
    const offered = new Set(routes.map(({ method, path }) => `${method} ${path}`));
    for (const operation of specification.operations().filter((name) => !offered.has(name))) {
      const [method = '', path = ''] = operation.split(' ');
      await send(501, method, path.replace(/\{\w+\}/g, '1'), undefined);
    }
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
