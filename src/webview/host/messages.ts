import {
  largestMessage,
  longestText,
  credentialTypes,
  messagesPerSecond,
  type Draft,
  type Envelope,
  type Moment,
  type NewPerson,
  type ToHost,
} from '../protocol.ts';
import { isNumber, either, exactly, isBoolean, listOf, nothing, oneOf, text, type Check } from '../shape.ts';

const short = (value: unknown): value is string => text(value) && value.length <= longestText;

function whole(least: number, most: number): Check<number> {
  return (value): value is number => isNumber(value) && Number.isInteger(value) && value >= least && value <= most;
}

const moment = exactly<Moment>({
  date: short,
  time: short,
  disambiguation: either(oneOf(['earlier', 'later']), nothing),
});
const newPerson = exactly<NewPerson>({ name: short, email: short });
const ids = listOf(whole(1, Number.MAX_SAFE_INTEGER));

/** Exactly a draft, nothing more; what its texts hold is checked where they are used. */
const draft = exactly<Draft>({
  credential: oneOf(credentialTypes),
  name: short,
  person: either(either(whole(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER), newPerson), nothing),
  devices: (value): value is readonly number[] => ids(value) && value.length <= 500,
  remoteAllowed: isBoolean,
  from: either(moment, nothing),
  until: either(moment, nothing),
  weekdays: whole(0, 127),
  hours: either(exactly<NonNullable<Draft['hours']>>({ from: short, until: short }), nothing),
  code: short,
});

/** The body of each message. */
const bodies: { readonly [N in keyof ToHost]: Check<ToHost[N]> } = {
  ready: either(draft, nothing),
  preview: draft,
  submit: draft,
  generate: draft,
  split: draft,
  copyPayload: draft,
  reload: nothing,
  checkAgain: nothing,
  updateFromLock: nothing,
  cancel: nothing,
};

const named = exactly<{ readonly panel: string; readonly name: string; readonly body: unknown }>({
  panel: text,
  name: text,
  body: (value): value is unknown => value !== undefined,
});

function isEnvelope(value: unknown): value is Envelope {
  if (!named(value)) return false;
  const check = Object.entries<Check<unknown>>(bodies).find(([name]) => name === value.name)?.[1];
  return check?.(value.body) ?? false;
}

/** What a page has said, if it is exactly a message of the protocol from the page that has the id `panel`. */
export function decodeEnvelope(message: unknown, panel: string): Envelope | undefined {
  if (sizeOf(message) > largestMessage) return undefined;
  return isEnvelope(message) && message.panel === panel ? message : undefined;
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
