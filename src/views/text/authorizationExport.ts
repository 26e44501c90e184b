import { toCsv } from '../../base/csv.ts';
import { safeText, textLength } from '../../base/safeText.ts';
import { forEachYielding } from '../../base/eventLoop.ts';
import { validityOf, type Authorization } from '../../nuki/authorization/authorization.ts';
import type { Taker } from '../../nuki/authorization/authorizationPages.ts';
import { scheduleInWords, type Locale } from '../../nuki/authorization/schedule.ts';
import type { Smartlock } from '../../nuki/smartlock.ts';
import { timeZoneName } from '../../nuki/time/timeZones.ts';
import { authorizationTypes, word } from '../../nuki/vocabulary/words.ts';

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
 * Writes the authorizations that it is given: Nuki's own fields, and beside them type, status and schedule in words. Nothing of them is kept.
 */
export class AuthorizationExport implements Taker {
  readonly #format: Format;
  readonly #deviceOf: (authorization: Authorization) => ExportedDevice | undefined;
  readonly #locale: Locale & { readonly now: number };
  readonly #write: (text: string) => Promise<void>;
  #count = 0;

  constructor(
    kind: keyof typeof formats,
    deviceOf: (authorization: Authorization) => ExportedDevice | undefined,
    locale: Locale & { readonly now: number },
    write: (text: string) => Promise<void>,
  ) {
    this.#format = formats[kind];
    this.#deviceOf = deviceOf;
    this.#locale = locale;
    this.#write = write;
  }

  get count(): number {
    return this.#count;
  }

  async take({ items }: { readonly items: readonly Authorization[] }): Promise<void> {
    const entries: string[] = [];
    await forEachYielding(items, (authorization) => {
      const device = this.#deviceOf(authorization);
      if (device) entries.push(this.#format.write(exported(authorization, device, this.#locale)));
    });
    if (entries.length === 0) return;
    const { begin, between } = this.#format;
    await this.#write((this.#count === 0 ? begin : between) + entries.join(between));
    this.#count += entries.length;
  }

  /** Nothing more can be taken. */
  async end(): Promise<void> {
    const { begin, end } = this.#format;
    await this.#write(this.#count === 0 ? begin + end : end);
  }
}

function exported(
  authorization: Authorization,
  { device, name: deviceName }: ExportedDevice,
  locale: Locale & { readonly now: number },
): ExportedAuthorization {
  const zone = timeZoneName(device.config?.timezoneId);
  const { operationId: _, type, name, ...fields } = authorization;
  return {
    ...fields,
    device: deviceName,
    smartlockId: device.smartlockId,
    name: safeText(name, textLength),
    type: word(authorizationTypes, type, locale.t),
    status: validityOf(authorization, locale.now),
    schedule: scheduleInWords(authorization, zone, locale),
    timeZone: zone,
  };
}
