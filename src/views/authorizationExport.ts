import { safeText, textLength } from '../base/safeText.ts';
import type { DeviceState } from '../model/store.ts';
import { validityOf } from '../nuki/authorization.ts';
import { scheduleInWords, type Reader } from '../nuki/schedule.ts';
import { timeZoneName } from '../nuki/timeZones.ts';
import { authorizationTypes, word } from '../nuki/words.ts';

/** What is exported of an authorization, in this order. There is no code among it. */
export const exportColumns = [
  'device',
  'smartlockId',
  'name',
  'type',
  'status',
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

export type ExportedAuthorization = {
  readonly [C in (typeof exportColumns)[number]]?: string | number | boolean | undefined;
};

/** The authorizations of `states` as plain values: Nuki's own fields, and beside them type, status and schedule in words. */
export function exportedAuthorizations(
  states: readonly DeviceState[],
  nameOf: (smartlockId: number) => string,
  reader: Reader & { readonly now: number },
): readonly ExportedAuthorization[] {
  return states.flatMap(({ device, authorizations }) => {
    const zone = timeZoneName(device.config?.timezoneId);
    return (authorizations?.items ?? []).map((authorization): ExportedAuthorization => {
      const { operationId: _, type, name, ...fields } = authorization;
      return {
        ...fields,
        device: nameOf(device.smartlockId),
        smartlockId: device.smartlockId,
        name: safeText(name, textLength),
        type: word(authorizationTypes, type, reader.say),
        status: validityOf(authorization, reader.now),
        schedule: scheduleInWords(authorization, zone, reader),
        timeZone: zone,
      };
    });
  });
}
