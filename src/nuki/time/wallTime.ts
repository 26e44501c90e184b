import type { WallTime } from './zonedTime.ts';

const timeForm = String.raw`(?:[T\s,]+(?<hour>\d{1,2})[:.](?<minute>[0-5]\d)(?::(?<second>[0-5]\d)(?:\.(?<fraction>\d+))?)?)?`;
const isoForm = new RegExp(String.raw`^(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)${timeForm}$`);
const dottedForm = new RegExp(String.raw`^(?<day>\d{1,2})\.(?<month>\d{1,2})\.(?<year>\d{4})${timeForm}$`);

/** A wall time to the minute, and how much later it is meant: 0 to 59,999 ms. */
export interface ExactWallTime extends WallTime {
  readonly milliseconds: number;
}

/**
 * The date and time in `2027-06-16 10:30`, `2027-06-16T10:30:59.500` or `16.6.2027, 10:30`; a date alone is its midnight, and 24:00 the
 * midnight after it. The calendar is not asked: 2027-02-30 is read as it stands.
 * @returns `undefined` for what is no date
 */
export function readWallTime(text: string): ExactWallTime | undefined {
  const trimmed = text.trim();
  const parts = (isoForm.exec(trimmed) ?? dottedForm.exec(trimmed))?.groups;
  if (!parts) return undefined;
  const { year = '', month = '', day = '', hour = '0', minute = '00', second = '0', fraction = '' } = parts;
  const date = `${year}-${twoDigits(month)}-${twoDigits(day)}`;
  const milliseconds = Number(second) * 1_000 + Number(fraction.slice(0, 3).padEnd(3, '0'));
  if (hour !== '24') return { date, time: `${twoDigits(hour)}:${minute}`, milliseconds };
  return minute === '00' && milliseconds === 0 ? midnightAfter(date) : undefined;
}

function midnightAfter(date: string): ExactWallTime | undefined {
  const next = new Date(Date.parse(`${date}T24:00Z`));
  return Number.isNaN(next.getTime())
    ? undefined
    : { date: next.toISOString().slice(0, 10), time: '00:00', milliseconds: 0 };
}

function twoDigits(part: string): string {
  return part.padStart(2, '0');
}
