import type { Moment } from './accessFile.ts';

/** The same text for moments that say the same; of two the earlier comes first, also of a time that comes twice. */
export function momentKey({ date, time, seconds, disambiguation }: Moment): string {
  return [date, time, String(seconds).padStart(2, '0'), disambiguation].join(' ');
}
