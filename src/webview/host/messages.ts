import * as v from 'valibot';
import { largestMessage, messagesPerSecond, type EnvelopeOf } from '../protocol/page.ts';

/** What the body of each message of a page must be, by its name. */
export type Bodies<ToHost> = { readonly [N in keyof ToHost]: v.GenericSchema<unknown, ToHost[N]> };

/** Reads a message of the page with the id `panel`. @returns `undefined` for what does not follow the protocol exactly */
export type Decode<ToHost> = (message: unknown, panel: string) => EnvelopeOf<ToHost> | undefined;

const anyEnvelope = v.strictObject({ panel: v.string(), name: v.string(), body: v.unknown() });

export function decoder<ToHost>(bodies: Bodies<ToHost>): Decode<ToHost> {
  const isName = (name: PropertyKey): name is keyof ToHost => Object.hasOwn(bodies, name);
  return (message, panel) => {
    const envelope = decode(anyEnvelope, message);
    if (envelope?.panel !== panel || !isName(envelope.name)) return undefined;
    const { name } = envelope;
    const schema: v.GenericSchema<unknown, ToHost[keyof ToHost]> = bodies[name];
    const { success, output } = v.safeParse(schema, envelope.body);
    return success ? { panel, name, body: output } : undefined;
  };
}

/** What a page has kept or said, or `undefined` for anything else and for what is larger than a message. */
export function decode<T>(schema: v.GenericSchema<unknown, T>, value: unknown): T | undefined {
  if (sizeOf(value) > largestMessage) return undefined;
  const { success, output } = v.safeParse(schema, value);
  return success ? output : undefined;
}

function sizeOf(message: unknown): number {
  try {
    return (JSON.stringify(message) ?? '').length;
  } catch {
    return Infinity; // it refers to itself, or holds a BigInt
  }
}

/** Reads the messages of one page: those that it may not send, and those that are too many, are `undefined`. `now` in ms. */
export function createReader<ToHost>(
  decodeEnvelope: Decode<ToHost>,
  panel: string,
  now: () => number,
): (message: unknown) => EnvelopeOf<ToHost> | undefined {
  const mayRead = createThrottle(now);
  return (message) => (mayRead() ? decodeEnvelope(message, panel) : undefined);
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
