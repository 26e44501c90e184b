import type { ApiRequest } from './http/requests.ts';

/** The permissions of a token that this extension uses. */
export const permissionNames = ['account', 'devices', 'operate', 'authorizations', 'log'] as const;

export type Permission = (typeof permissionNames)[number];

export interface PermissionTraits {
  /** Its name in Nuki Web. */
  readonly name: string;
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
    gives: 'adding the account (required), and choosing people for authorizations',
    probe: read('/account'),
  },
  devices: {
    name: 'view devices',
    gives: 'devices and their states (required)',
    probe: read('/smartlock'),
  },
  operate: { name: 'operate devices', gives: 'lock, unlock and all other actions, and Wake and Refresh' },
  authorizations: {
    name: 'manage authorizations',
    gives: 'listing, creating, changing and deleting authorizations',
    probe: read('/smartlock/auth/paged?page=0&size=1'),
  },
  log: {
    name: 'view activity log',
    gives: "recent activity, and confirmation of actions from the device's log",
    probe: read('/smartlock/log?limit=1'),
  },
};
