import type { Ended, LeftCode, Made, RotatedCode, RotationProblem } from '../../model/authorizations/codeRotation.ts';
import type { CreationProblem } from '../../model/authorizations/creationProblem.ts';
import { formatInstant } from '../../nuki/authorization/schedule.ts';
import { NukiError } from '../../nuki/http/errors.ts';
import { instantOf } from '../../nuki/time/instant.ts';
import { authorizationName } from './authorizationText.ts';
import { errorLabel } from './errorText.ts';
import { outcomeDocument } from './outcomeDocument.ts';
import { pendingChangeText } from './pendingChangeText.ts';
import type { RenderContext } from './renderContext.ts';
import { dateAndMinute } from './timeText.ts';

/** Why a code stays as it is, to stand after its name. */
const rotationProblems: Readonly<Record<RotationProblem, string>> = {
  gone: 'no longer listed by Nuki',
  disabled: 'disabled',
  expired: 'expired',
  never: 'its schedule never opens again',
  unclear: 'its schedule is unclear',
  notConfirmed: 'not yet confirmed',
  busy: 'a change to it is still in progress',
  offline: "offline, so the lock couldn't confirm a new code",
  noKeypad: 'no keypad',
  full: 'no free code slot',
  name: "the keypad can't store its name; rename it first",
  fingerprints: 'its fingerprints would be deleted with it',
  noneFree: 'no free code found',
};

const creationProblems: Readonly<Record<CreationProblem, string>> = {
  nameTooLong: rotationProblems.name,
  codeTaken: 'the generated code is already in use',
  codesFull: rotationProblems.full,
  othersFull: rotationProblems.full,
  personHasOne: rotationProblems.busy,
};

/** What the words of a rotation need besides its codes. */
export interface RotationContext {
  readonly context: RenderContext;
  /** Fit to be shown. */
  readonly account: string;
  readonly deviceName: (smartlockId: number) => string;
  readonly zone: (smartlockId: number) => string | undefined;
}

/** `Family · Front Door`. */
export function placeOfCode(
  { smartlockId, old }: Pick<RotatedCode, 'smartlockId'> & { readonly old: Pick<RotatedCode['old'], 'name'> },
  { context, deviceName }: RotationContext,
): string {
  return `${authorizationName(old, context)} · ${deviceName(smartlockId)}`;
}

/** `Family · Front Door: expired`. */
export function leftCodeText({ address, problem }: LeftCode, context: RotationContext): string {
  return `${placeOfCode({ ...address, old: address }, context)}: ${context.context.t(rotationProblems[problem])}`;
}

/** How far a new code is, in the words of a cell. */
export function madeText(made: Made, context: RenderContext): string {
  const { t } = context;
  switch (made.kind) {
    case 'no':
      return t('not created');
    case 'changed':
      return t('not created: the old one has been changed elsewhere');
    case 'refused': {
      const { why } = made;
      return t(
        'not created: {0}',
        why instanceof NukiError ? errorLabel(why, undefined, context) : t(creationProblems[why]),
      );
    }
    case 'open':
      return pendingChangeText(made.pending, context);
    case 'confirmed':
      return t('saved on the lock');
  }
}

const leftTexts: Readonly<Record<Extract<Ended, { kind: 'left' }>['why'], string>> = {
  other: "kept: the new code isn't confirmed",
  changed: 'kept: it has been changed elsewhere',
  busy: 'kept: a change to it is still in progress',
  gone: rotationProblems.gone,
};

/** What became of an old code, in the words of a cell; of one that is kept, which it is. */
function endedText(code: RotatedCode, context: RotationContext): string {
  const { ended } = code;
  const { t } = context.context;
  switch (ended.kind) {
    case 'no':
      return withCreation(t('kept'), code, context);
    case 'left':
      return ended.why === 'gone' ? t(leftTexts.gone) : withCreation(t(leftTexts[ended.why]), code, context);
    case 'refused':
      return withCreation(t('kept: {0}', errorLabel(ended.why, undefined, context.context)), code, context);
    case 'open':
      return t('{0}. It may still open the door.', pendingChangeText(ended.pending, context.context));
    case 'done':
      return t('deleted');
  }
}

function withCreation(words: string, code: RotatedCode, { context, zone }: RotationContext): string {
  const created = createdText(code, context, zone(code.smartlockId));
  return created === undefined ? words : `${words} (${context.t('created {0}', created)})`;
}

/** When an old code was created, by the lock's clock. */
function createdText({ old }: RotatedCode, context: RenderContext, zone: string | undefined): string | undefined {
  const instant = instantOf(old.creationDate);
  return instant === undefined ? undefined : formatInstant(instant, zone, context);
}

/** Whether nothing is left to do or to look at. */
export function isAllDone(codes: readonly RotatedCode[]): boolean {
  return codes.every(({ made, ended }) => made.kind === 'confirmed' && ended.kind === 'done');
}

/** What became of the only code, in a sentence. */
export function singleEndText(code: RotatedCode, context: RotationContext): string {
  const { t } = context.context;
  const place = placeOfCode(code, context);
  if (code.made.kind !== 'confirmed' && code.ended.kind === 'no')
    return `${place}: ${madeText(code.made, context.context)}`;
  if (code.ended.kind === 'done')
    return t('{0}: the new code is saved on the lock, and the old one is deleted.', place);
  const created = createdText(code, context.context, context.zone(code.smartlockId));
  return created === undefined
    ? t('{0}: both codes stay. To end the old one later, delete the older of the two.', place)
    : t('{0}: both codes stay. To end the old one later, delete the one created {1}.', place, created);
}

/** What became of a rotation, door by door, in a document. It holds no code. */
export function rotationDocument(
  codes: readonly RotatedCode[],
  left: readonly LeftCode[],
  context: RotationContext,
): string {
  const { context: locale, account, deviceName } = context;
  const { t } = locale;
  const isKept = codes.some(({ ended }) => ended.kind !== 'done' && ended.kind !== 'open');
  const isTwice = codes.some(({ made, ended }) => made.kind === 'confirmed' && ended.kind === 'no');
  return outcomeDocument(t('Rotated codes · {0}', account), [
    dateAndMinute(locale.ownNow, locale),
    {
      columns: [t('Device'), t('Name'), t('New code'), t('Old code')],
      rows: codes.map((code) => [
        deviceName(code.smartlockId),
        authorizationName(code.old, locale),
        madeText(code.made, locale),
        endedText(code, context),
      ]),
    },
    isTwice && isKept
      ? t('Where the old code was kept, both stay. To end it later, delete the one with this creation date.')
      : '',
    left.length > 0 ? t('Not included:') : '',
    {
      columns: [t('Device'), t('Name'), t('Reason')],
      rows: left.map(({ address, problem }) => [
        deviceName(address.smartlockId),
        authorizationName(address, locale),
        t(rotationProblems[problem]),
      ]),
    },
    t('This document holds no codes. Reveal Code in the sidebar shows them.'),
  ]);
}
