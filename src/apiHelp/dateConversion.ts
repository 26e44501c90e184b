import { instantOf, wireInstant } from '../nuki/time/instant.ts';
import type { WallTime } from '../nuki/time/zonedTime.ts';
import type { Converted, Converter } from './conversion.ts';

/** A date and time on the clock of the converter's zone as a UTC instant, and the other way round. */
export function convertDateTime(text: string, { t, clock }: Converter): readonly Converted[] {
  if (!clock) return [];
  const { zone } = clock;
  const instant = instantOf(text.trim());
  if (instant !== undefined) {
    const { date, time, offset } = clock.wallTimeAt(instant, zone);
    return [
      { as: t('Time in {0}', zone), value: `${date} ${time}`, note: `UTC${offset}` },
      { as: t('UTC, as the API writes it'), value: wireInstant(instant) },
    ];
  }
  const as = t('UTC, as the API writes it');
  const reading = clock.resolveWallTime(wallTimeIn(text), zone);
  switch (reading.kind) {
    case 'invalid':
      return [];
    case 'exact':
      return [{ as, value: reading.instant, note: `${zone} · UTC${reading.offset}` }];
    case 'overlap':
      return [
        {
          as,
          value: reading.earlier.instant,
          note: t('the first of two such times in {0}, UTC{1}', zone, reading.earlier.offset),
        },
        {
          as,
          value: reading.later.instant,
          note: t('the second of two such times in {0}, UTC{1}', zone, reading.later.offset),
        },
      ];
    case 'gap': {
      const { date, time } = reading.firstValid;
      const next = clock.resolveWallTime(reading.firstValid, zone);
      const note = t('This time does not exist in {0}; the next one is {1}.', zone, `${date} ${time}`);
      return next.kind === 'exact' ? [{ as, value: next.instant, note }] : [];
    }
  }
}

/** The date and time in `2027-06-16 10:30`, `2027-06-16T10:30` or `16.6.2027 10:30`; a date alone is its midnight. */
function wallTimeIn(text: string): WallTime {
  const trimmed = text.trim();
  const [, y = '', m = '', d = ''] = /^(\d{4})-(\d\d)-(\d\d)(?!\d)/.exec(trimmed) ?? [];
  const [, day = d, month = m, year = y] = /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?!\d)/.exec(trimmed) ?? [];
  const [, hour = '0', minute = '00'] = /[T\s,]+(\d{1,2})[:.](\d\d)(?::00(?:\.0+)?)?$/.exec(trimmed) ?? [];
  const rest = trimmed.replace(/^[\d.-]+/, '');
  const isWhole = rest === '' || /^[T\s,]+\d{1,2}[:.]\d\d(?::00(?:\.0+)?)?$/.test(rest);
  const two = (part: string): string => part.padStart(2, '0');
  return { date: isWhole ? `${year}-${two(month)}-${two(day)}` : '', time: `${two(hour)}:${minute}` };
}
