import { isUsableDeviceId } from '../deviceId.ts';
import { NukiError } from './errors.ts';

/** The only origin that tokens are sent to. */
export const origin = 'https://api.nuki.io';

/** The id, if it may go into a URL. @throws {NukiError} `unsupportedId` */
export function usableDeviceId(id: number): number {
  if (!isUsableDeviceId(id)) throw new NukiError('unsupportedId');
  return id;
}

/** The id, if it is one of 24 hex digits. @throws {NukiError} `unsupportedId` */
export function usableAuthorizationId(id: string): string {
  if (!/^[0-9a-f]{24}$/i.test(id)) throw new NukiError('unsupportedId');
  return id;
}

/** @throws {NukiError} `unsupportedId` */
export function personPath(accountUserId: number): string {
  if (!Number.isSafeInteger(accountUserId) || accountUserId < 0) throw new NukiError('unsupportedId');
  return `/account/user/${accountUserId}`;
}

/** @throws {NukiError} `unsupportedId` */
export function devicePath(id: number): string {
  return `/smartlock/${usableDeviceId(id)}`;
}

/** @throws {NukiError} `unsupportedId` */
export function authorizationPath(id: number, authorizationId: string): string {
  return `${devicePath(id)}/auth/${usableAuthorizationId(authorizationId)}`;
}
