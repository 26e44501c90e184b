import { toCsv } from '../base/csv.ts';
import { GrowingText } from '../base/growingText.ts';
import { safeText, textLength } from '../base/safeText.ts';
import { inTurns } from '../base/turns.ts';
import { validityOf, type Authorization } from '../nuki/authorization.ts';
import type { Taker } from '../nuki/authorizationPages.ts';
import { scheduleInWords, type Reader } from '../nuki/schedule.ts';
import type { Smartlock } from '../nuki/smartlock.ts';
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

/** A device as the rows of its authorizations name it. */
export interface ExportedDevice {
  readonly device: Smartlock;
  /** Fit to be shown. */
  readonly name: string;
}

/**
 * The authorizations that it is given as a file: Nuki's own fields, and beside them type, status and schedule in words. What is kept of them
 * is the bytes of the file.
 */
export class AuthorizationExport implements Taker {
  readonly #format: Format;
  readonly #deviceOf: (authorization: Authorization) => ExportedDevice | undefined;
  readonly #reader: Reader & { readonly now: number };
  readonly #file = new GrowingText();
  #count = 0;

  constructor(
    kind: keyof typeof formats,
    deviceOf: (authorization: Authorization) => ExportedDevice | undefined,
    reader: Reader & { readonly now: number },
  ) {
    this.#format = formats[kind];
    this.#deviceOf = deviceOf;
    this.#reader = reader;
    this.#file.append(this.#format.begin);
  }

  get count(): number {
    return this.#count;
  }

  async take({ items }: { readonly items: readonly Authorization[] }): Promise<void> {
    const entries: string[] = [];
    await inTurns(items, (authorization) => {
      const device = this.#deviceOf(authorization);
      if (device) entries.push(this.#format.write(exported(authorization, device, this.#reader)));
    });
    if (entries.length === 0) return;
    const { between } = this.#format;
    this.#file.append((this.#count > 0 ? between : '') + entries.join(between));
    this.#count += entries.length;
  }

  /** The whole file, in UTF-8; nothing more can be taken. */
  end(): Uint8Array {
    this.#file.append(this.#format.end);
    return this.#file.bytes;
  }
}

function exported(
  authorization: Authorization,
  { device, name: deviceName }: ExportedDevice,
  reader: Reader & { readonly now: number },
): ExportedAuthorization {
  const zone = timeZoneName(device.config?.timezoneId);
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
}
