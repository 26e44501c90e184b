import type { Blocked, Finding, Plan, Step, UnknownDoor, Wanted } from '../../access/plan/accessPlan.ts';
import type { Asked, Owned } from '../../access/record/accessRecord.ts';
import { validityOf, type Authorization } from '../../nuki/authorization/authorization.ts';
import { typeOfCredential } from '../../nuki/authorization/credential.ts';
import { authorizationTypes, word } from '../../nuki/vocabulary/words.ts';
import { accessChangeTexts, accessInWords, canEnterText, type DatedAccess } from './accessChangeText.ts';
import { authorizationName } from './authorizationText.ts';
import { pendingChangeText, waitingText } from './pendingChangeText.ts';
import type { RenderContext } from './renderContext.ts';
import { dateAndMinute } from './timeText.ts';

/** What the words of steps need besides the steps. */
export interface StepContext {
  readonly context: RenderContext;
  readonly deviceName: (smartlockId: number) => string;
  /** IANA; `undefined` where it is not known. */
  readonly zone: (smartlockId: number) => string | undefined;
}

/** What the words of a plan need besides the plan. */
export interface PlanContext extends StepContext {
  /** The name of the file without what all of them end with; fit to be shown, as `account`. */
  readonly fileName: string;
  readonly account: string;
  /** The doors of the file, in its order. */
  readonly doors: readonly number[];
  /** Whether the file has changes that are not saved. */
  readonly isUnsaved: boolean;
}

/** The plan as plain text, whose language is `nuki-plan`, and what its lines are about. Lines and columns from 0. */
export interface PlanText {
  readonly text: string;
  readonly links: readonly EntryLink[];
  readonly offers: readonly PlanOffer[];
}

/** Where a name stands that leads to an entry of the file, by its key. */
interface EntryLink {
  readonly line: number;
  readonly from: number;
  readonly until: number;
  readonly entry: string;
}

/** A line that something can be done about: that of an authorization, or the heading of all that are not from the file. */
export type PlanOffer = { readonly line: number } & (OneOffer | { readonly kind: 'allForeign' });

interface OneOffer {
  readonly kind: 'foreign' | 'drifted';
  readonly smartlockId: number;
  readonly id: string;
}

/** The parts of a plan with what there is to do. */
export const stepGroupNames = {
  added: 'Added',
  widened: 'Widened',
  narrowed: 'Narrowed',
  renamed: 'Renamed',
  removed: 'Removed',
} as const;

/** In the order in which they are shown. */
const headings = {
  ...stepGroupNames,
  blocked: "Can't be added",
  drifted: 'Changed elsewhere',
  waiting: 'Waiting',
  unknown: 'Unknown',
} as const;

type Group = keyof typeof headings;

/** What a line begins with: more access, less, the same, or nothing that is done. */
const marks: Readonly<Record<Group, string>> = {
  added: '+',
  widened: '+',
  narrowed: '-',
  renamed: '~',
  removed: '-',
  blocked: '!',
  drifted: '!',
  waiting: '…',
  unknown: '!',
};

export type StepGroup = keyof typeof stepGroupNames;

/** How many of the authorizations of a door that are not from the file are listed. */
const mostForeign = 20;

/** Where a step stands in a plan: what widens in one way and narrows in another is told as widened. */
export function groupOfStep(step: Step): StepGroup {
  if (step.kind === 'add') return 'added';
  if (step.kind === 'remove') return 'removed';
  if (step.gains.length > 0) return 'widened';
  return step.losses.length > 0 ? 'narrowed' : 'renamed';
}

/** The door of a step or a finding. */
export function doorOf(item: Step | Finding): number {
  if ('smartlockId' in item) return item.smartlockId;
  if ('step' in item) return doorOf(item.step);
  return 'owned' in item ? item.owned.smartlockId : item.wanted.smartlockId;
}

/** What a step is about: `Guest Weber · keypad code`. */
export function stepName(step: Step, { context }: Pick<StepContext, 'context'>): string {
  return step.kind === 'remove'
    ? nameAndType(step.before, step.before.type, context)
    : nameAndType(step.wanted.as, step.wanted.type, context);
}

