/** The time zones of Nuki devices, by `config.timezoneId`, 0 to 45. Nuki guide, "Time zones". */
export const timeZones = [
  'Africa/Cairo',
  'Africa/Lagos',
  'Africa/Maputo',
  'Africa/Nairobi',
  'America/Anchorage',
  'America/Argentina/Buenos_Aires',
  'America/Chicago',
  'America/Denver',
  'America/Halifax',
  'America/Los_Angeles',
  'America/Manaus',
  'America/Mexico_City',
  'America/New_York',
  'America/Phoenix',
  'America/Regina',
  'America/Santiago',
  'America/Sao_Paulo',
  'America/St_Johns',
  'Asia/Bangkok',
  'Asia/Dubai',
  'Asia/Hong_Kong',
  'Asia/Jerusalem',
  'Asia/Karachi',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Asia/Riyadh',
  'Asia/Seoul',
  'Asia/Shanghai',
  'Asia/Tehran',
  'Asia/Tokyo',
  'Asia/Yangon',
  'Australia/Adelaide',
  'Australia/Brisbane',
  'Australia/Darwin',
  'Australia/Hobart',
  'Australia/Perth',
  'Australia/Sydney',
  'Europe/Berlin',
  'Europe/Helsinki',
  'Europe/Istanbul',
  'Europe/London',
  'Europe/Moscow',
  'Pacific/Auckland',
  'Pacific/Guam',
  'Pacific/Honolulu',
  'Pacific/Pago_Pago',
] as const;

/** The id of a device without a time zone. Nuki's command line tool, "Special case: No timezone". */
export const noTimeZone = 65_535;

/**
 * The IANA name of a `config.timezoneId`; `undefined` for 65535 ("no time zone"), a missing or an unfamiliar id.
 * Nuki's own offset and summer-time columns are not used: they are wrong for Cairo (0) and Mexico City (11).
 */
export function timeZoneName(timezoneId: number | undefined): string | undefined {
  return timezoneId === undefined ? undefined : timeZones[timezoneId];
}

/** Ids of zones in which a lock's firmware may have another summer time than the world: Nuki's table contradicts tzdata. */
export const doubtfulTimeZoneIds: readonly number[] = [0, 11];

/** The names of four of these zones, by other names that programs use for them, Node's Intl among them; in lower case. */
const otherNames: ReadonlyMap<string, string> = new Map([
  ['america/buenos_aires', 'America/Argentina/Buenos_Aires'],
  ['asia/calcutta', 'Asia/Kolkata'],
  ['asia/katmandu', 'Asia/Kathmandu'],
  ['asia/rangoon', 'Asia/Yangon'],
]);

/**
 * Every `config.timezoneId` that `text` can mean: an id from 0 to 45 or 65535, an IANA name, or a part of one such as a city; `None`,
 * as other programs write it, is 65535.
 */
export function readTimeZone(text: string): readonly number[] {
  const trimmed = text.trim();
  if (/^none$/i.test(trimmed)) return [noTimeZone];
  if (/^\d{1,5}$/.test(trimmed)) {
    const id = Number(trimmed);
    return id === noTimeZone || timeZoneName(id) !== undefined ? [id] : [];
  }
  const wanted = (otherNames.get(trimmed.toLowerCase()) ?? trimmed).toLowerCase().replace(/\s+/g, '_');
  if (wanted === '') return [];
  const named = timeZones.map((zone, id) => ({ zone: zone.toLowerCase(), id }));
  const exact = named.filter(({ zone }) => zone === wanted);
  return (exact.length > 0 ? exact : named.filter(({ zone }) => zone.includes(wanted))).map(({ id }) => id);
}

/** A zone that Nuki does not list, and the ids of Nuki's zones whose clocks show the same for a year. */
export interface SameClock {
  readonly zone: string;
  readonly ids: readonly number[];
}

/**
 * What Nuki has instead of a zone or a city that it does not list, by the time zones of Intl: those with the same offset at every quarter of
 * an hour in the year from `now` (ms since 1970).
 */
export function zonesWithTheClockOf(text: string, now: number): readonly SameClock[] {
  return zonesNamed(text.trim()).flatMap((zone) => {
    const offset = offsetReader(zone);
    const ids = timeZones.flatMap((each, id) => (haveSameClock(offset, offsetReader(each), now) ? [id] : []));
    return ids.length === 0 ? [] : [{ zone, ids }];
  });
}

/** The IANA zones that are called so, or after such a city. */
function zonesNamed(text: string): readonly string[] {
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions();
    return text === '' ? [] : [timeZone.toLowerCase() === text.toLowerCase() ? timeZone : text];
  } catch {
    const city = text.toLowerCase().replace(/\s+/g, '_');
    return Intl.supportedValuesOf('timeZone').filter((zone) => zone.toLowerCase().split('/').at(-1) === city);
  }
}

type OffsetReader = (instant: number) => string;

const quarterHour = 15 * 60_000;
const quartersPerDay = 96;
const daysPerYear = 366;

function haveSameClock(one: OffsetReader, other: OffsetReader, now: number): boolean {
  const agree = (quarters: number): boolean =>
    one(now + quarters * quarterHour) === other(now + quarters * quarterHour);
  return Array.from({ length: daysPerYear }, (_, day) => day * quartersPerDay).every((start) => {
    if (!agree(start)) return false;
    const changes = one(now + start * quarterHour) !== one(now + (start + quartersPerDay) * quarterHour);
    return !changes || Array.from({ length: quartersPerDay }, (_, quarter) => start + quarter).every(agree);
  });
}

/** The offset of `zone` (IANA) from UTC at `instant` (ms since 1970): `UTC+05:45`. Throws a RangeError for an unknown zone. */
export function offsetOf(zone: string, instant: number): string {
  return offsetReader(zone)(instant);
}

/** The same for many instants: making an `Intl.DateTimeFormat` takes longer than using it. */
function offsetReader(zone: string): OffsetReader {
  const format = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
  return (instant) => {
    const name = format.formatToParts(instant).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    return name.length > 3 ? name.replace('GMT', 'UTC') : 'UTC+00:00'; // Intl leaves out the offset of none
  };
}
