import assert from 'node:assert/strict';
import { knownOf } from '../../../../src/simulator/api/known.ts';
import { frontDoor, garage, terrace } from '../../../../src/simulator/demo/demoDevices.ts';
import { TestSimulator } from '../testSimulator.ts';

const berlin = 37;

describe('what the client check knows of the home before a request', () => {
  const { home } = new TestSimulator();
  const entryOf = (smartlockId: number, name: string) =>
    home.authorizationsOnLock(smartlockId).find((entry) => entry.name === name);

  it('is nothing for most', () => {
    for (const [operation, path] of [
      ['GET /smartlock', '/smartlock'],
      ['GET /smartlock/{smartlockId}', `/smartlock/${frontDoor}`],
      ['GET /smartlock/{smartlockId}/log', `/smartlock/${frontDoor}/log?limit=50`],
      ['POST /smartlock/{smartlockId}/action', `/smartlock/${frontDoor}/action`],
      ['GET /account', '/account'],
    ] as const) {
      assert.equal(knownOf(home, { operation, path }), undefined, path);
    }
    assert.equal(knownOf(home, { path: '/nothing' }), undefined);
  });

  it('is the authorization that is replaced, or each of many', () => {
    const clara = entryOf(frontDoor, 'Clara Novak');
    const family = entryOf(terrace, 'Family');
    const one = {
      operation: 'POST /smartlock/{smartlockId}/auth/{id}',
      path: `/smartlock/${frontDoor}/auth/${clara?.id}`,
    };
    assert.deepEqual(knownOf(home, { ...one, body: { name: 'Clara' } })?.replaced, [clara]);
    const many = { operation: 'POST /smartlock/auth', path: '/smartlock/auth' };
    const body = [{ id: clara?.id, name: 'Clara' }, { id: family?.id, name: 'Family' }, 'nonsense'];
    assert.deepEqual(knownOf(home, { ...many, body })?.replaced, [clara, family]);
  });

  it('is the time zone of the devices that get hours', () => {
    const body = { name: 'Baker', allowedFromTime: 480, allowedUntilTime: 720 };
    const one = { operation: 'PUT /smartlock/{smartlockId}/auth', path: `/smartlock/${frontDoor}/auth`, body };
    assert.deepEqual(knownOf(home, one), { timezoneIds: [berlin] });
    const path = '/smartlock/auth';
    const many = { operation: `PUT ${path}`, path, body: { ...body, smartlockIds: [garage, String(terrace)] } };
    assert.deepEqual(knownOf(home, many), { timezoneIds: [berlin] });
    assert.equal(knownOf(home, { ...one, body: { name: 'Baker' } }), undefined);
  });

  it('is how long the log is that a request asks more of than an answer holds', () => {
    const operation = 'GET /smartlock/{smartlockId}/log';
    const ask = (query: string) => knownOf(home, { operation, path: `/smartlock/${frontDoor}/log?${query}` })?.entries;
    const all = ask('limit=51') ?? 0;
    assert.ok(all > 50);
    assert.ok((ask('limit=51&action=240') ?? all) < all);
    assert.equal(ask('limit=51&fromDate=1700000000'), undefined, 'refused');
  });

  it('is every device where the path names none', () => {
    const operation = 'GET /smartlock/{smartlockId}';
    const ids = home.devices().map(({ id }) => id);
    assert.deepEqual(knownOf(home, { operation, path: '/smartlock/1A2B3C4D' }), { deviceIds: ids });
  });
});
