const typeStep = 2 ** 32;

/** A device id that may go into a URL: a positive whole number that JavaScript holds exactly. */
export function isUsableDeviceId(id: number): boolean {
  return Number.isSafeInteger(id) && id > 0;
}

/** The device type that the Web API's id begins with: `floor(id / 2^32)`. Nuki guide, "Hex IDs". */
export function typeOfDeviceId(id: number): number {
  return Math.floor(id / typeStep);
}

/** The id as the Nuki app shows it: eight upper-case hex digits, without the device type. Nuki guide, "Hex IDs". */
export function hexOfDeviceId(id: number): string {
  return (id % typeStep).toString(16).toUpperCase().padStart(8, '0');
}

/** The last four hex digits of an id, which tell devices of one name apart. */
export function deviceIdSuffix(id: number): string {
  return `…${hexOfDeviceId(id).slice(-4)}`;
}

/** The Web API's id of a device. Nuki guide, "Hex IDs". */
export function deviceIdOf(type: number, bare: number): number {
  return type * typeStep + bare;
}

/** A text read as a device id. The app's hex digits and the Bridge API's `nukiId` are bare, without the device type. */
export interface ParsedDeviceId {
  readonly notation: 'integer' | 'hex';
  /** `undefined` where the id is bare. */
  readonly type: number | undefined;
  /** The id without the type, 1 to 2^32 - 1. */
  readonly bare: number;
}

/** The device types that exist. */
const lastType = 5;

/** A device's Bluetooth name, or the MQTT topic that bridges give it: both hold the hex id, also where it has decimal digits only. */
const bluetoothNameOrTopic = /^nuki[_/]([\da-f]{8})(?:\/\S*)?$/i;
const requestPath = /\/smartlock\/(\d{1,16})(?:[/?#].*)?$/;

/**
 * Every device id that `text` can be: an integer, or hex digits with or without `0x` and the device type. Eight decimal digits can be
 * either. A device type that does not exist yet is accepted in an integer, and in what can only be hexadecimal. `Nuki_1A2B3C4D`,
 * `nuki/1A2B3C4D/…` and `…/smartlock/21913877581/…` hold an id, too.
 * @returns an empty list for what is no device id, or one that JavaScript does not hold exactly
 */
export function readDeviceId(text: string): readonly ParsedDeviceId[] {
  const written = text.trim();
  const [, hexOfName] = bluetoothNameOrTopic.exec(written) ?? [];
  if (hexOfName !== undefined) return [candidateOf('hex', BigInt(`0x${hexOfName}`))].filter((id) => id !== undefined);
  const [, idOfPath = written] = requestPath.exec(written) ?? [];
  const [, prefix, digits = ''] = /^(0x)?([\da-f]{1,16})$/i.exec(idOfPath) ?? [];
  const mayBeInteger = prefix === undefined && /^[1-9]\d*$/.test(digits);
  const mayBeHex = digits !== '' && (!mayBeInteger || digits.length >= 7);
  const candidates = [
    ...(mayBeInteger ? [candidateOf('integer', BigInt(digits))] : []),
    ...(mayBeHex ? [candidateOf('hex', BigInt(`0x${digits}`))] : []),
  ].filter((candidate) => candidate !== undefined);
  const isGivenOut = ({ type = 0 }: ParsedDeviceId): boolean => type <= lastType;
  if (candidates.some(isGivenOut)) return candidates.filter(isGivenOut);
  return mayBeInteger ? candidates.filter(({ notation }) => notation === 'integer') : candidates;
}

function candidateOf(notation: ParsedDeviceId['notation'], exact: bigint): ParsedDeviceId | undefined {
  const id = Number(exact);
  if (!isUsableDeviceId(id)) return undefined;
  const bare = id % typeStep;
  return bare === 0 ? undefined : { notation, type: id < typeStep ? undefined : typeOfDeviceId(id), bare };
}
