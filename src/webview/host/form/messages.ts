import * as v from 'valibot';
import { everyDay } from '../../../nuki/time/weekdays.ts';
import {
  credentialTypes,
  largestMessage,
  longestText,
  messageLanguages,
  messagesPerSecond,
  type Envelope,
  type KeptForm,
  type ToHost,
} from '../../protocol/form.ts';

const text = v.pipe(v.string(), v.maxLength(longestText));
const id = v.pipe(v.number(), v.safeInteger());
const moment = v.strictObject({ date: text, time: text, disambiguation: v.nullable(v.picklist(['earlier', 'later'])) });

/** A draft and nothing more; what its texts hold is checked where they are used. */
const draft = v.strictObject({
  credential: v.picklist(credentialTypes),
  name: text,
  person: v.nullable(v.union([id, v.strictObject({ name: text, email: text })])),
  devices: v.pipe(v.array(v.pipe(id, v.minValue(1))), v.maxLength(500)),
  remoteAllowed: v.boolean(),
  from: v.nullable(moment),
  until: v.nullable(moment),
  weekdays: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(everyDay)),
  hours: v.nullable(v.strictObject({ from: text, until: text })),
  code: text,
});

const accountId = v.pipe(v.string(), v.maxLength(longestText));
const deviceId = v.pipe(id, v.minValue(1));
const written = { draft, hadCode: v.boolean() };

const keptForm = v.strictObject({
  panel: text,
  subject: v.variant('kind', [
    v.strictObject({ kind: v.literal('new'), accountId, smartlockId: v.nullable(deviceId) }),
    v.strictObject({ kind: v.literal('edit'), accountId, smartlockId: deviceId, id: text, before: draft }),
  ]),
  ...written,
  isSent: v.boolean(),
});

function named<N extends keyof ToHost, B extends v.GenericSchema<unknown, ToHost[N]>>(name: N, body: B) {
  return v.strictObject({ panel: v.string(), name: v.literal(name), body });
}

const envelope = v.variant('name', [
  named('ready', v.nullable(v.strictObject(written))),
  named('preview', draft),
  named('submit', draft),
  named('generate', draft),
  named('split', draft),
  named('copyPayload', draft),
  named('reload', v.null()),
  named('checkAgain', v.null()),
  named('updateFromLock', v.null()),
  named('copyCode', v.null()),
  named('copyMessage', v.picklist(messageLanguages)),
  named('createAnother', v.null()),
  named('showInSidebar', v.null()),
  named('unfold', v.boolean()),
  named('continueDraft', v.null()),
  named('discardDraft', v.null()),
  named('cancel', v.null()),
]);

/** The message if it follows the protocol exactly and comes from the page with the id `panel`, otherwise `undefined`. */
export function decodeEnvelope(message: unknown, panel: string): Envelope | undefined {
  if (sizeOf(message) > largestMessage) return undefined;
  const { success, output } = v.safeParse(envelope, message);
  return success && output.panel === panel ? output : undefined;
}

/** What VS Code has kept of a form, or `undefined` for anything else, such as what another version has kept. */
export function decodeKeptForm(state: unknown): KeptForm | undefined {
  if (sizeOf(state) > largestMessage) return undefined;
  const { success, output } = v.safeParse(keptForm, state);
  return success ? output : undefined;
}

function sizeOf(message: unknown): number {
  try {
    return (JSON.stringify(message) ?? '').length;
  } catch {
    return Infinity; // it refers to itself, or holds a BigInt
  }
}

/** Whether one more message is read: {@link messagesPerSecond} are in any second. `now` in ms. */
export function createThrottle(now: () => number): () => boolean {
  let passed: readonly number[] = [];
  return () => {
    passed = passed.filter((time) => Math.abs(now() - time) < 1_000); // also after the clock was set back
    if (passed.length >= messagesPerSecond) return false;
    passed = [...passed, now()];
    return true;
  };
}
