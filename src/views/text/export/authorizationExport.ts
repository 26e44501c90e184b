import { safeText, textLength } from '../../../base/safeText.ts';
import { inPages } from '../../../base/eventLoop.ts';
import { validityOf, type Authorization } from '../../../nuki/authorization/authorization.ts';
import type { Locale } from '../../../base/locale.ts';
import { scheduleInWords } from '../../../nuki/authorization/schedule.ts';
import { confirmations, type Confirmation } from '../../../nuki/authorization/confirmation.ts';
import type { PendingChange } from '../../../model/authorizations/pendingChanges.ts';
import type { DeviceState } from '../../../model/snapshots.ts';
import { pendingChangeOf } from '../../../model/authorizations/standing.ts';
import { timeZoneName } from '../../../nuki/time/timeZones.ts';
import { authorizationTypes, word } from '../../../nuki/vocabulary/words.ts';
import { exportFile, type Exported, type ExportFile, type ExportFormat } from './exportFile.ts';
import { pendingChangeText, waitingText } from '../pendingChangeText.ts';

/** The exported fields of an authorization, in this order; its code is not one. */
const exportColumns = [
  'device',
  'smartlockId',
  'name',
  'type',
  'status',
  'onLock',
  'pending',
  'schedule',
  'timeZone',
  'remoteAllowed',
  'allowedFromDate',
  'allowedUntilDate',
  'allowedWeekDays',
  'allowedFromTime',
  'allowedUntilTime',
  'accountUserId',
  'lockCount',
  'lastActiveDate',
  'creationDate',
  'updateDate',
  'id',
] as const;

type ExportedAuthorization = Exported<(typeof exportColumns)[number]>;

/** A device as the rows of its authorizations name it, with what was asked of these here. */
export interface ExportedDevice extends Pick<DeviceState, 'device' | 'pendingChanges'> {
  /** Fit to be shown. */
  readonly name: string;
}

/**
 * A file of these authorizations: Nuki's own fields, and beside them type, status and schedule in words, whether the lock has confirmed it
 * (`confirmed`, `unconfirmed`, or `unknown` where it never says so), and what was asked of it and is not seen done.
 */
export async function exportOf(
  format: ExportFormat,
  authorizations: readonly Authorization[],
  deviceOf: (authorization: Authorization) => ExportedDevice | undefined,
  locale: Locale & { readonly now: number },
): Promise<ExportFile> {
  return await exportFile(format, exportColumns, pagesOf(authorizations, deviceOf, locale));
}

async function* pagesOf(
  authorizations: readonly Authorization[],
  deviceOf: (authorization: Authorization) => ExportedDevice | undefined,
  locale: Locale & { readonly now: number },
): AsyncGenerator<readonly ExportedAuthorization[]> {
  const confirmationOn = await confirmationsByDevice(authorizations, deviceOf);
  for await (const page of inPages(authorizations)) {
    yield page.flatMap((authorization) => {
      const device = deviceOf(authorization);
      if (!device) return [];
      const confirmation = confirmationOn(device.device.smartlockId)(authorization);
      return [exported(authorization, device, confirmation, locale)];
    });
  }
}

async function confirmationsByDevice(
  authorizations: readonly Authorization[],
  deviceOf: (authorization: Authorization) => ExportedDevice | undefined,
): Promise<(smartlockId: number) => ReturnType<typeof confirmations>> {
  const lists = new Map<number, Authorization[]>();
  for await (const page of inPages(authorizations)) {
    for (const authorization of page) {
      const id = deviceOf(authorization)?.device.smartlockId;
      if (id === undefined) continue;
      const list = lists.get(id);
      if (list) list.push(authorization);
      else lists.set(id, [authorization]);
    }
  }
  const known = new Map<number, ReturnType<typeof confirmations>>();
  return (id) => {
    const confirmationOf = known.get(id) ?? confirmations(lists.get(id) ?? []);
    known.set(id, confirmationOf);
    return confirmationOf;
  };
}

function exported(
  authorization: Authorization,
  { device, name: deviceName, pendingChanges = [] }: ExportedDevice,
  confirmation: Confirmation,
  locale: Locale & { readonly now: number },
): ExportedAuthorization {
  const pending = pendingText(authorization, pendingChanges, locale);
  const zone = timeZoneName(device.config?.timezoneId);
  const {
    operationId: _operationId,
    error: _error,
    fingerprints: _fingerprints,
    type,
    name,
    ...fields
  } = authorization;
  return {
    ...fields,
    device: deviceName,
    smartlockId: device.smartlockId,
    name: safeText(name, textLength),
    type: word(authorizationTypes, type, locale.t),
    status: validityOf(authorization, locale.now),
    onLock: pending === undefined ? onLock[confirmation] : 'unconfirmed',
    pending,
    schedule: scheduleInWords(authorization, zone, locale),
    timeZone: zone,
  };
}

const onLock: Readonly<Record<Confirmation, string>> = {
  confirmed: 'confirmed',
  unconfirmed: 'unconfirmed',
  untold: 'unknown',
};

/** What is under way or not seen done of an authorization; `undefined` where there is nothing. */
function pendingText(
  { id, operationId }: Authorization,
  pendingChanges: readonly PendingChange[],
  locale: Locale,
): string | undefined {
  const pending = pendingChangeOf(id, pendingChanges);
  if (pending) return pendingChangeText(pending, locale);
  return operationId ? locale.t(waitingText) : undefined;
}
