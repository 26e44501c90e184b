import { demoAccountId } from './demoDevices.ts';
import { apiTokenVendor, makeIntegrations } from '../integrations.ts';
import type { SimulatedToken } from '../tokens.ts';
import type { IntegrationJson } from '../wire.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** The token of the demo home in VS Code: it may do what Keyturner needs, and change settings too. */
export function ownToken(token: string, now: number): SimulatedToken {
  return {
    token,
    description: 'Keyturner',
    createdAt: new Date(now - 33 * day).toISOString(),
    scopes: [
      'account',
      'smartlock.readOnly',
      'smartlock.action',
      'smartlock.auth',
      'smartlock.config',
      'smartlock.log',
    ],
  };
}

/** What else has access to the account of the demo home at `now` (ms since 1970). */
export function demoIntegrations(now: number): readonly IntegrationJson[] {
  const ago = (ms: number): string => new Date(now - ms).toISOString();
  const ofApp = [
    'account',
    'notification',
    'smartlock',
    'smartlock.action',
    'smartlock.auth',
    'smartlock.config',
    'smartlock.log',
  ];
  return makeIntegrations([
    {
      name: 'API token',
      vendorKey: apiTokenVendor,
      description: 'Home Assistant',
      scopes: ['account', 'smartlock', 'smartlock.action', 'smartlock.log'],
      createdAt: ago(410 * day),
      lastActiveAt: ago(140 * day),
    },
    {
      name: 'Amazon Alexa',
      vendorKey: 'ALEXA',
      scopes: ['smartlock.readOnly', 'smartlock.action'],
      createdAt: ago(300 * day),
      lastActiveAt: ago(5 * hour),
    },
    {
      name: "Anna's iPhone",
      vendorKey: 'IOS',
      device: true,
      scopes: ofApp,
      createdAt: ago(380 * day),
      lastActiveAt: ago(hour),
    },
    {
      name: "Ben's iPhone",
      vendorKey: 'IOS',
      device: true,
      scopes: ['smartlock.readOnly', 'smartlock.action', 'smartlock.log'],
      createdAt: ago(200 * day),
      lastActiveAt: ago(7 * hour),
      subAccount: { accountId: demoAccountId + 1, name: 'Ben Berger' },
    },
    {
      name: 'Nuki Web',
      vendorKey: 'NUKI_WEB',
      scopes: [...ofApp, 'smartlock.create'],
      createdAt: ago(390 * day),
      lastActiveAt: ago(2 * day),
    },
    {
      name: 'Conrad Connect',
      vendorKey: 'CONRAD_CONNECT',
      isLegacy: true,
      scopes: ['smartlock', 'smartlock.action', 'smartlock.log'],
      createdAt: ago(399 * day),
      lastActiveAt: ago(36 * day),
    },
  ]);
}
