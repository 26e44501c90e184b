import { everyDay } from '../../nuki/time/weekdays.ts';
import { clockTime } from '../../nuki/time/timeOfDay.ts';
import type { AccessFile, BookingSource, Door, Entry } from './accessFile.ts';
import { daysText, hoursText, isTimeText, momentText } from './fileWords.ts';
import type { Plain, PlainFields } from './plain.ts';

/** A file as it is written anew. It ends with a line feed. */
export function accessFileText(file: AccessFile, kind: 'yaml' | 'json'): string {
  const plain = {
    version: 1,
    doors: Object.fromEntries(file.doors.map((door) => [door.alias, plainDoor(door)])),
    access: file.entries.map(plainEntry),
    ...(file.sources.length > 0 && {
      bookings: Object.fromEntries(file.sources.map((source) => [source.name, plainSource(source)])),
    }),
  };
  return kind === 'json' ? jsonText(plain) : yamlText(plain);
}

/** A file in JSON, indented by two spaces, with a line feed at the end. */
export function jsonText(plain: Plain): string {
  return `${JSON.stringify(plain, undefined, 2)}\n`;
}

/** A file in YAML: its lists and maps in lines, what is in them in braces, entries in a line for each field. */
export function yamlText(plain: Plain): string {
  if (typeof plain !== 'object' || Array.isArray(plain)) return `${yamlValue(plain)}\n`;
  return Object.entries(plain)
    .map(([key, value]) => `${yamlScalar(key, true)}:${sectionText(value)}\n`)
    .join('');
}

function sectionText(value: Plain): string {
  if (Array.isArray(value) && value.length > 0) {
    return value.map((item: Plain) => `\n${entryLines(item, '  ').join('\n')}`).join('');
  }
  if (typeof value !== 'object' || Array.isArray(value) || Object.keys(value).length === 0) {
    return ` ${yamlValue(value)}`;
  }
  return Object.entries(value)
    .map(([key, part]) => `\n  ${pairText(key, part)}`)
    .join('');
}

/** A pair in a line of its own: `name: Front Door`. */
export function pairText(key: string, value: Plain): string {
  return `${yamlScalar(key, true)}: ${yamlValue(value)}`;
}

/** The lines of an item of a list, without line ends: `- ` and a field in each. `indent`: of the dash. */
export function entryLines(item: Plain, indent: string): readonly string[] {
  if (typeof item !== 'object' || Array.isArray(item)) return [`${indent}- ${yamlValue(item)}`];
  return Object.entries(item).map(([key, value], at) => `${indent}${at === 0 ? '- ' : '  '}${pairText(key, value)}`);
}

/** A value in one line; lists and maps in brackets and braces. */
export function yamlValue(value: Plain, isInFlow = false): string {
  if (typeof value === 'string') return yamlScalar(value, isInFlow);
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return `[${value.map((item: Plain) => yamlValue(item, true)).join(', ')}]`;
  const pairs = Object.entries(value).map(([key, part]) => `${yamlScalar(key, true)}: ${yamlValue(part, true)}`);
  return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`;
}

/** Texts that need no quotes: letters first, and no sign that means something to YAML. */
const plainForm = /^\p{L}(?:[\p{L}\p{M}\p{N} _.@+()/'–-]*[\p{L}\p{M}\p{N}_.@+()/–-])?$/u;
const plainDays = /^[A-Z][a-z]+(?:(?:-|, )[A-Z][a-z]+)+$/;

/** What some readers of YAML take for something else than a text. */
const words = /^(?:true|false|null|yes|no|on|off|y|n)$/i;

/** A text as YAML writes it, in quotes where it could be taken for something else. */
function yamlScalar(text: string, isInFlow: boolean): string {
  const isPlain =
    isTimeText(text) || (plainForm.test(text) && !words.test(text)) || (!isInFlow && plainDays.test(text));
  return isPlain ? text : JSON.stringify(text);
}

/** A door as a file says it, without its alias. */
export function plainDoor({ smartlockId, name, checkIn, checkOut, bufferBefore, bufferAfter }: Door): PlainFields {
  return {
    id: smartlockId,
    name,
    ...(checkIn !== undefined && { checkIn: clockTime(checkIn) }),
    ...(checkOut !== undefined && { checkOut: clockTime(checkOut) }),
    ...(bufferBefore > 0 && { bufferBefore }),
    ...(bufferAfter > 0 && { bufferAfter }),
  };
}

/** An entry as a file says it: what is usual is left out. */
export function plainEntry(entry: Entry): PlainFields {
  const { key, name, doors, by, email, remote, enabled, days, hours, from, until, booking } = entry;
  return {
    key,
    name,
    doors,
    by,
    ...(email !== undefined && { email }),
    ...(remote && { remote }),
    ...(!enabled && { enabled }),
    ...(days !== everyDay && { days: daysText(days) }),
    ...(hours && { hours: hoursText(hours) }),
    ...(from && { from: momentText(from) }),
    ...(until && { until: momentText(until) }),
    ...(booking !== undefined && { booking }),
  };
}

/** A source of bookings as a file says it, without its name. */
export function plainSource({ doors, columns }: BookingSource): PlainFields {
  if (!columns) return { doors };
  const { id, arrival, departure, name } = columns;
  return { doors, columns: { id, arrival, departure, ...(name !== undefined && { name }) } };
}
