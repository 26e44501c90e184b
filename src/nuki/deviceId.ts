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

/** The end of an id that tells two devices of one name apart: the last four hex digits. */
export function deviceIdSuffix(id: number): string {
  return `…${hexOfDeviceId(id).slice(-4)}`;
}
