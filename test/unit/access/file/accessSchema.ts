import { toJsonSchema } from '@valibot/to-json-schema';
import * as v from 'valibot';
import {
  columnFields,
  doorFields,
  entryFields,
  fileFields,
  sourceFields,
  type Field,
  type FieldValues,
} from '../../../../src/access/file/accessFields.ts';
import { daysForm, hoursForm, momentForm, timeForm } from '../../../../src/access/file/fileWords.ts';
import { emailForm } from '../../../../src/nuki/account.ts';
import { textLength } from '../../../../src/base/safeText.ts';
import { credentials } from '../../../../src/nuki/authorization/credential.ts';
import { minutesPerDay } from '../../../../src/nuki/time/timeOfDay.ts';

export const schemaPath = 'docs/access-file.schema.json';

const text = v.pipe(v.string(), v.minLength(1), v.maxLength(textLength));
const form = (pattern: string): v.GenericSchema => v.pipe(v.string(), v.regex(new RegExp(pattern)));

const schemas: { readonly [T in Exclude<keyof FieldValues, 'part'>]: v.GenericSchema } = {
  text,
  identifier: text,
  email: form(emailForm.source),
  id: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(Number.MAX_SAFE_INTEGER)),
  version: v.literal(1),
  yesNo: v.boolean(),
  minutes: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(minutesPerDay)),
  credential: v.picklist(credentials),
  days: form(daysForm),
  hours: form(hoursForm),
  time: form(timeForm),
  moment: form(momentForm),
  doors: v.pipe(v.array(text), v.minLength(1)),
};

/** An object with the fields of a table; unknown ones are only warned of. `parts`: what its parts are. */
function objectOf(
  fields: Readonly<Record<string, Field>>,
  parts: Readonly<Record<string, v.GenericSchema>> = {},
): v.GenericSchema {
  const entries = Object.entries(fields).map(([name, { type, isRequired, description }]) => {
    const schema = type === 'part' ? (parts[name] ?? v.never()) : schemas[type];
    const described = v.pipe(schema, v.description(description));
    return [name, isRequired ? described : v.optional(described)] as const;
  });
  return v.looseObject(Object.fromEntries(entries));
}

/** Access files, as far as a JSON Schema can say it; made of the fields that the parser reads. */
export const accessFileSchema = v.pipe(
  objectOf(fileFields, {
    doors: v.record(v.string(), objectOf(doorFields)),
    access: v.array(objectOf(entryFields)),
    bookings: v.record(v.string(), objectOf(sourceFields, { columns: objectOf(columnFields) })),
  }),
  v.title('Access file'),
  v.description('Who may enter when: an access file of the Keyturner extension.'),
);

export function accessJsonSchema(): object {
  return toJsonSchema(accessFileSchema, { target: 'draft-07', typeMode: 'input' });
}
