import { toCsv } from '../../base/csv.ts';
import { safeText, textLength } from '../../base/safeText.ts';
import { inPages, yieldToEventLoop } from '../../base/eventLoop.ts';
import { validityOf, type Authorization } from '../../nuki/authorization/authorization.ts';
import type { Locale } from '../../base/locale.ts';
import { scheduleInWords } from '../../nuki/authorization/schedule.ts';
import { confirmations, type Confirmation } from '../../nuki/authorization/confirmation.ts';
import type { PendingChange } from '../../model/authorizations/pendingChanges.ts';
import type { DeviceState } from '../../model/snapshots.ts';
import { pendingChangeOf } from '../../model/authorizations/standing.ts';
import { timeZoneName } from '../../nuki/time/timeZones.ts';
import { authorizationTypes, word } from '../../nuki/vocabulary/words.ts';
import { pendingChangeText, waitingText } from './pendingChangeText.ts';

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

type ExportedAuthorization = {
  readonly [C in (typeof exportColumns)[number]]?: string | number | boolean | undefined;
};

/** How an export is written: the texts before, between and after the entries, and each entry. */
interface Format {
  readonly begin: string;
  readonly between: string;
  readonly end: string;
  readonly write: (entry: ExportedAuthorization) => string;
}

const formats = {
  csv: {
    begin: toCsv([exportColumns]),
    between: '',
    end: '',
    write: (entry) => toCsv([exportColumns.map((column) => String(entry[column] ?? ''))]),
  },
  json: {
    begin: '[',
    between: ',',
    end: '\n]\n',
    write: (entry) => `\n${JSON.stringify(entry, undefined, 2)}`.replaceAll('\n', '\n  '),
  },
} as const satisfies Record<string, Format>;

/** A device as the rows of its authorizations name it, with what was asked of these here. */
export interface ExportedDevice extends Pick<DeviceState, 'device' | 'pendingChanges'> {
  /** Fit to be shown. */
  readonly name: string;
}

interface Export {
  /** How many entries it has. */
  readonly count: number;
  readonly content: Uint8Array;
}

/**
 * A file of these authorizations: Nuki's own fields, and beside them type, status and schedule in words, whether the lock has confirmed it
 * (`confirmed`, `unconfirmed`, or `unknown` where it never says so), and what was asked of it and is not seen done.
 */
export async function exportOf(
  kind: keyof typeof formats,
  authorizations: readonly Authorization[],
  deviceOf: (authorization: Authorization) => ExportedDevice | undefined,
  locale: Locale & { readonly now: number },
): Promise<Export> {
  const { begin, between, end, write } = formats[kind];
  const encoder = new TextEncoder();
  const parts = [encoder.encode(begin)];
  const confirmationOn = await confirmationsByDevice(authorizations, deviceOf);
  let count = 0;
  for await (const page of inPages(authorizations)) {
    const entries: string[] = [];
    for (const authorization of page) {
      const device = deviceOf(authorization);
      if (!device) continue;
      const confirmation = confirmationOn(device.device.smartlockId)(authorization);
      entries.push(write(exported(authorization, device, confirmation, locale)));
    }
    if (entries.length === 0) continue;
    parts.push(encoder.encode((count === 0 ? '' : between) + entries.join(between)));
    count += entries.length;
  }
  parts.push(encoder.encode(end));
  return { count, content: await joined(parts) };
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

/** The parts as one, copied with turns for everything else: those of a large account are 100 MB. */
async function joined(parts: readonly Uint8Array[]): Promise<Uint8Array> {
  const content = new Uint8Array(parts.reduce((size, { length }) => size + length, 0));
  let end = 0;
  for (const part of parts) {
    content.set(part, end);
    end += part.length;
    await yieldToEventLoop();
  }
  return content;
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
