import { deepEqual } from '../../base/deepEqual.ts';
import type { CloudChange } from '../devices/cloud.ts';
import type { AccountUserJson, SmartlockJson } from '../wire.ts';

/** What a webhook can be registered for. Nuki's OpenAPI, "DecentralWebhook". */
export const webhookFeatures = [
  'DEVICE_STATUS',
  'DEVICE_MASTERDATA',
  'DEVICE_CONFIG',
  'DEVICE_LOGS',
  'DEVICE_AUTHS',
  'ACCOUNT_USER',
] as const;

export type WebhookFeature = (typeof webhookFeatures)[number];

/** The body of a device-triggered webhook. Nuki's guide, "Device Triggered Webhooks" and "Monitoring Webhooks". */
export interface Payload {
  readonly feature: WebhookFeature;
  readonly [field: string]: unknown;
}

/** What the cloud tells of a change in what it knows of a device; of a sync it tells master data and configuration in any case. */
export function payloadsOf({ before, after, isSync }: CloudChange): readonly Payload[] {
  const [old, listed] = [before.listed, after.listed];
  const known = new Set(before.log);
  return [
    ...(isAsBefore(statusOf, old, listed) ? [] : [statusOf(listed)]),
    ...(!isSync && isAsBefore(masterDataOf, old, listed) ? [] : [withDates(masterDataOf(listed), listed)]),
    ...(!isSync && isAsBefore(settingsOf, old, listed) ? [] : [configOf(listed)]),
    ...after.log
      .filter((entry) => !known.has(entry))
      .map((smartlockLog): Payload => ({ feature: 'DEVICE_LOGS', smartlockLog })),
    ...changesIn(before.authorizations, after.authorizations, 'id').map(([deleted, smartlockAuth]): Payload => ({
      feature: 'DEVICE_AUTHS',
      deleted,
      smartlockAuth,
    })),
  ];
}

/** What the cloud tells of a change of the account's users. Its form is that of DEVICE_AUTHS, as none is published. */
export function userPayloads(
  before: readonly AccountUserJson[],
  after: readonly AccountUserJson[],
): readonly Payload[] {
  return changesIn(before, after, 'accountUserId').map(([deleted, accountUser]): Payload => ({
    feature: 'ACCOUNT_USER',
    deleted,
    accountUser,
  }));
}

function isAsBefore(part: (listed: SmartlockJson) => object, before: SmartlockJson, after: SmartlockJson): boolean {
  return before === after || deepEqual(part(before), part(after));
}

function statusOf({ smartlockId, state, serverState, adminPinState }: SmartlockJson): Payload {
  return { feature: 'DEVICE_STATUS', smartlockId, state, serverState, adminPinState };
}

function masterDataOf(listed: SmartlockJson): Payload {
  const { smartlockId, accountId, type, authId, name, favorite, firmwareVersion, hardwareVersion } = listed;
  const data = { smartlockId, accountId, type, authId, name, favorite, firmwareVersion, hardwareVersion };
  return { feature: 'DEVICE_MASTERDATA', deleted: false, ...data };
}

function withDates(payload: Payload, listed: SmartlockJson): Payload {
  const { serverState, adminPinState, creationDate, updateDate } = listed;
  return { ...payload, serverState, adminPinState, creationDate, updateDate };
}

function configOf({ smartlockId, config }: SmartlockJson): Payload {
  return { feature: 'DEVICE_CONFIG', smartlockId, config };
}

/** All that a device's owner can set; a change of any of it triggers DEVICE_CONFIG, which tells `config` alone. */
function settingsOf({ config, ...listed }: SmartlockJson): readonly object[] {
  return [config, listed.advancedConfig, listed.openerAdvancedConfig, listed.smartdoorAdvancedConfig].map(idle);
}

/** Which of two lists with ids in them differ, with whether it is gone; that an operation is under way is no difference. */
function changesIn<Key extends string, T extends { readonly [K in Key]: unknown } & { readonly operationId?: unknown }>(
  before: readonly T[],
  after: readonly T[],
  key: Key,
): readonly (readonly [deleted: boolean, T])[] {
  if (before === after) return [];
  const old = new Map(before.map((entry) => [entry[key], entry]));
  const changed = after.filter((entry) => {
    const same = old.get(entry[key]);
    old.delete(entry[key]);
    return same === undefined || (same !== entry && !deepEqual(idle(same), idle(entry)));
  });
  return [
    ...changed.map((entry) => [false, entry] as const),
    ...[...old.values()].map((entry) => [true, entry] as const),
  ];
}

/** `entry` as it is when no operation is under way. */
function idle(entry: object | undefined): object {
  return { ...entry, operationId: undefined };
}
