import * as v from 'valibot';
import { largestMessage, means, messagesPerSecond, type Envelope } from './protocol.ts';

const text = v.pipe(v.string(), v.maxLength(320));
const momentSchema = v.strictObject({
  date: text,
  time: text,
  pass: v.nullable(v.picklist(['earlier', 'later'])),
});

/** Exactly a draft, nothing more; what its texts hold is checked where they are used. */
const draftSchema = v.strictObject({
  means: v.picklist(means),
  name: text,
  person: v.nullable(v.union([v.pipe(v.number(), v.safeInteger()), v.strictObject({ name: text, email: text })])),
  devices: v.pipe(v.array(v.pipe(v.number(), v.safeInteger(), v.minValue(1))), v.maxLength(500)),
  remoteAllowed: v.boolean(),
  from: v.nullable(momentSchema),
  until: v.nullable(momentSchema),
  weekdays: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(127)),
  hours: v.nullable(v.strictObject({ from: text, until: text })),
  code: text,
});

const named = <N extends string, B extends v.GenericSchema>(name: N, body: B) =>
  v.strictObject({ panel: v.string(), name: v.literal(name), body });

const envelopeSchema = v.variant('name', [
  named('ready', v.nullable(draftSchema)),
  named('preview', draftSchema),
  named('submit', draftSchema),
  named('generate', draftSchema),
  named('split', draftSchema),
  named('copyPayload', draftSchema),
  named('reload', v.null()),
  named('checkAgain', v.null()),
  named('updateFromLock', v.null()),
  named('cancel', v.null()),
]);

/** What a page has said, if it is exactly a message of the protocol from the page that has the id `panel`. */
export function decodeEnvelope(message: unknown, panel: string): Envelope | undefined {
  if (sizeOf(message) > largestMessage) return undefined;
  const result = v.safeParse(envelopeSchema, message, { abortEarly: true });
  return result.success && result.output.panel === panel ? result.output : undefined;
}

function sizeOf(message: unknown): number {
  try {
    return (JSON.stringify(message) ?? '').length;
  } catch {
    return Infinity; // a ring, or a BigInt
  }
}

/** Lets {@link messagesPerSecond} through in any second; `now` in ms. */
export function createThrottle(now: () => number): () => boolean {
  let passed: readonly number[] = [];
  return () => {
    passed = passed.filter((time) => Math.abs(now() - time) < 1_000); // a clock that was set back too
    if (passed.length >= messagesPerSecond) return false;
    passed = [...passed, now()];
    return true;
  };
}
