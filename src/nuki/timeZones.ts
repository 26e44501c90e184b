/** The time zones of Nuki devices; the place in the list is `config.timezoneId`. Nuki guide, "Time zones". */
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

/**
 * The IANA name of a `config.timezoneId`; `undefined` for 65535 ("no time zone"), a missing or an unfamiliar id.
 * Nuki's own offset and summer-time columns are not used: they are wrong for Cairo (0) and Mexico City (11).
 */
export function timeZoneName(timezoneId: number | undefined): string | undefined {
  return timezoneId === undefined ? undefined : timeZones[timezoneId];
}

/** Ids whose summer time the lock's firmware may count otherwise than the world does: Nuki's table contradicts tzdata. */
export const doubtfulTimeZoneIds: readonly number[] = [0, 11];
