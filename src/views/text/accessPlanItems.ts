import {
  doorOf,
  entryKeyOf,
  type Finding,
  type Step,
  type UnknownDoor,
  type Wanted,
} from '../../access/plan/accessPlan.ts';
import type { Asked, Owned } from '../../access/record/accessRecord.ts';
import type { Authorization } from '../../nuki/authorization/authorization.ts';
import { typeOfCredential } from '../../nuki/authorization/credential.ts';
import { accessInWords, type DatedAccess } from './accessChangeText.ts';
import {
  blockedWords,
  groupOfStep,
  nameAndType,
  stepGroupNames,
  stepName,
  stepText,
  type StepContext,
} from './accessStepText.ts';
import { authorizationName } from './authorizationText.ts';
import { pendingChangeText, waitingText } from './pendingChangeText.ts';
import type { RenderContext } from './renderContext.ts';

/** In the order in which they are shown. */
export const planHeadings = {
  ...stepGroupNames,
  blocked: "Can't be added",
  drifted: 'Changed elsewhere',
  waiting: 'Waiting',
  unknown: 'Unknown',
} as const;

export type PlanGroup = keyof typeof planHeadings;

/** What a plan says in one place. */
export interface PlanItem {
  readonly group: PlanGroup;
  /** The key of its entry. */
  readonly entry?: string | undefined;
  readonly name: string;
  readonly text: string;
  /** As it was and as it is then. */
  readonly change?: readonly [before: string, after: string] | undefined;
  readonly offer?: ItemOffer | undefined;
}

/** What can be done about one authorization: it is adopted, or taken into the file or put back. */
export interface ItemOffer {
  readonly kind: 'foreign' | 'drifted';
  readonly smartlockId: number;
  readonly id: string;
}

const unknownWords: Readonly<Record<UnknownDoor, string>> = {
  offline: 'Offline. Nothing is planned for this device.',
  notRead: "Its authorizations couldn't be read. Nothing is planned for this device.",
  unreadable: 'Some authorizations are unreadable. Nothing is planned for this device.',
  personUnreadable: 'Some account users are unreadable. Nothing is planned for this device.',
};

const askedWords: Readonly<Record<Asked['kind'], string>> = {
  add: "hasn't reached the lock yet",
  change: "change hasn't reached the lock yet",
  remove: 'deletion not confirmed',
};

/** What a plan says of a step. */
export function itemOfStep(step: Step, text: StepContext): PlanItem {
  const telling = { ...text.context, zone: text.zone(doorOf(step)) };
  return {
    group: groupOfStep(step),
    entry: entryKeyOf(step),
    name: stepName(step, text),
    text: stepText(step, text),
    change:
      step.kind === 'change' && groupOfStep(step) !== 'renamed'
        ? [accessInWords(step.before, telling), accessInWords(step.wanted.as, telling)]
        : undefined,
  };
}

/** What a plan says of what it does nothing about; `undefined` of what is told elsewhere in it. */
export function itemOfFinding(finding: Finding, text: StepContext): PlanItem | undefined {
  const { context } = text;
  const { t } = context;
  switch (finding.kind) {
    case 'foreign':
    case 'smartHosting':
      return undefined;
    case 'pending': {
      const { owned, authorization, pending } = finding;
      const asked = owned.asked ? t(askedWords[owned.asked.kind]) : t(waitingText);
      return {
        ...ownedItem(owned, authorization, context),
        group: 'waiting',
        text: pending ? pendingChangeText(pending, context) : asked,
      };
    }
    case 'unknown':
      return { group: 'unknown', name: '', text: t(unknownWords[finding.why]) };
    case 'drifted':
      return driftedItem(finding, text);
    case 'waiting':
      return {
        ...itemOfStep(finding.step, text),
        group: 'waiting',
        text: [stepText(finding.step, text), t('Waits for what has to be done before it')].join(' · '),
      };
    case 'blocked': {
      const { wanted, why, there } = finding;
      const offer = there && ({ kind: 'foreign', smartlockId: wanted.smartlockId, id: there.id } as const);
      return { ...wantedItem(wanted, context), group: 'blocked', text: t(blockedWords[why]), offer };
    }
    case 'ambiguous':
      return {
        ...ownedItem(finding.owned, undefined, context),
        group: 'unknown',
        text: t("{0} authorizations match, so it isn't known which one is from this file", finding.candidates.length),
      };
  }
}

function wantedItem({ entry, as, type }: Wanted, context: RenderContext): Pick<PlanItem, 'entry' | 'name'> {
  return { entry: entry.key, name: nameAndType(as, type, context) };
}

function ownedItem(
  { entry, by, written, asked }: Owned,
  authorization: Authorization | undefined,
  context: RenderContext,
): Pick<PlanItem, 'entry' | 'name'> {
  const to = asked && 'to' in asked ? asked.to : undefined;
  const named = authorization ?? written ?? to ?? { name: entry };
  return { entry, name: nameAndType(named, typeOfCredential[by], context) };
}

function driftedItem(
  { owned, wanted, now }: Finding & { readonly kind: 'drifted' },
  { context, zone }: StepContext,
): PlanItem {
  const { t } = context;
  const { written, smartlockId, id, created } = owned;
  const telling = { ...context, zone: zone(smartlockId) };
  const named = (access: DatedAccess & Pick<Authorization, 'name'>): string =>
    now && written && now.name !== written.name
      ? `${authorizationName(access, context)}, ${accessInWords(access, telling)}`
      : accessInWords(access, telling);
  const words = [...(now ? [] : [t('no longer listed by Nuki')]), ...(wanted ? [] : [t('no longer in this file')])];
  return {
    ...ownedItem(owned, now, context),
    group: 'drifted',
    text: words.join(' · '),
    change: now && written ? [named({ ...written, creationDate: created ?? now.creationDate }), named(now)] : undefined,
    offer: id === undefined ? undefined : { kind: 'drifted', smartlockId, id },
  };
}
