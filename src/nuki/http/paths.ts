import { isUsableDeviceId } from '../deviceId.ts';
import { NukiError } from './errors.ts';

/** The only place that a token is ever sent to. */
export const origin = 'https://api.nuki.io';

/** @throws {NukiError} `unsupportedId` when the id is not one that may go into a URL */
export function usableDeviceId(id: number): number {
  if (!isUsableDeviceId(id)) throw new NukiError('unsupportedId');
  return id;
}

/** @throws {NukiError} `unsupportedId` */
export function usableAuthorizationId(id: string): string {
  if (!/^[0-9a-f]{24}$/i.test(id)) throw new NukiError('unsupportedId');
  return id;
}

/** @throws {NukiError} `unsupportedId` */
export function devicePath(id: number): string {
  return `/smartlock/${usableDeviceId(id)}`;
}

/** @throws {NukiError} `unsupportedId` */
export function authorizationPath(id: number, authorizationId: string): string {
  return `${devicePath(id)}/auth/${usableAuthorizationId(authorizationId)}`;
}
