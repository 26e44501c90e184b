import * as v from 'valibot';
import { instantOf } from '../../nuki/time/instant.ts';
import { isUsableDeviceId } from '../../nuki/deviceId.ts';
import { credentials } from '../../nuki/authorization/credential.ts';
import { keyOfOwned, largestRecord, recordVersion, type AccessRecord, type Owned } from './accessRecord.ts';

/** The longest that a text of a record may be, in characters: names, keys and what others wrote into limits. */
const longestText = 200;

/** More than a device has authorizations. */
const mostOthers = 2_000;

/** 200 entries at 20 doors, several times over. */
const mostOwned = 50_000;

const text = v.pipe(v.string(), v.maxLength(longestText));
/** As Nuki writes ids: 24 hex digits. What is wider is still no path and no query. */
const id = v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/));
const integer = v.pipe(v.number(), v.safeInteger());
const instant = v.pipe(
  v.string(),
  v.check((date) => instantOf(date) !== undefined),
);

const writtenSchema = v.strictObject({
  name: text,
  enabled: v.boolean(),
  remoteAllowed: v.boolean(),
  allowedFromDate: v.exactOptional(text),
  allowedUntilDate: v.exactOptional(text),
  allowedWeekDays: v.exactOptional(integer),
  allowedFromTime: v.exactOptional(integer),
  allowedUntilTime: v.exactOptional(integer),
});

const askedSchema = v.variant('kind', [
  v.strictObject({
    kind: v.literal('add'),
    at: instant,
    since: v.exactOptional(instant),
    to: writtenSchema,
    accountUserId: v.exactOptional(integer),
    others: v.pipe(v.array(id), v.maxLength(mostOthers)),
  }),
  v.strictObject({ kind: v.literal('change'), at: instant, to: writtenSchema, updatedBefore: v.exactOptional(text) }),
  v.strictObject({ kind: v.literal('remove'), at: instant }),
]);

const recordSchema = v.strictObject({
  version: v.literal(recordVersion),
  owned: v.pipe(
    v.array(
      v.strictObject({
        entry: text,
        smartlockId: v.pipe(integer, v.check(isUsableDeviceId)),
        part: v.picklist([0, 1]),
        by: v.picklist(credentials),
        id: v.exactOptional(id),
        created: v.exactOptional(text),
        written: v.exactOptional(writtenSchema),
        asked: v.exactOptional(askedSchema),
      }),
    ),
    v.maxLength(mostOwned),
  ),
});

/** What is in a record: any text, also a stranger's. @returns `undefined` where it is not understood whole */
export function readRecord(json: string): AccessRecord | undefined {
  if (json.length > largestRecord) return undefined;
  const result = v.safeParse(recordSchema, parseJson(json), { abortEarly: true });
  if (!result.success) return undefined;
  const { owned } = result.output;
  return owned.every(isListedOrAskedFor) && isEachOnce(owned) ? { owned } : undefined;
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** What has an id was written; what has none was asked for. */
function isListedOrAskedFor({ id: known, written, asked }: Owned): boolean {
  return known === undefined ? asked?.kind === 'add' && !written : written !== undefined && asked?.kind !== 'add';
}

/** An authorization belongs to one entry, and one entry asks for one at a time. */
function isEachOnce(owned: readonly Owned[]): boolean {
  return new Set(owned.map(keyOfOwned)).size === owned.length;
}
