import { readFileSync } from 'node:fs';
import { SimulatedHome } from '../../src/simulator/home.ts';
import { readHomeFile } from '../../src/simulator/homeFile/homeFile.ts';
import { fileObjects } from '../../src/simulator/homeFile/homeFileSchema.ts';
import { deviceType } from '../../src/nuki/vocabulary/kinds.ts';
import { authorizationType } from '../../src/nuki/authorization/authorizationType.ts';
import assert from 'node:assert/strict';
import { FakeClock } from '../unit/fakeClock.ts';
import { Contract } from './contract.ts';
import { Specification } from './specification.ts';

const token = 'a-token-of-the-home-of-a-file';

/** A device of each type with an authorization of each type, once with every field that is not needed. */
const full = {
  people: [{ name: 'Ben' }, { name: 'Zoë', email: 'zoe@example.org', language: 'de' }],
  devices: Object.keys(deviceType).map((type) => ({
    name: type,
    type,
    keypad: 'Keypad',
    batteryCritical: true,
    continuousMode: true,
  })),
  authorizations: Object.keys(authorizationType).map((type) => ({
    device: Object.keys(deviceType),
    type,
    name: type,
    ...(type === 'keypadCode' && { code: 445_566 }),
    ...(type === 'app' && {
      person: 'Ben',
      from: '-3d',
      until: '+3d',
      days: 'Mon',
      hours: '08:00-09:00',
      lastActive: '-1d',
    }),
    ...(type === 'fob' && {
      confirmed: false,
      enabled: false,
      remoteAllowed: true,
      lockCount: 3,
      created: '2020-01-01',
    }),
  })),
  log: Object.keys(deviceType).map((device) => ({
    device,
    at: '-1h',
    action: 'doorbell rang',
    trigger: 'keypad',
    name: 'keypadCode',
    result: 'rejected',
    source: 'fingerprint',
    autoUnlock: true,
  })),
};

describe("Homes of files and Nuki's OpenAPI", () => {
  for (const [name, text] of [
    ['the smallest', '{"devices":[{"name":"Front Door"}]}'],
    ['the demo home', readFileSync('docs/demo.nuki-home.json', 'utf8')],
    ['one with every type of device and authorization', JSON.stringify(full)],
  ] as const) {
    it(`agree: ${name}`, async () => {
      const home = new SimulatedHome({ ...readHomeFile(text)(new FakeClock(), 1), tokens: [{ token }] });
      const contract = new Contract(new Specification(), home);
      const paths = [
        '/smartlock',
        '/smartlock/log?limit=50',
        '/smartlock/auth',
        '/smartlock/auth/paged',
        '/account',
        '/account/user',
      ];
      const ofDevices = home
        .devices()
        .flatMap(({ id }) => ['', '/log', '/auth'].map((path) => `/smartlock/${id}${path}`));
      for (const path of [...paths, ...ofDevices]) await contract.send(200, { method: 'GET', path, token });
      for (const { id } of home.devices()) {
        for (const entry of home.authorizationsOnLock(id)) contract.checkAgainst('SmartlockAuth', entry);
      }
    });
  }

  it('were tried with every field of a file', () => {
    const demo = readFileSync('docs/demo.nuki-home.json', 'utf8') + JSON.stringify(full);
    const fields = Object.values(fileObjects).flatMap(({ entries }) => Object.keys(entries));
    assert.deepEqual(
      fields.filter((field) => !demo.includes(`"${field}":`)),
      [],
    );
  });
});
