import type { ApiRequest } from './http/requests.ts';

/** The permissions of a token that this extension uses. */
export const permissionNames = ['account', 'devices', 'operate', 'authorizations', 'log'] as const;

export type Permission = (typeof permissionNames)[number];

export interface PermissionTraits {
  /** Its name in Nuki Web. */
  readonly name: string;
  /** Each of these scopes gives it; the first gives the least. */
  readonly scopes: readonly string[];
  /** What the extension needs it for. */
  readonly gives: string;
  /** A read that needs this permission and no other; `undefined` where only writes need it. */
  readonly probe?: ApiRequest;
}

const read = (path: string): ApiRequest => ({ method: 'GET', path });

/** By the security blocks of Nuki's OpenAPI 4.10.0. */
export const permissions: Readonly<Record<Permission, PermissionTraits>> = {
  account: {
    name: 'account',
    scopes: ['account'],
    gives: 'adding the account (required), choosing people for authorizations, and seeing who holds a token',
    probe: read('/account'),
  },
  devices: {
    name: 'view devices',
    scopes: ['smartlock.readOnly', 'smartlock'],
    gives: 'devices and their states (required)',
    probe: read('/smartlock'),
  },
  operate: {
    name: 'operate devices',
    scopes: ['smartlock.action'],
    gives: 'lock, unlock and all other actions, and Wake and Refresh',
  },
  authorizations: {
    name: 'manage authorizations',
    scopes: ['smartlock.auth'],
    gives: 'listing, creating, changing and deleting authorizations, the people of the account, and the calendar',
    probe: read('/smartlock/auth/paged?page=0&size=1'),
  },
  log: {
    name: 'view activity log',
    scopes: ['smartlock.log'],
    gives: "recent activity, and confirmation of actions from the device's log",
    probe: read('/smartlock/log?limit=1'),
  },
};

/** Every scope by its name in Nuki Web. Nuki's OpenAPI, which leaves out the last. */
export const scopeNames: Readonly<Record<string, string>> = {
  account: 'account',
  notification: 'notifications',
  smartlock: 'manage devices',
  'smartlock.readOnly': 'view devices',
  'smartlock.action': 'operate devices',
  'smartlock.auth': 'manage authorizations',
  'smartlock.config': 'manage device settings',
  'smartlock.log': 'view activity log',
  'smartlock.create': 'create devices',
  'webhook.decentral': 'webhooks',
};

/** Those of `scopes` that this extension has no use for. */
export function unusedScopes(scopes: readonly string[]): readonly string[] {
  const used = permissionNames.map((name) => permissions[name].scopes[0]);
  return scopes.filter((scope) => !used.includes(scope));
}
