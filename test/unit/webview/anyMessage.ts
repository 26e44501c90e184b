import * as fc from 'fast-check';
import {
  credentialTypes,
  messageLanguages,
  type KeptForm,
  type Draft,
  type Envelope,
  type Moment,
  type ToHost,
} from '../../../src/webview/protocol/form.ts';
import { panel } from './formHarness.ts';

/** The messages that hold a draft, and those that may hold nothing. */
export const withDraft = ['preview', 'submit', 'generate', 'split', 'copyPayload'] as const;
export const withNothing = [
  'ready',
  'reload',
  'checkAgain',
  'updateFromLock',
  'copyCode',
  'createAnother',
  'showInSidebar',
  'continueDraft',
  'discardDraft',
  'cancel',
] as const;

/** Objects as messages bring them. */
const plain = { noNullPrototype: true } as const;

/** A text as long as the protocol has it: empty, of the kind that is expected, or anything. */
function textLike(...expected: string[]): fc.Arbitrary<string> {
  return fc.oneof(fc.constantFrom('', ...expected), fc.string({ unit: 'binary', maxLength: 40 }));
}

const anyMoment: fc.Arbitrary<Moment> = fc.record(
  {
    date: textLike('2027-06-16', '2027-03-28', '2027-10-31', '2026-11-23', '9999-12-31', '0001-01-01', '2027-02-30'),
    time: textLike('10:30', '02:30', '00:00', '23:59', '24:00'),
    disambiguation: fc.constantFrom(null, 'earlier', 'later'),
  },
  plain,
);

/** A draft that the protocol allows; `devices`: ids that exist. */
export function anyDraftFor(devices: readonly number[]): fc.Arbitrary<Draft> {
  const id = fc.oneof(...devices.map((device) => fc.constant(device)), fc.integer({ min: 1, max: 2 ** 53 - 1 }));
  return fc.record(
    {
      credential: fc.constantFrom(...credentialTypes),
      name: textLike('Guest Weber'),
      person: fc.oneof(
        fc.constant(null),
        fc.integer({ min: 1_000_099, max: 1_000_106 }),
        fc.maxSafeInteger(),
        fc.record({ name: textLike('Eva Lang'), email: textLike('eva.lang@example.com') }, plain),
      ),
      devices: fc.array(id, { maxLength: 8 }),
      remoteAllowed: fc.boolean(),
      from: fc.option(anyMoment),
      until: fc.option(anyMoment),
      weekdays: fc.integer({ min: 0, max: 127 }),
      hours: fc.option(fc.record({ from: textLike('09:00', '22:00'), until: textLike('17:00', '06:00') }, plain)),
      code: textLike('345678', '987654', '123456'),
    },
    plain,
  );
}

export const anyDraft = anyDraftFor([17, 18]);

/** A message that the protocol allows, with one of these drafts. */
export function anyMessageWith(draft: fc.Arbitrary<Draft>): fc.Arbitrary<Envelope> {
  const nothing = fc.constant(null);
  return fc.oneof(
    message('ready', fc.option(fc.record({ draft, hadCode: fc.boolean() }, plain))),
    message('preview', draft),
    message('submit', draft),
    message('generate', draft),
    message('split', draft),
    message('copyPayload', draft),
    message('reload', nothing),
    message('checkAgain', nothing),
    message('updateFromLock', nothing),
    message('copyCode', nothing),
    message('copyMessage', fc.constantFrom(...messageLanguages)),
    message('createAnother', nothing),
    message('showInSidebar', nothing),
    message('unfold', fc.boolean()),
    message('continueDraft', nothing),
    message('discardDraft', nothing),
    message('cancel', nothing),
  );
}

function message<N extends keyof ToHost>(name: N, body: fc.Arbitrary<ToHost[N]>) {
  return fc.record({ panel: fc.constant(panel), name: fc.constant(name), body }, plain);
}

const anyDeviceId = fc.integer({ min: 1, max: 2 ** 53 - 1 });

/** What VS Code may have kept of a form. */
export const anyKeptForm: fc.Arbitrary<KeptForm> = fc.record(
  {
    panel: fc.constant(panel),
    subject: fc.oneof(
      fc.record(
        { kind: fc.constant('new' as const), accountId: fc.constant('7'), smartlockId: fc.option(anyDeviceId) },
        plain,
      ),
      fc.record(
        {
          kind: fc.constant('edit' as const),
          accountId: fc.constant('7'),
          smartlockId: anyDeviceId,
          id: textLike('5c0f3a1b2d4e6f7a8b9c0d1e'),
          before: anyDraft,
        },
        plain,
      ),
    ),
    draft: anyDraft,
    hadCode: fc.boolean(),
    isSent: fc.boolean(),
  },
  plain,
);

/** A message that the protocol allows. */
export const anyMessage = anyMessageWith(anyDraft);

/** What makes a message none, and where. */
interface Break {
  readonly fits: (path: readonly string[], value: unknown) => boolean;
  readonly to: (old: unknown) => readonly unknown[];
}

const missing = fc.constant<Break>({
  fits: (path) => path.length > 0 && !/^\d+$/.test(path.at(-1) ?? ''),
  to: () => [],
});

/** What is right nowhere in a message. */
const wrongValues = [{}, [[]], undefined, NaN, 0.5, Infinity, 2 ** 53, -(2 ** 53), 'x'.repeat(321), new Date(0)];
const wrong = fc.constantFrom(...wrongValues.map((value): Break => ({ fits: () => true, to: () => [value] })));

const extraKeys = ['url', 'command', 'method', 'token', 'toString', 'constructor', 'hasOwnProperty', 'id', ''];
const extra = fc.constantFrom(
  ...extraKeys.map((key): Break => ({
    fits: (_, value) => isObject(value) && !Array.isArray(value),
    to: (old) => [isObject(old) ? { ...old, [key]: null } : null],
  })),
);

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** Where in `value` something stands, itself included, and what. */
function placesIn(value: unknown, path: readonly string[] = []): (readonly [readonly string[], unknown])[] {
  const inside = isObject(value)
    ? Object.entries(value).flatMap(([key, entry]) => placesIn(entry, [...path, key]))
    : [];
  return [[path, value], ...inside];
}

/** A copy with what stands at `path` as `change` makes it; nothing stands there where that is an empty list. */
function replacedAt(value: unknown, path: readonly string[], change: (old: unknown) => readonly unknown[]): unknown {
  const [key, ...rest] = path;
  if (key === undefined || !isObject(value)) return change(value)[0];
  const entries = Object.entries(value).flatMap(([name, entry]: [string, unknown]) => {
    if (name !== key) return [[name, entry] as const];
    if (rest.length > 0) return [[name, replacedAt(entry, rest, change)] as const];
    return change(entry).map((changed) => [name, changed] as const);
  });
  return Array.isArray(value) ? entries.map(([, entry]) => entry) : Object.fromEntries(entries);
}

/** A message that the protocol allows but for one thing: something is missing, of another kind, or too much. */
export function brokenOf(messages: fc.Arbitrary<object>): fc.Arbitrary<unknown> {
  return fc.tuple(messages, fc.nat(), fc.oneof(missing, wrong, extra)).map(([sent, nth, change]) => {
    const places = placesIn(sent).filter(([path, value]) => change.fits(path, value));
    const [path = []] = places[nth % places.length] ?? [];
    return replacedAt(sent, path, change.to);
  });
}