function nameAndType(named: Pick<Authorization, 'name'>, type: number, context: RenderContext): string {
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
        : t('Can no longer enter: {0}', accessInWords(step.before, telling));
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

const unknownWords: Readonly<Record<UnknownDoor, string>> = {
  offline: 'Offline. Nothing is planned for this device.',
  notRead: "Its authorizations couldn't be read. Nothing is planned for this device.",
  unreadable: 'Some authorizations are unreadable. Nothing is planned for this device.',
  personUnreadable: 'Some account users are unreadable. Nothing is planned for this device.',
};

/** Why something can't be added, to stand after its name. */
export const blockedWords: Readonly<Record<Blocked, string>> = {
  nameTooLong: "the keypad can't store its name",
  codeTaken: 'the generated code is already in use',
  codesFull: 'no free code slot',
  othersFull: 'no free slot',
  personHasOne: 'person already has access',
  noKeypad: 'no keypad',
  sameThere: 'the same is on the device already, but not from this file',
};

const askedWords: Readonly<Record<Asked['kind'], string>> = {
  add: "hasn't reached the lock yet",
  change: "change hasn't reached the lock yet",
  remove: 'deletion not confirmed',
};

/** What a plan says in one place. */
interface Item {
  readonly group: Group;
  /** The key of its entry. */
  readonly entry?: string | undefined;
  readonly name: string;
  readonly text: string;
  /** As it was and as it is then. */
  readonly change?: readonly [before: string, after: string] | undefined;
  readonly offer?: OneOffer | undefined;
}

/** Everything that a plan says, door by door; nothing in it is a code. */
export function accessPlanText(plan: Plan, text: PlanContext): PlanText {
  const { context, zone, deviceName } = text;
  const { t } = context;
  const page = new Page();
  const items = Map.groupBy(
    [
      ...plan.steps.toSorted(byEntry).map((step) => ({ door: doorOf(step), item: itemOfStep(step, text) })),
      ...plan.findings.flatMap((finding) => {
        const item = itemOfFinding(finding, text);
        return item ? [{ door: doorOf(finding), item }] : [];
      }),
    ],
    ({ door }) => door,
  );
  const foreign = Map.groupBy(
    plan.findings.filter((finding) => finding.kind === 'foreign'),
    ({ smartlockId }) => smartlockId,
  );
  const hosted = new Set(plan.findings.flatMap((each) => (each.kind === 'smartHosting' ? [each.smartlockId] : [])));
  const all = [...items.values()].flat().map(({ item }) => item);
  page.add(t('Plan for {0}', text.fileName));
  page.addTo(1, [text.account, dateAndMinute(plan.readAt, context)].join(' · '), '');
  page.addTo(1, ...countsTexts(plan, all, foreign, context));
  if (plan.steps.length > 0) page.addTo(1, '', t('Nothing has been sent. "Apply Access Plan…" asks first.'));
  if (text.isUnsaved) page.addTo(1, t("The file has changes that aren't saved. They are part of this plan."));
  for (const door of inOrder(text.doors, [...items.keys(), ...hosted])) {
    const here = (items.get(door) ?? []).map(({ item }) => item);
    if (here.length === 0 && !hosted.has(door)) continue;
    page.add('', [deviceName(door), zone(door) ?? ''].filter(Boolean).join(' · '));
    if (hosted.has(door)) page.addTo(1, t(smartHostingText));
    page.addGroups(here, context);
  }
  if (foreign.size > 0) addForeign(page, foreign, text);
  const { links, offers } = page;
  return { text: page.text, links, offers };
}

const smartHostingText = 'Nuki may require Smart Hosting for short-term rental access to this device through its API.';

function countsTexts(
  { steps, findings }: Plan,
  items: readonly Item[],
  foreign: ReadonlyMap<number, readonly unknown[]>,
  { t }: RenderContext,
): readonly string[] {
  const counts = Object.entries(headings).flatMap(([group, heading]) => {
    const count = items.filter((item) => item.group === group).length;
    return count > 0 ? [`${t(heading)}: ${count}`] : [];
  });
  const others = [...foreign.values()].reduce((sum, all) => sum + all.length, 0);
  const all = [...counts, ...(others > 0 ? [`${t('Not from this file')}: ${others}`] : [])].join(' · ');
  if (steps.length > 0) return [all];
  const isAsWanted = findings.every(({ kind }) => kind === 'foreign' || kind === 'smartHosting');
  const sentence = isAsWanted ? t('Nothing to do. The devices are as this file says.') : t('Nothing to apply now.');
  return all === '' ? [sentence] : [sentence, all];
}

/** The doors of the file, then the others. */
function inOrder(first: readonly number[], others: Iterable<number>): readonly number[] {
  return [...new Set([...first, ...others])];
}

/** In the order of the file; what is no longer in it comes last. */
function byEntry(one: Step, other: Step): number {
  const placeOf = (step: Step): number => (step.kind === 'remove' ? Infinity : step.wanted.entry.index);
  const [a, b] = [placeOf(one), placeOf(other)];
  return a === b ? 0 : a - b;
}

function itemOfStep(step: Step, text: PlanContext): Item {
  const telling = { ...text.context, zone: text.zone(doorOf(step)) };
  return {
    group: groupOfStep(step),
    entry: step.kind === 'remove' ? step.owned.entry : step.wanted.entry.key,
    name: stepName(step, text),
    text: stepText(step, text),
    change:
      step.kind === 'change' && groupOfStep(step) !== 'renamed'
        ? [accessInWords(step.before, telling), accessInWords(step.wanted.as, telling)]
        : undefined,
  };
}

function itemOfFinding(finding: Finding, text: PlanContext): Item | undefined {
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
        text: t('{0} authorizations fit, so which one is from this file is not known', finding.candidates.length),
      };
  }
}

