import type { WallTime } from './zonedTime.ts';

const timeForm = String.raw`(?:[T\s,]+(?<hour>\d{1,2})[:.](?<minute>\d\d)(?::00(?:\.0+)?)?)?`;
const isoForm = new RegExp(String.raw`^(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)${timeForm}$`);
const dottedForm = new RegExp(String.raw`^(?<day>\d{1,2})\.(?<month>\d{1,2})\.(?<year>\d{4})${timeForm}$`);

/**
 * The date and time in `2027-06-16 10:30`, `2027-06-16T10:30` or `16.6.2027, 10:30`; a date alone is its midnight. The calendar is not
 * asked: 2027-02-30 is read as it stands.
 * @returns `undefined` for what is no date, or has seconds
 */
export function readWallTime(text: string): WallTime | undefined {
  const trimmed = text.trim();
  const parts = (isoForm.exec(trimmed) ?? dottedForm.exec(trimmed))?.groups;
  if (!parts) return undefined;
  const { year = '', month = '', day = '', hour = '0', minute = '00' } = parts;
  return { date: `${year}-${twoDigits(month)}-${twoDigits(day)}`, time: `${twoDigits(hour)}:${minute}` };
}

function twoDigits(part: string): string {
  return part.padStart(2, '0');
}
