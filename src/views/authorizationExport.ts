import { toCsv } from '../base/csv.ts';
import { safeText, textLength } from '../base/safeText.ts';
import { inTurns } from '../base/turns.ts';
import type { DeviceState } from '../model/store.ts';
import { validityOf } from '../nuki/authorization.ts';
import { scheduleInWords, type Reader } from '../nuki/schedule.ts';
import { timeZoneName } from '../nuki/timeZones.ts';
import { authorizationTypes, word } from '../nuki/words.ts';

/** What is exported of an authorization, in this order. There is no code among it. */
const exportColumns = [
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

type ExportedAuthorization = {
  readonly [C in (typeof exportColumns)[number]]?: string | number | boolean | undefined;
};

/** How an export is written: all that stands before, between and after the entries, and an entry. */
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

export interface Export {
  readonly bytes: Uint8Array;
  readonly count: number;
}

/**
 * The authorizations of `states` as a file: Nuki's own fields, and beside them type, status and schedule in words. It is made device by
 * device, in turns, as an account may have 200,000.
 * @returns `undefined` when `signal` was aborted
 */
export async function exportOf(
  states: readonly DeviceState[],
  kind: keyof typeof formats,
  nameOf: (smartlockId: number) => string,
  reader: Reader & { readonly now: number },
  signal?: AbortSignal,
): Promise<Export | undefined> {
  const { begin, between, end, write }: Format = formats[kind];
  const encoder = new TextEncoder();
  const pieces = [encoder.encode(begin)];
  let count = 0;
  const isWhole = await inTurns(
    states,
    (state) => {
      const entries = exportedAuthorizations(state, nameOf, reader).map(write);
      if (entries.length === 0) return;
      pieces.push(encoder.encode((count > 0 ? between : '') + entries.join(between)));
      count += entries.length;
    },
    signal,
  );
  if (!isWhole) return undefined;
  pieces.push(encoder.encode(end));
  return { bytes: await joined(pieces), count };
}

async function joined(pieces: readonly Uint8Array[]): Promise<Uint8Array> {
  const bytes = new Uint8Array(pieces.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let at = 0;
  await inTurns(pieces, (piece) => {
    bytes.set(piece, at);
    at += piece.byteLength;
  });
  return bytes;
}

function exportedAuthorizations(
  { device, authorizations }: DeviceState,
  nameOf: (smartlockId: number) => string,
  reader: Reader & { readonly now: number },
): readonly ExportedAuthorization[] {
  const zone = timeZoneName(device.config?.timezoneId);
  const deviceName = nameOf(device.smartlockId);
  return (authorizations?.items ?? []).map((authorization): ExportedAuthorization => {
    const { operationId: _, type, name, ...fields } = authorization;
    return {
      ...fields,
      device: deviceName,
      smartlockId: device.smartlockId,
      name: safeText(name, textLength),
      type: word(authorizationTypes, type, reader.say),
      status: validityOf(authorization, reader.now),
      schedule: scheduleInWords(authorization, zone, reader),
      timeZone: zone,
    };
  });
}
