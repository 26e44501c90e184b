import { authorizationType } from '../../nuki/authorization/authorizationType.ts';
import { keypadNameBytes } from '../../nuki/authorization/authorization.ts';
import { isKeypadCode } from '../../nuki/authorization/keypadCode.ts';
import { badParameter, conflict, unprocessable } from '../answers.ts';
import type { Conditions } from '../conditions.ts';
import type { Device } from '../devices/device.ts';
import { hasPart } from '../devices/parts.ts';
import { booleanField, integerField, scheduleFields, textField } from './requestFields.ts';
import type { Fields } from '../jsonFields.ts';
import type { SimulatedHome } from '../home.ts';
import type { AuthorizationJson } from '../wire.ts';

/** What a PUT may create besides keypad codes. */
const types: readonly number[] = [authorizationType.app, authorizationType.fob];

/**
 * The authorization that the body of a PUT describes.
 * @throws {Refusal} 400 for a field that is not valid, 409 for a code or person that the device already has
 */
export function authorizationToCreate(home: SimulatedHome, device: Device, fields: Fields): AuthorizationJson {
  const type = integerField(fields, 'type') ?? authorizationType.app;
  const creatable = type === authorizationType.keypadCode ? hasPart(device, 'keypad') : types.includes(type);
  if (!creatable) throw badParameter('type', type);
  const remoteAllowed = booleanField(fields, 'remoteAllowed');
  if (remoteAllowed === undefined) throw badParameter('remoteAllowed', null);
  const code = codeField(fields, type);
  if (type === authorizationType.keypadCode && code === undefined) throw badParameter('code', null);
  const accountUserId = userField(home, fields);
  if (type !== authorizationType.keypadCode && accountUserId === undefined) throw badParameter('accountUserId', null);

  const { timeline } = home;
  const entry: AuthorizationJson = {
    id: timeline.newId(),
    smartlockId: device.id,
    authId: freeSlot(device, type),
    type,
    name: nameField(fields, type, home.conditions),
    enabled: true,
    remoteAllowed,
    lockCount: 0,
    creationDate: timeline.date,
    updateDate: timeline.date,
    ...scheduleFields(fields),
    ...(code !== undefined && { code }),
    ...(accountUserId !== undefined && { accountUserId }),
  };
  refuseDuplicates(home, device, entry);
  return entry;
}

/**
 * `old` as the body of a POST changes it: a restriction that the body does not name is removed.
 * @throws {Refusal} 400 for a field that is not valid, 409 for a code that the device already has
 */
export function authorizationToReplace(
  home: SimulatedHome,
  device: Device,
  old: AuthorizationJson,
  fields: Fields,
): AuthorizationJson {
  const { id, smartlockId, authId, type, lockCount, lastActiveDate, creationDate, updateDate } = old;
  const code = codeField(fields, type) ?? old.code;
  const accountUserId = userField(home, fields) ?? old.accountUserId;
  const entry: AuthorizationJson = {
    id,
    smartlockId,
    authId,
    type,
    name: nameField(fields, type, home.conditions),
    enabled: booleanField(fields, 'enabled') ?? old.enabled,
    remoteAllowed: booleanField(fields, 'remoteAllowed') ?? old.remoteAllowed,
    lockCount,
    creationDate,
    ...scheduleFields(fields),
    ...(updateDate !== undefined && { updateDate }),
    ...(lastActiveDate !== undefined && { lastActiveDate }),
    ...(code !== undefined && { code }),
    ...(accountUserId !== undefined && { accountUserId }),
  };
  refuseDuplicates(home, device, entry);
  return entry;
}

/**
 * At most 32 characters. A keypad code's of more than 20 bytes of UTF-8 is refused with 422, as one of 27 bytes was (forum, "422 on
 * keypad code"), or cut to the whole characters that fit, as "Housekeeping Cleanin" was.
 */
function nameField(fields: Fields, type: number, { longNames }: Conditions): string {
  const name = textField(fields, 'name');
  if (name === undefined || name === '' || name.length > 32) throw badParameter('name', name ?? null);
  if (type !== authorizationType.keypadCode) return name;
  let kept = '';
  for (const character of name) {
    if (new TextEncoder().encode(kept + character).length > keypadNameBytes) {
      if (longNames === 'refused') throw unprocessable();
      break;
    }
    kept += character;
  }
  return kept;
}

function codeField(fields: Fields, type: number): number | undefined {
  const code = integerField(fields, 'code');
  if (code !== undefined && (type !== authorizationType.keypadCode || !isKeypadCode(String(code))))
    throw badParameter('code', code);
  return code;
}

function userField(home: SimulatedHome, fields: Fields): number | undefined {
  const accountUserId = integerField(fields, 'accountUserId');
  if (accountUserId !== undefined && !home.users.some((user) => user.accountUserId === accountUserId)) {
    throw badParameter('accountUserId', accountUserId);
  }
  return accountUserId;
}

/**
 * Expired and disabled codes count, as they are still stored. A person has one app authorization per device. Where the cloud lists what
 * the lock has not confirmed, it compares with what is confirmed only: a creation that was sent twice made two entries.
 */
function refuseDuplicates({ conditions }: SimulatedHome, device: Device, entry: AuthorizationJson): void {
  const others = conditions.listsUnconfirmed
    ? device.cloud.authorizations.filter(({ updateDate }) => updateDate)
    : [...device.cloud.authorizations, ...device.store.stored];
  for (const other of others) {
    if (other.id === entry.id || other.type !== entry.type) continue;
    if (entry.code !== undefined && other.code === entry.code) throw conflict('code');
    if (entry.type === authorizationType.app && other.accountUserId === entry.accountUserId)
      throw conflict('accountUserId');
  }
}

/** The device's own number for an authorization; keypad codes count in fours from 8,192. */
function freeSlot(device: Device, type: number): number {
  const taken = device.store.stored.filter(
    (entry) => (entry.type === authorizationType.keypadCode) === (type === authorizationType.keypadCode),
  );
  const last = Math.max(type === authorizationType.keypadCode ? 8192 : 0, ...taken.map(({ authId }) => authId));
  return last + (type === authorizationType.keypadCode ? 4 : 1);
}