function wantedItem({ entry, as, type }: Wanted, context: RenderContext): Pick<Item, 'entry' | 'name'> {
  return { entry: entry.key, name: nameAndType(as, type, context) };
}

function ownedItem(
  { entry, by, written, asked }: Owned,
  authorization: Authorization | undefined,
  context: RenderContext,
): Pick<Item, 'entry' | 'name'> {
  const to = asked && 'to' in asked ? asked.to : undefined;
  const named = authorization ?? written ?? to ?? { name: entry };
  return { entry, name: nameAndType(named, typeOfCredential[by], context) };
}

function driftedItem(
  { owned, wanted, now }: Finding & { readonly kind: 'drifted' },
  { context, zone }: PlanContext,
): Item {
  const { t } = context;
  const { written, smartlockId, id } = owned;
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
    change: now && written ? [named(written), named(now)] : undefined,
    offer: id === undefined ? undefined : { kind: 'drifted', smartlockId, id },
  };
}

/** The API's types that an access file has words for. */
const adoptable: ReadonlySet<number> = new Set(Object.values(typeOfCredential));

function addForeign(
  page: Page,
  foreign: ReadonlyMap<number, readonly (Finding & { readonly kind: 'foreign' })[]>,
  { context, doors, deviceName }: PlanContext,
): void {
  const { t } = context;
  const all = [...foreign.values()].flat();
  page.add('');
  if (all.some(({ authorization }) => adoptable.has(authorization.type))) page.offer({ kind: 'allForeign' });
  page.add(t('Not from this file'));
  page.addTo(1, t('This file never changes these.'));
  for (const door of inOrder(doors, foreign.keys())) {
    const here = foreign.get(door);
    if (!here) continue;
    page.addTo(1, '', `${deviceName(door)} · ${here.length}`);
    for (const { authorization } of here.slice(0, mostForeign))
      page.addTo(2, nameAndType(authorization, authorization.type, context));
    if (here.length > mostForeign) page.addTo(2, t('and {0} more', here.length - mostForeign));
  }
}

/** The lines of a plan as they are written: a door, its groups and their items, each further in than the one before, by which VS Code folds them. */
class Page {
  readonly #lines: string[] = [];
  readonly links: EntryLink[] = [];
  readonly offers: PlanOffer[] = [];

  get text(): string {
    return `${this.#lines.join('\n')}\n`;
  }

  add(...lines: readonly string[]): void {
    this.addTo(0, ...lines);
  }

  addTo(level: number, ...lines: readonly string[]): void {
    this.#lines.push(...lines.map((line) => (line === '' ? '' : `${'  '.repeat(level)}${planWords(line)}`)));
  }

  /** For the line that is added next. */
  offer(offer: OneOffer | { readonly kind: 'allForeign' }): void {
    this.offers.push({ line: this.#lines.length, ...offer });
  }

  addGroups(items: readonly Item[], { t }: RenderContext): void {
    for (const [group, heading] of Object.entries(headings)) {
      const here = items.filter((item) => item.group === group);
      if (here.length === 0) continue;
      this.addTo(1, `${t(heading)} · ${here.length}`);
      for (const item of here) this.#addItem(item);
    }
  }

  #addItem({ group, entry, name, text, change, offer }: Item): void {
    const from = 6;
    const shown = planWords(name);
    if (entry !== undefined) this.links.push({ line: this.#lines.length, from, until: from + shown.length, entry });
    if (offer) this.offer(offer);
    this.addTo(2, `${marks[group]} ${[shown, text].filter(Boolean).join(' · ')}`);
    if (change) this.addTo(3, change.join(' → '));
  }
}

/** Words on one line of a plan, whoever wrote them. VS Code makes a link of an address in any text, which is taken apart here. */
function planWords(words: string): string {
  return words.replaceAll(/\s+/g, ' ').replaceAll('://', ': //');
}
