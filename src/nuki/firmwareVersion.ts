/** `firmwareVersion` as x.y.z: major × 65,536 + minor × 256 + patch. Device payloads, such as 329988 on a Smart Lock with firmware 5.9.4. */
export function formatVersion(version: number): string {
  return [Math.floor(version / 65_536), Math.floor(version / 256) % 256, version % 256].join('.');
}

/** The largest number that is a version: 65535.255.255. */
const largest = 2 ** 32 - 1;

/**
 * The number of a version x.y.z; each of y and z is at most 255.
 * @returns `undefined` for what is no version
 */
export function readVersion(text: string): number | undefined {
  const parts = /^v?(\d{1,5})\.(\d{1,3})\.(\d{1,3})$/i.exec(text.trim())?.slice(1).map(Number) ?? [];
  const [major = Infinity, minor = Infinity, patch = Infinity] = parts;
  const number = major * 65_536 + minor * 256 + patch;
  return minor <= 255 && patch <= 255 && isVersionNumber(number) ? number : undefined;
}

/** Whether `version` is a whole number from 0 to 2^32 - 1. */
export function isVersionNumber(version: number): boolean {
  return Number.isInteger(version) && version >= 0 && version <= largest;
}
