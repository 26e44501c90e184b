import { doorOf, type Blocked, type Step } from '../../access/plan/accessPlan.ts';
import { validityOf, type Authorization } from '../../nuki/authorization/authorization.ts';
import { authorizationTypes, word } from '../../nuki/vocabulary/words.ts';
import { accessChangeTexts, canEnterText, cannotEnterText } from './accessChangeText.ts';
import { authorizationName } from './authorizationText.ts';
import type { RenderContext } from './renderContext.ts';

/** What the words of steps need besides the steps. */
export interface StepContext {
  readonly context: RenderContext;
  readonly deviceName: (smartlockId: number) => string;
  /** IANA; `undefined` where it is not known. */
  readonly zone: (smartlockId: number) => string | undefined;
}

/** The parts of a plan with what there is to do. */
export const stepGroupNames = {
  added: 'Added',
  widened: 'Widened',
  narrowed: 'Narrowed',
  renamed: 'Renamed',
  removed: 'Removed',
} as const;

export type StepGroup = keyof typeof stepGroupNames;

/** Where a step stands in a plan: what widens in one way and narrows in another is told as widened. */
export function groupOfStep(step: Step): StepGroup {
  if (step.kind === 'add') return 'added';
  if (step.kind === 'remove') return 'removed';
  if (step.gains.length > 0) return 'widened';
  return step.losses.length > 0 ? 'narrowed' : 'renamed';
}

/** What a step is about: `Guest Weber · keypad code`. */
export function stepName(step: Step, { context }: Pick<StepContext, 'context'>): string {
  return step.kind === 'remove'
    ? nameAndType(step.before, step.before.type, context)
    : nameAndType(step.wanted.as, step.wanted.type, context);
}

/** `Guest Weber · keypad code`. `type`: the API's. */
export function nameAndType(named: Pick<Authorization, 'name'>, type: number, context: RenderContext): string {
  return `${authorizationName(named, context)} · ${word(authorizationTypes, type, context.t)}`;
}

/** What someone can do once a step is done, or no longer: `Also Sat · No longer after 17:00`. */
export function stepMeaning(step: Step, { context, zone }: Pick<StepContext, 'context' | 'zone'>): string {
  const { t } = context;
  const telling = { ...context, zone: zone(doorOf(step)) };
  switch (step.kind) {
    case 'add':
      return canEnterText(step.wanted.as, telling);
    case 'change': {
      const renamed = step.isRenamed ? [t('Was {0}', authorizationName(step.before, context))] : [];
      return [...accessChangeTexts(step, step.before, step.wanted.as, telling), ...renamed].join(' · ');
    }
    case 'remove': {
      const validity = validityOf(step.before, context.now);
      return validity === 'expired' || validity === 'disabled'
        ? t('No one loses access: {0}', t(validity === 'expired' ? 'expired' : 'disabled'))
        : cannotEnterText(step.before, telling);
    }
  }
}

/** The same with what has to happen before. */
export function stepText(step: Step, text: Pick<StepContext, 'context' | 'zone'>): string {
  const conditions = step.kind === 'add' ? conditionsOf(step, text.context) : [];
  return [stepMeaning(step, text), ...conditions].join(' · ');
}

/** What has to happen before something is added. */
function conditionsOf(step: Step & { readonly kind: 'add' }, { t }: RenderContext): readonly string[] {
  const { entry, accountUserId } = step.wanted;
  return [
    ...(entry.by !== 'code' && accountUserId === undefined
      ? [t('The account user {0} is created first', entry.email ?? '')]
      : []),
    ...(step.waitsForRemovals ? [t('Added when the removals on this device are confirmed')] : []),
  ];
}

/** Why something can't be added, to stand after its name. */
export const blockedWords: Readonly<Record<Blocked, string>> = {
  nameTooLong: "the keypad can't store its name",
  codeTaken: 'the generated code is already in use',
  codesFull: 'no free code slot',
  othersFull: 'no free slot',
  personHasOne: 'person already has access',
  noKeypad: 'no keypad',
  sameThere: 'already on the device, but not from this file',
};
